# SPDX-License-Identifier: Apache-2.0
"""Django's registration of the plumbing tables."""

from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    """Audit, event and message tables, signed links, stored files."""

    name = "huiyao.plumbing"
    label = "plumbing"
