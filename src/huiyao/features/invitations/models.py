# SPDX-License-Identifier: Apache-2.0
"""Tables of the invitations."""

from django.conf import settings
from django.db import models

from huiyao.domain.invitations import Reply
from huiyao.features.meetings.models import Meeting
from huiyao.plumbing.ids import uuid7


class Invitation(models.Model):
    """What one person was last sent about a meeting, and what they answered.

    ``uid`` and ``sequence`` are the calendar object's (RFC 5545, 3.8.4.7 and 3.8.7.4); ``digest`` tells whether the
    plan has changed since. ``starts_at`` is the start as sent: a reply is about that time. ``reply_due_at`` is None
    for those who are only informed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uid = models.CharField(max_length=120)
    sequence = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    times_sent = models.PositiveIntegerField(default=1)
    informed = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    reply = models.CharField(max_length=10, choices=[(r.value, r.value) for r in Reply], default=Reply.PENDING)
    comment = models.CharField(max_length=500, blank=True)
    replied_at = models.DateTimeField(null=True)
    reply_due_at = models.DateTimeField(null=True)
    reply_policy = models.PositiveIntegerField(default=0)

    class Meta:
        """One row per person and meeting, and the way to what waits for a reply."""

        constraints = (models.UniqueConstraint(fields=("meeting", "person"), name="one_invitation_per_person"),)
        indexes = (models.Index(fields=("person", "reply"), name="invitation_person"),)
