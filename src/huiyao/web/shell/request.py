# SPDX-License-Identifier: Apache-2.0
"""A request as the middleware hands it on, for the type checker."""

from datetime import datetime

from django.http import HttpRequest

from huiyao.domain.actor import Actor


class VisitorRequest(HttpRequest):
    """Somebody who may not be signed in. ``at`` is the instant of the request."""

    at: datetime
    actor: Actor | None


class Request(HttpRequest):
    """Somebody signed in (views behind ``gate.signed_in`` or a token)."""

    at: datetime
    actor: Actor
