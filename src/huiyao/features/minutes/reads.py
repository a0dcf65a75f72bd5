# SPDX-License-Identifier: Apache-2.0
"""Reading minutes. ``find_*`` asks for no permission; who may read is decided by ``access``."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from huiyao.domain.absence import AbsentDepartment, lines_concerning
from huiyao.domain.actions import Acceptance, Commitment
from huiyao.domain.drafting import Names, Paper
from huiyao.domain.minutes_data import canonical, chained_hash, paper_of, to_data
from huiyao.domain.record import Entry
from huiyao.domain.review import AnswerState, ObjectionState, Position, State
from huiyao.domain.rights import ROLES, SEATED, Standing
from huiyao.features.meetings.models import Meeting, Need, Participation
from huiyao.features.meetings.reads import seats_of
from huiyao.features.minutes.models import (
    Answer,
    Circulation,
    HintDismissal,
    Minutes,
    MinutesVersion,
    Objection,
    ReviewComment,
)
from huiyao.features.people.models import Department, Person
from huiyao.features.people.reads import find_persons
from huiyao.features.sittings.models import Presence
from huiyao.features.sittings.reads import find_attendance

# rows as pages and flows name their types
MinutesRow = Minutes
VersionRow = MinutesVersion
AnswerRow = Answer
CirculationRow = Circulation
ObjectionRow = Objection


class Recipient(NamedTuple):
    """Somebody minutes go to; ``asked`` whether they are asked to confirm or object.

    ``lines`` are those they are asked about by name because they answer for ``absent``, departments nobody of which
    was there. ``standings`` is why they get it.
    """

    person: Person
    asked: bool
    standings: frozenset[str] = frozenset()
    lines: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def find_minutes(meeting_id: UUID | str) -> Minutes | None:
    """The minutes of a meeting, or None while there are none in force."""
    return Minutes.objects.filter(meeting_id=meeting_id, voided_at=None).first()


def acceptances_of(minutes: Minutes) -> dict[str, Acceptance]:
    """What owners said in the room, by entry id."""
    return {
        entry: Acceptance(said["accepted"], datetime.fromisoformat(said["at"]), said["reason"])
        for entry, said in minutes.acceptances.items()
    }


def running_clocks(meeting_ids: Iterable[object]) -> dict[str, tuple[State, datetime]]:
    """The clock that runs for the minutes of each meeting: their state and its end; final ones have none."""
    rows = Minutes.objects.filter(meeting_id__in=list(meeting_ids), voided_at=None).exclude(state=State.FINAL)
    ends = {State.DRAFT: "draft_due_at", State.CIRCULATED: "window_ends_at"}
    found = [(row, State(row.state)) for row in rows]
    return {str(row.meeting_id): (state, getattr(row, ends.get(state, "going_out_by"))) for row, state in found}


def position_of(minutes: Minutes) -> Position:
    """What the rules of review look at."""
    return Position(
        State(minutes.state),
        approved=minutes.approved_at is not None,
        window_ends_at=minutes.window_ends_at,
        open_objections=open_objections(minutes).count(),
    )


def open_objections(minutes: Minutes) -> QuerySet[Objection]:
    """Objections that wait for their answer."""
    return Objection.objects.filter(answer__circulation__minutes=minutes, state=ObjectionState.OPEN)


def current_version(minutes: Minutes) -> MinutesVersion:
    """The newest version."""
    return MinutesVersion.objects.filter(minutes=minutes).order_by("-number")[0]


def circulated_version(minutes: Minutes) -> MinutesVersion | None:
    """The version last sent out."""
    circulation = last_circulation(minutes)
    return circulation.version if circulation else None


def last_circulation(minutes: Minutes) -> Circulation | None:
    """The newest circulation."""
    return Circulation.objects.filter(minutes=minutes).select_related("version", "by").order_by("-number").first()


def circulated_before(circulation: Circulation) -> Paper | None:
    """The paper sent out before this circulation, or None when it is the first."""
    earlier = Circulation.objects.filter(minutes_id=circulation.minutes_id, number__lt=circulation.number)
    last = earlier.select_related("version").order_by("-number").first()
    return paper_in(last.version) if last else None


def find_circulation(circulation_id: UUID | str) -> Circulation | None:
    """The circulation with its version and its minutes."""
    return Circulation.objects.select_related("version", "by", "minutes__meeting").filter(pk=circulation_id).first()


def versions_of(minutes: Minutes) -> list[MinutesVersion]:
    """All versions, the newest first, without their content."""
    rows = MinutesVersion.objects.filter(minutes=minutes).select_related("author").defer("content")
    return list(rows.order_by("-number"))


def find_version(minutes: Minutes, number: int) -> MinutesVersion | None:
    """One version by number."""
    return MinutesVersion.objects.filter(minutes=minutes, number=number).select_related("author").first()


def paper_in(version: MinutesVersion) -> Paper:
    """The paper a version holds."""
    return paper_of(version.content)


def comments_of(minutes: Minutes) -> list[ReviewComment]:
    """The remarks of the review, oldest first."""
    return list(ReviewComment.objects.filter(minutes=minutes).select_related("author", "settled_by"))


def answers_of(minutes: Minutes) -> list[Answer]:
    """Who was asked in which circulation and what they said."""
    return list(
        Answer.objects.filter(circulation__minutes=minutes)
        .select_related("person__department", "circulation")
        .order_by("circulation__number", "person__department__position", "person__name")
    )


def objections_of(minutes: Minutes) -> list[Objection]:
    """All objections, oldest first."""
    return list(
        Objection.objects.filter(answer__circulation__minutes=minutes).select_related(
            "answer__person__department", "answered_by", "version"
        )
    )


def answers_waiting(minutes: Minutes, person_id: UUID | str) -> list[Answer]:
    """The circulations in which this person is still asked, the newest first."""
    rows = Answer.objects.filter(circulation__minutes=minutes, person_id=person_id, asked=True)
    return list(rows.select_related("circulation").order_by("-circulation__number"))


def due_for_closing(now: datetime) -> list[UUID]:
    """Meetings with an objection window that is over while silence is not recorded or the minutes not final."""
    live = Minutes.objects.filter(state=State.CIRCULATED, voided_at=None)
    silent = Answer.objects.filter(
        circulation__minutes=OuterRef("pk"),
        circulation__window_ends_at__lte=now,
        asked=True,
        state=AnswerState.NONE,
    )
    rows = live.filter(Q(window_ends_at__lte=now) | Exists(silent))
    return list(rows.order_by("window_ends_at").values_list("meeting_id", flat=True))


def broken_versions(minutes: Minutes) -> list[int]:
    """Numbers of the sealed versions whose content, author, time or order is not what was sealed."""
    broken: list[int] = []
    previous = ""
    for version in MinutesVersion.objects.filter(minutes=minutes).exclude(sealed_at=None).order_by("number"):
        expected = chained_hash(
            version.content,
            number=version.number,
            author=str(version.author_id or ""),
            at=version.at,
            previous=previous,
        )
        if version.sha256 != expected or version.previous_sha256 != previous:
            broken.append(version.number)
        previous = version.sha256
    return broken


def unsealed_circulations(minutes: Minutes) -> list[int]:
    """Numbers of versions that went out but carry no seal."""
    rows = Circulation.objects.filter(minutes=minutes, version__sealed_at=None)
    return sorted(set(rows.values_list("version__number", flat=True)))


def all_minutes() -> Iterator[Minutes]:
    """The minutes of all meetings, voided ones included, by meeting."""
    return Minutes.objects.select_related("meeting").order_by("meeting_id").iterator(chunk_size=200)


def recipients_for(meeting: Meeting, paper: Paper) -> list[Recipient]:
    """Everybody this paper goes to: who took part, has a role or is informed; by department and name.

    The host, who approved them, and the recorder, who wrote them, are not asked to object. Nothing goes to the
    host, who sends them, nor to those who have left. Whoever answers for an absent department gets it as well.
    """
    lines, absent = _asked_for_the_absent(meeting, paper)
    standings: dict[UUID, set[str]] = {}
    rows = Participation.objects.filter(meeting=meeting, person__is_active=True)
    for person_id, standing in rows.values_list("person_id", "standing"):
        standings.setdefault(person_id, set()).add(standing)
    answering = {str(s) for s in ROLES | SEATED}
    wanted = {i for i, held in standings.items() if held & (answering | {str(Standing.INFORMED)})}
    wanted.discard(meeting.host_id)
    people = Person.objects.filter(pk__in=wanted | set(lines), is_active=True).select_related("department")
    return [
        Recipient(
            person,
            person.pk in lines
            or (bool(standings.get(person.pk, set()) & answering) and person.pk != meeting.recorder_id),
            frozenset(standings.get(person.pk, ())),
            tuple(lines.get(person.pk, ())),
            tuple(absent.get(person.pk, ())),
        )
        for person in people.order_by("department__position", "department__name", "name")
    ]


def _asked_for_the_absent(meeting: Meeting, paper: Paper) -> tuple[dict[UUID, list[str]], dict[UUID, list[str]]]:
    """The lines each person is asked to confirm for absent departments, and the names of these departments."""
    lines: dict[UUID, list[str]] = {}
    names: dict[UUID, list[str]] = {}
    away = absent_departments(meeting, paper)
    known = list(Department.objects.values_list("name", flat=True)) if away else []
    for absent in away:
        concerning = lines_concerning(paper, absent, known)
        for person in map(UUID, absent.asked if concerning else ()):
            mine = lines.setdefault(person, [])
            mine += [line for line in concerning if line not in mine]
            names.setdefault(person, []).append(absent.name)
    return lines, names


def absent_departments(meeting: Meeting, paper: Paper) -> list[AbsentDepartment]:
    """The seated departments nobody of which was seen; none where attendance was not taken at all.

    Its representatives answer for it, its head where none of them is left.
    """
    seen = [row.person for row in find_attendance(meeting.pk) if row.state in (Presence.PRESENT, Presence.LEFT)]
    if not seen:
        return []
    present = {person.pk for person in seen}
    there = {person.department_id for person in seen}
    owners = find_persons({i for c in paper.commitments for i in c.people})
    found: list[AbsentDepartment] = []
    for seat in seats_of(meeting.pk):
        persons = [representative.person for representative in seat.representatives.all()]
        if seat.need == Need.INFORMED or seat.department_id in there or any(p.pk in present for p in persons):
            continue
        members = {str(p.pk) for p in persons} | {i for i, p in owners.items() if p.department_id == seat.department_id}
        left = [str(p.pk) for p in persons if p.is_active] or [str(seat.department.head_id or "")]
        asked = tuple(i for i in left if i not in ("", str(meeting.host_id or "")))
        found.append(AbsentDepartment(str(seat.department_id), seat.department.name, frozenset(members), asked))
    return found


def names_of(departments: Iterable[str], persons: Iterable[str]) -> Names:
    """The names of departments and persons by id, archived and departed ones included."""
    wanted = {i for i in departments if i}
    rows = Department.objects.filter(pk__in=wanted).values_list("pk", "name")
    found = find_persons(persons)
    return Names({str(pk): name for pk, name in rows}, {pk: person.name for pk, person in found.items()})


def names_in(entries: Iterable[Entry]) -> Names:
    """The names the entries of a record need."""
    departments: set[str] = set()
    persons: set[str] = set()
    for entry in entries:
        departments |= {entry.department, *(s.department for s in entry.support or ())}
        persons |= {entry.person, *(s.person for s in entry.support or ())}
        persons.add(entry.named_by[1] if entry.named_by else "")
    return names_of(departments, persons)


def names_of_commitment(commitment: Commitment) -> Names:
    """The names one action needs."""
    support = commitment.support or ()
    return names_of({commitment.department, *(s.department for s in support)}, commitment.people)


def stamp_of(commitment: Commitment) -> str:
    """What a form carries to say which wording of an action it showed."""
    data = to_data(commitment)
    data.pop("number")
    return sha256(canonical(data)).hexdigest()[:16]


def dismissals_of(minutes: Minutes) -> dict[str, HintDismissal]:
    """Hints put aside, by key."""
    return {row.key: row for row in HintDismissal.objects.filter(minutes=minutes).select_related("by")}


def find_objection(objection_id: UUID | str) -> Objection | None:
    """The objection with who raised and who answered it."""
    rows = Objection.objects.select_related("answer__person", "answered_by", "version")
    return rows.filter(pk=objection_id).first()


def unanswered_before(now: datetime, until: datetime) -> list[Answer]:
    """Asked, neither opened nor answered nor reminded, and their window ends in (now, until]."""
    rows = Answer.objects.filter(
        asked=True,
        state=AnswerState.NONE,
        opened_at=None,
        reminded_at=None,
        circulation__window_ends_at__gt=now,
        circulation__window_ends_at__lte=until,
        circulation__minutes__state=State.CIRCULATED,
    )
    return list(rows.select_related("person", "circulation__minutes__meeting").order_by("id"))


def sent_in_time(host_id: UUID, since: datetime) -> tuple[int, int]:
    """How many of the minutes a host sent since then went out before they were due, and how many went out."""
    rows = Minutes.objects.filter(meeting__host=host_id, circulated_at__gte=since, voided_at=None)
    found = rows.aggregate(all=Count("pk"), kept=Count("pk", filter=Q(circulated_at__lte=F("circulate_due_at"))))
    return found["kept"], found["all"]
