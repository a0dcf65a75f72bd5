# SPDX-License-Identifier: Apache-2.0
"""Django's registration of sittings."""

from django.apps import AppConfig


class SittingsConfig(AppConfig):
    """Registers the tables of sittings."""

    name = "huiyao.features.sittings"
    label = "sittings"
