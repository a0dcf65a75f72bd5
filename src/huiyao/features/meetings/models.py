# SPDX-License-Identifier: Apache-2.0
"""Tables of the meeting: the plan, its seats, and what each person is to it."""

from django.conf import settings
from django.db import models

from huiyao.domain.rights import Standing
from huiyao.domain.stage import Stage
from huiyao.plumbing.ids import uuid7

PERSON = settings.AUTH_USER_MODEL


class Occasion(models.TextChoices):
    """What brings departments together (R1)."""

    LAUNCH = "launch"
    COMPLAINT = "complaint"
    ALIGNMENT = "alignment"
    RESOURCES = "resources"
    OTHER = "other"


class Need(models.TextChoices):
    """How much a department's seat is needed."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    INFORMED = "informed"


class Meeting(models.Model):
    """One occurrence of a meeting. ``sequence`` is the calendar object's; ``version`` guards its edits.

    ``invite_due_at`` is when the invitation is due, set with the start under policy ``invite_policy``.
    ``continues`` is the earlier meeting this one was made after.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(max_length=120, blank=True)
    occasion = models.CharField(max_length=12, choices=Occasion.choices, default=Occasion.OTHER)
    objective = models.CharField(max_length=500, blank=True)
    stage = models.CharField(max_length=16, choices=[(s.value, s.value) for s in Stage], default=Stage.PREPARING)
    organiser = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    facilitator = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorder = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    coordinator = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    place = models.CharField(max_length=120, blank=True)
    online = models.CharField(max_length=300, blank=True)
    over_budget_reason = models.CharField(max_length=300, blank=True)
    plain_hours = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0)
    invited_at = models.DateTimeField(null=True)
    invite_due_at = models.DateTimeField(null=True)
    invite_policy = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    next_when = models.CharField(max_length=120, blank=True)
    next_focus = models.CharField(max_length=300, blank=True)
    continues = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=("stage", "starts_at"), name="meeting_stage"),
            models.Index(fields=("starts_at",), name="meeting_start"),
        )

    def __str__(self) -> str:
        return self.title


class Seat(models.Model):
    """A department's place at the meeting, filled by any one of its representatives."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    department = models.ForeignKey("people.Department", on_delete=models.PROTECT, related_name="+")
    need = models.CharField(max_length=10, choices=Need.choices, default=Need.REQUIRED)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("meeting", "department"), name="one_seat_per_department"),)


class Representative(models.Model):
    """Somebody who may fill a seat."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="representatives")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("seat", "person"), name="one_representative_per_seat"),)


class Guest(models.Model):
    """Somebody from outside who is asked to come (a person marked as guest)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "person"), name="one_guest_per_meeting"),)


class Participation(models.Model):
    """What a person is to a meeting: one row per standing, kept in step with roles, seats and guests.

    This is what lists, searches and pages join with to see only what the reader may see.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=16, choices=[(s.value, s.value) for s in Standing])
    asked = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "person", "standing"), name="one_row_per_standing"),)
        indexes = (models.Index(fields=("person", "meeting"), name="participation_person"),)
