# SPDX-License-Identifier: Apache-2.0
"""Checking and filling forms, from the server's side."""

from dataclasses import dataclass

from huiyao.documents.forms.fields import Row, fields_of
from huiyao.documents.forms.refusals import FormRefused
from huiyao.documents.forms.sample import sample_minutes
from huiyao.documents.press import Press, PressFailed
from huiyao.documents.states import PaperState
from huiyao.domain.minutes import Minutes

PRESS = Press("huiyao.documents.forms.working", megabytes=256)
"""A process of its own: no document but a form ever passes through it."""


@dataclass(frozen=True, slots=True)
class FormReport:
    """What a form prints: ``used`` are known fields, ``unknown`` names that would stay empty."""

    unknown: tuple[str, ...]
    used: tuple[str, ...]


def check_form(content: bytes) -> FormReport:
    """Read a form and fill it with a sample. FormRefused where it can never be used."""
    facts, _ = _run("check", content, fields_of(sample_minutes("zh-hans"), PaperState.DRAFT))
    return FormReport(_texts(facts["unknown"]), _texts(facts["used"]))


def fill_form(content: bytes, minutes: Minutes, state: PaperState) -> bytes:
    """The form with these minutes in it, as .docx. FormRefused; ValueError for a language without words."""
    _, made = _run("fill", content, fields_of(minutes, state))
    return made


def preview_form(content: bytes, language: str) -> bytes:
    """The form filled with invented minutes in a language, to look at before it is used. Refuses as ``fill_form``."""
    return fill_form(content, sample_minutes(language), PaperState.FINAL)


def _run(job: str, content: bytes, values: Row) -> tuple[dict[str, object], bytes]:
    try:
        facts, made = PRESS.run(job, content, values)
    except PressFailed as failure:
        raise FormRefused(failure.reason) from failure
    if "reason" in facts:
        raise FormRefused(str(facts["reason"]), str(facts.get("detail", "")))
    return dict(facts), made


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()
