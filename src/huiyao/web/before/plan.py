# SPDX-License-Identifier: Apache-2.0
"""The plan page: to edit for organiser, host and coordinator, to read for everybody else who may see it."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from huiyao.domain.editing import as_wall
from huiyao.domain.invitations import Reply
from huiyao.domain.refusals import Conflict, Refusal
from huiyao.domain.rights import Deed
from huiyao.domain.stage import PLANNABLE, Stage
from huiyao.features.agenda.commands.topics import shown as topic_shown
from huiyao.features.invitations.mails.content import content_of
from huiyao.features.invitations.reads.invitees import counts
from huiyao.features.invitations.reads.sheet import Sheet, sheet_of
from huiyao.features.meetings.access import Access, get_meeting_for
from huiyao.features.people.reads import live_departments
from huiyao.flows.prepare_next import HELD
from huiyao.web.before import words
from huiyao.web.before.budget import bar_of
from huiyao.web.before.readiness import readiness
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.refusals import status_of, words_of
from huiyao.web.shell.request import Request


@signed_in
def to_plan(request: Request, meeting_id: UUID) -> HttpResponse:
    """The short address of a meeting."""
    del request
    return redirect("plan", meeting_id=meeting_id)


@signed_in
def show(request: Request, meeting_id: UUID) -> HttpResponse:
    """The plan; those who may only know that the meeting exists get its time and state."""
    return page(request, get_meeting_for(request.actor, meeting_id))


def page(request: Request, access: Access, problem: Refusal | None = None) -> HttpResponse:
    """The page for what the reader may do, with the refusal of a form where there is one."""
    meeting = access.meeting
    context: dict[str, object] = {
        "meeting": meeting,
        "stage": words.stages()[Stage(meeting.stage)],
        "zone": meeting.zone,
        "may_copy": access.may(Deed.SEE_PLAN) and not request.actor.guest,
        "may_enter": access.may(Deed.READ_ROOM),
        "may_prepare": access.may(Deed.NAME_STAND_IN) and Stage(meeting.stage) in HELD,
    }
    if not access.may(Deed.SEE_PLAN):
        return render(request, "before/stub.html", context)
    sheet = sheet_of(meeting, request.at)
    context |= _shared(sheet)
    editing = access.may(Deed.EDIT_PLAN)
    mine = sheet.replies.get(request.actor.id)
    context |= {"mine": mine, "editing": editing}
    context["may_reply"] = mine is not None and not mine.informed and _replies_open(sheet, request.at)
    if editing and Stage(meeting.stage) in PLANNABLE:
        context |= _editor(sheet, request.at) | _problem(problem)
        status = status_of(problem) if problem else 200
        return render(request, "before/plan.html", context, status=status)
    context["my_answer"] = words.answers()[mine.reply] if mine else None
    return render(request, "before/read.html", context)


def back(request: Request, meeting_id: UUID, section: str) -> HttpResponse:
    """To the plan again, at one of its sections (303: the answer to a POST is read with GET)."""
    response = redirect("plan", meeting_id=meeting_id)
    response.status_code = 303
    if not request.headers.get("HX-Request"):
        response.headers["Location"] += f"#{section}"
    return response


def _replies_open(sheet: Sheet, at: datetime) -> bool:
    starts_at = sheet.meeting.starts_at
    return sheet.meeting.stage == Stage.INVITED and starts_at is not None and starts_at > at


def _shared(sheet: Sheet) -> dict[str, object]:
    """What both pages show."""
    answers = words.answers()
    people = [
        (invitee, answers[sheet.replies[str(invitee.person.pk)].reply] if _asked(sheet, invitee.person.pk) else None)
        for invitee in sheet.invitees
    ]
    tally = counts(sheet.invitations)
    return {
        "sheet": sheet,
        "people": people,
        "replies": sheet.replies,
        "tally": [(answers[reply], tally[reply]) for reply in Reply if tally[reply]],
        "leads": words.leads(),
        "lead_names": {key.removeprefix("role:"): name for key, name in words.leads()},
        "occasion": dict(words.occasions())[sheet.meeting.occasion],
        "needs": dict(words.needs()),
        "bar": bar_of([topic.minutes for topic in sheet.topics], sheet.policy.meeting_minutes),
        "person_hours": round(len(sheet.coming) * sheet.minutes / 60, 1),
        "replies_open": sheet.meeting.stage == Stage.INVITED,
    }


def _asked(sheet: Sheet, person_id: UUID) -> bool:
    row = sheet.replies.get(str(person_id))
    return row is not None and not row.informed


def _editor(sheet: Sheet, at: datetime) -> dict[str, object]:
    meeting = sheet.meeting
    seated = {seat.department_id for seat in sheet.seats}
    card = readiness(
        sheet.warnings,
        departments=sheet.departments,
        minutes=sheet.minutes,
        sent=meeting.stage == Stage.INVITED,
        policy=sheet.policy,
    )
    sections = (
        ("objective", gettext("Objective")),
        ("people", gettext("Departments and representatives")),
        ("roles", gettext("Roles")),
        ("when", gettext("Time and place")),
        ("agenda", gettext("Agenda")),
        ("materials", gettext("Materials")),
        ("invitation", gettext("Invitation")),
    )
    return {
        "card": card,
        "sections": [(anchor, name, _state(card.section(anchor), anchor, sheet)) for anchor, name in sections],
        "occasions": words.occasions(),
        "languages": words.LANGUAGES,
        "need_choices": words.needs(),
        "roles": [(role, name, getattr(meeting, role)) for role, name in words.roles()],
        "free_departments": [d for d in live_departments() if d.pk not in seated],
        "topics": [
            (topic, topic_shown(topic, "lead"), _lead_choices(sheet, topic_shown(topic, "lead")))
            for topic in sheet.topics
        ],
        "starts_at": as_wall(meeting.starts_at, sheet.calendar),
        "earliest": as_wall(at, sheet.calendar),
        "late": meeting.invited_at is None and meeting.invite_due_at is not None and at > meeting.invite_due_at,
        "unsent": is_unsent(sheet),
        "invited": meeting.stage == Stage.INVITED,
        "over_budget": sheet.minutes > sheet.policy.meeting_minutes,
    }


def _state(state: str, anchor: str, sheet: Sheet) -> str:
    if anchor == "materials":
        return "done" if sheet.materials else "open"
    return state


def _lead_choices(sheet: Sheet, present: str) -> list[tuple[str, str]]:
    choices = [(f"person:{invitee.person.pk}", invitee.person.name) for invitee in sheet.coming]
    if present.startswith("person:") and present not in dict(choices):
        lead = next(t.lead for t in sheet.topics if t.lead and present.endswith(str(t.lead_id)))
        choices.insert(0, (present, lead.name))
    return choices


def is_unsent(sheet: Sheet) -> bool:
    """Whether somebody has not got the plan as it stands, though an invitation went out."""
    if sheet.meeting.stage != Stage.INVITED:
        return False
    content = content_of(sheet.meeting, sheet.topics, sheet.materials)
    digest = content.digest() if content else ""
    wanted = {invitee.person.pk: invitee.informed for invitee in sheet.invitees}
    have = {row.person_id: row.informed for row in sheet.invitations if row.digest == digest}
    return wanted != have or len(sheet.invitations) != len(have)


def _problem(problem: Refusal | None) -> dict[str, object]:
    if problem is None:
        return {}
    field = str(problem.facts.get("field", ""))
    context: dict[str, object] = {"problem": words_of(problem), "problem_field": field}
    if isinstance(problem, Conflict):
        context["conflict"] = problem.facts
    return context
