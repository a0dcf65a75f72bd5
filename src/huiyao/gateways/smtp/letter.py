# SPDX-License-Identifier: Apache-2.0
"""A letter and its MIME form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from huiyao.gateways.smtp.trouble import NotDelivered


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file sent along."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one mailbox. ``id`` makes its Message-ID: the same at every attempt, so twice can be seen.

    ``unsubscribe`` is the address that switches its kind off (RFC 2369, 3.2); empty where that cannot be done.
    """

    id: str
    sender_name: str
    to_name: str
    to_address: str
    subject: str
    text: str
    at: datetime
    html: str = ""
    calendar: str = ""
    calendar_method: str = ""
    enclosures: Sequence[Enclosure] = ()
    unsubscribe: str = ""


def compose(letter: Letter, sender: str) -> EmailMessage:
    """The letter as MIME: alternatives in rising richness, the calendar object inside them and as a file beside.

    Every body is base64, since a server without 8BITMIME would spoil Chinese.
    """
    alternatives = EmailMessage(policy=SMTP)
    alternatives["Content-Type"] = "multipart/alternative"
    parts = [_text_part(letter.text, "plain")]
    parts += [_text_part(letter.html, "html")] if letter.html else []
    parts += [_calendar_part(letter)] if letter.calendar else []
    for part in parts:
        alternatives.attach(part)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_one_line(letter.sender_name), addr_spec=sender)
    message["To"] = _mailbox(letter.to_name, letter.to_address)
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        if letter.unsubscribe.startswith("https://"):  # RFC 8058, 3.1: one click over HTTPS only
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Content-Type"] = "multipart/mixed"
    message.attach(alternatives)
    for enclosure in _enclosures(letter):
        message.attach(_file_part(enclosure))
    return message


def _mailbox(name: str, address: str) -> Address:
    try:
        return Address(_one_line(name), addr_spec=address)
    except (ValueError, IndexError, MessageError) as failure:
        raise NotDelivered("bad_address", address, permanent=True) from failure


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _text_part(text: str, subtype: str) -> EmailMessage:
    part = EmailMessage(policy=SMTP)
    part.set_content(text, subtype=subtype, charset="utf-8", cte="base64")
    return part


def _calendar_part(letter: Letter) -> EmailMessage:
    part = EmailMessage(policy=SMTP)
    part.set_content(letter.calendar, subtype="calendar", charset="utf-8", cte="base64")
    part.set_param("method", letter.calendar_method)
    return part


def _enclosures(letter: Letter) -> list[Enclosure]:
    if not letter.calendar:
        return list(letter.enclosures)
    media_type = f"text/calendar; method={letter.calendar_method}"
    return [Enclosure("invite.ics", media_type, letter.calendar.encode()), *letter.enclosures]


def _file_part(enclosure: Enclosure) -> EmailMessage:
    media_type, _, method = enclosure.media_type.partition("; method=")
    main, _, sub = media_type.partition("/")
    part = EmailMessage(policy=SMTP)
    part.set_content(enclosure.content, main, sub or "octet-stream", cte="base64")
    part.add_header("Content-Disposition", "attachment", filename=enclosure.name)
    if method:
        part.set_param("method", method)
        part.set_param("charset", "utf-8")
    return part
