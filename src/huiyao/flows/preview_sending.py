# SPDX-License-Identifier: Apache-2.0
"""Who minutes would go to, by which channel and why, before the host sends them (R69)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huiyao.domain.channels import KINDS, MAIL
from huiyao.domain.drafting import Paper
from huiyao.features.meetings.reads import MeetingRow
from huiyao.features.minutes.reads import absent_departments, recipients_for
from huiyao.features.organisation.reads import live_channels
from huiyao.features.people.reads import PersonRow, find_persons, reach_of, recipient_of
from huiyao.flows.choose_channels import NOBODY, personal_channels, routes_for
from huiyao.plumbing.messages import held_for

OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Way:
    """The channel a message takes: its name (empty: mail), and a code where it cannot go out."""

    channel: str
    held: str


@dataclass(frozen=True, slots=True)
class Goes:
    """One person it goes to. ``standings`` say why, ``absent`` the departments they answer for."""

    person: PersonRow
    way: Way
    asked: bool
    standings: frozenset[str]
    absent: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """Everybody it goes to, the groups that are told, and absent departments nobody can answer for."""

    persons: Sequence[Goes]
    groups: Sequence[str]
    unanswered: Sequence[str]

    @property
    def unreached(self) -> int:
        """How many cannot be reached at present."""
        return sum(1 for one in self.persons if one.way.held)


def preview(meeting: MeetingRow, paper: Paper) -> Preview:
    """The recipients of this paper if it were sent now, owners and supporters who were not there last."""
    rows = recipients_for(meeting, paper)
    known = {str(row.person.pk) for row in rows} | {str(meeting.host_id)}
    outside = find_persons({i for c in paper.commitments for i in c.people} - known)
    owners = [person for person in outside.values() if person.is_active]
    ways = ways_to([*(row.person for row in rows), *owners])
    persons = [Goes(r.person, ways[str(r.person.pk)], r.asked, r.standings, r.absent) for r in rows]
    persons += [Goes(person, ways[str(person.pk)], asked=False, standings=frozenset({OWNER})) for person in owners]
    groups = [
        channel.name
        for channel in live_channels()
        if not KINDS[channel.kind].personal and "minutes" in channel.settings.get("notices", "").split()
    ]
    unanswered = [away.name for away in absent_departments(meeting, paper) if not away.asked]
    return Preview(persons, groups, unanswered)


def ways_to(persons: Iterable[PersonRow]) -> dict[str, Way]:
    """By person id, the channel a message would take first."""
    people, channels = list(persons), personal_channels()
    names = {str(channel.pk): channel.name for channel in channels}
    reaches = reach_of(str(person.pk) for person in people) if channels else {}
    found: dict[str, Way] = {}
    for person in people:
        key = str(person.pk)
        first = routes_for(recipient_of(person).address, channels, reaches.get(key, NOBODY))[0]
        found[key] = Way("" if first.channel == MAIL else names[first.channel], held_for(*first))
    return found
