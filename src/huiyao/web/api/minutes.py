# SPDX-License-Identifier: Apache-2.0
"""Minutes: reading, editing, review, circulation, answers, documents."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from ninja import Router, Schema, Status

from huiyao.documents.exports import Format
from huiyao.domain.filing import filing_name
from huiyao.domain.minutes_data import to_data
from huiyao.domain.refusals import BadValue
from huiyao.domain.rights import Deed
from huiyao.features.minutes.access import MinutesAccess, get_minutes_for
from huiyao.features.minutes.commands import answering, circulating, editing, objections, reviewing
from huiyao.features.minutes.reads import answers_of, objections_of, paper_in, versions_of
from huiyao.flows.on_minutes_final import day_of
from huiyao.web.after.exports import document_of
from huiyao.web.api.door import Done
from huiyao.web.shell.files import send_bytes
from huiyao.web.shell.request import Request

router = Router(tags=["minutes"])
ANSWER_FIELDS = ("state", "opened_at", "answered_at", "lines", "absent")


class MinutesOut(Schema):
    """The minutes this person reads, with their clocks. ``content`` is the paper as data."""

    state: str
    number: int
    version: int
    draft_due_at: datetime
    circulate_due_at: datetime
    submitted_at: datetime | None
    circulated_at: datetime | None
    window_ends_at: datetime | None
    final_at: datetime | None
    content: dict[str, Any]


class SeenIn(Schema):
    """The row version the caller read; without it the act goes through whatever happened since."""

    version: int | None = None


class ReturnIn(SeenIn):
    """Why the draft goes back."""

    comment: str


class LineIn(Schema):
    """New words of a line, and the words read before."""

    text: str
    was: str


class NewLineIn(Schema):
    """A line to add: ``note`` under a topic, ``decision`` or ``parked``."""

    kind: str
    text: str
    topic: str = ""


class ObjectionIn(Schema):
    """An objection, to a line or to the whole."""

    text: str
    line: str = ""


class CorrectionIn(Schema):
    """What an accepted objection changes: words by line id, and the notice readers see.

    ``number`` is that of the version the caller read; without it the correction goes onto the newest.
    """

    texts: dict[str, str]
    notice: str = ""
    number: int | None = None


class DeclineIn(Schema):
    """Why an objection is declined; the reason stays with the minutes."""

    reason: str


class VersionOut(Schema):
    """One version."""

    number: int
    cause: str
    author: str
    at: datetime
    sha256: str


class AnswerOut(Schema):
    """What somebody asked has answered; ``lines`` are those asked about for ``absent`` departments."""

    person: str
    state: str
    opened_at: datetime | None
    answered_at: datetime | None
    lines: list[str]
    absent: list[str]


class ObjectionOut(Schema):
    """An objection and its answer."""

    id: str
    person: str
    line: str
    text: str
    state: str
    reason: str


def _out(access: MinutesAccess) -> dict[str, object]:
    row, read = access.minutes, access.readable_version()
    plain = (
        "state", "version", "draft_due_at", "circulate_due_at", "submitted_at", "circulated_at", "window_ends_at",
        "final_at",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in plain},
        "number": read.number,
        "content": to_data(paper_in(read).minutes),
    }


def minutes_of(request: Request, meeting_id: str) -> dict[str, object]:
    """The minutes this person reads."""
    return _out(get_minutes_for(request.actor, meeting_id))


@router.get("/{meeting_id}/minutes", response=MinutesOut)
def read(request: Request, meeting_id: str) -> dict[str, object]:
    """The minutes."""
    return minutes_of(request, meeting_id)


@router.get("/{meeting_id}/minutes/versions", response=list[VersionOut])
def versions(request: Request, meeting_id: str) -> list[dict[str, object]]:
    """All versions, the newest first; for those who may read drafts."""
    access = get_minutes_for(request.actor, meeting_id, Deed.SEE_DRAFT)
    access.require(Deed.SEE_DRAFT)
    return [
        {"author": v.author.name if v.author else "", **{n: getattr(v, n) for n in ("number", "cause", "at", "sha256")}}
        for v in versions_of(access.minutes)
    ]


@router.get("/{meeting_id}/minutes/document.{ending}")
def document(request: Request, meeting_id: str, ending: str) -> HttpResponse:
    """The minutes as ``docx``, ``pdf``, ``xlsx`` (action table), ``md`` or ``txt``."""
    access = get_minutes_for(request.actor, meeting_id)
    if ending not in set(Format):
        raise BadValue(field="format", reason="unknown")
    stem = filing_name(day_of(access.meeting, request.at), access.meeting.title)
    made = document_of(access, Format(ending), stem=stem, at=request.at)
    return send_bytes(made.content, made.name, made.media_type)


@router.patch("/{meeting_id}/minutes/lines/{line_id}", response=MinutesOut)
def edit_line(request: Request, meeting_id: str, line_id: str, body: LineIn) -> dict[str, object]:
    """Put other words in one line; recorder and host."""
    editing.edit_line(meeting_id, line_id, body.text, was=body.was, by=request.actor, at=request.at)
    return minutes_of(request, meeting_id)


@router.post("/{meeting_id}/minutes/lines", response={201: MinutesOut})
def add_line(request: Request, meeting_id: str, body: NewLineIn) -> Status[dict[str, object]]:
    """Add a line."""
    editing.add_line(meeting_id, body.kind, body.text, topic=body.topic, by=request.actor, at=request.at)
    return Status(201, minutes_of(request, meeting_id))


@router.delete("/{meeting_id}/minutes/lines/{line_id}", response=MinutesOut)
def remove_line(request: Request, meeting_id: str, line_id: str, was: str) -> dict[str, object]:
    """Take a line out; versions keep it."""
    editing.remove_line(meeting_id, line_id, was=was, by=request.actor, at=request.at)
    return minutes_of(request, meeting_id)


@router.post("/{meeting_id}/minutes/submit", response=MinutesOut)
def submit(request: Request, meeting_id: str, body: SeenIn) -> dict[str, object]:
    """Hand the draft to the host."""
    reviewing.submit(meeting_id, by=request.actor, at=request.at, seen=body.version)
    return minutes_of(request, meeting_id)


@router.post("/{meeting_id}/minutes/approve", response=MinutesOut)
def approve(request: Request, meeting_id: str, body: SeenIn) -> dict[str, object]:
    """Approve without sending yet."""
    reviewing.approve(meeting_id, by=request.actor, at=request.at, seen=body.version)
    return minutes_of(request, meeting_id)


@router.post("/{meeting_id}/minutes/return", response=MinutesOut)
def send_back(request: Request, meeting_id: str, body: ReturnIn) -> dict[str, object]:
    """Return the draft with a comment."""
    reviewing.return_with_comment(meeting_id, body.comment, by=request.actor, at=request.at, seen=body.version)
    return minutes_of(request, meeting_id)


@router.post("/{meeting_id}/minutes/circulate", response=MinutesOut)
def circulate(request: Request, meeting_id: str, body: SeenIn) -> dict[str, object]:
    """Send approved minutes."""
    circulating.circulate(meeting_id, by=request.actor, at=request.at, seen=body.version)
    return minutes_of(request, meeting_id)


@router.post("/{meeting_id}/minutes/confirm", response=Done)
def confirm(request: Request, meeting_id: str) -> Done:
    """Confirm for oneself."""
    answering.confirm(meeting_id, by=request.actor, at=request.at)
    return Done()


@router.post("/{meeting_id}/minutes/objections", response={201: ObjectionOut})
def object_to(request: Request, meeting_id: str, body: ObjectionIn) -> Status[dict[str, object]]:
    """Object within the window."""
    row = answering.object_to(meeting_id, body.line, body.text, by=request.actor, at=request.at)
    return Status(201, _objection_out(row))


@router.get("/{meeting_id}/minutes/objections", response=list[ObjectionOut])
def list_objections(request: Request, meeting_id: str) -> list[dict[str, object]]:
    """All objections; recorder and host, others once the minutes are final."""
    access = get_minutes_for(request.actor, meeting_id, Deed.SEE_OBJECTIONS)
    return [_objection_out(row) for row in objections_of(access.minutes)]


@router.get("/{meeting_id}/minutes/answers", response=list[AnswerOut])
def list_answers(request: Request, meeting_id: str) -> list[dict[str, object]]:
    """Who confirmed, objected, or stayed silent; recorder and host, others once the minutes are final."""
    access = get_minutes_for(request.actor, meeting_id, Deed.SEE_OBJECTIONS)
    return [
        {"person": str(a.person_id), **{n: getattr(a, n) for n in ANSWER_FIELDS}}
        for a in answers_of(access.minutes)
        if a.asked
    ]


@router.post("/{meeting_id}/minutes/objections/{objection_id}/accept", response=MinutesOut)
def accept(request: Request, meeting_id: str, objection_id: str, body: CorrectionIn) -> dict[str, object]:
    """Correct the minutes; the changed part goes out again."""
    correction = objections.Correction(texts=body.texts, notice=body.notice)
    objections.accept(meeting_id, objection_id, correction, by=request.actor, at=request.at, seen=body.number)
    return minutes_of(request, meeting_id)


@router.post("/{meeting_id}/minutes/objections/{objection_id}/decline", response=MinutesOut)
def decline(request: Request, meeting_id: str, objection_id: str, body: DeclineIn) -> dict[str, object]:
    """Decline with a reason."""
    objections.decline(meeting_id, objection_id, body.reason, by=request.actor, at=request.at)
    return minutes_of(request, meeting_id)


def _objection_out(row: Any) -> dict[str, object]:
    plain = ("line", "text", "state", "reason")
    return {"id": str(row.pk), "person": str(row.answer.person_id), **{n: getattr(row, n) for n in plain}}
