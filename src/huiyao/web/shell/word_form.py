# SPDX-License-Identifier: Apache-2.0
"""The company's Word form on the settings page: take one in, look at it, use it, go back, withdraw it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from huiyao.documents.exports import MEDIA_TYPES, Format, safe_file_name
from huiyao.documents.forms import FormRefused, Place, check_form, preview_form, starter_form
from huiyao.documents.forms.screening import MOST_BYTES
from huiyao.domain.refusals import NotFound, Refusal
from huiyao.features.organisation.commands import word_form
from huiyao.features.organisation.reads import WordFormRow, find_word_form, word_form_in_use, word_forms
from huiyao.gateways.office import has_office, office
from huiyao.plumbing import files
from huiyao.web.shell import notice
from huiyao.web.shell.files import send, send_bytes
from huiyao.web.shell.form_words import field_lines, place_in_words
from huiyao.web.shell.gate import administrator_only
from huiyao.web.shell.refusals import FORM_REASONS, status_of, words_of
from huiyao.web.shell.request import Request

HOME = "/settings/word-form/"
WORD = MEDIA_TYPES[Format.DOCX]


@dataclass(frozen=True, slots=True)
class Spot:
    """A name or tag and where it stands."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that prints nothing, with its places."""

    name: str
    spots: tuple[Spot, ...]


@administrator_only
def versions(request: Request) -> HttpResponse:
    """What is in use, every version, the fields; an uploaded form is checked and kept, not used yet."""
    if request.method != "POST":
        return _page(request)
    sent = request.FILES.get("file")
    content = sent.read(MOST_BYTES + 1) if sent is not None else b""
    name = (sent.name or "") if sent is not None else ""
    try:
        row, _ = word_form.upload_form(content, name, by=request.actor, at=request.at)
    except Refusal as refusal:
        return _page(request, refusal)
    notice.add(request, gettext("Checked and kept as version %(number)s.") % {"number": row.number})
    return redirect(f"{HOME}{row.pk}/")


def _page(request: Request, refusal: Refusal | None = None) -> HttpResponse:
    in_use = word_form_in_use()
    context = {
        "in_use": in_use,
        "trouble": gettext(FORM_REASONS.get(in_use.trouble, FORM_REASONS["failed"])) % {"detail": "…"}
        if in_use and in_use.trouble
        else "",
        "versions": word_forms(),
        "fields": list(field_lines(_language())),
        "error": words_of(refusal) if refusal else "",
        "spots": spots_of(refusal.places) if isinstance(refusal, FormRefused) else (),
    }
    return render(request, "shell/word_forms.html", context, status=status_of(refusal) if refusal else 200)


@administrator_only
@require_GET
def version(request: Request, form_id: str) -> HttpResponse:
    """One version: what it prints, what it does not know and where, and how it looks filled in."""
    row = _found(form_id)
    lines = {name: line for line in field_lines(_language()) if not line.level for name in line.names}
    context = {
        "row": row,
        "used": [(name, lines.get(name)) for name in row.used],
        "unknown": _unknown(row),
        "office": has_office(),
        "look": "look" in request.GET,
    }
    return render(request, "shell/word_form.html", context)


def _unknown(row: WordFormRow) -> list[Unknown]:
    """The unknown names with their places, which are looked for again: they are in the file."""
    if not row.unknown:
        return []
    try:
        report = check_form(_content(row))
    except FormRefused:
        return [Unknown(name, ()) for name in row.unknown]
    return [Unknown(name, spots_of(report.places.get(name, ()))) for name in report.unknown]


def spots_of(places: tuple[Place, ...]) -> tuple[Spot, ...]:
    """Places in the reader's language."""
    return tuple(Spot(place_in_words(place), place.text) for place in places)


def _language() -> str:
    """The reader's language; documents know each of them."""
    return get_language() or "zh-hans"


def _found(form_id: str) -> WordFormRow:
    row = find_word_form(form_id)
    if row is None:
        raise NotFound
    return row


def _content(row: WordFormRow) -> bytes:
    return files.path_of(row.sha256).read_bytes()


@administrator_only
@require_GET
def start(request: Request) -> HttpResponse:
    """A form to start from, in the reader's language."""
    del request
    name = safe_file_name(gettext("Word form to start from"))
    return send_bytes(starter_form(_language()), f"{name}.docx", WORD)


@administrator_only
@require_GET
def original(request: Request, form_id: str) -> HttpResponse:
    """The file as it was uploaded."""
    del request
    row = _found(form_id)
    return send(row.sha256, row.name, WORD)


@administrator_only
@require_GET
def preview(request: Request, form_id: str) -> HttpResponse:
    """The form filled with the sample, as a Word file."""
    del request
    row = _found(form_id)
    name = safe_file_name(f"{gettext('Preview')} {row.name.rpartition('.')[0] or row.name}")
    return send_bytes(preview_form(_content(row), _language()), f"{name}.docx", WORD)


@administrator_only
@require_GET
def picture(request: Request, form_id: str) -> HttpResponse:
    """The first page of the preview as a picture, where the machine can make one.

    Raises:
        NotFound: it cannot.
    """
    del request
    made = office().picture(preview_form(_content(_found(form_id)), _language()))
    if made is None:
        raise NotFound
    response = HttpResponse(made, content_type="image/png")
    response["Cache-Control"] = "private, max-age=3600"
    return response


@administrator_only
@require_POST
def use(request: Request, form_id: str) -> HttpResponse:
    """Print minutes in this version."""
    row = word_form.use_form(form_id, by=request.actor, at=request.at)
    notice.add(request, gettext("Minutes are printed in version %(number)s from now on.") % {"number": row.number})
    return redirect(HOME)


@administrator_only
@require_POST
def use_built_in(request: Request) -> HttpResponse:
    """Print minutes in the built-in layout."""
    word_form.use_built_in_layout(by=request.actor, at=request.at)
    notice.add(request, gettext("Minutes are printed in the built-in layout from now on."))
    return redirect(HOME)


@administrator_only
@require_POST
def withdraw(request: Request, form_id: str) -> HttpResponse:
    """Take a version out of use for good."""
    row = word_form.withdraw_form(form_id, by=request.actor, at=request.at)
    notice.add(request, gettext("Version %(number)s is withdrawn.") % {"number": row.number})
    return redirect(HOME)
