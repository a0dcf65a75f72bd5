# SPDX-License-Identifier: Apache-2.0
"""Telling one story: plan, invite, answer, hold, close, write, send, agree, each act at its own instant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from huiyao.domain.actions import ActionAct
from huiyao.domain.actor import Actor
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.editing import FieldWrite
from huiyao.domain.record import Kind
from huiyao.features.actions.commands import following
from huiyao.features.actions.reads import actions_of_meeting
from huiyao.features.agenda.reads import topics_of
from huiyao.features.archive.commands.retrospectives import answer_retrospective
from huiyao.features.invitations.commands.reply import reply
from huiyao.features.invitations.commands.send import send
from huiyao.features.invitations.reads.invitees import invitees_of
from huiyao.features.meetings.commands import fields, roles, seats
from huiyao.features.meetings.reads import find_meeting
from huiyao.features.minutes.commands import answering, circulating, closing, reviewing
from huiyao.features.minutes.reads import answers_of, find_minutes
from huiyao.features.sittings import commands as sittings
from huiyao.flows.begin_plan import begin_plan
from huiyao.flows.prepare_next import prepare_next
from huiyao.project.demo.stories import Said, Story
from huiyao.room import edits

ACTS = ("plan", "invite", "start", "close", "submit", "circulate", "final")
STILL_OPEN = timedelta(minutes=25)
"""How long ago minutes were sent that still wait for answers."""
RUNNING_TOPIC = 2
"""Where the meeting that is in session stands."""


@dataclass(frozen=True, slots=True)
class Company:
    """Actors by login and ids of departments by name."""

    actors: Mapping[str, Actor]
    departments: Mapping[str, str]

    def members(self, department: str) -> list[Actor]:
        """The people of a department, its head first."""
        return [actor for actor in self.actors.values() if actor.department == self.departments[department]]


def tell(story: Story, company: Company, calendar: WorkingCalendar, start: datetime, now: datetime) -> None:
    """Tell ``story`` as far as it reaches; nothing is told to have happened after ``now``."""
    reached = ACTS[: ACTS.index(story.reaches) + 1]
    start = min(start, now - timedelta(minutes=26)) if story.reaches == "start" else start
    planned = min(calendar.at(calendar.shift(calendar.local(start).date(), -5), calendar.local(start).time()), now)
    meeting = _plan(story, company, calendar, start, planned)
    if "invite" in reached:
        _invite(meeting, company, story, planned + timedelta(minutes=40), now)
    if "start" in reached:
        _hold(Scene(meeting, company, story, calendar, start))
    if "close" in reached:
        host = company.actors[story.host]
        sittings.close(meeting, by=host, at=start + timedelta(minutes=84), next_focus=story.next_focus)
        _look_back(meeting, company, story, start + timedelta(minutes=86), now)
    if story.next_days:
        day = calendar.shift(calendar.local(now).date(), story.next_days)
        begins = calendar.at(day, calendar.local(start).time())
        prepare_next(
            meeting,
            by=company.actors[story.host],
            at=start + timedelta(minutes=100),
            starts_at=calendar.local(begins).strftime("%Y-%m-%dT%H:%M"),
        )
    if "submit" in reached:
        recorder = company.actors[story.recorder]
        reviewing.submit(meeting, by=recorder, at=start + timedelta(minutes=84 + 70))
    if "circulate" in reached:
        sent = start + timedelta(hours=4) if "final" in reached else now - STILL_OPEN
        _circulate(meeting, company, story, sent)
    if "final" in reached:
        _finish(meeting, company, now)


def _plan(story: Story, company: Company, calendar: WorkingCalendar, start: datetime, at: datetime) -> str:
    host = company.actors[story.host]
    meeting = str(begin_plan(by=host, at=at, title=story.title, occasion=story.occasion))
    values = {
        "objective": story.objective,
        "starts_at": calendar.local(start).strftime("%Y-%m-%dT%H:%M"),
        "place": story.place,
        "online": story.online,
    }
    for name, value in values.items():
        row = find_meeting(meeting)
        if value and row is not None:
            fields.set_field(meeting, FieldWrite(field=name, value=value, was="", version=row.version), by=host, at=at)
    for role in ("facilitator", "recorder"):
        login, row = getattr(story, role), find_meeting(meeting)
        if login and row is not None:
            roles.hand_over(row, role, company.actors[login].id, by=host, at=at)
    for department in story.departments:
        seat = seats.add_seat(meeting, company.departments[department], by=host, at=at)
        for member in company.members(department)[:2]:
            seats.add_representative(meeting, str(seat.pk), member.id, by=host, at=at)
    return meeting


def _invite(meeting: str, company: Company, story: Story, at: datetime, now: datetime) -> None:
    send(meeting, by=company.actors[story.host], at=min(at, now))
    by_id = {actor.id: actor for actor in company.actors.values()}
    waiting = {company.actors["zhaoning"].id, company.actors["dingxiang"].id} if story.reaches == "invite" else set()
    for place, invitee in enumerate(invitees_of(meeting)):
        person = str(invitee.person.pk)
        if person in waiting or invitee.informed:
            continue
        answer = "tentative" if place % 7 == 5 else "accepted"
        reply(meeting, answer, by=by_id[person], at=min(at + timedelta(minutes=15 * place + 5), now))


@dataclass(slots=True)
class Scene:
    """A sitting being told: where, who, and the ids of what was said so far."""

    meeting: str
    company: Company
    story: Story
    calendar: WorkingCalendar
    start: datetime
    ids: list[str] = field(default_factory=list)


def _hold(scene: Scene) -> None:
    story, start, meeting = scene.story, scene.start, scene.meeting
    host = scene.company.actors[story.host]
    sittings.start(meeting, by=host, at=start + timedelta(minutes=2))
    present = [str(i.person.pk) for i in invitees_of(meeting) if not i.informed]
    for place, person in enumerate(present):
        sittings.attend(meeting, person, "present", by=host, at=start + timedelta(seconds=20 * place))
    turn = start + timedelta(minutes=2)
    for index, topic in enumerate(topics_of(meeting)):
        if index:
            sittings.go_to_topic(meeting, str(topic.pk), by=host, at=turn)
        for said in [s for s in story.said if s.topic == index]:
            turn += timedelta(minutes=1 if story.reaches == "start" else 3)
            _say(scene, said, str(topic.pk), turn)
        if story.reaches == "start" and index == RUNNING_TOPIC:
            return
        turn += timedelta(minutes=max(topic.minutes - 6, 2))


def _say(scene: Scene, said: Said, topic: str, at: datetime) -> None:
    parent = scene.ids[said.under] if said.under is not None else topic
    add = edits.Add(kind=Kind(said.kind), parent=parent, text=said.text, fields=_fields_of(scene, said))
    recorder = scene.company.actors[scene.story.recorder]
    entry = sittings.edit_record(scene.meeting, [add], by=recorder).ids[0]
    scene.ids.append(entry)
    if said.voices:
        _call(scene, entry, said, at)
    if said.kind == "parked" and said.owner:
        sittings.park(scene.meeting, entry, by=recorder, at=at, person_id=scene.company.actors[said.owner].id)
        return
    owner = scene.company.actors.get(said.owner)
    if owner is not None and any(str(i.person.pk) == owner.id for i in invitees_of(scene.meeting)):
        sittings.accept(scene.meeting, entry, by=owner, at=at + timedelta(minutes=1))


def _call(scene: Scene, entry: str, said: Said, at: datetime) -> None:
    """The seats are asked, and speak one after another."""
    host = scene.company.actors[scene.story.host]
    sittings.open_call(scene.meeting, entry, by=host, at=at)
    for place, (login, answer, reason) in enumerate(said.voices):
        when = at + timedelta(seconds=8 * (place + 1))
        sittings.give_voice(scene.meeting, entry, answer, reason, by=scene.company.actors[login], at=when)
    sittings.close_call(scene.meeting, entry, by=host, at=at + timedelta(minutes=1))


def _look_back(meeting: str, company: Company, story: Story, at: datetime, now: datetime) -> None:
    """What the story tells; the others say yes and no more, but for who still owes an answer."""
    said = {company.actors[login].id: (met, improve) for login, met, improve in story.looked_back}
    owing = {company.actors["hemiao"].id} if story.reaches == "circulate" else set()
    by_id = {actor.id: actor for actor in company.actors.values()}
    present = [str(i.person.pk) for i in invitees_of(meeting) if not i.informed]
    for place, person in enumerate(one for one in present if one not in owing):
        met, improve = said.get(person, ("yes", ""))
        when = min(at + timedelta(seconds=20 * place), now)
        answer_retrospective(meeting, met, improve, by=by_id[person], at=when)


def _fields_of(scene: Scene, said: Said) -> dict[str, object]:
    if said.kind != "action":
        return {}
    company, day = scene.company, scene.calendar.local(scene.start).date()
    owner = company.actors[said.owner]
    due = scene.calendar.shift(day, said.due).isoformat()
    fields: dict[str, object] = {"dep": owner.department, "own": owner.id, "due": due, "sup": "none"}
    if said.support is not None:
        department, login, what = said.support
        asked = {"dep": company.departments[department], "person": company.actors[login].id, "what": what, "due": ""}
        fields["sup"] = [asked]
    return fields


def _circulate(meeting: str, company: Company, story: Story, at: datetime) -> None:
    circulating.approve_and_send(meeting, by=company.actors[story.host], at=at)
    minutes = find_minutes(meeting)
    by_id = {actor.id: actor for actor in company.actors.values()}
    silent = company.actors["hemiao"].id
    for answer in answers_of(minutes) if minutes else ():
        if answer.asked and str(answer.person_id) != silent:
            answering.confirm(meeting, by=by_id[str(answer.person_id)], at=at + timedelta(minutes=20))


def _finish(meeting: str, company: Company, now: datetime) -> None:
    closing.close_window(meeting, at=now - timedelta(days=1))
    for action in actions_of_meeting(meeting):
        owner = next(a for a in company.actors.values() if a.id == str(action.person_id))
        following.act_on(action.pk, ActionAct.FINISH, by=owner, at=now - timedelta(hours=20))
