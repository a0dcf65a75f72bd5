# SPDX-License-Identifier: Apache-2.0
"""Django's registration of organisation."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Registers the tables of organisation."""

    name = "huiyao.features.organisation"
    label = "organisation"
