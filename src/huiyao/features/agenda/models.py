# SPDX-License-Identifier: Apache-2.0
"""Tables of the agenda."""

from django.conf import settings
from django.db import models

from huiyao.domain.agenda import Lead, TopicKind
from huiyao.features.meetings.models import Meeting
from huiyao.plumbing.ids import uuid7


class Topic(models.Model):
    """An agenda item; its id is that of its node in the record. ``lead`` a person, or ``lead_role`` who.

    ``from_entry`` is the parked entry of an earlier meeting that it takes up (R102).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in TopicKind], default=TopicKind.OTHER)
    title = models.CharField(max_length=120)
    minutes = models.PositiveIntegerField(default=10)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lead_role = models.CharField(max_length=16, choices=[(r.value, r.value) for r in Lead], blank=True)
    outcome = models.CharField(max_length=200, blank=True)
    from_entry = models.CharField(max_length=64, blank=True)
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "id")
        indexes = (models.Index(fields=("meeting", "position"), name="topic_order"),)


class Material(models.Model):
    """A file or a link for a topic, or for the whole meeting."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200)
    url = models.URLField(max_length=1000, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "id")
