# SPDX-License-Identifier: Apache-2.0
"""The jobs of the press that makes Word and PDF minutes; imported only inside its process."""

from pathlib import Path

from huiyao.documents.docx_minutes import minutes_docx
from huiyao.documents.pdf_minutes import minutes_pdf
from huiyao.documents.press import Answer, Job
from huiyao.documents.states import PaperState
from huiyao.domain.minutes import Minutes


def _docx(minutes: Minutes, state: PaperState) -> Answer:
    return {}, minutes_docx(minutes, state)


def _pdf(minutes: Minutes, state: PaperState, extra_fonts: Path | None) -> Answer:
    return {}, minutes_pdf(minutes, state, extra_fonts=extra_fonts)


JOBS: dict[str, Job] = {"docx": _docx, "pdf": _pdf}
