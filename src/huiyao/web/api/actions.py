# SPDX-License-Identifier: Apache-2.0
"""Actions after adoption, and the archive."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language, gettext
from ninja import Query, Router, Schema

from huiyao.domain.actions import ActionAct
from huiyao.domain.refusals import BadValue
from huiyao.features.actions.access import get_action_for
from huiyao.features.actions.commands import following
from huiyao.features.actions.reads import Filter, guide_state, narrowed, updates_of, visible_to, with_names
from huiyao.features.archive import reads as archive
from huiyao.features.archive.access import get_filing_for, get_item_for
from huiyao.features.calendars.reads import working_calendar
from huiyao.flows.action_table import action_table
from huiyao.plumbing.ids import is_uuid
from huiyao.web.after.actions_page import WHICH, WHOSE
from huiyao.web.api.door import Page
from huiyao.web.shell.files import send, send_bytes
from huiyao.web.shell.request import Request

router = Router(tags=["actions"])

PLAIN_ACTS = frozenset({"accept", "contest", "start", "progress", "finish", "reopen", "cancel"})


class SupportOut(Schema):
    """Promised support."""

    id: str
    department: str
    person: str
    what: str
    due: date | None
    given_at: datetime | None


class ActionOut(Schema):
    """An action; ``guide_state`` is one of the guide's three."""

    id: str
    meeting: str
    entry: str
    number: int
    task: str
    department: str
    person: str
    due: date | None
    state: str
    guide_state: str
    progress: str
    percent: int
    supports: list[SupportOut]
    version: int


class UpdateOut(Schema):
    """One word on an action."""

    at: datetime
    act: str
    state: str
    text: str


class ActIn(Schema):
    """Words, a percentage where progress is told, and the row version read."""

    text: str = ""
    percent: int | None = None
    version: int | None = None


class PostponeIn(Schema):
    """A later due date, why, and who agreed."""

    due: date
    reason: str
    agreed_by: str = ""
    version: int | None = None


class SupporterIn(Schema):
    """Who gives the support, by id."""

    person: str


class OwnerIn(Schema):
    """The owner by id."""

    person: str
    version: int | None = None


class FilingOut(Schema):
    """What was filed under year-month-topic."""

    id: str
    meeting: str
    name: str
    day: date
    filed_at: datetime
    bundle_size: int


class FiledItemOut(Schema):
    """One file of a filing: minutes, action table, material, or the list of links."""

    id: str
    kind: str
    name: str
    size: int
    media_type: str
    sha256: str


class FiledOut(FilingOut):
    """A filing with its files."""

    items: list[FiledItemOut]


def _filing_out(row: Any) -> dict[str, object]:
    plain = ("name", "day", "filed_at", "bundle_size")
    return {"id": str(row.pk), "meeting": str(row.meeting_id), **{n: getattr(row, n) for n in plain}}


def _support_out(row: Any) -> dict[str, object]:
    return {
        "id": str(row.pk),
        "department": str(row.department_id or ""),
        "person": str(row.person_id or ""),
        "what": row.what,
        "due": row.due,
        "given_at": row.given_at,
    }


def action_out(row: Any) -> dict[str, object]:
    """An action with its support."""
    plain = ("entry", "number", "task", "due", "state", "progress", "percent", "version")
    return {
        "id": str(row.pk),
        "meeting": str(row.meeting_id),
        "department": str(row.department_id or ""),
        "person": str(row.person_id or ""),
        "guide_state": str(guide_state(row)),
        "supports": [_support_out(s) for s in row.supports.all() if s.dropped_at is None],
        **{name: getattr(row, name) for name in plain},
    }


def _chosen(whose: str, which: str, meeting: str) -> Filter:
    for name, value, known in (("whose", whose, WHOSE), ("which", which, WHICH)):
        if value not in known:
            raise BadValue(field=name, reason="unknown")
    if meeting and not is_uuid(meeting):
        raise BadValue(field="meeting", reason="unknown")
    return Filter(whose=whose, which=which, meeting=meeting)


def _one(request: Request, action_id: str) -> dict[str, object]:
    return action_out(get_action_for(request.actor, action_id).action)


@router.get("/actions", response=list[ActionOut])
def list_actions(
    request: Request, page: Query[Page], whose: str = "all", which: str = "open", meeting: str = ""
) -> list[dict[str, object]]:
    """The actions one may see: ``whose`` all, mine or department; ``which`` open, late, done or all."""
    today = working_calendar().local(request.at).date()
    chosen = _chosen(whose, which, meeting)
    rows = with_names(narrowed(visible_to(request.actor), chosen, request.actor, today))
    return [action_out(row) for row in page.cut(rows)]


@router.get("/actions/table.xlsx")
def export(request: Request, whose: str = "all", which: str = "open", meeting: str = "") -> HttpResponse:
    """The filtered list as Excel."""
    today = working_calendar().local(request.at).date()
    chosen = _chosen(whose, which, meeting)
    rows = with_names(narrowed(visible_to(request.actor), chosen, request.actor, today))
    stem = f"{gettext('Actions')}-{today.isoformat()}"
    document = action_table(list(rows), get_language() or "zh-hans", title=gettext("Actions"), stem=stem)
    return send_bytes(document.content, document.name, document.media_type)


@router.get("/actions/{action_id}", response=ActionOut)
def read_action(request: Request, action_id: str) -> dict[str, object]:
    """One action."""
    return _one(request, action_id)


@router.get("/actions/{action_id}/updates", response=list[UpdateOut])
def read_updates(request: Request, action_id: str) -> list[dict[str, object]]:
    """What was said about it, the newest first."""
    action = get_action_for(request.actor, action_id).action
    return [{n: getattr(row, n) for n in ("at", "act", "state", "text")} for row in updates_of(action)]


@router.put("/actions/{action_id}/due", response=ActionOut)
def postpone(request: Request, action_id: str, body: PostponeIn) -> dict[str, object]:
    """A later due date with its reason."""
    following.postpone(
        action_id, body.due, body.reason, agreed_by=body.agreed_by or None,
        by=request.actor, at=request.at, seen=body.version,
    )  # fmt: skip
    return _one(request, action_id)


@router.put("/actions/{action_id}/owner", response=ActionOut)
def name_owner(request: Request, action_id: str, body: OwnerIn) -> dict[str, object]:
    """Name the owner where it was left open, or hand the action over."""
    following.name_owner(action_id, body.person, by=request.actor, at=request.at, seen=body.version)
    return _one(request, action_id)


@router.put("/actions/{action_id}/supports/{support_id}/given", response=ActionOut)
def give_support(request: Request, action_id: str, support_id: str) -> dict[str, object]:
    """Note that promised support was given."""
    following.give_support(action_id, support_id, by=request.actor, at=request.at)
    return _one(request, action_id)


@router.put("/actions/{action_id}/supports/{support_id}/person", response=ActionOut)
def name_supporter(request: Request, action_id: str, support_id: str, body: SupporterIn) -> dict[str, object]:
    """Name who gives support where only the department was minuted."""
    following.name_supporter(action_id, support_id, body.person, by=request.actor, at=request.at)
    return _one(request, action_id)


@router.post("/actions/{action_id}/{act}", response=ActionOut)
def act_on(request: Request, action_id: str, act: str, body: ActIn) -> dict[str, object]:
    """``accept``, ``contest``, ``start``, ``progress``, ``finish``, ``reopen`` or ``cancel``."""
    if act not in PLAIN_ACTS:
        raise BadValue(field="act", reason="unknown")
    said = following.Said(text=body.text, percent=body.percent)
    following.act_on(action_id, ActionAct(act), said, by=request.actor, at=request.at, seen=body.version)
    return _one(request, action_id)


@router.get("/archive", response=list[FilingOut])
def list_filings(
    request: Request, page: Query[Page], year: int | None = None, month: int | None = None, q: str = ""
) -> list[dict[str, object]]:
    """What is filed, the newest first."""
    rows = archive.matching(archive.visible_to(request.actor), year=year, month=month, words=q)
    return [_filing_out(row) for row in page.cut(rows)]


@router.get("/archive/{filing_id}", response=FiledOut)
def read_filing(request: Request, filing_id: str) -> dict[str, object]:
    """One filed meeting with its files."""
    filing = get_filing_for(request.actor, filing_id)
    plain = ("kind", "name", "size", "media_type", "sha256")
    items = [{"id": str(r.pk), **{n: getattr(r, n) for n in plain}} for r in archive.items_of(filing)]
    return {**_filing_out(filing), "items": items}


@router.get("/archive/{filing_id}/items/{item_id}")
def item(request: Request, filing_id: str, item_id: str) -> HttpResponse:
    """One file of a filing."""
    found = get_item_for(request.actor, filing_id, item_id)
    return send(found.sha256, found.name, found.media_type)


@router.get("/archive/{filing_id}/bundle")
def bundle(request: Request, filing_id: str) -> HttpResponse:
    """Minutes, action table and materials as one zip file."""
    filing = get_filing_for(request.actor, filing_id)
    return send(filing.bundle_sha256, f"{filing.name}.zip", "application/zip")
