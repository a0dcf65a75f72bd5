# SPDX-License-Identifier: Apache-2.0
"""``huiyao minutes FILE --out DIR [--form FORM]``: plain notes become minutes in every format, without a server."""

import argparse
import sys
from pathlib import Path

from huiyao.documents.exports import Document, Format, export_minutes
from huiyao.documents.forms import check_form, fill_form
from huiyao.documents.states import PaperState
from huiyao.domain.minutes import Minutes
from huiyao.domain.refusals import Refusal
from huiyao.language.minutes import read_minutes


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file and where to write."""
    parser.add_argument("file", type=Path, help="plain text, Markdown, HTML or Word")
    parser.add_argument("--out", type=Path, default=Path(), help="folder for the documents (made if missing)")
    parser.add_argument("--form", type=Path, help="the company's Word form (.docx) for the Word file")


def run(options: argparse.Namespace) -> int:
    """Write the documents and say what was understood; 1 with the reason when a file cannot be read or used."""
    path = options.file
    try:
        read = read_minutes(path.read_bytes())
        path = options.form or path
        form = options.form.read_bytes() if options.form else b""
        made = [_made(read.minutes, kind, form, options.file.stem) for kind in Format]
        unknown = check_form(form).unknown if form else ()
    except OSError as problem:
        print(f"{problem.filename or path}: {problem.strerror}", file=sys.stderr)
        return 1
    except Refusal as refusal:
        print(f"{path}: {refusal.code} {dict(refusal.facts)}", file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    for document in made:
        (options.out / document.name).write_bytes(document.content)
        print(options.out / document.name)
    if unknown:
        print(f"{path}: unknown names print nothing: {', '.join(unknown)}", file=sys.stderr)
    minutes = read.minutes
    print(
        f"{minutes.title or options.file.stem}: {len(minutes.attendees)} attendees, {len(minutes.topics)} topics, "
        f"{len(minutes.decisions)} decisions, {len(minutes.actions)} actions"
    )
    return 0


def _made(minutes: Minutes, kind: Format, form: bytes, stem: str) -> Document:
    made = export_minutes(minutes, PaperState.DRAFT, kind, stem=stem)
    if form and kind is Format.DOCX:
        return Document(made.name, made.media_type, fill_form(form, minutes, PaperState.DRAFT))
    return made
