# SPDX-License-Identifier: Apache-2.0
"""The first run: an organisation and its administrator come into being together, or not at all."""

import base64
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from huiyao.features.organisation.commands.details import found
from huiyao.features.people.commands.accounts import first_administrator
from huiyao.features.people.reads import PersonRow, actor_of

CODE_LETTERS = 12


def setup_code() -> str:
    """The code that proves somebody can read this server's console: 60 bits, made from its secret key.

    ``serve`` prints it while no organisation exists and the server can be reached from other machines.
    """
    digest = salted_hmac("huiyao.first-run", "set-up code", algorithm="sha256").digest()
    letters = base64.b32encode(digest).decode()[:CODE_LETTERS]
    return "-".join(letters[n : n + 4] for n in range(0, CODE_LETTERS, 4))


def is_setup_code(text: str) -> bool:
    """Whether ``text`` is the code, without regard to case, spaces and dashes."""
    plain = "".join(c for c in text.upper() if c.isalnum())
    return constant_time_compare(plain, setup_code().replace("-", ""))


@transaction.atomic
def found_everything(
    organisation: Mapping[str, object], administrator: Mapping[str, str], *, at: datetime
) -> PersonRow:
    """Make the organisation and its administrator (``login``, ``name``, ``email``, ``password``).

    Raises:
        AlreadyFounded: somebody was quicker.
        BadValue: a value cannot be used; nothing was made.
    """
    person = first_administrator(
        administrator["login"],
        administrator["name"],
        administrator["email"],
        administrator["password"],
        at=at,
    )
    found(organisation, by=actor_of(person), at=at)
    return person
