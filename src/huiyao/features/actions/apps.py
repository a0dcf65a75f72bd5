# SPDX-License-Identifier: Apache-2.0
"""Django's registration of actions."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """Registers the tables of actions."""

    name = "huiyao.features.actions"
    label = "actions"
