# SPDX-License-Identifier: Apache-2.0
"""Why a letter was not taken: what smtplib and the network say, as stable codes."""

import smtplib
import socket
import ssl


class NotDelivered(Exception):
    """The letter was not taken.

    ``code`` is stable: see ``REMEDIES`` of the outbox page. ``permanent``: trying again cannot help. ``server``: the
    trouble is with the server, not with this letter.
    """

    def __init__(self, code: str, detail: str = "", *, permanent: bool = False, server: bool = False) -> None:
        self.code, self.detail = code, detail
        self.permanent, self.server = permanent, server
        super().__init__(code, detail)


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
