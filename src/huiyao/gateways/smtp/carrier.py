# SPDX-License-Identifier: Apache-2.0
"""What carries letters: a connection to a mail server, or nothing."""

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from huiyao.gateways.smtp.letter import Letter, compose
from huiyao.gateways.smtp.trouble import NotDelivered, diagnose

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

    def __init__(self, server: Server, *, step: float = SECONDS_PER_STEP, whole: float = SECONDS_PER_LETTER) -> None:
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
            with _Deadline(self.whole, self._sever):
                smtp = self._smtp or self._open()
                smtp.send_message(message, self.server.sender, [letter.to_address])
        except (smtplib.SMTPException, OSError, ValueError) as failure:
            trouble = diagnose(failure)
            if not isinstance(failure, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
                self._drop()
            raise trouble from failure

    def check(self) -> None:
        """Reach the server and sign in, without sending anything.

        Raises:
            NotDelivered: that did not work.
        """
        try:
            with _Deadline(self.whole, self._sever):
                (self._smtp or self._open()).noop()
        except (smtplib.SMTPException, OSError, ValueError) as failure:
            self._drop()
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

    def _sever(self) -> None:
        """End whatever is being read or written; the thread that does so sees an error and drops the connection."""
        sock = getattr(self._smtp, "sock", None)
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def _drop(self) -> None:
        """Drop the connection without a word."""
        smtp, self._smtp = self._smtp, None
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
    """Calls ``sever`` when the time is over, again and again until the block is left.

    Once is not enough: the time may be over while the connection is only being made.
    """

    AGAIN_SECONDS = 0.1

    def __init__(self, seconds: float, sever: Callable[[], None]) -> None:
        self.seconds, self.sever = seconds, sever
        self.left = threading.Event()
        self.watch = threading.Thread(target=self._watch, name="mail deadline", daemon=True)

    def _watch(self) -> None:
        pause = self.seconds
        while not self.left.wait(pause):
            self.sever()
            pause = self.AGAIN_SECONDS

    def __enter__(self) -> None:
        self.watch.start()

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.left.set()
