# SPDX-License-Identifier: Apache-2.0
"""The messages of the directory: the link to set a first password, the link to set a new one."""

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from huiyao.features.organisation.reads import find_organisation
from huiyao.features.people.models import Person
from huiyao.features.people.reads import recipient_of
from huiyao.plumbing import formatting, messages


def address_of(purpose: str, token: str) -> str:
    """The address of a signed link."""
    return f"{settings.HUIYAO.base_url}/l/{purpose}/{token}/"


def send_account_link(person: Person, purpose: str, token: str, *, expires_at: datetime, at: datetime) -> None:
    """Put the message with the link into the outbox, in the person's language."""
    organisation = find_organisation()
    language = person.language or (organisation.language if organisation else "zh-hans")
    zone = organisation.zone if organisation else "Asia/Shanghai"
    with translation.override(language):
        facts = {
            "name": person.name,
            "organisation": organisation.name if organisation else gettext("Huiyao"),
            "login": person.login,
            "link": address_of(purpose, token),
            "until": formatting.day_and_time(expires_at, zone, language),
        }
        title = _title(purpose) % facts
        text = "\n\n".join(part % facts for part in _paragraphs(purpose))
    messages.put(
        key=f"account.{purpose}:{person.pk}:{at.isoformat()}",
        kind=f"account.{purpose}",
        to=recipient_of(person),
        title=title,
        text=text,
        at=at,
    )


def _title(purpose: str) -> str:
    if purpose == "invite":
        return gettext("Your account at %(organisation)s")
    return gettext("Set a new password at %(organisation)s")


def _paragraphs(purpose: str) -> list[str]:
    if purpose == "invite":
        opening = gettext(
            "An account was made for you at %(organisation)s: invitations, minutes and your actions are there."
        )
    else:
        opening = gettext("An administrator of %(organisation)s sends you this link to set a new password.")
    return [
        gettext("Hello %(name)s,"),
        opening,
        gettext("Set your password here: %(link)s"),
        gettext("Your login name is %(login)s. The link works once, until %(until)s."),
    ]


def put_test_mail(person: Person, *, at: datetime) -> None:
    """Put a message into the outbox that says that mail arrives."""
    organisation = find_organisation()
    language = person.language or (organisation.language if organisation else "zh-hans")
    zone = organisation.zone if organisation else "Asia/Shanghai"
    with translation.override(language):
        facts = {"when": formatting.day_and_time(at, zone, language), "address": settings.HUIYAO.base_url}
        title = gettext("Test mail, %(when)s") % facts
        text = gettext("Mail from %(address)s reaches you. Nothing needs to be done.") % facts
    messages.put(
        key=f"test:{person.pk}:{at.isoformat()}",
        kind="test",
        to=recipient_of(person),
        title=title,
        text=text,
        at=at,
    )
