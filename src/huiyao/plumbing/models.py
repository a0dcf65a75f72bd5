# SPDX-License-Identifier: Apache-2.0
"""Tables of the plumbing. Subjects and persons are kept as text so that rows outlive what they speak of."""

from django.db import models

from huiyao.plumbing.ids import uuid7


class AuditRow(models.Model):
    """Who did what to what, when; append-only. ``facts`` holds old and new values where a field changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    actor_id = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(max_length=120)
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    context = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=("context", "at"), name="audit_context"),
            models.Index(fields=("subject", "at"), name="audit_subject"),
        )


class Event(models.Model):
    """A fact written with the change; its flow runs right after commit, this row is the catch-up after a crash."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=60)
    data = models.JSONField()
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=("at",), condition=models.Q(done_at=None), name="event_waiting"),)


class MessageState(models.TextChoices):
    """Where a message is on its way."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    HELD = "held"  # no channel can carry it yet: nothing is lost, it is shown with the text to copy
    RETIRED = "retired"


class Message(models.Model):
    """One message to one recipient over one channel at a time. ``key`` makes twice once.

    ``channel`` is ``mail`` or a channel's id, ``routes`` what is left to fall back on (channel and address each),
    ``passed`` what was tried (channel and error each). ``begun`` counts attempts whose outcome is not known;
    ``reference`` is the service's own id of a message it has accepted but not yet delivered. Of unsent messages to one
    recipient in one ``bundle`` the newest goes out alone and tells all; ``notes`` is what it needs for that.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=40, default="mail")
    routed = models.BooleanField(default=False)
    routes = models.JSONField(default=list)
    passed = models.JSONField(default=list)
    recipient_id = models.CharField(max_length=40, blank=True)
    recipient = models.CharField(max_length=120)
    address = models.CharField(max_length=254, blank=True)
    context = models.CharField(max_length=40, blank=True)
    bundle = models.CharField(max_length=120, blank=True)
    notes = models.JSONField(default=list)
    title = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=12, blank=True)
    attachments = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.WAITING)
    at = models.DateTimeField()
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    begun = models.PositiveIntegerField(default=0)
    reference = models.CharField(max_length=100, blank=True)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("state", "next_at"), name="message_due"),
            models.Index(fields=("context", "at"), name="message_context"),
            models.Index(
                fields=("bundle", "recipient_id"),
                condition=models.Q(state__in=("waiting", "held")) & ~models.Q(bundle=""),
                name="message_bundle",
            ),
        )


class RemoteToDo(models.Model):
    """A to-do of one person in another service, kept in step with what it stands for.

    ``wanted`` is how it shall be, ``told`` how the service last heard it to be (null: nothing yet), ``behind`` that the
    two differ. ``address`` is the person's id there, ``reference`` the service's own id of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(max_length=40)
    subject = models.CharField(max_length=40)
    person_id = models.CharField(max_length=40)
    address = models.CharField(max_length=128)
    reference = models.CharField(max_length=100, blank=True)
    wanted = models.JSONField()
    told = models.JSONField(null=True)
    behind = models.BooleanField(default=True)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("channel", "subject", "person_id"), name="one_to_do_per_person"),
        )
        indexes = (models.Index(fields=("channel", "next_at"), condition=models.Q(behind=True), name="to_do_behind"),)


class ChannelPace(models.Model):
    """How fast a channel may be used just now: its token bucket, who has the turn, until when it is closed."""

    channel = models.CharField(primary_key=True, max_length=40)
    tokens = models.FloatField()
    at = models.DateTimeField()
    busy_until = models.DateTimeField(null=True)
    closed_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)


class Link(models.Model):
    """A signed link: one purpose, one person, one subject; only the hash of its token is stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=40)
    person_id = models.CharField(max_length=40)
    subject = models.CharField(max_length=40)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("subject", "purpose", "person_id"), name="link_subject"),)


class StoredFile(models.Model):
    """A file kept under the data folder by its SHA-256; the row holds what a reader needs to get it back."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    at = models.DateTimeField()
