# SPDX-License-Identifier: Apache-2.0
"""What happens around every request: the content policy, who is reading in which language, refusals in words."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from huiyao.domain.refusals import Refusal
from huiyao.features.people.reads import actor_of
from huiyao.plumbing import clock
from huiyao.web.shell import refusals
from huiyao.web.shell.request import VisitorRequest

GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
LANGUAGE_COOKIE = "huiyao_language"
LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)


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


def chosen_language(request: HttpRequest) -> str:
    """The language of somebody who is not signed in: their cookie, their browser, or the installation's."""
    wanted = request.COOKIES.get(LANGUAGE_COOKIE, "")
    if wanted in LANGUAGES:
        return wanted
    for part in request.headers.get("Accept-Language", "").split(","):
        tag = part.split(";")[0].strip().lower()
        if tag.startswith(("zh-tw", "zh-hk", "zh-mo", "zh-hant")):
            return "zh-hant"
        if tag.startswith("zh"):
            return "zh-hans"
        if tag.startswith("en"):
            return "en"
    return settings.LANGUAGE_CODE


class Refusals:
    """Turns a refusal raised anywhere below into a status and words in the reader's language."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; anything else is a bug and stays one."""
        if isinstance(exception, Refusal):
            return refusals.answer(request, exception)
        return None
