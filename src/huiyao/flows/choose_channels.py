# SPDX-License-Identifier: Apache-2.0
"""Which channel each waiting message takes: the first preferred one that is set up and knows the recipient.

Reminders are moved out of their reader's night and rest days and away from crowded minutes first.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from huiyao.domain.channels import KINDS, MAIL
from huiyao.domain.notices import DIGEST, Digest
from huiyao.domain.reminding import waking_moment
from huiyao.features.calendars.reads import calendars_of, working_calendar
from huiyao.features.organisation.reads import ChannelRow, live_channels
from huiyao.features.people.reads import Reach, reach_of
from huiyao.plumbing import routing
from huiyao.plumbing.models import Message
from huiyao.plumbing.routing import Route

UNHURRIED = frozenset({"reminder", "digest"})
"""Kinds nobody waits for: not at night, not on a rest day, not at the full hour."""
BY_MAIL_ONLY = frozenset({"account.invite", "account.password", "test"})
"""Kinds that stay with mail: a link to a password belongs to one mailbox."""
NOBODY = Reach((), {})


def choose_channels(now: datetime) -> None:
    """Choose for everything due whose channel was not chosen yet."""
    channels = personal_channels()
    while rows := routing.unrouted(now):
        reaches = reach_of(row.recipient_id for row in rows) if channels else {}
        moments = _moments([row for row in rows if row.kind in UNHURRIED], now)
        for row in rows:
            moment = moments.get(row.pk, now)
            if moment > now and not row.attempts:
                routing.postpone(row, moment)
                continue
            routes = _routes_of(row, channels, reaches.get(row.recipient_id, NOBODY))
            routing.choose(row, routes)


def _moments(rows: Sequence[Message], now: datetime) -> dict[UUID, datetime]:
    """When each of these may disturb its recipient, where they live."""
    if not rows:
        return {}
    calendar_of = calendars_of(working_calendar(), [row.recipient_id for row in rows])
    return {row.pk: waking_moment(now, calendar_of(row.recipient_id), row.recipient_id or str(row.pk)) for row in rows}


def personal_channels() -> list[ChannelRow]:
    """The channels that reach persons."""
    return [channel for channel in live_channels() if KINDS[channel.kind].personal]


def _routes_of(row: Message, channels: Sequence[ChannelRow], reach: Reach) -> list[Route]:
    if row.kind in BY_MAIL_ONLY or (row.kind == DIGEST and reach.digest == Digest.MAIL):
        return [Route(MAIL, row.address)]
    if row.kind == DIGEST and reach.digest == Digest.CHAT:
        reach = Reach((), reach.addresses)  # any chat that knows them, then mail
    return routes_for(row.address, channels, reach)


def routes_for(address: str, channels: Sequence[ChannelRow], reach: Reach) -> list[Route]:
    """The ways to somebody whose mailbox is ``address``, best first; mail is always one of them."""
    by_mail = Route(MAIL, address)
    ways = [
        (channel.kind, Route(str(channel.pk), reach.addresses[KINDS[channel.kind].address]))
        for channel in channels
        if KINDS[channel.kind].address in reach.addresses
    ]
    ways.append((MAIL, by_mail))
    if not reach.preferred:
        return [route for _, route in ways]
    rank = {word: place for place, word in enumerate(reach.preferred)}
    wanted = sorted(ways, key=lambda way: rank.get(way[0], len(rank)))
    return [route for word, route in wanted if word in rank or word == MAIL]
