# SPDX-License-Identifier: Apache-2.0
"""One round of delivery over chats and webhooks: in order, within each channel's rate, the next way where one fails.

A service that knows our key takes twice as once, so an uncertain attempt is simply repeated. A group's robot knows no
key: an uncertain message is repeated once, then left to a person; so after trouble the host is asked first whether it
answers at all.
"""

import logging
import time
from datetime import datetime, timedelta

from huiyao.domain.channels import KINDS, ChannelKind
from huiyao.features.organisation.reads import ChannelRow, live_channels
from huiyao.flows.carriers import ChatCarrier, note_of, open_channel
from huiyao.gateways.outcome import Later, Outcome, Refused, Taken
from huiyao.plumbing import messages, pacing, routing
from huiyao.plumbing.models import Message
from huiyao.plumbing.pacing import Turn

logger = logging.getLogger(__name__)

ROUND_SECONDS = 150.0
"""No message is begun later in a round: it must end within the lease."""
ASK_AFTER = timedelta(seconds=20)
ASK_MOST = 6
"""How often a service is asked what became of an accepted message before accepted counts as delivered."""
MISCONFIGURED_SECONDS = 600.0
"""How long a channel whose set-up is refused is left alone; changing the set-up opens it at once."""
TRIES_UNKEYED = 2


def deliver_channels(now: datetime, *, limit: int = 50) -> int:
    """Send what is due over every channel; returns how many messages were taken up. Several workers may do this."""
    count = 0
    for channel in live_channels():
        try:
            count += deliver_over(channel, now, limit=limit)
        except Exception:  # one channel's trouble must not stop the others
            logger.exception("delivery over channel %s failed", channel.pk)
    return count


def deliver_over(channel: ChannelRow, now: datetime, *, limit: int = 50) -> int:
    """Send what is due over one channel, oldest first, while it is this worker's turn."""
    word, kind = str(channel.pk), KINDS[channel.kind]
    if not messages.is_due(now, word):
        return 0
    turn = pacing.begin(word, kind.rate, now, most=limit)
    if turn is None:
        return 0
    used = 0
    try:
        with open_channel(channel) as carrier:
            down = carrier.knock() if not kind.keyed and pacing.trouble_of(word) else None
            if down is not None:
                pacing.close(word, now, seconds=0, error=_words(down))
                return 0
            taken = messages.lease(now, limit=turn.allowed, channel=word)
            used = _carry(taken, carrier, kind, turn, now)
    finally:
        pacing.end(turn, used=used)
    return len(taken)


def _carry(taken: list[Message], carrier: ChatCarrier, kind: ChannelKind, turn: Turn, now: datetime) -> int:
    """Hand over one after the other until the channel stops; returns how many calls were made."""
    used, until = 0, time.monotonic() + ROUND_SECONDS
    stopped: Later | Refused | None = None
    for row in taken:
        if stopped is not None:
            _leave(row, stopped, now)
            continue
        if time.monotonic() > until:
            messages.keep(row, error=row.error)
            continue
        if not kind.keyed and row.begun >= TRIES_UNKEYED:
            messages.failed(row, at=now, code="uncertain", permanent=True)
            continue
        asks = bool(row.reference) and carrier.result_of is not None
        if not (messages.renew(row, now) if asks else messages.begin(row, now)):
            continue
        used += 1
        outcome = _hand_over(row, carrier, now)
        stopped = _note(row, outcome, asks=asks, now=now)
    if stopped is not None:
        seconds = stopped.retry_after if isinstance(stopped, Later) else MISCONFIGURED_SECONDS
        pacing.close(turn.channel, now, seconds=seconds, error=_words(stopped))
    elif used:
        pacing.opened(turn.channel)
    return used


def _leave(row: Message, stopped: Later | Refused, now: datetime) -> None:
    """The channel has stopped: a refused set-up sends everybody the next way, a passing trouble is waited out."""
    if isinstance(stopped, Later) or not routing.fall_back(row, at=now, error=_words(stopped)):
        messages.keep(row, error=_words(stopped))


def _words(outcome: Later | Refused) -> str:
    return f"{outcome.code} {outcome.detail}".strip()


def _hand_over(row: Message, carrier: ChatCarrier, now: datetime) -> Outcome:
    if row.reference and carrier.result_of is not None:
        return carrier.result_of(row.reference, row.address, now)
    try:
        note = note_of(row)
    except OSError:
        return Refused("file_missing", "")
    return carrier.send(note, row.address, now)


def _note(row: Message, outcome: Outcome, *, asks: bool, now: datetime) -> Later | Refused | None:
    """Write down what became of a message; gives the outcome when it stops the channel."""
    if isinstance(outcome, Taken):
        _taken(row, outcome, now)
        return None
    logger.info("message %s not delivered: %s", row.pk, _words(outcome))
    if isinstance(outcome, Later) and outcome.channel:
        _wait(row, outcome, asks=asks)
    elif isinstance(outcome, Later):
        messages.failed(row, at=now, code=outcome.code, detail=outcome.detail)
    elif outcome.code == "duplicate_text" and row.begun > 1:
        messages.sent(row, at=now)  # our own earlier attempt arrived, its answer did not
    elif not routing.fall_back(row, at=now, error=_words(outcome)):
        if outcome.channel:
            _wait(row, outcome, asks=asks)
        else:
            messages.failed(row, at=now, code=outcome.code, detail=outcome.detail, permanent=True)
    return outcome if outcome.channel else None


def _taken(row: Message, outcome: Taken, now: datetime) -> None:
    if outcome.unsettled and row.attempts <= ASK_MOST:
        messages.accepted(row, outcome.reference, ask_at=now + ASK_AFTER * row.attempts)
    else:
        messages.sent(row, at=now)


def _wait(row: Message, outcome: Later | Refused, *, asks: bool) -> None:
    if asks:
        messages.keep(row, error=_words(outcome))
    else:
        uncertain = isinstance(outcome, Later) and outcome.uncertain
        messages.wait(row, error=_words(outcome), uncertain=uncertain)
