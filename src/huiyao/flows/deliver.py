# SPDX-License-Identifier: Apache-2.0
"""One round of delivery by mail: what waits in the outbox goes out, what cannot is kept with its reason.

At least once: a worker killed between the server's "taken" and our note sends that one letter again, under the same
Message-ID.
"""

import logging
import re
import time
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext, override

from huiyao.domain.notices import SWITCHABLE
from huiyao.features.organisation.reads import find_organisation
from huiyao.features.people.commands.own_messages import UNSUBSCRIBE
from huiyao.features.people.reads import find_person
from huiyao.flows.choose_channels import choose_channels
from huiyao.gateways.smtp import (
    Carrier,
    Enclosure,
    Letter,
    NoCarrier,
    NotDelivered,
    SmtpCarrier,
    as_html,
)
from huiyao.plumbing import files, messages, routing
from huiyao.plumbing.ids import is_uuid
from huiyao.plumbing.models import Message

logger = logging.getLogger(__name__)


UNSUBSCRIBE_LINK = re.compile(rf"https?://\S+/l/{UNSUBSCRIBE}/[\w-]+/")
ROUND_SECONDS = 150.0
"""No letter is begun later in a round: with the longest letter (two minutes) it still ends within the lease."""


def carrier() -> Carrier:
    """What carries mail here, as set up."""
    return SmtpCarrier(settings.HUIYAO.mail) if settings.HUIYAO.mail else NoCarrier()


def deliver(now: datetime, *, limit: int = 20, over: Carrier | None = None) -> int:
    """Send what is due; returns how many messages were taken up. Several workers may do this at once."""
    messages.settle(now)
    choose_channels(now)
    taken = messages.lease(now, limit=limit, routed=True)
    if not taken:
        return 0
    over = over or carrier()
    try:
        _carry(taken, over, now)
    finally:
        over.close()
    return len(taken)


def _carry(taken: list[Message], over: Carrier, now: datetime) -> None:
    sender_name = _sender_name()
    broken: NotDelivered | None = None
    until = time.monotonic() + ROUND_SECONDS
    for row in taken:
        if time.monotonic() > until:
            messages.give_back(row, now)
            continue
        if broken is not None:  # the server is in trouble: the rest need not knock at the same door in this round
            messages.failed(row, at=now, code=broken.code, detail=broken.detail)
            continue
        if not messages.renew(row, now):
            continue
        try:
            over.send(letter_of(row, sender_name))
        except NotDelivered as failure:
            logger.info("message %s not delivered: %s %s", row.pk, failure.code, failure.detail)
            if not failure.permanent or not routing.fall_back(row, at=now, error=f"{failure.code} {failure.detail}"):
                messages.failed(row, at=now, code=failure.code, detail=failure.detail, permanent=failure.permanent)
            broken = failure if failure.server else None
        else:
            messages.sent(row, at=now)


def _sender_name() -> str:
    organisation = find_organisation()
    return organisation.name if organisation else "Huiyao"


def letter_of(row: Message, sender_name: str) -> Letter:
    """The message as a letter, its files read from the store; its HTML is made of its text, in the reader's language.

    Made here and not kept: the links in it are the addressee's alone.
    """
    return Letter(
        id=str(row.pk),
        sender_name=sender_name,
        to_name=row.recipient,
        to_address=row.address,
        subject=row.title,
        text=row.text,
        at=row.at,
        html=row.html or _html(row),
        calendar=row.calendar,
        calendar_method=row.calendar_method,
        enclosures=[_enclosure(one) for one in row.attachments],
        unsubscribe=_unsubscribe(row),
    )


def _unsubscribe(row: Message) -> str:
    """The address in the text that switches this kind off, for kinds that can be."""
    found = UNSUBSCRIBE_LINK.search(row.text) if row.kind in SWITCHABLE else None
    return found[0] if found else ""


def _html(row: Message) -> str:
    person = find_person(row.recipient_id) if is_uuid(row.recipient_id) else None
    organisation = find_organisation()
    language = (person.language if person else "") or (organisation.language if organisation else "")
    language = language or settings.LANGUAGE_CODE
    with override(language):
        return as_html(row.title, row.text, language=language, open_word=gettext("Open in Huiyao"))


def _enclosure(one: Mapping[str, str]) -> Enclosure:
    try:
        content = files.path_of(one["sha256"]).read_bytes()
    except OSError as failure:
        raise NotDelivered("file_missing", one["name"], permanent=True) from failure
    return Enclosure(one["name"], one["media_type"], content)
