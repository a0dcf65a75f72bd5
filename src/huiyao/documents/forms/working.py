# SPDX-License-Identifier: Apache-2.0
"""The jobs of the press that fills forms; imported only inside its process."""

from collections.abc import Callable

from huiyao.documents.forms.fields import Row
from huiyao.documents.forms.places import offending, places_of
from huiyao.documents.forms.refusals import FormRefused
from huiyao.documents.forms.rendering import filled, names_in
from huiyao.documents.forms.starter import starter_form
from huiyao.documents.press import Answer, Job

TAGS = frozenset({"forbidden", "syntax"})
"""Reasons that lie in a tag, and so in a place that can be named."""


def _fill(content: bytes, values: Row) -> Answer:
    return {}, filled(content, values)[0]


def _check(content: bytes, values: Row) -> Answer:
    try:
        unknown, used = names_in(content, values)
    except FormRefused as refusal:
        if refusal.reason in TAGS:
            raise FormRefused(refusal.reason, refusal.detail, offending(content)) from refusal
        raise
    places = {name: [list(place) for place in spots] for name, spots in places_of(content, unknown).items()}
    return {"unknown": unknown, "used": used, "places": places}, b""


def _start(content: bytes, values: Row) -> Answer:
    del values
    return {}, starter_form(content.decode())


def _refusing(job: Callable[[bytes, Row], Answer]) -> Job:
    def answer(content: bytes, values: Row) -> Answer:
        try:
            return job(content, values)
        except FormRefused as refusal:
            return dict(refusal.facts), b""
        except MemoryError:
            return {"reason": "too_much_memory", "detail": "", "tired": True}, b""

    return answer


JOBS: dict[str, Job] = {"fill": _refusing(_fill), "check": _refusing(_check), "start": _refusing(_start)}
