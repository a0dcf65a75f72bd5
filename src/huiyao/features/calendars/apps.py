# SPDX-License-Identifier: Apache-2.0
"""Django's registration of calendars."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """Registers the tables of calendars."""

    name = "huiyao.features.calendars"
    label = "calendars"
