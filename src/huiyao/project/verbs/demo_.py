# SPDX-License-Identifier: Apache-2.0
"""``huiyao demo``: the demo organisation where asked for and nothing is there yet, then serve."""

import argparse
import sys

import django
from django.conf import settings
from django.core.management import call_command

from huiyao.project import preparation
from huiyao.project.demo.cast import CAST, PASSWORD, SHOWN
from huiyao.project.verbs.serve_ import serve


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to stop once the demo is loaded."""
    parser.add_argument("--load-only", action="store_true", help="load the demo and end")


def run(options: argparse.Namespace) -> int:
    """Load, tell how to sign in, serve."""
    django.setup(set_prefix=False)
    problem = preparation.problem_with_bind()
    if problem:
        print(problem, file=sys.stderr)
        return 2
    call_command("migrate", verbosity=0, interactive=False)
    _load()
    if options.load_only:
        return 0
    preparation.collect_static()
    serve()
    return 0


def _load() -> None:
    from huiyao.features.organisation.reads import find_organisation, has_demo_accounts
    from huiyao.flows.leave_demo import demo_was_left
    from huiyao.plumbing import clock
    from huiyao.project.demo.load import load
    from huiyao.project.wiring import wire

    wire()
    if settings.HUIYAO.demo and find_organisation() is None and not demo_was_left():
        print("Loading the demo organisation ...", flush=True)
        load(clock.now())
    if has_demo_accounts():
        print(_how_to_sign_in(), flush=True)


def _how_to_sign_in() -> str:
    names = {member.login: f"{member.name}, {member.department}" for member in CAST}
    rows = [f"  {login:<10} {names[login]:<12} {what}" for login, what in SHOWN]
    return "\n".join([f"Sign in with one of these names and the password {PASSWORD}:", *rows])
