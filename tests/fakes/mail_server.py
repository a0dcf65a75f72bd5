# SPDX-License-Identifier: Apache-2.0
"""A real mail server on loopback that takes letters, or misbehaves as told."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Behaviour:
    """What the server does. ``refuse_recipient`` and ``refuse_data`` are answers; ``greylist`` refuses each address once."""

    refuse_recipient: str = ""
    refuse_sender: str = ""
    refuse_data: str = ""
    greylist: bool = False
    seen: set[str] = field(default_factory=set)
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    connections: int = 0

    async def handle_EHLO(  # noqa: N802 the name aiosmtpd looks for
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 the name aiosmtpd looks for
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.refuse_sender or "250 OK"

    async def handle_RCPT(  # noqa: N802 the name aiosmtpd looks for
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.greylist and address not in self.seen:
            self.seen.add(address)
            return "450 4.2.0 Greylisted, come back later"
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 as above
        if self.refuse_data:
            return self.refuse_data
        content = envelope.content
        assert isinstance(content, bytes)
        self.letters.append(message_from_bytes(content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        return "250 taken"


def check_password(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
) -> AuthResult:
    """``huiyao`` with ``right horse`` may come in."""
    return AuthResult(success=(data.login, data.password) == (b"huiyao", b"right horse"), handled=False)


@contextmanager
def mail_server(
    behaviour: Behaviour, *, sign_in: bool = False, tls: ssl.SSLContext | None = None, implicit: bool = False
) -> Iterator[int]:
    """Serve on a free port while the block runs; gives the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(
        behaviour,
        hostname="127.0.0.1",
        port=port,
        ssl_context=tls if implicit else None,
        tls_context=None if implicit else tls,
        authenticator=check_password if sign_in else None,
        auth_require_tls=not sign_in,
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@contextmanager
def rude_server(greeting: bytes, *, drip: float = 0) -> Iterator[int]:
    """Say ``greeting`` and hang up, or let it drip byte by byte every ``drip`` seconds for ever."""
    stop = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)

    def serve() -> None:
        while not stop.is_set():
            try:
                peer, _ = listener.accept()
            except TimeoutError:
                continue
            with peer:
                try:
                    peer.sendall(greeting)
                    while drip and not stop.wait(drip):
                        peer.sendall(b"x")
                except OSError:
                    continue

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stop.set()
        thread.join(10)
        listener.close()
