# SPDX-License-Identifier: Apache-2.0
"""``huiyao user``: an administrator, or a link to set a password, from the machine itself."""

import argparse
import sys

import django

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotFound, Refusal

CONSOLE = Actor(id="", name="console")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Two acts: add and link."""
    acts = parser.add_subparsers(dest="act", required=True)
    add = acts.add_parser("add", help="make an administrator and print a link to set the password")
    add.add_argument("login")
    add.add_argument("name")
    add.add_argument("--email", default="")
    link = acts.add_parser("link", help="print a new link to set a password")
    link.add_argument("login")


def run(options: argparse.Namespace) -> int:
    """Print the link; 1 with the reason when refused."""
    django.setup(set_prefix=False)
    from huiyao.features.people.commands import accounts
    from huiyao.features.people.reads import find_by_login
    from huiyao.plumbing import clock
    from huiyao.web.shell.refusals import words_of

    try:
        if options.act == "add":
            made = accounts.make_administrator(
                options.login, options.name, email=options.email, by=CONSOLE, at=clock.now()
            )
        else:
            person = find_by_login(options.login)
            if person is None:
                raise NotFound
            made = accounts.send_link(person.pk, by=CONSOLE, at=clock.now(), mail=False)
    except Refusal as refusal:
        print(f"{words_of(refusal)} ({refusal.code} {dict(refusal.facts)})", file=sys.stderr)
        return 1
    print(made.address)
    print(f"valid until {made.expires_at:%Y-%m-%d %H:%M} UTC")
    return 0
