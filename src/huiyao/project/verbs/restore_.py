# SPDX-License-Identifier: Apache-2.0
"""``huiyao restore FILE``: bring a backup back, with the server stopped."""

import argparse
import sys
from pathlib import Path

import django

from huiyao.project.backup import BackupError
from huiyao.project.restore import restore
from huiyao.project.verbs.backup_ import place_here


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file to read, and whether present data may be replaced."""
    parser.add_argument("file", type=Path, help="a file written by huiyao backup")
    parser.add_argument("--force", action="store_true", help="replace the data that is there")


def run(options: argparse.Namespace) -> int:
    """Restore; 1 with the reason when that did not work. The next start brings an older database up to date."""
    django.setup(set_prefix=False)
    try:
        manifest = restore(place_here(), options.file, force=options.force)
    except BackupError as failure:
        print(failure, file=sys.stderr)
        return 1
    print(f"restored: version {manifest['version']}, written {manifest['at']}. Start the server: huiyao serve")
    return 0
