# SPDX-License-Identifier: Apache-2.0
"""Django's registration of invitations."""

from django.apps import AppConfig


class InvitationsConfig(AppConfig):
    """Registers the tables of invitations."""

    name = "huiyao.features.invitations"
    label = "invitations"
