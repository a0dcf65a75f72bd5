# SPDX-License-Identifier: Apache-2.0
"""One sentence shown once on the next page ("Invitation sent"), with an undo where there is one."""

from typing import TypedDict, cast

from django.http import HttpRequest

KEY = "notice"


class Notice(TypedDict):
    """A sentence, its tone (``ok``, ``soon``, ``late``), and an address a POST to which takes the act back."""

    text: str
    tone: str
    undo: str


def add(request: HttpRequest, text: str, *, tone: str = "ok", undo: str = "") -> None:
    """Show ``text`` (already in the reader's language) on the next page."""
    request.session[KEY] = Notice(text=text, tone=tone, undo=undo)


def take(request: HttpRequest) -> Notice | None:
    """The waiting notice, once."""
    if not hasattr(request, "session") or KEY not in request.session:
        return None
    return cast("Notice", request.session.pop(KEY))
