# SPDX-License-Identifier: Apache-2.0
"""Handing mail to a mail server (RFC 5321), invitations as iMIP (RFC 6047); and what went wrong, in stable codes.

When the server is down, every letter fails as temporary and stays with its sender, who tries again later.
"""

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from types import TracebackType
from typing import Protocol, Self

SECONDS_PER_STEP = 20.0
SECONDS_PER_LETTER = 120.0


class Server(Protocol):
    """Where mail is handed over. ``security`` is ``plain``, ``starttls`` or ``tls``."""

    @property
    def host(self) -> str:
        """The server's name."""

    @property
    def port(self) -> int:
        """Its port."""

    @property
    def user(self) -> str:
        """Who signs in; empty for nobody."""

    @property
    def password(self) -> str:
        """Their password."""

    @property
    def security(self) -> str:
        """``plain``, ``starttls`` or ``tls``."""

    @property
    def sender(self) -> str:
        """The mailbox letters come from."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file sent along."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one mailbox. ``id`` makes its Message-ID: the same at every attempt, so twice can be seen."""

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


class NotDelivered(Exception):
    """The letter was not taken.

    ``code`` is stable: see ``REMEDIES`` of the outbox page. ``permanent``: trying again cannot help. ``server``: the
    trouble is with the server, not with this letter.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        permanent: bool = False,
        server: bool = False,
    ) -> None:
        self.code, self.detail, self.permanent, self.server = (
            code,
            detail,
            permanent,
            server,
        )
        super().__init__(code, detail)


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
    return [
        Enclosure("invite.ics", media_type, letter.calendar.encode()),
        *letter.enclosures,
    ]


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


class Carrier(Protocol):
    """What carries letters."""

    def send(self, letter: Letter) -> None:
        """Hand one letter over, or raise ``NotDelivered``."""

    def close(self) -> None:
        """End the connection, if any."""


class NoCarrier:
    """Carries nothing: for an installation without a mail server."""

    def send(self, letter: Letter) -> None:
        """Refuse."""
        raise NotDelivered("no_mail_server", letter.to_address, server=True)

    def close(self) -> None:
        """Nothing to end."""


class SmtpCarrier:
    """One connection to a mail server, opened at the first letter and kept for the following ones."""

    def __init__(
        self,
        server: Server,
        *,
        step: float = SECONDS_PER_STEP,
        whole: float = SECONDS_PER_LETTER,
    ) -> None:
        self.server, self.step, self.whole = server, step, whole
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def send(self, letter: Letter) -> None:
        """Hand one letter over; the whole of it takes ``whole`` seconds at most, even from a server that drips.

        Raises:
            NotDelivered: it was not taken.
        """
        message = compose(letter, self.server.sender)
        try:
            with _Deadline(self.whole, self._cut):
                smtp = self._smtp or self._open()
                smtp.send_message(message, self.server.sender, [letter.to_address])
        except (smtplib.SMTPException, OSError, ValueError) as failure:
            trouble = diagnose(failure)
            if not isinstance(failure, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
                self._cut()
            raise trouble from failure

    def check(self) -> None:
        """Reach the server and sign in, without sending anything.

        Raises:
            NotDelivered: that did not work.
        """
        try:
            with _Deadline(self.whole, self._cut):
                (self._smtp or self._open()).noop()
        except (smtplib.SMTPException, OSError, ValueError) as failure:
            self._cut()
            raise diagnose(failure) from failure

    def _open(self) -> smtplib.SMTP:
        """Connect, secure and sign in; ``self._smtp`` is set before the first answer so that it can be cut."""
        server, context = self.server, ssl.create_default_context()
        smtp = (
            smtplib.SMTP_SSL(timeout=self.step, context=context)
            if server.security == "tls"
            else smtplib.SMTP(timeout=self.step)
        )
        smtp._host = server.host  # type: ignore[attr-defined]  # noqa: SLF001 the name TLS checks; set by the constructor only when it connects itself
        self._smtp = smtp
        code, answer = smtp.connect(server.host, server.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, answer)
        if server.security == "starttls":
            smtp.starttls(context=context)
        if server.user:
            smtp.login(server.user, server.password)
        return smtp

    def _cut(self) -> None:
        """Drop the connection without a word."""
        smtp, self._smtp = self._smtp, None
        sock = getattr(smtp, "sock", None)
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        if smtp is not None:
            smtp.close()

    def close(self) -> None:
        """Say goodbye and end the connection."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (smtplib.SMTPException, OSError):
            smtp.close()


class _Deadline:
    """Runs ``cut`` when the time is over; a blocked read then ends with an error."""

    def __init__(self, seconds: float, cut: Callable[[], None]) -> None:
        self.timer = threading.Timer(seconds, cut)
        self.timer.daemon = True

    def __enter__(self) -> None:
        self.timer.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.timer.cancel()


def diagnose(failure: Exception) -> NotDelivered:
    """What went wrong, as a code whose words name the remedy.

    4xx answers are temporary, 5xx permanent (RFC 5321, section 4.2.1). Trouble with the server never condemns the
    letter: it goes out once the server, or its set-up, is put right.
    """
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        status, answer = next(iter(failure.recipients.values()))
        return _answered("recipient_refused", "greylisted", status, answer)
    if isinstance(failure, smtplib.SMTPDataError):
        return _answered("content_refused", "busy", failure.smtp_code, failure.smtp_error)
    if isinstance(failure, smtplib.SMTPResponseException):
        code = next((code for kind, code in ANSWERED if isinstance(failure, kind)), "busy")
        return _answered(code, "busy", failure.smtp_code, failure.smtp_error, server=True)
    if isinstance(failure, smtplib.SMTPNotSupportedError):
        code = "no_starttls" if "STARTTLS" in str(failure) else "no_sign_in"
        return NotDelivered(code, str(failure), server=True)
    cause = failure.__context__ if isinstance(failure.__context__, TimeoutError) else failure
    for kind, code in UNREACHABLE:  # smtplib calls a read that timed out a disconnection
        if isinstance(cause, kind):
            return NotDelivered(code, str(failure), server=True)
    return NotDelivered("bad_letter", str(failure), permanent=True)


ANSWERED: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPSenderRefused, "sender_refused"),
    (smtplib.SMTPAuthenticationError, "sign_in_refused"),
)
UNREACHABLE: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLCertVerificationError, "bad_certificate"),
    (ssl.SSLError, "no_tls"),
    (socket.gaierror, "unknown_host"),
    (ConnectionRefusedError, "connection_refused"),
    (TimeoutError, "timed_out"),
    (smtplib.SMTPException, "broken_off"),
    (OSError, "broken_off"),
)


def _answered(
    permanent_code: str,
    temporary_code: str,
    status: int,
    answer: bytes | str,
    *,
    server: bool = False,
) -> NotDelivered:
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    permanent = status >= 500
    detail = f"{status} {' '.join(words.split())}"
    return NotDelivered(
        permanent_code if permanent else temporary_code,
        detail,
        permanent=permanent and not server,
        server=server,
    )
