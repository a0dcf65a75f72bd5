# SPDX-License-Identifier: Apache-2.0
"""The texts of invitation, change and cancellation in the recipient's language (R8, R15, R16, R24)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import translation
from django.utils.translation import get_language, gettext, ngettext

from huiyao.domain.agenda import Lead
from huiyao.features.invitations.mails.content import Content, Item
from huiyao.plumbing import formatting


class Letter(StrEnum):
    """What the message tells."""

    INVITATION = "invitation"
    UPDATE = "update"
    CANCELLATION = "cancel"


@dataclass(frozen=True, slots=True)
class Addressed:
    """What differs from recipient to recipient. Addresses are whole; an empty one leaves its line out.

    ``note`` is the organiser's word on a change, or the reason of a cancellation.
    """

    name: str
    language: str
    plan_url: str
    reply_url: str = ""
    room_url: str = ""
    reply_due_at: datetime | None = None
    informed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A message's subject line and text."""

    title: str
    text: str


def words(letter: Letter, content: Content, to: Addressed) -> Words:
    """The message in the recipient's language."""
    with translation.override(to.language):
        blocks = [
            "\n".join(_opening(letter, content, to)),
            "\n".join(_facts(content)),
        ]
        if letter is not Letter.CANCELLATION:
            blocks += [
                "\n".join(_agenda(content)),
                "\n".join(_materials(content, to)),
                "\n\n".join(_acts(content, to)),
            ]
        return Words(_title(letter, content, to.language), "\n\n".join(block for block in blocks if block) + "\n")


def _title(letter: Letter, content: Content, language: str) -> str:
    head = {
        Letter.INVITATION: gettext("Invitation"),
        Letter.UPDATE: gettext("Changed"),
        Letter.CANCELLATION: gettext("Cancelled"),
    }[letter]
    when = formatting.day_and_time(content.starts_at, content.zone, language)
    return gettext("%(what)s: %(title)s · %(when)s") % {"what": head, "title": content.title, "when": when}


def _opening(letter: Letter, content: Content, to: Addressed) -> list[str]:
    facts = {"name": to.name, "organiser": content.organiser, "title": content.title}
    if letter is Letter.CANCELLATION:
        first = gettext("%(name)s, the meeting “%(title)s” will not be held.")
    elif letter is Letter.UPDATE:
        first = gettext("%(name)s, the meeting “%(title)s” has changed. This is how it stands now.")
    elif to.informed:
        first = gettext("%(name)s, %(organiser)s lets you know of the meeting “%(title)s”. You need not come.")
    else:
        first = gettext("%(name)s, %(organiser)s invites you to the meeting “%(title)s”.")
    lines = [first % facts]
    if to.note:
        label = gettext("Reason") if letter is Letter.CANCELLATION else gettext("What changed")
        lines.append(_line(label, to.note))
    return lines


def _facts(content: Content) -> list[str]:
    language = translation.get_language() or "zh-hans"
    when = formatting.from_to(content.starts_at, content.ends_at, content.zone, language)
    length = ngettext("%(n)s minute", "%(n)s minutes", content.minutes) % {"n": content.minutes}
    rows = (
        (gettext("Objective"), content.objective),
        (gettext("Time"), f"{when} ({length}, {content.zone})"),
        (gettext("Place"), content.place),
        (gettext("Online"), content.online),
        (gettext("Host"), content.host),
        (gettext("Recorder"), content.recorder),
    )
    return [_line(label, value) for label, value in rows if value]


def _agenda(content: Content) -> list[str]:
    rows = [_topic(number, item) for number, item in enumerate(content.agenda, 1)]
    return [gettext("Agenda"), *rows] if rows else []


def _topic(number: int, item: Item) -> str:
    lead = item.lead or lead_words(item.lead_role)
    minutes = gettext("%(n)s min") % {"n": item.minutes}
    told = formatting.listed((part for part in (minutes, lead) if part), get_language() or "zh-hans")
    outcome = f" → {item.outcome}" if item.outcome else ""
    return f"{number}. {item.title} ({told}){outcome}"


def lead_words(role: str) -> str:
    """Who leads a topic when no person is named, in the active language."""
    return (
        {
            Lead.HOST: gettext("host"),
            Lead.FACILITATOR: gettext("facilitator"),
            Lead.EVERYONE: gettext("everyone"),
            Lead.REPRESENTATIVES: gettext("the departments’ representatives"),
        }.get(Lead(role), "")
        if role
        else ""
    )


def _materials(content: Content, to: Addressed) -> list[str]:
    if not content.materials:
        return []
    place = to.reply_url or to.plan_url
    rows = [f"- {m.name} {m.url}" if m.url and m.url != m.name else f"- {m.name}" for m in content.materials]
    return [
        gettext("Materials, please read them before the meeting"),
        *rows,
        _line(gettext("Files are here"), place),
    ]


def _acts(content: Content, to: Addressed) -> list[str]:
    lines: list[str] = []
    if to.reply_url and to.reply_due_at is not None:
        language = translation.get_language() or "zh-hans"
        due = formatting.day_and_time(to.reply_due_at, content.zone, language)
        lines.append(gettext("Please answer by %(when)s, without signing in:") % {"when": due} + "\n" + to.reply_url)
    if to.room_url:
        lines.append(gettext("Your way into the room on the day (this link is yours alone):") + "\n" + to.room_url)
    if to.plan_url:
        lines.append(gettext("The plan:") + "\n" + to.plan_url)
    return lines


def _line(label: str, value: str) -> str:
    return gettext("%(label)s: %(value)s") % {"label": label, "value": value}
