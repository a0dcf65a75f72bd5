# SPDX-License-Identifier: Apache-2.0
"""Kinds of messages a person gets: informing ones can be switched off, one's own obligations cannot."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from huiyao.domain.refusals import BadValue


class Kept(StrEnum):
    """Why a kind cannot be switched off."""

    PROMISE = "promise"  # it tells of what the person has promised
    CALENDAR = "calendar"  # their calendar would show a time that no longer holds
    SILENCE = "silence"  # silence counts as "no objection" (R70)
    ACCOUNT = "account"  # it guards their sign-in


class Digest(StrEnum):
    """Over what the morning's digest comes to those who want it."""

    USUAL = ""  # the way the person is reached
    MAIL = "mail"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Notice:
    """A kind as people know it; ``kinds`` are those of the outbox. ``kept`` is None where it can be switched off."""

    word: str
    kinds: tuple[str, ...]
    kept: Kept | None


DIGEST, INFORMED = "digest", "minutes.informed"
NOTICES = (
    Notice("reminder", ("reminder",), Kept.PROMISE),
    Notice("invitation", ("invitation", "update", "cancel"), Kept.CALENDAR),
    Notice("minutes", ("minutes",), Kept.SILENCE),
    Notice("review", ("review",), Kept.PROMISE),
    Notice("account", ("account.invite", "account.password"), Kept.ACCOUNT),
    Notice(DIGEST, (DIGEST,), None),
    Notice(INFORMED, (INFORMED,), None),
)
SWITCHABLE = frozenset(notice.word for notice in NOTICES if notice.kept is None)


def check_switchable(words: Iterable[str]) -> None:
    """Refuse what is no kind that can be switched off.

    Raises:
        BadValue: ``reason`` is ``kept`` for an obligation, ``unknown`` otherwise.
    """
    known = {notice.word for notice in NOTICES}
    for word in words:
        if word not in SWITCHABLE:
            raise BadValue(field="kind", reason="kept" if word in known else "unknown")
