# SPDX-License-Identifier: Apache-2.0
"""Django's registration of meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers the tables of meetings."""

    name = "huiyao.features.meetings"
    label = "meetings"
