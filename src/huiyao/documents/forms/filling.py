# SPDX-License-Identifier: Apache-2.0
"""Checking and filling forms, from the server's side."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiyao.documents.forms.fields import Row, fields_of
from huiyao.documents.forms.refusals import FormRefused, Place
from huiyao.documents.forms.sample import sample_minutes
from huiyao.documents.press import Press, PressFailed
from huiyao.documents.states import PaperState
from huiyao.documents.words import words_for
from huiyao.domain.minutes import Minutes

PRESS = Press("huiyao.documents.forms.working", megabytes=256)
"""A process of its own: no document but a form ever passes through it."""


@dataclass(frozen=True, slots=True)
class FormReport:
    """What a form prints: ``used`` are known fields, ``unknown`` names that would stay empty.

    ``places`` says where each unknown name stands.
    """

    unknown: tuple[str, ...]
    used: tuple[str, ...]
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)


def check_form(content: bytes) -> FormReport:
    """Read a form and fill it with a sample. FormRefused where it can never be used."""
    facts, _ = _run("check", content, fields_of(sample_minutes("zh-hans"), PaperState.DRAFT))
    places = facts.get("places")
    found = {name: _places(spots) for name, spots in places.items()} if isinstance(places, dict) else {}
    return FormReport(_texts(facts["unknown"]), _texts(facts["used"]), found)


def fill_form(content: bytes, minutes: Minutes, state: PaperState) -> bytes:
    """The form with these minutes in it, as .docx. FormRefused; ValueError for a language without words."""
    _, made = _run("fill", content, fields_of(minutes, state))
    return made


def preview_form(content: bytes, language: str) -> bytes:
    """The form filled with invented minutes in a language, to look at before it is used. Refuses as ``fill_form``."""
    return fill_form(content, sample_minutes(language), PaperState.FINAL)


def starter_form(language: str) -> bytes:
    """A form to start from, with every field once. ValueError for a language without words."""
    _, made = _run("start", words_for(language).language.encode(), {})
    return made


def _run(job: str, content: bytes, values: Row) -> tuple[dict[str, object], bytes]:
    try:
        facts, made = PRESS.run(job, content, values)
    except PressFailed as failure:
        raise FormRefused(failure.reason) from failure
    if "reason" in facts:
        raise FormRefused(str(facts["reason"]), str(facts.get("detail", "")), _places(facts.get("places")))
    return dict(facts), made


def _places(value: object) -> tuple[Place, ...]:
    spots = value if isinstance(value, list) else []
    return tuple(Place(str(where), int(number), str(text)) for where, number, text in spots)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()
