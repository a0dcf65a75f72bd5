# SPDX-License-Identifier: Apache-2.0
"""The outbox: what waits, what failed and why, what is held with its text to copy.

The rights table decides what is shown of a message: its addressee sees all of it, who has a role at its meeting sees
it with links masked, an administrator sees that it exists and how it fares, not what it says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Max, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from huiyao.domain.actor import Actor
from huiyao.domain.channels import MAIL
from huiyao.domain.refusals import NotAllowed, NotFound
from huiyao.domain.rights import ROLES
from huiyao.features.meetings.reads import meetings_run_by, standings_of, titles_of
from huiyao.features.organisation.reads import channel_names, find_organisation
from huiyao.plumbing import audit, messages, pacing
from huiyao.plumbing.ids import is_uuid
from huiyao.plumbing.models import Message
from huiyao.plumbing.redaction import redact
from huiyao.web.shell import notice
from huiyao.web.shell.channel_words import kind_name, trouble_over_channel
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.mail_words import Trouble, trouble_of
from huiyao.web.shell.request import Request

MESSAGES_A_PAGE = 40
MEETINGS_MOST = 60
KINDS = {
    "account.invite": gettext_noop("Account"),
    "account.password": gettext_noop("New password"),
    "test": gettext_noop("Test mail"),
    "invitation": gettext_noop("Invitation"),
    "update": gettext_noop("Changed invitation"),
    "cancel": gettext_noop("Cancellation"),
    "minutes": gettext_noop("Minutes"),
    "minutes.informed": gettext_noop("Minutes for information"),
    "review": gettext_noop("Review"),
    "digest": gettext_noop("Morning digest"),
    "reminder": gettext_noop("Reminder"),
    "group.minutes": gettext_noop("Notice in a group"),
    "group.invitation": gettext_noop("Notice in a group"),
}
NO_NAMES: Mapping[str, str] = {}
WITHOUT_CONTENT = frozenset({"account.invite", "account.password", "test"})
"""Kinds that say nothing of a meeting."""
STATES = {
    "waiting": (gettext_noop("Waiting"), ""),
    "sent": (gettext_noop("Sent"), "ok"),
    "failed": (gettext_noop("Not delivered"), "late"),
    "held": (gettext_noop("Held"), "soon"),
    "retired": (gettext_noop("Taken back"), ""),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as this reader may see it. ``text`` and ``title`` are empty where the content is not theirs."""

    message: Message
    kind: str
    state: str
    tone: str
    title: str
    text: str
    trouble: Trouble | None
    again: bool
    way: str
    passed: list[tuple[str, str]]


@signed_in
def outbox(request: Request) -> HttpResponse:
    """Messages to me, of the meetings I run, or all of them for an administrator; by state, meeting and channel."""
    actor = request.actor
    tabs = tabs_of(actor)
    tab = request.GET.get("of", "")
    tab = tab if tab in tabs else ("all" if actor.administrator else "mine")
    chosen = {name: request.GET.get(name, "")[:60] for name in ("state", "meeting", "channel")}
    everything, run = rows_for(actor, tab, "")
    names, meetings = channel_names(), _meetings(everything, tab, run)
    rows, _ = rows_for(actor, tab, chosen["state"])
    if chosen["meeting"] in meetings:
        rows = rows.filter(context=chosen["meeting"])
    if chosen["channel"] in names or chosen["channel"] == MAIL:
        rows = rows.filter(channel=chosen["channel"])
    page = Paginator(rows, MESSAGES_A_PAGE).get_page(request.GET.get("page"))
    organisation = find_organisation()
    context = {
        "tabs": tabs,
        "tab": tab,
        "chosen": chosen,
        "state": chosen["state"] if chosen["state"] in STATES else "",
        "states": [(key, gettext(words)) for key, (words, _) in STATES.items()],
        "meetings": meetings.items(),
        "channels": [(MAIL, kind_name(MAIL)), *names.items()] if names else [],
        "filter": urlencode({"of": tab, **{name: value for name, value in chosen.items() if value}}),
        "page": page,
        "rows": [shown(row, actor, run, names) for row in page],
        "problem": trouble_of(messages.hold_reason()),
        "zone": organisation.zone if organisation else "Asia/Shanghai",
    }
    return render(request, "shell/outbox.html", context)


def _meetings(rows: QuerySet[Message], tab: str, run: frozenset[str]) -> dict[str, str]:
    """The meetings the list can be narrowed to: an administrator is told the titles of those they run only."""
    newest = rows.exclude(context="").order_by().values("context").annotate(newest=Max("at")).order_by("-newest")
    found = list(newest.values_list("context", flat=True)[:MEETINGS_MOST])
    known = titles_of(found if tab == "mine" else [one for one in found if one in run])
    return {one: known[one] or gettext("Untitled meeting") for one in found if one in known}


def tabs_of(actor: Actor) -> list[str]:
    """Whose messages this reader may list."""
    return ["mine", "meetings", *(["all"] if actor.administrator else [])]


def rows_for(actor: Actor, tab: str, state: str) -> tuple[QuerySet[Message], frozenset[str]]:
    """The messages of one list (an unknown one is one's own), and the meetings this reader runs."""
    run = meetings_run_by(actor)
    state = state if state in STATES else ""
    if tab == "meetings":
        return messages.find_messages(contexts=run, state=state), run
    if tab == "all" and actor.administrator:
        return messages.find_messages(state=state), run
    return messages.find_messages(recipient_id=actor.id, state=state), run


def shown(row: Message, actor: Actor, run: frozenset[str], names: Mapping[str, str] = NO_NAMES) -> Shown:
    """A message as the rights table lets this reader see it; ``names`` are those of the channels, by id."""
    words, tone = STATES[row.state]
    mine, runs = row.recipient_id == actor.id, row.context in run
    open_text = mine or runs or row.kind in WITHOUT_CONTENT
    return Shown(
        message=row,
        kind=gettext(KINDS.get(row.kind, row.kind)),
        state=gettext(words),
        tone=tone,
        title=row.title if open_text else "",
        text=(row.text if mine else redact(row.text)) if open_text else "",
        trouble=trouble_over(row.channel, row.error),
        again=_can_go_out(row) and (runs or actor.administrator),
        way="" if row.channel == MAIL else names.get(row.channel, ""),
        passed=[(names.get(way, kind_name(MAIL)), _what(way, error)) for way, error in row.passed],
    )


def trouble_over(channel: str, error: str) -> Trouble | None:
    """The words of a message's trouble over mail or a chat."""
    return trouble_of(error) if channel == MAIL else trouble_over_channel(error)


def _what(channel: str, error: str) -> str:
    trouble = trouble_over(channel, error)
    return trouble.what if trouble else ""


def _can_go_out(row: Message) -> bool:
    """Whether trying again could change anything."""
    return row.state in messages.OPEN_STATES and not messages.held_for(row.channel, row.address)


@signed_in
@require_POST
def send_again(request: Request, message_id: str) -> HttpResponse:
    """Have a message tried now."""
    held = trouble_of(try_again(request.actor, message_id, at=request.at).error)
    if held:
        notice.add(request, held.what, tone="soon")
    else:
        notice.add(request, gettext("It is tried again now."))
    back = request.POST.get("back", "")
    return redirect(back if back in BACKS else "/outbox/")


def try_again(actor: Actor, message_id: str, *, at: datetime) -> Message:
    """Have a message tried now, in ``actor``'s name.

    Raises:
        NotFound: there is none, or it is not this reader's to see.
        NotAllowed: they may see it, but only who runs the meeting or an administrator may send it.
    """
    row = messages.find_message(message_id) if is_uuid(message_id) else None
    if row is None:
        raise NotFound
    runs = is_uuid(row.context) and bool(standings_of(actor, row.context) & ROLES)
    if not (runs or actor.administrator):
        raise NotAllowed(deed="send_again") if row.recipient_id == actor.id else NotFound
    tried = messages.send_again(row.pk, at=at)
    if tried.channel != MAIL:
        pacing.reset(tried.channel)
    audit.record("message.again", by=actor, at=at, subject=row.pk, context=row.context)
    return tried


BACKS = {f"/outbox/?of={tab}" for tab in ("mine", "meetings", "all")}
