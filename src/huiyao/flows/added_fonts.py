# SPDX-License-Identifier: Apache-2.0
"""Fonts an administrator added for rare characters: the folder ``fonts`` below the data folder."""

from pathlib import Path

from django.conf import settings


def added_fonts() -> Path | None:
    """The folder with added fonts, or None while there is none."""
    folder = Path(settings.HUIYAO.data) / "fonts"
    return folder if folder.is_dir() else None
