# SPDX-License-Identifier: Apache-2.0
"""Django's registration of minutes."""

from django.apps import AppConfig


class MinutesConfig(AppConfig):
    """Registers the tables of minutes."""

    name = "huiyao.features.minutes"
    label = "minutes"
