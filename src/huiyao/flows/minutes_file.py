# SPDX-License-Identifier: Apache-2.0
"""Minutes as a file: Word in the company's own form where one is in use, everything else in the built-in layout.

A form that cannot be filled never holds minutes up: the built-in layout takes its place.
"""

import logging
from datetime import datetime
from typing import NamedTuple

from huiyao.documents.exports import MEDIA_TYPES, Document, Format, export_minutes, safe_file_name
from huiyao.documents.forms import FormRefused, fill_form
from huiyao.documents.states import PaperState
from huiyao.domain.minutes import Minutes
from huiyao.features.organisation.commands.word_form import note_trouble
from huiyao.features.organisation.reads import WordFormRow, word_form_in_use
from huiyao.flows.added_fonts import added_fonts
from huiyao.plumbing import files

logger = logging.getLogger(__name__)


class Printed(NamedTuple):
    """The file; ``form`` in whose shape it is, ``failed`` the form that could not be filled."""

    document: Document
    form: WordFormRow | None = None
    failed: WordFormRow | None = None


def minutes_file(minutes: Minutes, state: PaperState, wanted: Format, *, stem: str, at: datetime) -> Document:
    """The minutes in this format. ValueError for a language without words."""
    return printed(minutes, state, wanted, stem=stem, at=at).document


def printed(minutes: Minutes, state: PaperState, wanted: Format, *, stem: str, at: datetime) -> Printed:
    """As ``minutes_file``, telling which form was used and which one failed; that is noted with the form."""
    form = word_form_in_use() if wanted is Format.DOCX else None
    if form is not None:
        try:
            content = fill_form(files.path_of(form.sha256).read_bytes(), minutes, state)
        except (FormRefused, OSError) as failure:
            reason = failure.reason if isinstance(failure, FormRefused) else "failed"
            logger.warning("word form %s could not be filled: %s", form.number, reason)
            note_trouble(form.pk, reason, at=at)
            built_in = export_minutes(minutes, state, wanted, stem=stem, extra_fonts=added_fonts())
            return Printed(built_in, failed=form)
        name = f"{safe_file_name(stem or minutes.title)}.{wanted.value}"
        return Printed(Document(name, MEDIA_TYPES[wanted], content), form=form)
    return Printed(export_minutes(minutes, state, wanted, stem=stem, extra_fonts=added_fonts()))
