# SPDX-License-Identifier: Apache-2.0
"""``huiyao export FILE --as LOGIN``: the action table as Excel, with the actions this person may see."""

import argparse
import sys
from pathlib import Path

import django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to write, and through whose eyes: the machine's owner sees no more content than the product shows."""
    parser.add_argument("file", type=Path, help="the Excel file to write")
    parser.add_argument(
        "--as", dest="login", required=True, metavar="LOGIN", help="whose actions: all this person may see"
    )


def run(options: argparse.Namespace) -> int:
    """Write the table and say how many rows; 1 when nobody has this login name or the file cannot be written."""
    django.setup(set_prefix=False)
    from django.utils import translation
    from django.utils.translation import gettext

    from huiyao.features.actions.reads import visible_to, with_names
    from huiyao.features.people.reads import actor_of, find_by_login
    from huiyao.flows.action_table import action_table

    person = find_by_login(options.login)
    if person is None:
        print(f"nobody has the login name {options.login}", file=sys.stderr)
        return 1
    actor = actor_of(person)
    actions = list(with_names(visible_to(actor)))
    with translation.override(actor.language):
        document = action_table(actions, actor.language, title=gettext("Actions"), stem=options.file.stem)
    try:
        options.file.write_bytes(document.content)
    except OSError as problem:
        print(f"{options.file}: {problem.strerror}", file=sys.stderr)
        return 1
    print(f"{options.file}: {len(actions)} actions")
    return 0
