# SPDX-License-Identifier: Apache-2.0
"""The API as such: who comes in with which token, how a refusal answers, where the description lies."""

import re
from collections.abc import Iterator
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from ninja import Field, NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.security import HttpBearer

from huiyao import __version__
from huiyao.domain.refusals import NotFound, Refusal
from huiyao.features.people.commands.tokens import person_of_token
from huiyao.features.people.reads import actor_of
from huiyao.web.shell import refusals
from huiyao.web.shell.request import VisitorRequest


class Refused(Schema):
    """How every refusal answers: ``code`` is stable, ``text`` is for the reader, ``facts`` are plain values."""

    code: str
    text: str
    facts: dict[str, Any]


class TokenRefused(Refusal):
    """No personal token came with the request, or none that works."""

    code = "token_refused"


class Token(HttpBearer):
    """``Authorization: Bearer TOKEN`` with a personal token from the profile page."""

    def authenticate(self, request: HttpRequest, token: str) -> bool:
        """Let the token's owner act in the request; the language of answers is theirs."""
        request = cast("VisitorRequest", request)
        person = person_of_token(token, at=request.at)
        if person is None:
            raise TokenRefused
        request.actor = actor_of(person)
        translation.activate(request.actor.language)
        return True


UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, and halves of a surrogate pair: JSON may write both (RFC 8259 section 8.2), no database keeps them."""


class Text(Parser):
    """JSON whose words can be stored."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body.

        Raises:
            ValueError: it is no JSON, or holds what cannot be stored.
        """
        body = super().parse_body(request)
        if any(UNSTORABLE.search(text) for text in _strings(body)):
            raise ValueError("characters that cannot be stored")
        return body


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for part in pair for text in _strings(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _strings(part))


api = NinjaAPI(
    title="Huiyao",
    version=__version__,
    description="Every act of the pages, under the same rules. Errors answer with `code`, `text` and `facts`.",
    urls_namespace="api",
    docs_url=None,
    parser=Text(),
    auth=Token(),
)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal | type[Refusal]) -> HttpResponse:
    """A rule said no."""
    known = refusal if isinstance(refusal, Refusal) else refusal()
    body = {"code": known.code, "text": refusals.words_of(known), "facts": dict(known.facts)}
    return api.create_response(request, body, status=refusals.status_of(known))


class BadRequest(Refusal):
    """The request's body or query cannot be read. Facts: ``problems``, a list of ``{"where", "what"}``."""

    code = "bad_request"


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    """The body does not have the shape the description tells."""
    found = error.errors if isinstance(error, ValidationError) else []
    problems = [{"where": ".".join(str(p) for p in e["loc"]), "what": str(e["msg"])} for e in found]
    return refused(request, BadRequest(problems=problems))


@api.exception_handler(HttpError)
def unusable(request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    """No token at all, or a body that is no JSON."""
    status = error.status_code if isinstance(error, HttpError) else 400
    return refused(request, TokenRefused() if status == 401 else BadRequest(problems=[]))


@api.exception_handler(Http404)
def unknown(request: HttpRequest, error: Http404 | type[Http404]) -> HttpResponse:
    """Nothing is at this address."""
    del error
    return refused(request, NotFound())


class Done(Schema):
    """An act that returns nothing else."""

    done: bool = True


class Page(Schema):
    """How a list is cut: ``limit`` rows after the first ``offset``."""

    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000)

    def cut(self, rows: Any) -> Any:
        """The asked slice of a query or list."""
        return rows[self.offset : self.offset + self.limit]
