# SPDX-License-Identifier: Apache-2.0
"""``huiyao backup FILE``: everything into one file while the server runs."""

import argparse
import sys
from pathlib import Path

import django
from django.conf import settings

from huiyao.project.backup import BackupError, Place, backup


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file to write."""
    parser.add_argument("file", type=Path, help="the file to write; it must not exist yet")


def run(options: argparse.Namespace) -> int:
    """Write the backup; 1 with the reason when that did not work."""
    django.setup(set_prefix=False)
    from huiyao.plumbing import clock

    try:
        size = backup(place_here(), options.file, at=clock.now())
    except BackupError as failure:
        print(failure, file=sys.stderr)
        return 1
    print(f"{options.file}: {size / 1_000_000:.1f} MB. It holds the signing key: keep it where only you can read it.")
    return 0


def place_here() -> Place:
    """What the settings name."""
    return Place(settings.DATABASES["default"], settings.HUIYAO.data, settings.SECRET_KEY)
