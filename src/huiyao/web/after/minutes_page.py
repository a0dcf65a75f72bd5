# SPDX-License-Identifier: Apache-2.0
"""The minutes of a meeting: the paper with its clocks, remarks, answers, objections and versions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiyao.documents.glyphs import MissingGlyph, missing_glyphs, texts_of
from huiyao.domain.filing import filing_name
from huiyao.domain.minutes import Minutes
from huiyao.domain.paper import lines_of
from huiyao.domain.refusals import Refusal
from huiyao.domain.review import FITTING, Act, AnswerState, State
from huiyao.domain.rights import Deed
from huiyao.features.archive.reads import find_filing, find_retrospective
from huiyao.features.meetings.reads import find_following
from huiyao.features.minutes.access import MinutesAccess, get_minutes_for
from huiyao.features.minutes.reads import (
    AnswerRow,
    VersionRow,
    answers_of,
    comments_of,
    last_circulation,
    objections_of,
    open_objections,
    paper_in,
    versions_of,
)
from huiyao.features.organisation.reads import policy_in_force
from huiyao.features.people.reads import find_persons
from huiyao.features.sittings.reads.calls import undecided_calls
from huiyao.features.sittings.reads.late import LateOffer, find_late_offers
from huiyao.flows.added_fonts import added_fonts
from huiyao.flows.on_minutes_final import day_of
from huiyao.web.after import words
from huiyao.web.after.absent import absent_threads
from huiyao.web.after.action_form import NEW, action_form
from huiyao.web.after.hints import hints_of
from huiyao.web.after.sending import sending_of
from huiyao.web.after.sheet import Marks, sheet_of
from huiyao.web.after.steps import Times, steps_of
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.refusals import status_of, words_of
from huiyao.web.shell.request import Request


@dataclass(frozen=True, slots=True)
class Trouble:
    """A refused write on the page: the line or objection it was about, what was typed, and why it was refused."""

    line: str
    typed: Mapping[str, str] = field(default_factory=dict)
    refusal: Refusal | None = None
    objection: str = ""


@require_GET
@signed_in
def show(request: Request, meeting_id: UUID) -> HttpResponse:
    """The page, with the line in hand where ``?line=`` names one."""
    access = get_minutes_for(request.actor, meeting_id)
    return page(request, access, chosen=request.GET.get("line", ""))


def page(request: Request, access: MinutesAccess, *, chosen: str = "", trouble: Trouble | None = None) -> HttpResponse:
    """The page; a trouble is shown where it arose, with both wordings, under the refusal's status."""
    version = access.readable_version()
    context = {
        **_paper(access, version, chosen, trouble),
        **_around(request, access, version),
        "can": abilities(access),
    }
    status = 200
    if trouble is not None and trouble.refusal is not None:
        context |= {"trouble": trouble, "trouble_text": words_of(trouble.refusal)}
        status = status_of(trouble.refusal)
    return render(request, "after/minutes.html", context, status=status)


def abilities(access: MinutesAccess) -> dict[str, bool]:
    """What the reader may do now; the commands ask again."""
    state = State(access.minutes.state)

    def can(deed: Deed, act: Act) -> bool:
        return state in FITTING[act] and access.may(deed)

    return {
        "edit": can(Deed.EDIT_DRAFT, Act.EDIT),
        "comment": can(Deed.SEE_DRAFT, Act.COMMENT),
        "submit": can(Deed.EDIT_DRAFT, Act.SUBMIT),
        "review": can(Deed.REVIEW, Act.APPROVE),
        "answer_objection": can(Deed.ANSWER_OBJECTION, Act.ACCEPT_OBJECTION),
        "reopen": can(Deed.REVIEW, Act.REOPEN),
        "see_draft": access.may(Deed.SEE_DRAFT),
        "see_answers": access.may(Deed.SEE_OBJECTIONS),
    }


def _paper(access: MinutesAccess, version: VersionRow, chosen: str, trouble: Trouble | None) -> dict[str, Any]:
    paper = paper_in(version)
    lines = lines_of(paper.minutes)
    comments: defaultdict[str, list[Any]] = defaultdict(list)
    everywhere: list[Any] = []
    for comment in comments_of(access.minutes) if access.may(Deed.SEE_DRAFT) else ():
        (comments[comment.line] if comment.line in lines else everywhere).append(comment)
    circulation = last_circulation(access.minutes) if access.minutes.circulated_at else None
    changed = circulation.changed if circulation and circulation.number > 1 else ()
    hints = hints_of(access, paper) if abilities(access)["edit"] else ()
    chosen = trouble.line if trouble and not trouble.objection else chosen
    marks = Marks(chosen, changed, {hint.line for hint in hints}, comments)
    context = {
        "sheet": sheet_of(paper.minutes, access.shown_state(), marks),
        "minutes": access.minutes,
        "meeting": access.meeting,
        "version": version,
        "circulation": circulation,
        "chosen": chosen,
        "general_comments": everywhere,
        "hints": hints,
        "kinds": words.kinds(),
        "undrawn": _undrawn(paper.minutes) if abilities(access)["review"] else (),
    }
    commitments = {c.id for c in paper.commitments}
    if (chosen in commitments or chosen == NEW) and access.may(Deed.EDIT_DRAFT):
        context["action_form"] = action_form(paper, chosen, trouble.typed if trouble else None)
    elif chosen in lines:
        context["typed"] = trouble.typed.get("text") if trouble else lines[chosen].text
    typed = trouble.typed if trouble and trouble.objection else None
    context["objection_forms"] = {
        line: action_form(paper, line, typed if typed and typed.get("line") == line else None)
        for line in _objected(access) & commitments
    }
    return context


def _undrawn(minutes: Minutes) -> Sequence[MissingGlyph]:
    """Characters the PDF would have to spell as codes, told to the host before sending."""
    return missing_glyphs(texts_of(minutes), added_fonts())


def _objected(access: MinutesAccess) -> set[str]:
    """Lines with an objection the reader may answer."""
    if access.minutes.state != State.CIRCULATED or not access.may(Deed.ANSWER_OBJECTION):
        return set()
    return set(open_objections(access.minutes).values_list("line", flat=True))


def _around(request: Request, access: MinutesAccess, version: VersionRow) -> dict[str, Any]:
    """What stands beside the paper."""
    minutes, meeting = access.minutes, access.meeting
    circulation = last_circulation(minutes) if minutes.circulated_at else None
    policy = policy_in_force()
    filing = find_filing(meeting.pk) if minutes.state == State.FINAL else None
    name = filing.name if filing else filing_name(day_of(meeting, request.at), meeting.title)
    times = Times(request.at, meeting.zone, policy.policy.objection_hours, name)
    answers = answers_of(minutes) if circulation else []
    seen = access.may(Deed.SEE_OBJECTIONS)
    return {
        "steps": steps_of(minutes, circulation, times),
        "state": words.states()[minutes.state],
        "versions": versions_of(minutes) if access.may(Deed.SEE_DRAFT) else [],
        "answers": _latest(answers) if seen else [],
        "answer_words": words.answers(),
        "objection_words": words.objections(),
        "objections": _objections(access, seen=seen) if circulation else [],
        "mine": _mine(answers, access, request),
        "absent": absent_threads(answers, paper_in(version).minutes) if seen else [],
        "sending": sending_of(access, version) if abilities(access)["review"] else None,
        "filing": filing,
        "hours": policy.policy.objection_hours,
        "late": _late(access),
        "decisions": list(undecided_calls(meeting.pk)),
        "retrospective": access.may(Deed.SEE_RETROSPECTIVE_SUMMARY) and find_retrospective(meeting.pk),
        "next_plan": find_following(meeting.pk) if access.may(Deed.NAME_STAND_IN) else None,
        "can_prepare": access.may(Deed.NAME_STAND_IN),
    }


def _late(access: MinutesAccess) -> list[tuple[str, LateOffer]]:
    """What was typed after closing and waits for the recorder, with the name of who typed it."""
    if not access.may(Deed.EDIT_DRAFT):
        return []
    offers = find_late_offers(access.meeting.pk)
    people = find_persons(offer.person for offer in offers) if offers else {}
    return [(people[o.person].name if o.person in people else "", o) for o in offers]


def _latest(answers: Sequence[AnswerRow]) -> list[AnswerRow]:
    """Each recipient once, with what they said last; those only informed at the end."""
    found: dict[UUID, AnswerRow] = {}
    for answer in answers:
        known = found.get(answer.person_id)
        if known is None or answer.asked:
            found[answer.person_id] = answer
    return sorted(found.values(), key=lambda a: not a.asked)


def _objections(access: MinutesAccess, *, seen: bool) -> list[Any]:
    """All objections for those who may see them, else the reader's own."""
    rows = objections_of(access.minutes)
    return rows if seen else [o for o in rows if str(o.answer.person_id) == access.actor.id]


def _mine(answers: Sequence[AnswerRow], access: MinutesAccess, request: Request) -> dict[str, Any] | None:
    """The reader's own answer, and whether it can still be given."""
    own = [a for a in answers if str(a.person_id) == access.actor.id and a.asked]
    if not own:
        return None
    newest = own[-1]
    until = newest.circulation.window_ends_at
    is_open = access.minutes.state == State.CIRCULATED and until > request.at
    return {
        "answer": newest,
        "until": until,
        "open": is_open,
        "waiting": is_open and newest.state == AnswerState.NONE,
        "may_object": is_open,
    }
