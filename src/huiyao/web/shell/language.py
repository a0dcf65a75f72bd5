# SPDX-License-Identifier: Apache-2.0
"""The language of somebody who is not signed in."""

from django.conf import settings
from django.http import HttpRequest

LANGUAGE_COOKIE = "huiyao_language"
LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)


def chosen_language(request: HttpRequest) -> str:
    """Their cookie, their browser, or the installation's."""
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
