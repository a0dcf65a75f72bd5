# SPDX-License-Identifier: Apache-2.0
"""Django's registration of archive."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Registers the tables of archive."""

    name = "huiyao.features.archive"
    label = "archive"
