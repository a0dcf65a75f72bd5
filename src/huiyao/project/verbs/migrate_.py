# SPDX-License-Identifier: Apache-2.0
"""``huiyao migrate``."""

import argparse

import django
from django.core.management import call_command


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Bring the database up to date."""
    del options
    django.setup(set_prefix=False)
    call_command("migrate", verbosity=0, interactive=False)
    return 0
