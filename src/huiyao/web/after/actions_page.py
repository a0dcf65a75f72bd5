# SPDX-License-Identifier: Apache-2.0
"""The list of actions: filters, counts, Excel; and one action with its history and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from huiyao.domain.actions import LIVE, ActionAct, ActionState, Party, is_late
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.paper import PaperLine, lines_of
from huiyao.domain.refusals import BadValue, NotFound
from huiyao.features.actions.access import ActionAccess, get_action_for
from huiyao.features.actions.commands.following import (
    Said,
    act_on,
    give_support,
    name_owner,
    name_supporter,
    postpone,
)
from huiyao.features.actions.reads import (
    COUNTED_TO,
    ActionItem,
    Counts,
    Filter,
    Line,
    SupportItem,
    counts,
    live_supports,
    narrowed,
    of_kind,
    postponements_of,
    stretch,
    updates_of,
    visible_to,
    with_names,
)
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.minutes.reads import circulated_version, find_minutes, paper_in
from huiyao.features.people.reads import live_persons
from huiyao.flows.action_table import action_table
from huiyao.plumbing.ids import is_uuid
from huiyao.web.after import words
from huiyao.web.after.action_form import read_date
from huiyao.web.shell import notice
from huiyao.web.shell.files import send_bytes
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request

PAGE_SIZE = 50
WHOSE, WHICH = ("mine", "department", "all"), ("open", "late", "done", "all")


@dataclass(frozen=True, slots=True)
class ListedAction:
    """One row of the table."""

    action: ActionItem
    state: tuple[str, str]
    late: bool
    days: int
    supports: Sequence[Any]
    moved: Sequence[date]


def chosen_filter(request: Request) -> Filter:
    """The filter the address names; anything unknown falls back to the default."""
    asked = request.GET
    whose = asked.get("whose", "all") if asked.get("whose") in WHOSE else "all"
    which = asked.get("which", "open") if asked.get("which") in WHICH else "open"
    meeting, department = asked.get("meeting", ""), asked.get("department", "")
    return Filter(
        whose=whose,
        which=which,
        meeting=meeting if is_uuid(meeting) else "",
        department=department if is_uuid(department) else "",
        words=asked.get("q", "").strip()[:80],
    )


@require_GET
@signed_in
def actions(request: Request) -> HttpResponse:
    """The table, fifty rows a page, by due date."""
    chosen, calendar = chosen_filter(request), working_calendar()
    today = calendar.local(request.at).date()
    everything = Filter(chosen.whose, "all", chosen.meeting, chosen.department, chosen.words)
    base = narrowed(visible_to(request.actor), everything, request.actor, today)
    number = request.GET.get("page", "1")
    page = max(1, int(number)) if number.isdecimal() and len(number) < 5 else 1
    start = (page - 1) * PAGE_SIZE
    rows = stretch(of_kind(base, chosen.which, today), start, PAGE_SIZE + 1)
    listed = [_listed(line, today, calendar) for line in rows]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "rows": listed[:PAGE_SIZE],
        "chosen": chosen,
        "counts": _counted(counts(base, today)),
        "today": today,
        "week": today.isocalendar().week,
        "page": page,
        "following": page + 1 if len(listed) > PAGE_SIZE else 0,
        "query": query.urlencode(),
        "meeting_title": listed[0].action.meeting.title if listed and chosen.meeting else "",
        "views": (
            ("open", gettext("Open")),
            ("late", gettext("Overdue")),
            ("done", gettext("Done")),
            ("all", gettext("All")),
        ),
    }
    return render(request, "after/actions.html", context)


def _counted(found: Counts) -> dict[str, str]:
    done, more = min(found.done, COUNTED_TO), "+" if found.more else ""
    return {
        "open": str(found.open),
        "late": str(found.late),
        "done": f"{done}{more}",
        "all": f"{found.open + done}{more}",
    }


def _listed(line: Line, today: date, calendar: WorkingCalendar) -> ListedAction:
    action = line.action
    state = ActionState(action.state)
    late = is_late(state, action.due, today)
    days = 0
    if action.due is not None and state in LIVE:
        first, last = (action.due, today) if late else (today, action.due)
        days = calendar.working_days_between(first, last)
    return ListedAction(action, words.action_states()[state], late, days, line.supports, line.moved)


@require_GET
@signed_in
def export(request: Request) -> HttpResponse:
    """The filtered table as Excel."""
    today = working_calendar().local(request.at).date()
    rows = narrowed(visible_to(request.actor), chosen_filter(request), request.actor, today)
    title = gettext("Actions")
    stem = f"{title}-{today.isoformat()}"
    document = action_table(list(with_names(rows)), get_language() or "zh-hans", title=title, stem=stem)
    return send_bytes(document.content, document.name, document.media_type)


@require_GET
@signed_in
def action(request: Request, action_id: UUID) -> HttpResponse:
    """One action: what it asks, where it came from, what was said, what can be done."""
    access = get_action_for(request.actor, action_id)
    row, calendar = access.action, working_calendar()
    today = calendar.local(request.at).date()
    live, editor = ActionState(row.state) in LIVE, Party.EDITOR in access.parties
    postponements = postponements_of(row)
    moved = [p.from_due for p in postponements if p.from_due]
    context = {
        "row": _listed(Line(row, list(live_supports(row)), moved), today, calendar),
        "action": row,
        "live": live,
        "may": {act.value: access.may(act) for act in ActionAct},
        "own_supports": {s.pk for s in live_supports(row) if _gives(request, s)},
        "unnamed": {s.pk for s in live_supports(row) if s.person_id is None and (_gives(request, s) or editor)},
        "updates": [(u, words.action_acts().get(u.act, u.act)) for u in updates_of(row)],
        "postponements": postponements,
        "people": list(live_persons()[:600]) if live and _names_somebody(access) else [],
        "causes": words.causes(),
        "reader": Party.READER in access.parties,
        "chain": _chain(row) if Party.READER in access.parties else (),
        "kinds": words.kinds(),
        "today": today,
    }
    return render(request, "after/action.html", context)


def _gives(request: Request, support: SupportItem) -> bool:
    """Whether support is the reader's to give: named for it, or head of the department while nobody is."""
    if support.person_id is None:
        return str(support.department_id or "") in request.actor.headed
    return str(support.person_id) == request.actor.id


def _names_somebody(access: ActionAccess) -> bool:
    return access.may(ActionAct.NAME_OWNER) or access.may(ActionAct.NAME_SUPPORTER)


def _chain(row: ActionItem) -> list[PaperLine]:
    """The lines of the minutes an action came from, down to its own."""
    minutes = find_minutes(row.meeting_id)
    version = circulated_version(minutes) if minutes else None
    if version is None:
        return []
    lines = lines_of(paper_in(version).minutes)
    return [lines[entry] for entry in dict.fromkeys((*row.under, row.entry)) if entry in lines]


@require_POST
@signed_in
def do(request: Request, action_id: UUID, act: str) -> HttpResponse:
    """One act on an action."""
    if act not in list(ActionAct):
        raise NotFound
    wanted, by, at = ActionAct(act), request.actor, request.at
    asked = request.POST
    version = asked.get("version", "")
    seen = int(version) if version.isdecimal() and len(version) < 10 else None
    if wanted is ActionAct.POSTPONE:
        due = read_date(asked.dict(), "due")
        agreed = asked.get("agreed_by", "")
        reason = " · ".join(part for part in (asked.get("cause", ""), asked.get("reason", "").strip()) if part)
        if due is None:
            raise BadValue(field="due", reason="required")
        postpone(action_id, due, reason, agreed_by=agreed or None, by=by, at=at, seen=seen)
    elif wanted is ActionAct.NAME_OWNER:
        name_owner(action_id, asked.get("person", ""), by=by, at=at, seen=seen)
    elif wanted is ActionAct.NAME_SUPPORTER:
        name_supporter(action_id, asked.get("support", ""), asked.get("person", ""), by=by, at=at)
    elif wanted is ActionAct.GIVE_SUPPORT:
        give_support(action_id, asked.get("support", ""), by=by, at=at)
    else:
        percent = asked.get("percent", "")
        said = Said(asked.get("text", ""), int(percent) if percent.isdecimal() and len(percent) < 4 else None)
        act_on(action_id, wanted, said, by=by, at=at, seen=seen)
    notice.add(request, gettext("Recorded."))
    response = redirect("action", action_id=action_id)
    response.status_code = 303
    return response
