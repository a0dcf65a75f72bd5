# SPDX-License-Identifier: Apache-2.0
"""The command line: one verb, one function. Each verb imports only what it needs, so help and checks start at once."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

VERBS = {
    "serve": "serve the pages and the rooms",
    "worker": "deliver messages and close windows in a process of its own",
    "demo": "load the demo organisation if the data folder is empty, then serve",
    "check": "say whether this machine and these settings can run Huiyao",
    "user": "create an administrator or make a link to set a password",
    "import": "import the directory from Excel or CSV",
    "export": "export the action table as Excel",
    "minutes": "turn plain notes into minutes without a server",
    "backup": "write everything into one file while running",
    "restore": "bring a backup back",
    "verify": "prove that frozen records and circulated minutes are still what they were",
    "migrate": "bring the database up to date",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] not in VERBS:
        return _help(asked=not words or words[0] in ("-h", "--help", "help"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyao.project.settings")
    module = importlib.import_module(f"huiyao.project.verbs.{words[0]}_")
    parser = argparse.ArgumentParser(prog=f"huiyao {words[0]}", description=VERBS[words[0]])
    module.arguments(parser)
    return int(module.run(parser.parse_args(words[1:])))


def _help(*, asked: bool) -> int:
    lines = ["usage: huiyao VERB [options]", "", *(f"  {verb:<9} {text}" for verb, text in VERBS.items())]
    print("\n".join(lines), file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2
