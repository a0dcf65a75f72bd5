# SPDX-License-Identifier: Apache-2.0
"""Why a message was not delivered, in words that name the remedy; the codes are those of ``gateways.smtp``."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

WORDS: dict[str, tuple[str, str]] = {
    # code: what is wrong, what to do
    "no_mail_server": (
        gettext_noop("No mail server is set up"),
        gettext_noop("Set HUIYAO_EMAIL_URL and start again. Until then, copy the text and pass it on."),
    ),
    "loopback_address": (
        gettext_noop("Links in messages would only work on this machine"),
        gettext_noop(
            "Set HUIYAO_BASE_URL to the address people use, or HUIYAO_MAIL_FROM_LOOPBACK=1 to send all the same."
        ),
    ),
    "no_address": (
        gettext_noop("The person has no mail address"),
        gettext_noop("Enter one in the directory; the message then goes out by itself."),
    ),
    "bad_address": (gettext_noop("The mail address cannot be used"), gettext_noop("Correct it in the directory.")),
    "unknown_host": (
        gettext_noop("The mail server's name is not known"),
        gettext_noop("Check the host in HUIYAO_EMAIL_URL and this machine's DNS."),
    ),
    "connection_refused": (
        gettext_noop("Nothing answers at the mail server's port"),
        gettext_noop("Check the port in HUIYAO_EMAIL_URL: 587 for smtp://, 465 for smtps://, 25 for smtp+plain://."),
    ),
    "timed_out": (
        gettext_noop("The mail server does not answer in time"),
        gettext_noop("A firewall may be in between, or smtp:// is used where smtps:// is meant."),
    ),
    "broken_off": (
        gettext_noop("The connection to the mail server broke off"),
        gettext_noop("It is tried again by itself. If it happens every time, check port and smtp:// or smtps://."),
    ),
    "bad_certificate": (
        gettext_noop("The mail server's certificate is not valid"),
        gettext_noop("Use the host name the certificate was made for, or add your own authority to this machine."),
    ),
    "no_tls": (
        gettext_noop("No secure connection could be made"),
        gettext_noop("smtp:// begins in clear and then secures (587); smtps:// is secure from the start (465)."),
    ),
    "no_starttls": (
        gettext_noop("The mail server offers no STARTTLS"),
        gettext_noop(
            "Use smtps:// for a server that is secure from the start, or smtp+plain:// inside your own network."
        ),
    ),
    "no_sign_in": (
        gettext_noop("The mail server offers no sign-in"),
        gettext_noop("Leave user and password out of HUIYAO_EMAIL_URL, or use the port meant for sign-in (587)."),
    ),
    "sign_in_refused": (
        gettext_noop("The mail server does not accept user and password"),
        gettext_noop("Many services want an app password here. Special characters are written as %40, %3A, %2F."),
    ),
    "sender_refused": (
        gettext_noop("The mail server does not accept the sender"),
        gettext_noop("Set the sender with ?from= in HUIYAO_EMAIL_URL to the mailbox that signs in."),
    ),
    "recipient_refused": (
        gettext_noop("The mail server does not accept the recipient"),
        gettext_noop("Check the address in the directory, then send again."),
    ),
    "content_refused": (
        gettext_noop("The mail server does not accept the message"),
        gettext_noop("Its answer says why: often a size limit or a filter."),
    ),
    "greylisted": (
        gettext_noop("The mail server asks to come back later"),
        gettext_noop("Nothing needs to be done: it is tried again by itself."),
    ),
    "busy": (
        gettext_noop("The mail server is busy"),
        gettext_noop("Nothing needs to be done: it is tried again by itself."),
    ),
    "bad_letter": (
        gettext_noop("The message cannot be written as mail"),
        gettext_noop("Copy the text and pass it on, and tell your administrator."),
    ),
    "file_missing": (
        gettext_noop("An attached file is no longer there"),
        gettext_noop("Bring the data folder back from a backup, then send again."),
    ),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, what to do, and what the other side said."""

    what: str
    remedy: str
    detail: str


def trouble_in_words(code: str, detail: str = "") -> Trouble:
    """The words of a code, in the active language; an unknown code speaks for itself."""
    what, remedy = WORDS.get(code, (code, ""))
    return Trouble(gettext(what), gettext(remedy) if remedy else "", detail)


def trouble_of(error: str) -> Trouble | None:
    """The words of a message's ``error`` (code, space, detail), or None when there is none."""
    code, _, detail = error.partition(" ")
    return trouble_in_words(code, detail) if code else None
