# SPDX-License-Identifier: Apache-2.0
"""Turns at a channel: one worker at a time, within its rate, not while it is closed after trouble."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from huiyao.domain.channels import Rate
from huiyao.plumbing.models import ChannelPace
from huiyao.plumbing.redaction import redact

TURN = timedelta(minutes=5)
"""A worker that dies in its turn blocks the channel for this long at most."""
PAUSES = (5, 15, 30, 60, 120, 300)


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to send up to ``allowed`` messages over a channel until it is ended."""

    channel: str
    until: datetime
    allowed: int


@transaction.atomic
def begin(channel: str, rate: Rate, now: datetime, *, most: int) -> Turn | None:
    """Take a turn, with its tokens taken from the bucket; None when the channel is closed, busy or used up."""
    ChannelPace.objects.get_or_create(channel=channel, defaults={"tokens": float(rate.burst), "at": now})
    free = Q(busy_until=None) | Q(busy_until__lte=now)
    row = ChannelPace.objects.select_for_update().get(channel=channel)
    tokens = rate.refilled(row.tokens, row.at, now)
    allowed = min(int(tokens), most)
    closed = row.closed_until is not None and row.closed_until > now
    if allowed < 1 or closed:
        return None
    until = now + TURN
    mine = ChannelPace.objects.filter(free, channel=channel, at=row.at, tokens=row.tokens)
    if mine.update(busy_until=until, tokens=tokens - allowed, at=max(now, row.at)) != 1:
        return None
    return Turn(channel, until, allowed)


def end(turn: Turn, *, used: int) -> None:
    """End a turn; tokens that were not used go back."""
    rows = ChannelPace.objects.filter(channel=turn.channel, busy_until=turn.until)
    rows.update(busy_until=None, tokens=F("tokens") + (turn.allowed - used))


def opened(channel: str) -> None:
    """Note that the channel works."""
    ChannelPace.objects.filter(channel=channel).exclude(failures=0, error="").update(failures=0, error="")


def close(channel: str, now: datetime, *, seconds: float, error: str) -> None:
    """Close the channel for a while: ``seconds``, or a growing pause when that is 0."""
    row = ChannelPace.objects.get(channel=channel)
    pause = seconds or PAUSES[min(row.failures, len(PAUSES) - 1)]
    until = now + timedelta(seconds=pause)
    ChannelPace.objects.filter(channel=channel).update(
        closed_until=until, failures=F("failures") + 1, error=redact(error)[:1000]
    )


def reset(channel: str) -> None:
    """Open the channel at once: its set-up was changed, or somebody asks to try again."""
    ChannelPace.objects.filter(channel=channel).update(closed_until=None, failures=0, error="")


def trouble_of(channel: str) -> str:
    """What the channel's last trouble was (code, space, detail); empty when it works."""
    row = ChannelPace.objects.filter(channel=channel).first()
    return row.error if row else ""
