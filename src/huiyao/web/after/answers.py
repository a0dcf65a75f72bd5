# SPDX-License-Identifier: Apache-2.0
"""Answering circulated minutes on a phone by signed link, without an account (``contracts``: signed links)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyao.documents.exports import Format
from huiyao.domain.actions import ActionAct
from huiyao.domain.actor import Actor
from huiyao.domain.filing import filing_name
from huiyao.domain.minutes import Minutes
from huiyao.domain.paper import lines_of
from huiyao.domain.refusals import BadValue, NotFound, Refusal
from huiyao.domain.review import AnswerState, State
from huiyao.features.actions.commands.following import act_on
from huiyao.features.actions.mails import own_line
from huiyao.features.actions.reads import ActionItem, actions_of_person
from huiyao.features.minutes.access import MinutesAccess, get_minutes_for
from huiyao.features.minutes.commands import answering
from huiyao.features.minutes.reads import (
    CirculationRow,
    answers_waiting,
    circulated_before,
    last_circulation,
    objections_of,
    paper_in,
)
from huiyao.features.people.reads import actor_of, find_person
from huiyao.flows.on_minutes_circulated import LINK_PURPOSE
from huiyao.flows.on_minutes_final import day_of
from huiyao.plumbing import links
from huiyao.web.after import words
from huiyao.web.after.comparison import Change, changes
from huiyao.web.after.exports import document_of
from huiyao.web.after.sheet import Marks, sheet_of
from huiyao.web.shell.files import send_bytes
from huiyao.web.shell.refusals import status_of, words_of
from huiyao.web.shell.request import VisitorRequest

SPOKEN = ("decision", "action")


@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: VisitorRequest, token: str) -> HttpResponse:
    """The minutes as whoever the link was made for may read them; a POST answers, opening it changes nothing."""
    access = _access(request, token)
    with translation.override(access.actor.language):
        request.LANGUAGE_CODE = access.actor.language
        if request.method != "POST":
            return _page(request, access, token)
        try:
            told = _answer(request, access)
        except BadValue as refusal:
            return _page(request, access, token, refusal=refusal)
        links.mark_used(token, at=request.at)
        response = redirect("minutes_link", token=token)
        response.status_code = 303
        response["Location"] += f"?told={told}"
        return response


@require_POST
def opened(request: VisitorRequest, token: str) -> HttpResponse:
    """The page tells that it is being read; a mail scanner's visit does not."""
    access = _access(request, token)
    answering.mark_opened(access.meeting.pk, by=access.actor, at=request.at)
    return HttpResponse(status=204)


@require_GET
def document(request: VisitorRequest, token: str, ending: str) -> HttpResponse:
    """The minutes as a file, by the same link."""
    if ending not in (Format.PDF, Format.DOCX):
        raise NotFound
    access = _access(request, token)
    stem = filing_name(day_of(access.meeting, request.at), access.meeting.title)
    made = document_of(access, Format(ending), stem=stem, at=request.at)
    return send_bytes(made.content, made.name, made.media_type)


def _access(request: VisitorRequest, token: str) -> MinutesAccess:
    opened_link = links.open_link(token, purpose=LINK_PURPOSE, at=request.at)
    person = find_person(opened_link.person_id)
    if person is None or not person.is_active:
        raise links.LinkRevoked
    return get_minutes_for(actor_of(person), opened_link.subject)


def _answer(request: VisitorRequest, access: MinutesAccess) -> str:
    """Carry out what the form asks; returns the word for what was done.

    Raises:
        BadValue: the form asks for nothing known, or the objection is empty.
    """
    meeting_id, by, at = access.meeting.pk, access.actor, request.at
    act = request.POST.get("act", "")
    if act == "confirm":
        answering.confirm(meeting_id, by=by, at=at)
        return "confirmed"
    if act == "object":
        line, text = request.POST.get("line", ""), request.POST.get("text", "")
        answering.object_to(meeting_id, line, text, by=by, at=at)
        return "objected"
    if act == "accept":
        own = {str(action.pk) for action in actions_of_person(meeting_id, by.id)}
        wanted = request.POST.get("action", "")
        if wanted not in own:
            # the link stands for this meeting's minutes only
            raise NotFound
        act_on(wanted, ActionAct.ACCEPT, by=by, at=at)
        return "accepted"
    raise BadValue(field="act", reason="unknown")


def _page(
    request: VisitorRequest, access: MinutesAccess, token: str, *, refusal: Refusal | None = None
) -> HttpResponse:
    minutes, actor, at = access.minutes, access.actor, request.at
    paper = paper_in(access.readable_version())
    circulation = last_circulation(minutes)
    answers = answers_waiting(minutes, actor.id)
    answer = answers[0] if answers else None
    until = answer.circulation.window_ends_at if answer else None
    is_open = until is not None and until > at and minutes.state == State.CIRCULATED
    mine = [o for o in objections_of(minutes) if str(o.answer.person_id) == actor.id]
    changed = circulation.changed if circulation and circulation.number > 1 else []
    known, absent = list(lines_of(paper.minutes).values()), answer.lines if answer else []
    context = {
        "token": token,
        "reader": actor,
        "meeting": access.meeting,
        "minutes": minutes,
        "paper": paper.minutes,
        "circulation": circulation,
        "answer": answer,
        "until": until,
        "open": is_open,
        "waiting": is_open and answer is not None and answer.state == AnswerState.NONE,
        "answer_word": words.answers()[answer.state] if answer else None,
        "own": [_own(action, actor) for action in actions_of_person(access.meeting.pk, actor.id)],
        "changes": _changes(circulation, paper.minutes),
        "absent_lines": [line for line in known if line.id in absent],
        "lines": [line for line in known if line.kind in SPOKEN and line.id not in absent],
        "kinds": words.kinds(),
        "objections": mine,
        "objection_words": words.objections(),
        "cells": {a.id: a for a in paper.minutes.actions},
        "told": told_words().get(request.GET.get("told", "")),
        "sheet": sheet_of(paper.minutes, access.shown_state(), Marks(changed=changed)),
        "share": _share(circulation.at if circulation else at, until, at),
        "typed": request.POST.dict() if refusal else {},
        "refusal": words_of(refusal) if refusal else "",
    }
    status = status_of(refusal) if refusal else 200
    return render(request, "after/answer.html", context, status=status)


def _changes(circulation: CirculationRow | None, minutes: Minutes) -> list[Change]:
    """What a correction changed, character by character; nothing for the first sending."""
    before = circulated_before(circulation) if circulation and circulation.number > 1 else None
    return list(changes(before.minutes, minutes)) if before else []


def told_words() -> Mapping[str, str]:
    """What was done, in the reader's language."""
    return {
        "confirmed": gettext("Thank you. Your confirmation is recorded."),
        "objected": gettext("Your objection is with the recorder."),
        "accepted": gettext("Accepted. You will be reminded before it is due."),
    }


def _own(action: ActionItem, actor: Actor) -> Mapping[str, Any]:
    owner = str(action.person_id or "") == actor.id
    return {
        "action": action,
        "words": own_line(action, actor.id, language=actor.language),
        "accepted": owner and action.accepted_at is not None,
        "may_accept": owner and action.accepted_at is None,
    }


def _share(start: datetime, until: datetime | None, at: datetime) -> int:
    """How much of the window is left, in hundredths."""
    if until is None or until <= at or until <= start:
        return 0
    return max(1, round(100 * ((until - at) / (until - start))))
