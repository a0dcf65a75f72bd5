# SPDX-License-Identifier: Apache-2.0
"""Django's registration of agenda."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Registers the tables of agenda."""

    name = "huiyao.features.agenda"
    label = "agenda"
