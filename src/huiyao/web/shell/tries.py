# SPDX-License-Identifier: Apache-2.0
"""Who tries links that do not exist again and again is asked to wait; a link that exists is not counted.

Tokens are 256 random bits: this keeps noise off the database, not guessing from succeeding.
"""

from collections.abc import Callable
from contextlib import suppress

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from huiyao.domain.refusals import Refusal
from huiyao.web.shell import refusals

GetResponse = Callable[[HttpRequest], HttpResponse]
PATHS = ("/l/", "/feeds/")
MOST, SECONDS = 60, 60
"""So many unknown links from one address (as sign-in counts it) in so long."""


class TooManyTries(Refusal):
    """One address asked for too many links that do not exist within a minute."""

    code = "too_many_tries"


def unknown_links(get_response: GetResponse) -> GetResponse:
    """Count unknown links by address; past ``MOST`` all links of that address wait until the minute is over."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PATHS):
            return get_response(request)
        key = f"unknown-links:{get_adapter(request).get_client_ip(request)}"
        if cache.get(key, 0) >= MOST:
            return refusals.answer(request, TooManyTries())
        response = get_response(request)
        if response.status_code == 404 and not cache.add(key, 1, SECONDS):
            with suppress(ValueError):  # the minute was over in between
                cache.incr(key)
        return response

    return respond
