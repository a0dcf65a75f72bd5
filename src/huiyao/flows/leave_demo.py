# SPDX-License-Identifier: Apache-2.0
"""Leaving the demo: everything of the demo is erased, the first run follows."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotFound
from huiyao.features.organisation.reads import has_demo_accounts
from huiyao.plumbing import audit
from huiyao.plumbing.erasure import erase_every_row


@transaction.atomic
def leave_demo(*, by: Actor, at: datetime) -> None:
    """Erase the demo; only the note that it was left stays, so that it is not loaded again by itself.

    Raises:
        NotFound: what is here is no demo.
    """
    if not has_demo_accounts():
        raise NotFound
    erase_every_row()
    audit.record("demo.left", by=Actor(id="", name=by.name), at=at, subject="demo", context="demo")


def demo_was_left() -> bool:
    """Whether this installation had the demo and gave it up."""
    return any(row.act == "demo.left" for row in audit.find_rows("demo", limit=10))
