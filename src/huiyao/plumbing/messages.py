# SPDX-License-Identifier: Apache-2.0
"""The outbox: one row per message, recipient and channel; leased, retried with back-off, visible (``contracts``).

A caller puts a message in the transaction of the change it tells of; ``flows.deliver`` carries it. ``error`` holds a
stable code, then, after a space, what the other side said.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, F, Q, QuerySet

from huiyao.domain.refusals import WrongStage
from huiyao.plumbing import bundles
from huiyao.plumbing.ids import Id
from huiyao.plumbing.models import Message, MessageState
from huiyao.plumbing.redaction import redact

BACK_OFF_SECONDS = (5, 30, 120, 600, 1800, 3600)
ATTEMPTS_MOST = 30
LEASE = timedelta(minutes=5)
RELEASED_WITHIN = timedelta(days=14)
"""A message held longer than this is not sent by itself once mail is set up: it speaks of the past."""

NO_SERVER, LOOPBACK, NO_ADDRESS = "no_mail_server", "loopback_address", "no_address"
COMPANION = "@"
"""Ends the key of the copy that goes to a chat while the message itself goes by mail, with its calendar and files."""
OPEN_STATES = (MessageState.WAITING, MessageState.HELD, MessageState.FAILED)


class Recipient(NamedTuple):
    """Who a message goes to. ``id`` is the person's id, or empty for somebody outside the directory."""

    id: str
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file sent along, by its hash in ``plumbing.files``."""

    name: str
    sha256: str
    media_type: str


def hold_reason(channel: str = "mail") -> str:
    """Why this channel carries nothing at present: a code, or empty when it does.

    Links of a loopback base URL work on this machine only, so no real mail goes out unless told so. Other channels
    have their own opening hours (``plumbing.pacing``).
    """
    if channel != "mail":
        return ""
    if settings.HUIYAO.mail is None:
        return NO_SERVER
    if settings.HUIYAO.base_url_is_loopback and not settings.HUIYAO.mail_from_loopback:
        return LOOPBACK
    return ""


def held_for(channel: str, address: str) -> str:
    """Why a message over this channel to this address cannot go out at present: a code, or empty."""
    return hold_reason(channel) or (NO_ADDRESS if channel == "mail" and not address else "")


def put(
    *,
    key: str,
    kind: str,
    to: Recipient,
    title: str,
    text: str,
    at: datetime,
    channel: str = "mail",
    html: str = "",
    calendar: str = "",
    calendar_method: str = "",
    attachments: Iterable[Attachment] = (),
    context: object = "",
    not_before: datetime | None = None,
    bundle: str = "",
    notes: Collection[Any] = (),
) -> UUID:
    """Write a message in the caller's transaction; a second one with the same ``key`` is ignored.

    ``context`` is the id of what it belongs to (a meeting), ``kind`` a stable word (``invitation``, ``minutes``).
    ``calendar`` is an iCalendar object whose METHOD is ``calendar_method``. Unsent messages of the same recipient in
    ``bundle`` give their place to it (``bundles``). Returns the id of the row kept.
    """
    place = bundles.take_place(bundle, to.id, channel, key, notes) if bundle else None
    reason = held_for(channel, to.address)
    row = Message(
        key=key,
        kind=kind,
        channel=channel,
        recipient_id=to.id,
        recipient=to.name[:120],
        address=to.address,
        context=str(context),
        bundle=bundle,
        notes=list(notes),
        title=" ".join(title.split())[:300],
        text=text,
        html=html,
        calendar=calendar,
        calendar_method=calendar_method,
        attachments=[asdict(attachment) for attachment in attachments],
        state=MessageState.HELD if reason else MessageState.WAITING,
        error=reason,
        at=at,
        next_at=place or not_before or at,
    )
    Message.objects.bulk_create([row], ignore_conflicts=True)
    kept: UUID = Message.objects.values_list("pk", flat=True).get(key=key)
    return kept


def retire(
    *,
    key: str = "",
    prefix: str = "",
    context: object = "",
    kind: str = "",
    recipient_id: object = "",
) -> int:
    """Take back what is not sent yet, by what is named (all that is named must match); returns how many.

    Raises:
        ValueError: nothing was named.
    """
    rows = Message.objects.filter(state__in=OPEN_STATES)
    named: dict[str, Any] = {
        "key": key,
        "key__startswith": prefix,
        "context": str(context),
        "kind": kind,
        "recipient_id": str(recipient_id),
    }
    wanted = {field: value for field, value in named.items() if value}
    if not wanted:
        raise ValueError("retire needs to be told what")
    if key:
        wanted["key__in"] = [wanted.pop("key"), key + COMPANION]
    return rows.filter(**wanted).update(state=MessageState.RETIRED, leased_until=None)


def reword(key: str, *, title: str, text: str) -> bool:
    """Give an unsent message (and its copy for a chat) other words; False when it is on its way or was sent."""
    rows = Message.objects.filter(key__in=[key, key + COMPANION], state__in=OPEN_STATES, leased_until=None)
    return rows.update(title=" ".join(title.split())[:300], text=text) > 0


def unsent_keys(prefix: str) -> list[str]:
    """The keys beginning with ``prefix`` of messages that are not sent yet."""
    rows = Message.objects.filter(state__in=OPEN_STATES, key__startswith=prefix)
    return list(rows.values_list("key", flat=True))


def known_keys(keys: Iterable[str]) -> set[str]:
    """Those of ``keys`` a message exists under, in whatever state."""
    wanted, found = list(keys), set[str]()
    for start in range(0, len(wanted), 500):
        found.update(Message.objects.filter(key__in=wanted[start : start + 500]).values_list("key", flat=True))
    return found


def readdress(recipient_id: object, address: str) -> int:
    """Give a person's unsent messages their new address; what was held for want of one waits again."""
    unsent = Message.objects.filter(recipient_id=str(recipient_id), state__in=OPEN_STATES)
    for row in unsent.exclude(channel="mail"):
        row.routes = [[channel, address if channel == "mail" else kept] for channel, kept in row.routes]
        row.save(update_fields=["routes"])
    rows = unsent.filter(channel="mail")
    count = rows.update(address=address)
    if address and not hold_reason():
        rows.filter(state=MessageState.HELD, error=NO_ADDRESS).update(state=MessageState.WAITING, error="")
    return count


def settle(at: datetime, channel: str = "mail") -> None:
    """Hold what waits when the channel carries nothing, release what was held (of late) when it does."""
    reason = hold_reason(channel)
    rows = Message.objects.filter(channel=channel)
    if reason:
        free = Q(leased_until=None) | Q(leased_until__lte=at)
        rows.filter(free, state=MessageState.WAITING).update(state=MessageState.HELD, error=reason)
        return
    held = rows.filter(state=MessageState.HELD, at__gte=at - RELEASED_WITHIN)
    held.exclude(address="").update(state=MessageState.WAITING, error="", next_at=at)
    held.filter(address="").exclude(error=NO_ADDRESS).update(error=NO_ADDRESS)


def lease(at: datetime, *, limit: int = 20, channel: str = "mail", routed: bool = False) -> list[Message]:
    """Take messages that are due, for ``LEASE``; nobody else gets them in that time.

    ``routed``: only those whose channel was chosen already (``plumbing.routing``). PostgreSQL skips rows another worker
    has locked; on SQLite the conditional update decides who was first.
    """
    with transaction.atomic():
        due = _due(at, channel)
        due = due.filter(routed=True) if routed else due
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        return [row for row in due.order_by("next_at", "id")[:limit] if _take(row, at)]


def is_due(at: datetime, channel: str) -> bool:
    """Whether anything waits to go over this channel."""
    return _due(at, channel).exists()


def _due(at: datetime, channel: str) -> QuerySet[Message]:
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    return Message.objects.filter(free, channel=channel, state=MessageState.WAITING, next_at__lte=at)


def _take(row: Message, at: datetime) -> bool:
    mine = _unchanged(row).update(leased_until=at + LEASE, attempts=F("attempts") + 1)
    row.leased_until = at + LEASE
    row.attempts += 1
    return mine == 1


def _unchanged(row: Message) -> QuerySet[Message]:
    return Message.objects.filter(
        pk=row.pk,
        state=MessageState.WAITING,
        attempts=row.attempts,
        leased_until=row.leased_until,
    )


def renew(row: Message, at: datetime) -> bool:
    """Make sure just before sending that the lease is still ours; False when somebody else has it or it was retired."""
    mine = _unchanged(row).update(leased_until=at + LEASE)
    row.leased_until = at + LEASE
    return mine == 1


def begin(row: Message, at: datetime) -> bool:
    """``renew``, and count an attempt whose outcome is not known yet: a worker killed now leaves its trace."""
    mine = _unchanged(row).update(leased_until=at + LEASE, begun=F("begun") + 1)
    row.leased_until = at + LEASE
    row.begun += 1
    return mine == 1


def give_back(row: Message, at: datetime) -> None:
    """End a lease without an attempt (the worker stops, the connection is gone before this message's turn)."""
    _unchanged(row).update(leased_until=None, attempts=F("attempts") - 1, next_at=at)


def wait(row: Message, *, error: str, uncertain: bool = False) -> None:
    """End a lease after ``begin`` because the channel is in trouble: the message keeps its place in the order."""
    begun = row.begun if uncertain else max(row.begun - 1, 0)
    _unchanged(row).update(leased_until=None, attempts=F("attempts") - 1, begun=begun, error=redact(error)[:1000])


def keep(row: Message, *, error: str) -> None:
    """End a lease without an attempt, in the same place of the order, telling why."""
    _unchanged(row).update(leased_until=None, attempts=F("attempts") - 1, error=redact(error)[:1000])


def accepted(row: Message, reference: str, *, ask_at: datetime) -> None:
    """Note that the service took it but has not delivered it yet; asked again at ``ask_at``."""
    _unchanged(row).update(leased_until=None, reference=reference[:100], next_at=ask_at, error="")


def sent(row: Message, *, at: datetime) -> None:
    """Note that it went out. Its links are masked from now on: their only copy is with the addressee."""
    Message.objects.filter(pk=row.pk).exclude(state=MessageState.SENT).update(
        state=MessageState.SENT,
        sent_at=at,
        leased_until=None,
        error="",
        text=redact(row.text),
        html=redact(row.html),
        calendar=redact(row.calendar),
    )


def failed(row: Message, *, at: datetime, code: str, detail: str = "", permanent: bool = False) -> None:
    """Note a failed attempt: tried again after a growing pause, or given up when that cannot help."""
    over = permanent or row.attempts >= ATTEMPTS_MOST
    pause = BACK_OFF_SECONDS[min(max(row.attempts - 1, 0), len(BACK_OFF_SECONDS) - 1)]
    _unchanged(row).update(
        state=MessageState.FAILED if over else MessageState.WAITING,
        leased_until=None,
        next_at=at + timedelta(seconds=pause),
        error=f"{code} {redact(detail)}".strip()[:1000],
    )


def send_again(message_id: Id, *, at: datetime) -> Message:
    """Have a failed, held or waiting message tried now. The caller has checked that the actor may.

    Raises:
        WrongStage: it was sent or taken back already.
    """
    row = Message.objects.get(pk=message_id)
    if row.state not in OPEN_STATES:
        raise WrongStage(state=row.state, deed="send_again")
    reason = held_for(row.channel, row.address)
    row.state = MessageState.HELD if reason else MessageState.WAITING
    row.error, row.attempts, row.next_at, row.leased_until = reason, 0, at, None
    Message.objects.filter(pk=row.pk, state__in=OPEN_STATES).update(
        state=row.state, error=reason, attempts=0, begun=0, next_at=at, leased_until=None
    )
    return row


def find_message(message_id: Id) -> Message | None:
    """The message with this id. Asks for no permission."""
    return Message.objects.filter(pk=message_id).first()


def find_messages(
    *,
    context: object = "",
    contexts: Iterable[object] | None = None,
    recipient_id: object = "",
    state: str = "",
) -> QuerySet[Message]:
    """Messages, newest first, of one context, of some, of one recipient, in one state. Asks for no permission."""
    rows = Message.objects.order_by("-at", "-id")
    if context:
        rows = rows.filter(context=str(context))
    if contexts is not None:
        rows = rows.filter(context__in=[str(one) for one in contexts])
    if recipient_id:
        rows = rows.filter(recipient_id=str(recipient_id))
    return rows.filter(state=state) if state else rows


def counts() -> Mapping[str, int]:
    """How many messages are in each state."""
    found = Message.objects.order_by().values_list("state").annotate(number=Count("pk"))
    return {**dict.fromkeys(MessageState.values, 0), **dict(found)}


def sender_address() -> str:
    """The mailbox messages come from and calendar replies go to; empty when no mail server is set up."""
    return settings.HUIYAO.mail.sender if settings.HUIYAO.mail else ""
