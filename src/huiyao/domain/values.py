# SPDX-License-Identifier: Apache-2.0
"""What a person typed into one field, cleaned or refused. ``field`` names it in the refusal."""

import re
import unicodedata

from huiyao.domain.refusals import BadValue

ADDRESS = re.compile(r"[^@\s<>()\[\],;:\"\\]+@[^@\s.<>()\[\],;:\"\\]+(\.[^@\s.<>()\[\],;:\"\\]+)+")
LOGIN = re.compile(r"[\w.@+-]+")


def clean_line(field: str, value: object, *, most: int, required: bool = True) -> str:
    """One line: control characters gone, spaces folded (also the full-width one), composed as NFC.

    Raises:
        BadValue: empty though ``required``, or longer than ``most`` characters.
    """
    text = unicodedata.normalize("NFC", str(value if value is not None else ""))
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    text = " ".join(text.split())
    if required and not text:
        raise BadValue(field=field, reason="required")
    if len(text) > most:
        raise BadValue(field=field, reason="too_long", most=most)
    return text


def clean_email(field: str, value: object, *, required: bool = False) -> str:
    """A mail address (RFC 5321 lengths; the usual characters), or empty.

    Raises:
        BadValue: it is none (``reason="email"``).
    """
    text = clean_line(field, value, most=254, required=required)
    if text and not ADDRESS.fullmatch(text):
        raise BadValue(field=field, reason="email")
    return text


def clean_login(field: str, value: object) -> str:
    """A login name: letters of any script, digits and ``. @ + - _``, without spaces.

    Raises:
        BadValue: it is none (``reason="login"``).
    """
    text = clean_line(field, value, most=80)
    if not LOGIN.fullmatch(text):
        raise BadValue(field=field, reason="login")
    return text
