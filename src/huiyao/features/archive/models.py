# SPDX-License-Identifier: Apache-2.0
"""Tables of the archive: what was filed when minutes became final (R78, R79), and retrospectives (R82-R85)."""

from django.conf import settings
from django.db import models

from huiyao.domain.retrospective import Met
from huiyao.features.meetings.models import Meeting
from huiyao.plumbing.ids import uuid7


class Filing(models.Model):
    """One filed meeting under ``year-month-topic``; minutes made final again replace it with a new row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    minutes_version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    year = models.PositiveIntegerField()
    month = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    day = models.DateField()
    filed_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    bundle_sha256 = models.CharField(max_length=64)
    bundle_size = models.PositiveBigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("meeting", "minutes_version"), name="one_filing_per_version"),
            models.UniqueConstraint(fields=("name",), condition=models.Q(replaced_at=None), name="one_filing_per_name"),
        )
        indexes = (models.Index(fields=("year", "month"), name="filing_month"),)


class FiledItem(models.Model):
    """One file of a filing; its content is kept by hash in ``plumbing.files``."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)  # minutes | actions | material | links
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)

    class Meta:
        ordering = ("position",)


class Retrospective(models.Model):
    """The two questions after one meeting: ``due_at`` by policy ``policy_number``, no answers after ``closes_at``.

    ``snapshot`` is the closing that asked them. Withdrawn when that closing was taken back; the next one asks again
    and finds the answers given so far.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="+")
    snapshot = models.PositiveIntegerField()
    policy_number = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("closed_at", "closes_at"), name="retrospective_clock"),)


class RetrospectiveAnswer(models.Model):
    """What one person who was there answered; the last word counts."""

    retrospective = models.ForeignKey(Retrospective, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    met = models.CharField(max_length=6, choices=[(m.value, m.value) for m in Met])
    improve = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (models.UniqueConstraint(fields=("retrospective", "person"), name="one_answer_per_attendee"),)
