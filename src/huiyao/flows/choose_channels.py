# SPDX-License-Identifier: Apache-2.0
"""Which channel each waiting message takes: the first preferred one that is set up and knows the recipient.

Reminders are moved out of the night and away from crowded minutes first.
"""

from collections.abc import Sequence
from datetime import datetime

from huiyao.domain.channels import KINDS, MAIL
from huiyao.domain.sending import good_moment
from huiyao.features.organisation.reads import ChannelRow, find_organisation, live_channels
from huiyao.features.people.reads import Reach, reach_of
from huiyao.plumbing import routing
from huiyao.plumbing.models import Message
from huiyao.plumbing.routing import Route

UNHURRIED = frozenset({"reminder", "digest"})
"""Kinds nobody waits for: not at night, not at the full hour."""
BY_MAIL_ONLY = frozenset({"account.invite", "account.password", "test"})
"""Kinds that stay with mail: a link to a password belongs to one mailbox."""
NOBODY = Reach((), {})


def choose_channels(now: datetime) -> None:
    """Choose for everything due whose channel was not chosen yet."""
    channels = personal_channels()
    organisation = find_organisation()
    zone = organisation.zone if organisation else "Asia/Shanghai"
    while rows := routing.unrouted(now):
        reaches = reach_of(row.recipient_id for row in rows) if channels else {}
        for row in rows:
            moment = good_moment(now, zone, str(row.pk)) if row.kind in UNHURRIED else now
            if moment > now and not row.attempts:
                routing.postpone(row, moment)
                continue
            routes = _routes_of(row, channels, reaches.get(row.recipient_id, NOBODY))
            routing.choose(row, routes)


def personal_channels() -> list[ChannelRow]:
    """The channels that reach persons."""
    return [channel for channel in live_channels() if KINDS[channel.kind].personal]


def _routes_of(row: Message, channels: Sequence[ChannelRow], reach: Reach) -> list[Route]:
    return [Route(MAIL, row.address)] if row.kind in BY_MAIL_ONLY else routes_for(row.address, channels, reach)


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
