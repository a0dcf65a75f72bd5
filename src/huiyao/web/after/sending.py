# SPDX-License-Identifier: Apache-2.0
"""Before sending: who it goes to, by which channel and why, in words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from huiyao.domain.rights import Standing
from huiyao.features.minutes.access import MinutesAccess
from huiyao.features.minutes.reads import VersionRow, paper_in
from huiyao.features.people.reads import PersonRow
from huiyao.flows.preview_sending import OWNER, Goes, preview
from huiyao.plumbing import formatting
from huiyao.web.shell.mail_words import trouble_of


@dataclass(frozen=True, slots=True)
class SendingRow:
    """One recipient: why they get it, the channel it takes, and what to do where none can."""

    person: PersonRow
    why: str
    way: str
    held: bool
    remedy: str


@dataclass(frozen=True, slots=True)
class Sending:
    """The card beside the paper."""

    persons: Sequence[SendingRow]
    groups: Sequence[str]
    unanswered: Sequence[str]
    unreached: int


def sending_of(access: MinutesAccess, version: VersionRow) -> Sending:
    """What pressing the button would do."""
    found = preview(access.meeting, paper_in(version))
    return Sending([_row(one) for one in found.persons], found.groups, found.unanswered, found.unreached)


def _row(goes: Goes) -> SendingRow:
    trouble = trouble_of(goes.way.held)
    way = trouble.what if trouble else goes.way.channel or gettext("Mail")
    return SendingRow(goes.person, _why(goes), way, trouble is not None, trouble.remedy if trouble else "")


def _why(goes: Goes) -> str:
    if goes.absent:
        names = formatting.listed(goes.absent, get_language() or "zh-hans")
        return gettext("Confirms for %(names)s, absent") % {"names": names}
    asked = gettext("asked") if goes.asked else gettext("for information")
    return f"{_standing(goes.standings)} · {asked}"


def _standing(standings: Collection[str]) -> str:
    words = (
        (Standing.RECORDER, gettext("Recorder")),
        (Standing.FACILITATOR, gettext("Facilitator")),
        (Standing.COORDINATOR, gettext("Coordinator")),
        (Standing.ORGANISER, gettext("Organiser")),
        (Standing.ATTENDEE, gettext("Attendee")),
        (Standing.WALK_IN, gettext("Attendee")),
        (Standing.GUEST, gettext("Guest")),
        (Standing.INFORMED, gettext("Kept informed")),
        (OWNER, gettext("Has an action or support")),
    )
    return next((word for standing, word in words if standing in standings), gettext("Head of department"))
