# SPDX-License-Identifier: Apache-2.0
"""The directory from a table: read, checked cell by cell without changing anything, then applied in one transaction.

Persons are matched by login name, departments by path (``A/B/C``); nobody is removed by an import.
"""

from huiyao.features.people.commands.directory.applying import ImportHasErrors, apply_directory
from huiyao.features.people.commands.directory.checking import DryRun, RowCheck, dry_run
from huiyao.features.people.commands.directory.listing import directory_rows
from huiyao.features.people.commands.directory.reading import COLUMNS, read_table

__all__ = [
    "COLUMNS",
    "DryRun",
    "ImportHasErrors",
    "RowCheck",
    "apply_directory",
    "directory_rows",
    "dry_run",
    "read_table",
]
