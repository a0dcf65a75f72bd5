# SPDX-License-Identifier: Apache-2.0
"""What a reader typed into a form, kept when it is refused: the page comes back with their text and the words why."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext

from huiyao.domain.refusals import Refusal
from huiyao.web.shell.refusals import fill, words_of


def entered(request: HttpRequest, fields: Iterable[str]) -> dict[str, str]:
    """The posted values of these fields, as typed, at most 5,000 characters each."""
    return {field: request.POST.get(field, "")[:5000] for field in fields}


def errors_of(refusal: Refusal) -> dict[str, str]:
    """The words of a refusal under the field it names, or under ``page``; a conflict shows what is saved now."""
    words = words_of(refusal)
    if refusal.code == "conflict":
        words = gettext("Somebody else saved in the meantime: “%(theirs)s”. Save again to put yours in its place.")
        words = fill(words, refusal.facts)
    return {str(refusal.facts.get("field", "")) or "page": words}


def number(request: HttpRequest, field: str = "version") -> int:
    """A posted whole number; 0, which fits nothing, when it is none."""
    text = request.POST.get(field, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
