# SPDX-License-Identifier: Apache-2.0
"""The review of minutes beyond the plain steps: actions of the draft, remarks, hints, sending, opening again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from ninja import Router, Schema, Status

from huiyao.domain.rights import Deed
from huiyao.features.minutes.access import get_minutes_for
from huiyao.features.minutes.commands import answering, circulating, editing, reviewing
from huiyao.features.minutes.reads import comments_of, current_version, paper_in, stamp_of
from huiyao.web.after.action_form import NEW, commitment_from
from huiyao.web.api.door import Done
from huiyao.web.api.minutes import MinutesOut, SeenIn, minutes_of
from huiyao.web.shell.request import Request

router = Router(tags=["minutes"])


class DraftSupportIn(Schema):
    """Support asked of a department."""

    what: str
    department: str = ""
    person: str = ""
    due: date | None = None


class NamedByIn(Schema):
    """The legal open owner: the head who names somebody, and by when."""

    date: date
    person: str


class ActionIn(Schema):
    """One action as it shall read. ``was`` is the stamp it was read with; empty for a new one."""

    task: str
    department: str = ""
    person: str = ""
    named_by: NamedByIn | None = None
    due: date | None = None
    support: Literal["none"] | list[DraftSupportIn] = []
    was: str = ""

    def fields(self) -> dict[str, str]:
        """As the form of an action has it."""
        found = {
            "task": self.task,
            "department": self.department,
            "person": self.person,
            "due": self.due.isoformat() if self.due else "",
            "named_date": self.named_by.date.isoformat() if self.named_by else "",
            "named_head": self.named_by.person if self.named_by else "",
            "support_none": "1" if self.support == "none" else "",
        }
        for n, asked in enumerate(self.support if isinstance(self.support, list) else []):
            found |= {f"support-{n}-{part}": getattr(asked, part) for part in ("what", "department", "person")}
            found[f"support-{n}-due"] = asked.due.isoformat() if asked.due else ""
        return found


class StampOut(Schema):
    """An action of the draft with the stamp a write names."""

    id: str
    number: int
    task: str
    stamp: str


class CommentIn(Schema):
    """A remark on a line, or on the whole."""

    text: str
    line: str = ""


class CommentOut(Schema):
    """A remark of the review; ``returned`` where it is why a draft came back."""

    id: str
    line: str
    text: str
    author: str
    at: datetime
    returned: bool
    settled_at: datetime | None


class HintIn(Schema):
    """Why a hint does not apply."""

    key: str
    reason: str


class ReopenIn(Schema):
    """Why."""

    reason: str


def _comment_out(row: Any) -> Mapping[str, object]:
    plain = ("line", "text", "at", "returned", "settled_at")
    return {"id": str(row.pk), "author": str(row.author_id), **{name: getattr(row, name) for name in plain}}


@router.get("/{meeting_id}/minutes/actions", response=list[StampOut])
def list_actions(request: Request, meeting_id: str) -> list[Mapping[str, object]]:
    """The actions of the draft with their stamps."""
    access = get_minutes_for(request.actor, meeting_id, Deed.SEE_DRAFT)
    access.require(Deed.SEE_DRAFT)
    found = paper_in(current_version(access.minutes)).commitments
    return [{"id": c.id, "number": c.number, "task": c.task, "stamp": stamp_of(c)} for c in found]


@router.post("/{meeting_id}/minutes/actions", response={201: MinutesOut})
def add_action(request: Request, meeting_id: str, body: ActionIn) -> Status[dict[str, object]]:
    """An action that the record does not have."""
    return Status(201, _write_action(request, meeting_id, NEW, body))


@router.put("/{meeting_id}/minutes/actions/{line_id}", response=MinutesOut)
def edit_action(request: Request, meeting_id: str, line_id: str, body: ActionIn) -> dict[str, object]:
    """One action of the draft, whole."""
    return _write_action(request, meeting_id, line_id, body)


def _write_action(request: Request, meeting_id: str, line_id: str, body: ActionIn) -> dict[str, object]:
    access = get_minutes_for(request.actor, meeting_id, Deed.SEE_DRAFT)
    access.require(Deed.EDIT_DRAFT)
    paper = paper_in(current_version(access.minutes))
    commitment = commitment_from(body.fields(), line_id, paper)
    editing.edit_action(meeting_id, commitment, was=body.was, by=request.actor, at=request.at)
    return minutes_of(request, meeting_id)


@router.get("/{meeting_id}/minutes/comments", response=list[CommentOut])
def list_comments(request: Request, meeting_id: str) -> list[Mapping[str, object]]:
    """The remarks of the review, oldest first; for those who may read drafts."""
    access = get_minutes_for(request.actor, meeting_id, Deed.SEE_DRAFT)
    access.require(Deed.SEE_DRAFT)
    return [_comment_out(row) for row in comments_of(access.minutes)]


@router.post("/{meeting_id}/minutes/comments", response={201: CommentOut})
def comment(request: Request, meeting_id: str, body: CommentIn) -> Status[Mapping[str, object]]:
    """Remark on a line or on the whole."""
    row = reviewing.comment(meeting_id, body.line, body.text, by=request.actor, at=request.at)
    return Status(201, _comment_out(row))


@router.post("/{meeting_id}/minutes/comments/{comment_id}/settle", response=Done)
def settle(request: Request, meeting_id: str, comment_id: str) -> Done:
    """A remark is dealt with."""
    reviewing.settle_comment(meeting_id, comment_id, by=request.actor, at=request.at)
    return Done()


@router.post("/{meeting_id}/minutes/hints/dismiss", response=Done)
def dismiss_hint(request: Request, meeting_id: str, body: HintIn) -> Done:
    """Put a hint on wording or completeness aside, with a reason."""
    reviewing.dismiss_hint(meeting_id, body.key, body.reason, by=request.actor, at=request.at)
    return Done()


@router.post("/{meeting_id}/minutes/send", response=MinutesOut)
def send(request: Request, meeting_id: str, body: SeenIn) -> dict[str, object]:
    """Approve and send: one call, two audited acts."""
    circulating.approve_and_send(meeting_id, by=request.actor, at=request.at, seen=body.version)
    return minutes_of(request, meeting_id)


@router.post("/{meeting_id}/minutes/reopen", response=MinutesOut)
def reopen(request: Request, meeting_id: str, body: ReopenIn) -> dict[str, object]:
    """Open final minutes again; until a new version is sent, all read the last one."""
    reviewing.reopen(meeting_id, body.reason, by=request.actor, at=request.at)
    return minutes_of(request, meeting_id)


@router.post("/{meeting_id}/minutes/opened", response=Done)
def opened(request: Request, meeting_id: str) -> Done:
    """Note that one has read the circulated minutes."""
    answering.mark_opened(meeting_id, by=request.actor, at=request.at)
    return Done()
