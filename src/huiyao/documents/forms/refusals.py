# SPDX-License-Identifier: Apache-2.0
"""Why a form is refused, and where in it the reason stands."""

from collections.abc import Sequence
from typing import NamedTuple

from huiyao.domain.refusals import Refusal


class Place(NamedTuple):
    """A spot in a form. ``where``: ``body``, ``table``, ``header``, ``footer``, ``footnotes`` or ``endnotes``.

    ``number`` counts the paragraphs of the body (empty ones and those in tables left out) or its tables, from 1;
    0 elsewhere. ``text`` is the tag with the words around it.
    """

    where: str
    number: int
    text: str


class FormRefused(Refusal):
    """The Word form cannot be used.

    Facts: ``reason``, ``detail`` (the name, tag or part meant; may be empty) and ``places`` (of ``Place``; may be
    empty). Reasons: ``not_word``, ``too_large``, ``macros``, ``external_link``, ``active_content``, ``syntax``,
    ``forbidden``, ``broken``, ``too_slow``, ``too_much_memory``, ``failed``.
    """

    code = "form_refused"

    def __init__(self, reason: str, detail: str = "", places: Sequence[Place] = ()) -> None:
        self.reason, self.detail, self.places = reason, detail[:200], tuple(places)
        super().__init__(reason=reason, detail=self.detail, places=[list(place) for place in places])
