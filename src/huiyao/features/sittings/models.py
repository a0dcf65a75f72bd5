# SPDX-License-Identifier: Apache-2.0
"""Tables of the meeting as it is held. The room's log is written by ``stores``, beside the ORM."""

from django.conf import settings
from django.db import models

from huiyao.domain.consensus import Agreement, Outcome
from huiyao.domain.record import Kind
from huiyao.features.agenda.models import Topic
from huiyao.features.meetings.models import Meeting, Seat
from huiyao.plumbing.ids import uuid7
from huiyao.room.ports import RoomState
from huiyao.room.schema import RoomKind

PERSON = settings.AUTH_USER_MODEL


class Room(models.Model):
    """A room's place in its log. ``name`` is what the engine calls it; this row's lock orders its writes.

    ``told`` counts changes of facts, so that a process which missed the telling sees it. ``snapshot`` is the
    document up to ``snapshot_seq``, only there to load quickly.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in RoomKind])
    name = models.CharField(max_length=60, unique=True)
    seq = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in RoomState], default=RoomState.OPEN)
    closed_seq = models.BigIntegerField(null=True)
    frozen_at = models.DateTimeField(null=True)
    told = models.BigIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    projected_seq = models.BigIntegerField(default=0)
    snapshot = models.BinaryField(default=b"")
    snapshot_seq = models.BigIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "kind"), name="one_room_per_kind"),)


class RoomUpdate(models.Model):
    """One stored change of a room's document. ``person`` is the truth of authorship, empty for the server."""

    pk = models.CompositePrimaryKey("room_id", "seq")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+", db_index=False)
    seq = models.BigIntegerField()
    data = models.BinaryField()
    person = models.CharField(max_length=40)
    at = models.DateTimeField()


class RoomClient(models.Model):
    """Whose a Yjs client id is: nobody else may write under it."""

    pk = models.CompositePrimaryKey("room_id", "client")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+", db_index=False)
    client = models.BigIntegerField()
    person = models.CharField(max_length=40)


class RecordNode(models.Model):
    """An entry of the record as a row (``domain.record.Entry``); every page but the room reads these."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    node_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    parent = models.CharField(max_length=64, blank=True)
    order_key = models.CharField(max_length=256, blank=True)
    text = models.TextField(blank=True)
    deleted = models.BooleanField(default=False)
    by = models.CharField(max_length=64, blank=True)
    at = models.CharField(max_length=40, blank=True)
    department = models.CharField(max_length=64, blank=True)
    person = models.CharField(max_length=64, blank=True)
    named_date = models.DateField(null=True)
    named_by = models.CharField(max_length=64, blank=True)
    due = models.DateField(null=True)
    support = models.JSONField(null=True)
    refs = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "node_id"), name="one_row_per_node"),)


class Snapshot(models.Model):
    """The frozen record. ``content`` is the canonical JSON of its rows and ``sha256`` that of ``content``.

    ``document`` is the shared document at closing. A void snapshot was taken back by reopening, which is possible
    until its draft minutes are submitted (``sealed_at``), at the latest by ``reopen_until``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    content = models.TextField()
    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)
    reopen_until = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("meeting", "number"), name="one_snapshot_per_number"),)


class Presence(models.TextChoices):
    """Whether somebody is there. No row means expected."""

    EXPECTED = "expected"
    PRESENT = "present"
    LEFT = "left"
    ABSENT = "absent"


class Attendance(models.Model):
    """Who was there, from when to when."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=Presence.choices)
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "person"), name="one_attendance"),)


class TopicSpan(models.Model):
    """A stretch of time a topic was discussed; the running one has no end."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("started_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("meeting",), condition=models.Q(ended_at=None), name="one_running_topic"),
        )


class TopicTime(models.Model):
    """What the host changed of a topic's planned time; ``extra_minutes`` may be negative."""

    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, related_name="+", primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    extra_minutes = models.IntegerField(default=0)
    skipped_at = models.DateTimeField(null=True)


class Acceptance(models.Model):
    """What the owner of an action said to it in the room, by entry id."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    entry = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=[("accepted", "accepted"), ("contested", "contested")])
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "entry"), name="one_acceptance_per_entry"),)


class Turn(models.Model):
    """One person's speaking time; the running one has no end. Deleted with the retrospective (R47)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("started_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("meeting",), condition=models.Q(ended_at=None), name="one_running_turn"),
        )


class Hand(models.Model):
    """Somebody waiting for the floor; the queue is by ``raised_at``."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()

    class Meta:
        ordering = ("raised_at", "id")
        constraints = (models.UniqueConstraint(fields=("meeting", "person"), name="one_hand_per_person"),)


class ConsensusCall(models.Model):
    """A question to the seats whether they agree to one entry (R49).

    ``text`` is what the entry said when it was asked. ``outcome`` stands once it is closed; ``decider`` and
    ``decide_by`` say who decides next where consensus was not reached, ``decision`` what they decided after the
    meeting.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    entry = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    opened_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=[(o.value, o.value) for o in Outcome], blank=True)
    decider = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    decide_by = models.DateField(null=True)
    decision = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("opened_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "entry"), condition=models.Q(closed_at=None), name="one_open_call_per_entry"
            ),
        )


class Voice(models.Model):
    """What one seat said to a consensus call, through which of its representatives; the last word counts."""

    call = models.ForeignKey(ConsensusCall, on_delete=models.CASCADE, related_name="voices")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Agreement])
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (models.UniqueConstraint(fields=("call", "seat"), name="one_voice_per_seat"),)


class LateEdit(models.Model):
    """A change that reached a room after closing: kept, offered to the recorder, decided once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    person = models.CharField(max_length=40)
    data = models.BinaryField()
    at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=[(s, s) for s in ("waiting", "taken", "dismissed", "void")], default="waiting"
    )
    decided_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=("room", "state"), name="late_edit_state"),)
