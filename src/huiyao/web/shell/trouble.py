# SPDX-License-Identifier: Apache-2.0
"""What is no rule's refusal and still deserves words: unknown addresses, unreadable requests, a full disk, a bug.

Where the database may be the trouble, the page is made without it: no session, no reader, no notice.
"""

import errno
import sys
from collections.abc import Mapping

from django.core.exceptions import RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation

from huiyao.domain.refusals import NotAllowed, NotFound, Refusal
from huiyao.web.shell.language import chosen_language
from huiyao.web.shell.refusals import answer, status_of, words_of

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class MethodNotAllowed(Refusal):
    """The address is known, the method is not. Facts: ``method``."""

    code = "method_not_allowed"


class Unreadable(Refusal):
    """The request does not follow HTTP, or its form cannot be taken apart."""

    code = "unreadable"


class Unavailable(Refusal):
    """The database is locked or away; the transaction was rolled back."""

    code = "unavailable"


class StorageFull(Refusal):
    """The disk is full; what was begun was taken back."""

    code = "storage_full"


class BodyTooLarge(Refusal):
    """The request's body is larger than any page accepts. Facts: ``limit_mib``."""

    code = "body_too_large"


class BodyTooSlow(Refusal):
    """The request's body did not arrive in time."""

    code = "body_too_slow"


class Broken(Refusal):
    """A bug; the log has it."""

    code = "broken"


def trouble_in(exception: BaseException | None) -> Refusal | None:
    """What an exception means for the reader, when the machine and not the program is the cause."""
    if isinstance(exception, OperationalError | InterfaceError):
        return StorageFull() if "full" in str(exception).lower() else Unavailable()
    if isinstance(exception, OSError) and exception.errno in FULL:
        return StorageFull()
    nul = isinstance(exception, ValueError | DataError) and "NUL" in str(exception)
    if nul or isinstance(exception, UnicodeEncodeError):
        return Unreadable()  # NUL, which PostgreSQL refuses, or half a surrogate pair
    return None


def plainly(refusal: Refusal, *, path: str, language: str, accept: str = "") -> HttpResponse:
    """The refusal without session, reader or database: JSON for the API, otherwise a page of its own."""
    with translation.override(language):
        status, text = status_of(refusal), words_of(refusal)
        if path.startswith("/api/") or "application/json" in accept:
            return JsonResponse({"code": refusal.code, "text": text, "facts": dict(refusal.facts)}, status=status)
        page = render_to_string("shell/door.html", {"text": text, "language": language})
    response = HttpResponse(page, status=status)
    if status in (503, 507):
        response.headers["Retry-After"] = "5"
    return response


def answer_plainly(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """``plainly`` for a request, in the language it has reached or asks for."""
    language = getattr(request, "LANGUAGE_CODE", "") or chosen_language(request)
    return plainly(refusal, path=request.path, language=language, accept=request.headers.get("Accept", ""))


def at_the_door(refusal: Refusal, path: str, headers: Mapping[str, str]) -> HttpResponse:
    """``plainly`` for a request that never became one; header names are in lower case."""
    request = HttpRequest()
    request.META = {"HTTP_" + name.upper().replace("-", "_"): value for name, value in headers.items()}
    request.path = path
    return answer_plainly(request, refusal)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's hook for an unknown address."""
    del exception
    return answer(request, NotFound())


def not_permitted(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's hook for what it does not permit by itself."""
    del exception
    return answer(request, NotAllowed())


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's hook for a request it cannot take apart; a form beyond its limits is too large."""
    if isinstance(exception, RequestDataTooBig):
        return answer_plainly(request, BodyTooLarge(limit_mib=2))
    return answer_plainly(request, Unreadable())


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's hook for what nobody caught: trouble of the machine, or a bug. No details."""
    return answer_plainly(request, trouble_in(sys.exception()) or Broken())
