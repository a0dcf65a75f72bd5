# SPDX-License-Identifier: Apache-2.0
"""What happens around every request: the content policy, who is reading in which language, refusals in words."""

import logging
from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from huiyao.domain.refusals import Refusal
from huiyao.features.people.reads import actor_of
from huiyao.plumbing import clock
from huiyao.web.shell import refusals, trouble
from huiyao.web.shell.language import chosen_language
from huiyao.web.shell.request import VisitorRequest

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def content_policy(get_response: GetResponse) -> GetResponse:
    """Add the content security policy: nothing inline, nothing from elsewhere."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    return respond


def reader(get_response: GetResponse) -> GetResponse:
    """Set ``request.at`` (the instant), ``request.actor`` (or None) and the language of the reader."""

    def respond(plain: HttpRequest) -> HttpResponse:
        request = cast("VisitorRequest", plain)
        request.at = clock.now()
        person = request.user if request.user.is_authenticated else None
        request.actor = actor_of(person) if person else None
        language = (person.language if person else "") or chosen_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        if person or request.path.startswith("/l/"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return respond


class Refusals:
    """Turns a refusal raised anywhere below into a status and words in the reader's language."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; a method the address does not know is refused in words as well."""
        response = self.get_response(request)
        if response.status_code != 405 or "Allow" not in response.headers:
            return response
        told = refusals.answer(request, trouble.MethodNotAllowed(method=request.method))
        told.headers["Allow"] = response.headers["Allow"]
        return told

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal or trouble of the machine; anything else is a bug and stays one."""
        if isinstance(exception, Refusal):
            return refusals.answer(request, exception)
        found = trouble.trouble_in(exception)
        if found is None:
            return None
        logger.error("%s %s", request.method, request.path, exc_info=exception)
        return trouble.answer_plainly(request, found)
