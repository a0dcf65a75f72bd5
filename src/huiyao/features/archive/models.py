# SPDX-License-Identifier: Apache-2.0
"""Tables of the archive: what was filed when minutes became final (R78, R79)."""

from django.db import models

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
