# SPDX-License-Identifier: Apache-2.0
"""Tables of actions: adopted once from circulated minutes, followed until closed."""

from django.conf import settings
from django.db import models

from huiyao.domain.actions import ActionState
from huiyao.features.meetings.models import Meeting
from huiyao.plumbing.ids import uuid7

PERSON = settings.AUTH_USER_MODEL


class Action(models.Model):
    """One action of a meeting, known by the id of its entry; corrected minutes update the same row.

    ``person`` is empty while ``named_by`` has until ``named_by_date`` to name the owner. ``support_said`` tells
    an explicit "none" from "nobody has said". ``under`` are the entries it came from, the nearest last.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    entry = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    task = models.TextField()
    department = models.ForeignKey("people.Department", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    named_by_date = models.DateField(null=True)
    due = models.DateField(null=True)
    support_said = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ActionState], default=ActionState.OPEN)
    percent = models.PositiveIntegerField(default=0)
    progress = models.CharField(max_length=500, blank=True)
    progress_at = models.DateTimeField(null=True)
    accept_due_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    contested_at = models.DateTimeField(null=True)
    contest_reason = models.CharField(max_length=500, blank=True)
    done_on = models.DateField(null=True)
    cancel_reason = models.CharField(max_length=500, blank=True)
    under = models.JSONField(default=list)
    minutes_version = models.PositiveIntegerField()
    adopted_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "entry"), name="one_action_per_entry"),)
        indexes = (
            models.Index(fields=("person", "state", "due"), name="action_owner"),
            models.Index(fields=("department", "state", "due"), name="action_department"),
            models.Index(fields=("state", "due"), name="action_due"),
        )


class SupportDuty(models.Model):
    """What somebody gives to an action (R54): support is a duty too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="supports")
    position = models.PositiveIntegerField()
    department = models.ForeignKey("people.Department", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=500)
    due = models.DateField(null=True)
    given_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position", "id")


class ProgressUpdate(models.Model):
    """What was said about an action, when, and the state it had from then on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    percent = models.PositiveIntegerField(null=True)
    text = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("at", "id")


class Postponement(models.Model):
    """A new due date with its reason and who agreed (R75)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="postponements")
    from_due = models.DateField(null=True)
    to_due = models.DateField()
    reason = models.CharField(max_length=500)
    agreed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
