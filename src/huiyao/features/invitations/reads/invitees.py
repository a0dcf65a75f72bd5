# SPDX-License-Identifier: Apache-2.0
"""Reading who is to be invited, who was, and what they answered. Trusts its input, as agenda's reads do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from huiyao.domain.invitations import Reply
from huiyao.domain.rights import ROLES, SEATED, Standing
from huiyao.features.invitations.models import Invitation
from huiyao.features.meetings.models import Need, Participation, Representative
from huiyao.features.people.models import Person
from huiyao.plumbing.ids import Id

COMING = ROLES | SEATED


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody who gets the invitation. ``informed``: only reads; ``optional``: their seats may stay empty."""

    person: Person
    standings: frozenset[Standing]
    informed: bool
    optional: bool

    @property
    def key(self) -> str:
        """The person's id as text."""
        return str(self.person.pk)

    @property
    def guest(self) -> bool:
        """Whether they come from outside, by link."""
        return Standing.GUEST in self.standings


def invitees_of(meeting_id: Id) -> list[Invitee]:
    """Everybody to invite: roles, seats, guests and the informed, by name. Heads as such are not."""
    rows = Participation.objects.filter(meeting_id=meeting_id).select_related("person__department")
    standings: dict[Id, set[Standing]] = {}
    persons: dict[Id, Person] = {}
    for row in rows:
        standings.setdefault(row.person_id, set()).add(Standing(row.standing))
        persons[row.person_id] = row.person
    needed = set(
        Representative.objects.filter(seat__meeting_id=meeting_id, seat__need=Need.REQUIRED).values_list(
            "person_id", flat=True
        )
    )
    found = [
        Invitee(
            person=persons[pk],
            standings=frozenset(held),
            informed=held.isdisjoint(COMING),
            optional=pk not in needed and held.isdisjoint(ROLES | {Standing.GUEST}),
        )
        for pk, held in standings.items()
        if not held.isdisjoint(COMING | {Standing.INFORMED}) and persons[pk].is_active
    ]
    return sorted(found, key=lambda invitee: (invitee.informed, invitee.person.name))


def invitations_of(meeting_id: Id) -> list[Invitation]:
    """The invitations in force, with their persons, those who only read last."""
    rows = Invitation.objects.filter(meeting_id=meeting_id, withdrawn_at=None)
    return list(rows.select_related("person__department").order_by("informed", "person__name"))


def counts(invitations: Iterable[Invitation]) -> dict[str, int]:
    """How many of those asked gave each answer; the informed are not asked."""
    found = dict.fromkeys((str(reply) for reply in Reply), 0)
    for invitation in invitations:
        if not invitation.informed:
            found[invitation.reply] += 1
    return found


def last_invitation(meeting_id: Id, person_id: Id) -> Invitation | None:
    """One person's invitation, in force or withdrawn, with its meeting and roles."""
    rows = Invitation.objects.filter(meeting_id=meeting_id, person_id=person_id)
    return rows.select_related("meeting__organiser", "meeting__host", "meeting__recorder").first()


def replies_of(person_id: Id, since: datetime) -> dict[str, Invitation]:
    """One person's invitations in force to meetings that start after ``since``, by meeting id as text."""
    rows = Invitation.objects.filter(person_id=person_id, withdrawn_at=None, starts_at__gte=since)
    rows = rows.only("meeting_id", "uid", "sequence", "sent_at", "reply", "informed")
    return {str(row.meeting_id): row for row in rows}
