# SPDX-License-Identifier: Apache-2.0
"""Signing in: by login name and password, no open sign-up; accounts are made by an administrator."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What django-allauth may do here: sign in and out, change a password. Nothing else."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing: mail goes through the outbox, in the transaction of the act it tells of."""

    def add_message(self, *_arguments: Any, **_named: Any) -> None:
        """Nothing: our pages say themselves what happened."""
