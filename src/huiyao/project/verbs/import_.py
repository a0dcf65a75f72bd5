# SPDX-License-Identifier: Apache-2.0
"""``huiyao import FILE``: what an Excel or CSV directory would change; with ``--apply`` it is done, all or nothing."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import django

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import Refusal

if TYPE_CHECKING:
    from huiyao.features.people.commands.directory import DryRun

CONSOLE = Actor(id="", name="console")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file and whether to apply it."""
    parser.add_argument("file", type=Path, help="Excel or CSV with a row of headings")
    parser.add_argument("--apply", action="store_true", help="do it; without this nothing is changed")


def run(options: argparse.Namespace) -> int:
    """Print what would change or was changed; 1 when the file or a cell cannot be used, then nothing was changed."""
    django.setup(set_prefix=False)
    from huiyao.features.people.commands.directory import apply_directory, dry_run, read_table
    from huiyao.plumbing import clock
    from huiyao.web.shell.refusals import words_of

    try:
        table = read_table(options.file.read_bytes())
    except OSError as problem:
        print(f"{options.file}: {problem.strerror}", file=sys.stderr)
        return 1
    except Refusal as refusal:
        print(f"{options.file}: {words_of(refusal)} ({refusal.code} {dict(refusal.facts)})", file=sys.stderr)
        return 1
    checked = dry_run(table)
    _print_wrong_cells(checked)
    if checked.wrong_cells:
        return 1
    if options.apply:
        checked = apply_directory(table, by=CONSOLE, at=clock.now())
    _print_counts(checked, applied=options.apply)
    return 0


def _print_wrong_cells(checked: "DryRun") -> None:
    from huiyao.web.shell.refusals import REASONS, fill

    for row in checked.rows:
        for column, facts in row.errors.items():
            reason = fill(REASONS.get(str(facts.get("reason")), "%(reason)s"), facts)
            print(f"row {row.row.number}, {column} {row.row.cells[column]!r}: {reason}", file=sys.stderr)


def _print_counts(checked: "DryRun", *, applied: bool) -> None:
    counts = f"{checked.count('new')} new persons, {checked.count('changed')} changed, {checked.count('same')} the same"
    print(f"{counts}, {len(checked.new_departments)} new departments")
    for path in checked.new_departments:
        print(f"  {'/'.join(path)}")
    print("applied" if applied else "nothing was changed; add --apply to do it")
