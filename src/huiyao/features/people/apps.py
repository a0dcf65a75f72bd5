# SPDX-License-Identifier: Apache-2.0
"""Django's registration of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the tables of people."""

    name = "huiyao.features.people"
    label = "people"
