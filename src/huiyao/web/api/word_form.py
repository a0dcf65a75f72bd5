# SPDX-License-Identifier: Apache-2.0
"""The company's Word form: upload, look at, use, go back, withdraw. Administrators only."""

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import get_language
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from huiyao.documents.exports import MEDIA_TYPES, Format
from huiyao.documents.forms import FormReport, preview_form, starter_form
from huiyao.documents.forms.screening import MOST_BYTES
from huiyao.domain.refusals import NotFound
from huiyao.features.organisation.commands import word_form
from huiyao.features.organisation.reads import WordFormRow, find_word_form, word_forms
from huiyao.plumbing import files
from huiyao.web.api.directory import administrator
from huiyao.web.api.door import Done
from huiyao.web.shell.files import send, send_bytes
from huiyao.web.shell.form_words import field_lines
from huiyao.web.shell.request import Request

router = Router(tags=["administration"])
WORD = MEDIA_TYPES[Format.DOCX]


class PlaceOut(Schema):
    """Where a name stands: ``where`` is body, table, header, footer, footnotes or endnotes; ``number`` from 1."""

    where: str
    number: int
    text: str


class FormOut(Schema):
    """One version. ``unknown`` names print nothing; ``trouble`` is why minutes last could not be filled in."""

    id: str
    number: int
    name: str
    sha256: str
    size: int
    used: list[str]
    unknown: list[str]
    uploaded_by: str
    uploaded_at: datetime
    used_since: datetime | None
    withdrawn_at: datetime | None
    trouble: str


class UploadedOut(FormOut):
    """A version just uploaded, with the places of its unknown names."""

    places: dict[str, list[PlaceOut]]


class FieldOut(Schema):
    """A field of a form; ``level`` 1 stands inside the rows of the list before it."""

    names: list[str]
    meaning: str
    example: str
    level: int
    rows: bool


def _form(row: WordFormRow) -> dict[str, object]:
    names = ("number", "name", "sha256", "size", "used", "unknown", "uploaded_by", "uploaded_at", "used_since")
    return {"id": str(row.pk), **{name: getattr(row, name) for name in (*names, "withdrawn_at", "trouble")}}


def _places(report: FormReport) -> dict[str, list[dict[str, object]]]:
    return {name: [place._asdict() for place in places] for name, places in report.places.items()}


def _found(form_id: str) -> WordFormRow:
    row = find_word_form(form_id)
    if row is None:
        raise NotFound
    return row


@router.get("/word-form", response=list[FormOut])
def versions(request: Request) -> list[Mapping[str, object]]:
    """Every version, newest first; the one with ``used_since`` is in use; administrators only."""
    administrator(request)
    return [_form(row) for row in word_forms()]


@router.post("/word-form", response=UploadedOut)
def upload(request: Request, file: File[UploadedFile]) -> Mapping[str, object]:
    """Check a form (multipart, field ``file``) and keep it as the newest version; administrators only."""
    administrator(request)
    content = file.read(MOST_BYTES + 1)
    row, report = word_form.upload_form(content, file.name or "", by=request.actor, at=request.at)
    return {**_form(row), "places": _places(report)}


@router.get("/word-form/fields", response=list[FieldOut])
def fields(request: Request) -> list[Mapping[str, object]]:
    """What a form may print, in the reader's language; administrators only."""
    administrator(request)
    lines = field_lines(get_language() or "zh-hans")
    return [{name: getattr(line, name) for name in ("names", "meaning", "example", "level", "rows")} for line in lines]


@router.get("/word-form/start.docx")
def start(request: Request) -> HttpResponse:
    """A form to start from; administrators only."""
    administrator(request)
    return send_bytes(starter_form(get_language() or "zh-hans"), "word-form.docx", WORD)


@router.delete("/word-form", response=Done)
def use_built_in(request: Request) -> Done:
    """Print minutes in the built-in layout again; no version is lost; administrators only."""
    administrator(request)
    word_form.use_built_in_layout(by=request.actor, at=request.at)
    return Done()


@router.get("/word-form/{form_id}/content")
def content(request: Request, form_id: str) -> HttpResponse:
    """The file as it was uploaded; administrators only."""
    administrator(request)
    row = _found(form_id)
    return send(row.sha256, row.name, WORD)


@router.get("/word-form/{form_id}/preview.docx")
def preview(request: Request, form_id: str) -> HttpResponse:
    """The form filled with invented minutes; administrators only."""
    administrator(request)
    made = preview_form(files.path_of(_found(form_id).sha256).read_bytes(), get_language() or "zh-hans")
    return send_bytes(made, "preview.docx", WORD)


@router.post("/word-form/{form_id}/use", response=FormOut)
def use(request: Request, form_id: str) -> Mapping[str, object]:
    """Print minutes in this version; administrators only."""
    administrator(request)
    return _form(word_form.use_form(form_id, by=request.actor, at=request.at))


@router.post("/word-form/{form_id}/withdraw", response=FormOut)
def withdraw(request: Request, form_id: str) -> Mapping[str, object]:
    """Take a version out of use for good; administrators only."""
    administrator(request)
    return _form(word_form.withdraw_form(form_id, by=request.actor, at=request.at))
