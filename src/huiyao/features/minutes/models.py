# SPDX-License-Identifier: Apache-2.0
"""Tables of the minutes."""

from datetime import datetime

from django.conf import settings
from django.db import models

from huiyao.domain.review import AnswerState, ObjectionState, State
from huiyao.features.meetings.models import Meeting
from huiyao.plumbing.ids import uuid7

PERSON = settings.AUTH_USER_MODEL


class Minutes(models.Model):
    """The minutes of one meeting: their state and their clocks.

    ``draft_due_at``, ``circulate_due_at`` and ``window_ends_at`` are stored when the clock starts, under policy
    ``policy_number``; ``working``: whether they count working time. ``acceptances`` is what owners said in the room,
    by entry id. A voided draft (the meeting was reopened) counts as absent until the next snapshot revives it.
    ``reopened_at`` is when final minutes were last opened again, ``reopened_due_at`` by when they go out corrected.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State], default=State.DRAFT)
    snapshot = models.PositiveIntegerField()
    snapshot_sha256 = models.CharField(max_length=64, blank=True)
    acceptances = models.JSONField(default=dict)
    policy_number = models.PositiveIntegerField()
    working = models.BooleanField()
    drafted_at = models.DateTimeField()
    draft_due_at = models.DateTimeField()
    circulate_due_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    circulated_at = models.DateTimeField(null=True)
    window_ends_at = models.DateTimeField(null=True)
    final_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_due_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=("state", "window_ends_at"), name="minutes_window"),)

    @property
    def going_out_by(self) -> datetime:
        """When minutes that are written or reviewed are due to go out; once reopened, counted from then."""
        return self.reopened_due_at or self.circulate_due_at


class MinutesVersion(models.Model):
    """One version of the paper. Sealed ones never change: ``sha256`` covers content, author, time, order.

    ``content`` is ``domain.minutes_data`` of a paper. Only the newest may be unsealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    cause = models.CharField(max_length=12)  # draft | edit | correction | reopening
    author = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("minutes", "number"), name="one_version_per_number"),)


class ReviewComment(models.Model):
    """A remark during review, on a line or (``line`` empty) on the whole."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="comments")
    line = models.CharField(max_length=64, blank=True)
    text = models.TextField()
    author = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    returned = models.BooleanField(default=False)  # the reason a draft was returned with
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")


class HintDismissal(models.Model):
    """A hint of the wording or completeness check that was dismissed, with the reason."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="dismissals")
    key = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("minutes", "key"), name="one_dismissal_per_hint"),)


class Circulation(models.Model):
    """One sending of one version with its objection window. ``changed``: corrected lines, empty: all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="circulations")
    version = models.ForeignKey(MinutesVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    changed = models.JSONField(default=list)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    window_ends_at = models.DateTimeField()
    objection_hours = models.PositiveIntegerField()
    policy_number = models.PositiveIntegerField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("minutes", "number"), name="one_circulation_per_number"),)


class Answer(models.Model):
    """A recipient of one circulation and what they said; not ``asked``: sent for information only.

    ``lines`` are those asked about by name, because the person answers for ``absent``: the names of departments
    nobody of which was at the meeting.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    circulation = models.ForeignKey(Circulation, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked = models.BooleanField(default=True)
    lines = models.JSONField(default=list)
    absent = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in AnswerState], default=AnswerState.NONE)
    opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("circulation", "person"), name="one_answer_per_person"),)


class Objection(models.Model):
    """An objection to one line (empty: to the whole), and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="objections")
    line = models.CharField(max_length=64, blank=True)
    quoted = models.TextField(blank=True)
    text = models.TextField()
    at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in ObjectionState], default=ObjectionState.OPEN
    )
    answered_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    version = models.ForeignKey(MinutesVersion, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")
