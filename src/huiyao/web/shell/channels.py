# SPDX-License-Identifier: Apache-2.0
"""Settings of channels: add, change, remove, self-test. Secrets are typed in and never shown again.

Also a person's ids at the vendors, and the order in which somebody wants to be reached.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from huiyao.domain.channels import ADDRESS_KINDS, FILE_FORMATS, KINDS, MAIL, PERSONAL, ChannelField
from huiyao.domain.refusals import BadValue, Conflict, NotFound, Refusal
from huiyao.features.organisation.commands.channels import add_channel, change_channel, remove_channel
from huiyao.features.organisation.reads import ChannelRow, find_channel, find_organisation, live_channels
from huiyao.features.people.commands.addresses import prefer_channels, set_addresses
from huiyao.features.people.commands.persons import get_person
from huiyao.features.people.reads import addresses_of, find_person, find_somebody_at
from huiyao.flows.carriers import can_apprise, try_out
from huiyao.gateways.outcome import Note, Taken
from huiyao.plumbing import audit, formatting, pacing
from huiyao.plumbing.ids import uuid7
from huiyao.web.shell import channel_words, notice
from huiyao.web.shell.entered import entered, errors_of, number
from huiyao.web.shell.gate import administrator_only, signed_in
from huiyao.web.shell.mail_words import Trouble
from huiyao.web.shell.refusals import status_of
from huiyao.web.shell.request import Request

SECRETS = ("app_secret", "token", "secret", "url")


@dataclass(frozen=True, slots=True)
class Line:
    """One channel in the list."""

    row: ChannelRow
    kind: str
    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of the form; a secret has no value, only whether there is one."""

    name: str
    label: str
    hint: str
    value: str
    secret: bool
    stored: bool
    error: str


@administrator_only
def channels(request: Request) -> HttpResponse:
    """What is set up, how it fares, and what can be added."""
    lines = [
        Line(
            row,
            channel_words.kind_name(row.kind),
            channel_words.trouble_over_channel(pacing.trouble_of(str(row.pk))),
        )
        for row in live_channels()
    ]
    kinds = [(word, gettext(name), gettext(use)) for word, (name, use) in channel_words.KINDS.items()]
    kinds = [kind for kind in kinds if kind[0] != "apprise" or can_apprise()]
    return render(request, "shell/channels.html", {"lines": lines, "kinds": kinds})


@sensitive_post_parameters(*SECRETS)
@administrator_only
def new_channel(request: Request, kind: str) -> HttpResponse:
    """Set up a channel of one kind; it is tested right after that.

    Raises:
        NotFound: there is no such kind.
    """
    if kind not in KINDS:
        raise NotFound
    if request.method == "GET":
        values = {field.name: field.default for field in KINDS[kind].fields}
        return _form(request, kind, None, {"name": channel_words.kind_name(kind), **values})
    values = _typed(request, kind)
    try:
        row = add_channel(kind, values, by=request.actor, at=request.at)
    except BadValue as refusal:
        return _form(request, kind, None, values, refusal=refusal)
    return redirect(f"/settings/channels/{row.pk}/")


@sensitive_post_parameters(*SECRETS)
@administrator_only
def channel(request: Request, channel_id: str) -> HttpResponse:
    """One channel's set-up."""
    row = _live(channel_id)
    if request.method == "GET":
        return _form(request, row.kind, row, {"name": row.name, **row.settings})
    values = _typed(request, row.kind)
    try:
        change_channel(channel_id, values, version=number(request), by=request.actor, at=request.at)
    except (BadValue, Conflict) as refusal:
        return _form(request, row.kind, _live(channel_id), values, refusal=refusal)
    notice.add(request, gettext("Saved."))
    return redirect(f"/settings/channels/{channel_id}/")


@administrator_only
@require_POST
def test_channel(request: Request, channel_id: str) -> HttpResponse:
    """Self-test: an application's credentials, address and rights; a group is told one sentence."""
    row = _live(channel_id)
    organisation = find_organisation()
    zone = organisation.zone if organisation else "Asia/Shanghai"
    when = formatting.day_and_time(request.at, zone, request.actor.language)
    note = Note(str(uuid7()), gettext("Test"), gettext("Huiyao reaches this group (%(when)s).") % {"when": when})
    outcome = try_out(row, note, request.at, union_id=find_somebody_at("dingtalk_union_id"))
    passed = isinstance(outcome, Taken)
    code = "" if isinstance(outcome, Taken) else outcome.code
    audit.record(
        "channel.tested", by=request.actor, at=request.at, subject=row.pk, facts={"passed": passed, "code": code}
    )
    if isinstance(outcome, Taken):
        pacing.reset(str(row.pk))
        notice.add(request, gettext("The test has passed."))
        return redirect(f"/settings/channels/{channel_id}/")
    trouble = channel_words.trouble_over_channel(f"{outcome.code} {outcome.detail}")
    return _form(request, row.kind, row, {"name": row.name, **row.settings}, trouble=trouble)


@administrator_only
@require_POST
def remove(request: Request, channel_id: str) -> HttpResponse:
    """Take a channel out of use."""
    remove_channel(channel_id, by=request.actor, at=request.at)
    notice.add(request, gettext("The channel is removed. What waited for it goes another way."))
    return redirect("/settings/channels/")


def _live(channel_id: str) -> ChannelRow:
    row = find_channel(channel_id)
    if row is None or row.removed_at is not None or row.kind not in KINDS:
        raise NotFound
    return row


def _typed(request: Request, kind: str) -> dict[str, str]:
    boxes = [name for name in channel_words.BOXES if KINDS[kind].field(name)]
    fields = [field.name for field in KINDS[kind].fields if field.name not in ("notices", "inner", *boxes)]
    chosen = [word for word in request.POST.getlist("notices") if word in channel_words.NOTICES]
    known = {field.name for field in KINDS[kind].fields}
    extra = {"notices": " ".join(chosen)} if "notices" in known else {}
    ticked = {name: "yes" if request.POST.get(name) == "yes" else "" for name in ("inner", *boxes)}
    return {**entered(request, ["name", *fields]), **extra, **ticked}


def _form(
    request: Request,
    kind: str,
    row: ChannelRow | None,
    values: dict[str, str],
    *,
    refusal: Refusal | None = None,
    trouble: Trouble | None = None,
) -> HttpResponse:
    errors = errors_of(refusal) if refusal else {}
    known = {field.name: field for field in KINDS[kind].fields}
    entries = [
        Entry(
            name=name,
            label=gettext(label),
            hint=gettext(hint) if hint else "",
            value="" if known[name].secret else values.get(name, ""),
            secret=known[name].secret,
            stored=known[name].secret and row is not None and known[name].required,
            error=errors.get(name, ""),
        )
        for name, (label, hint) in channel_words.FIELDS.items()
        if name in known
    ]
    last = pacing.trouble_of(str(row.pk)) if row else ""
    context = {
        "row": row,
        "kind": kind,
        "kind_name": channel_words.kind_name(kind),
        "name": values.get("name", ""),
        "entries": entries,
        "errors": errors,
        "notices": _notices(values) if "notices" in known else [],
        "inner": values.get("inner") == "yes",
        "boxes": _boxes(known, values),
        "files": _files(values) if "files" in known else [],
        "trouble": trouble or channel_words.trouble_over_channel(last),
        "personal": KINDS[kind].personal,
    }
    status = status_of(refusal) if refusal else 422 if trouble else 200
    return render(request, "shell/channel.html", context, status=status)


def _notices(values: dict[str, str]) -> list[tuple[str, str, bool]]:
    chosen = values.get("notices", "").split()
    return [(word, gettext(words), word in chosen) for word, words in channel_words.NOTICES.items()]


def _boxes(known: Mapping[str, ChannelField], values: Mapping[str, str]) -> list[tuple[str, str, str, bool]]:
    """The boxes to tick of this kind: name, label, hint, ticked."""
    return [
        (name, gettext(label), gettext(hint), values.get(name, known[name].default) == "yes")
        for name, (label, hint) in channel_words.BOXES.items()
        if name in known
    ]


def _files(values: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    chosen = values.get("files", "")
    return [("", gettext("no file"), not chosen), *((one, one.upper(), one == chosen) for one in FILE_FORMATS)]


@administrator_only
def person_addresses(request: Request, person_id: str) -> HttpResponse:
    """A person's ids at the vendors."""
    row = get_person(person_id)
    values, errors = addresses_of(row.pk), {}
    if request.method == "POST":
        values = entered(request, ADDRESS_KINDS)
        try:
            set_addresses(person_id, values, by=request.actor, at=request.at)
        except BadValue as refusal:
            errors = errors_of(refusal)
        else:
            notice.add(request, gettext("Saved."))
            return redirect(f"/settings/persons/{person_id}/channels/")
    fields = [
        (kind, gettext(label), gettext(hint) if hint else "", values.get(kind, ""), errors.get(kind, ""))
        for kind, (label, hint) in channel_words.ADDRESSES.items()
    ]
    context = {"row": row, "fields": fields, "errors": errors}
    return render(request, "shell/person_channels.html", context, status=422 if errors else 200)


@signed_in
def my_channels(request: Request) -> HttpResponse:
    """Where I want to be reached first."""
    person = find_person(request.actor.id)
    if person is None:
        raise NotFound
    if request.method == "POST":
        first = request.POST.get("first", "")
        order = [first, *([MAIL] if first not in ("", MAIL) else [])] if first else []
        prefer_channels(person.pk, order, by=request.actor, at=request.at)
        notice.add(request, gettext("Saved."))
        return redirect("/profile/channels/")
    present = {row.kind for row in live_channels()}
    known = addresses_of(person.pk)
    choices = [
        (kind, channel_words.kind_name(kind), kind == MAIL or KINDS[kind].address in known)
        for kind in (*PERSONAL, MAIL)
        if kind == MAIL or kind in present
    ]
    context = {"choices": choices, "first": person.channels[0] if person.channels else ""}
    return render(request, "shell/my_channels.html", context)
