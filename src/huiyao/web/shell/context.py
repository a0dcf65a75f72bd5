# SPDX-License-Identifier: Apache-2.0
"""What every template may use."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest

from huiyao.web.shell import notice


def page(request: HttpRequest) -> dict[str, object]:
    """The reader, the instant, the languages to choose from, and the waiting notice."""
    return {
        "actor": getattr(request, "actor", None),
        "at": getattr(request, "at", None),
        "languages": settings.LANGUAGES,
        "take_notice": partial(notice.take, request),
    }
