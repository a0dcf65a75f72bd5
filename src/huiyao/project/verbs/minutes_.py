# SPDX-License-Identifier: Apache-2.0
"""``huiyao minutes FILE --out DIR``: plain notes become minutes in every format, without a server."""

import argparse
import sys
from pathlib import Path

from huiyao.documents.exports import Format, export_minutes
from huiyao.documents.states import PaperState
from huiyao.domain.refusals import Refusal
from huiyao.language.minutes import read_minutes


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file and where to write."""
    parser.add_argument("file", type=Path, help="plain text, Markdown, HTML or Word")
    parser.add_argument("--out", type=Path, default=Path(), help="folder for the documents (made if missing)")


def run(options: argparse.Namespace) -> int:
    """Write the documents and say what was understood; 1 with the reason when the file cannot be read."""
    try:
        content = options.file.read_bytes()
        read = read_minutes(content)
    except OSError as problem:
        print(f"{options.file}: {problem.strerror}", file=sys.stderr)
        return 1
    except Refusal as refusal:
        print(f"{options.file}: {refusal.code} {dict(refusal.facts)}", file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    for kind in Format:
        document = export_minutes(read.minutes, PaperState.DRAFT, kind, stem=options.file.stem)
        (options.out / document.name).write_bytes(document.content)
        print(options.out / document.name)
    minutes = read.minutes
    print(
        f"{minutes.title or options.file.stem}: {len(minutes.attendees)} attendees, {len(minutes.topics)} topics, "
        f"{len(minutes.decisions)} decisions, {len(minutes.actions)} actions"
    )
    return 0
