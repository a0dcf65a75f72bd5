# SPDX-License-Identifier: Apache-2.0
"""The messages of the organisation: the company's Word form could not be filled."""

from typing import NamedTuple

from django.utils.translation import gettext, override


class Mail(NamedTuple):
    """A message's subject and text."""

    title: str
    text: str


def form_failed(title: str, number: int, url: str, *, language: str) -> Mail:
    """Minutes went out in the built-in layout; ``url`` leads to the reason, empty for those who may not see it."""
    with override(language):
        subject = gettext("The company's Word form could not be filled: %(title)s") % {"title": title}
        body = gettext(
            "The minutes of “%(title)s” went out in the built-in layout: version %(number)s of the company's Word form "
            "could not be filled."
        ) % {"title": title, "number": number}
        if not url:
            return Mail(subject, body + "\n\n" + gettext("The administrators have been told."))
        return Mail(subject, body + "\n\n" + gettext("See why and put it right:") + "\n" + url)
