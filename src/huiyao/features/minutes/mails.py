# SPDX-License-Identifier: Apache-2.0
"""The words of minutes: mails in their recipient's language, a draft's words in the meeting's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import get_language, gettext, gettext_noop, ngettext, override

from huiyao.domain.agenda import Lead
from huiyao.features.people.models import Person
from huiyao.plumbing import formatting

LEADS = {
    Lead.HOST: gettext_noop("Host"),
    Lead.FACILITATOR: gettext_noop("Facilitator"),
    Lead.EVERYONE: gettext_noop("Everyone"),
    Lead.REPRESENTATIVES: gettext_noop("Department representatives"),
}


class Mail(NamedTuple):
    """A message's subject and text."""

    title: str
    text: str


class Changed(NamedTuple):
    """A line as corrected, and what it read before (empty: it is new)."""

    text: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a mail about circulated minutes tells, as far as it is the same for everybody."""

    title: str
    sender: str
    hours: int
    until: datetime
    zone: str
    correction: str = ""
    changed: Sequence[Changed] = ()


def with_department(person: Person | None, language: str) -> str:
    """``林晓（产品部）``; nothing when there is nobody."""
    if person is None:
        return ""
    if person.department is None:
        return person.name
    name = person.department.name
    return f"{person.name} ({name})" if language == "en" else f"{person.name}（{name}）"


def lead_word(role: str, language: str) -> str:
    """Who leads a topic when no person is named, in the language of the document."""
    word = LEADS.get(Lead(role)) if role else None
    if word is None:
        return ""
    with override(language):
        return gettext(word)


class ForTheAbsent(NamedTuple):
    """What somebody is asked to confirm for departments nobody of which was at the meeting."""

    departments: Sequence[str] = ()
    lines: Sequence[str] = ()


def circulated(
    sent: Sent, own: Sequence[str], url: str, *, asked: bool, language: str, absent: ForTheAbsent | None = None
) -> Mail:
    """The minutes have gone out; with the sentence on objections (R70) for those who are asked.

    What an absent department is asked to confirm stands first.
    """
    with override(language):
        if sent.correction:
            title = gettext("Corrected minutes: %(title)s") % {"title": sent.title}
        else:
            title = gettext("Minutes: %(title)s") % {"title": sent.title}
        lines = [_opening(sent), ""]
        if absent and absent.lines:
            lines += [_absent_words(absent), *(f"- {line}" for line in absent.lines), ""]
        if sent.changed:
            lines += [gettext("What has changed:"), *(_changed(one) for one in sent.changed), ""]
        if own:
            lines += [gettext("What falls to you:"), *(f"- {line}" for line in own), ""]
        if asked:
            lines += [_question(sent, language), _silence(absent), ""]
        lines.append(gettext("Read and answer here, no sign-in needed:") if asked else gettext("Read here:"))
        lines.append(url)
        return Mail(title, "\n".join(lines))


def _silence(absent: ForTheAbsent | None) -> str:
    if absent and absent.lines:
        return gettext("No answer is recorded as silence: your department then counts as not having confirmed.")
    return gettext("No answer is recorded as “no objection”.")


def _changed(one: Changed) -> str:
    was = "\n  " + gettext("before: %(text)s") % {"text": one.was} if one.was and one.was != one.text else ""
    return f"- {one.text}{was}"


def _absent_words(absent: ForTheAbsent) -> str:
    return gettext("Nobody of %(departments)s was at the meeting. Please confirm what concerns you, or object:") % {
        "departments": formatting.listed(absent.departments, get_language() or "zh-hans")
    }


def _opening(sent: Sent) -> str:
    facts = {"sender": sent.sender, "title": sent.title}
    if sent.correction:
        opening = gettext("%(sender)s sends a correction to the minutes of “%(title)s”.") % facts
        return opening + "\n" + gettext("Correction: %(text)s") % {"text": sent.correction}
    return gettext("%(sender)s sends the minutes of “%(title)s”.") % facts


def _question(sent: Sent, language: str) -> str:
    """The guide's sentence with the policy's hours and the instant they end."""
    return ngettext(
        "Please check whether you object to anything; if so, tell us within %(hours)s hour (by %(until)s).",
        "Please check whether you object to anything; if so, tell us within %(hours)s hours (by %(until)s).",
        sent.hours,
    ) % {"hours": sent.hours, "until": formatting.day_and_time(sent.until, sent.zone, language)}


def returned(title: str, host: str, reason: str, url: str, *, language: str) -> Mail:
    """The host sent the draft back."""
    with override(language):
        subject = gettext("Draft returned: %(title)s") % {"title": title}
        body = gettext("%(host)s asks you to change the minutes of “%(title)s”:") % {
            "host": host,
            "title": title,
        }
        return Mail(subject, f"{body}\n\n{reason}\n\n{url}")


def submitted(title: str, recorder: str, until: str, url: str, *, language: str) -> Mail:
    """The draft waits for the host."""
    with override(language):
        subject = gettext("Minutes to review: %(title)s") % {"title": title}
        body = gettext("%(name)s has finished the draft. Please review it so that it can go out by %(until)s.")
        return Mail(subject, f"{body % {'name': recorder, 'until': until}}\n\n{url}")


class Raised(NamedTuple):
    """One objection: who raised it, to which line, in what words."""

    who: str
    line: str
    text: str


def objected(title: str, raised: Sequence[Raised], url: str, *, language: str) -> Mail:
    """Somebody objects, or several within minutes; to the recorder."""
    with override(language):
        subject = gettext("Objection: %(title)s") % {"title": title}
        parts = [_raised(title, one) for one in raised]
        return Mail(subject, "\n\n".join([*parts, url]))


def _raised(title: str, one: Raised) -> str:
    body = gettext("%(who)s objects to the minutes of “%(title)s”:") % {"who": one.who, "title": title}
    return f"{body}\n" + (f"\n> {one.line}" if one.line else "") + f"\n{one.text}"


def declined(title: str, who: str, text: str, reason: str, *, language: str) -> Mail:
    """An objection was declined; to whoever raised it."""
    with override(language):
        subject = gettext("Your objection was declined: %(title)s") % {"title": title}
        body = gettext("%(who)s has not taken over your objection. The reason stays with the minutes.") % {"who": who}
        return Mail(subject, f"{body}\n\n> {text}\n\n{reason}")


def unopened(title: str, until: str, url: str, *, language: str) -> Mail:
    """One reminder before the window closes."""
    with override(language):
        subject = gettext("Still time to object: %(title)s") % {"title": title}
        body = gettext("The time to object to these minutes ends %(until)s.") % {"until": until}
        return Mail(subject, f"{body}\n\n{url}")


def reopened(title: str, who: str, reason: str, url: str, *, language: str) -> Mail:
    """Final minutes are being corrected; ``url`` is empty for those who cannot sign in."""
    with override(language):
        subject = gettext("Minutes opened again: %(title)s") % {"title": title}
        body = gettext("%(who)s has opened the minutes of “%(title)s” again:") % {"who": who, "title": title}
        until = gettext("Until a corrected version is sent, the last one holds.")
        link = "\n\n" + gettext("Read here:") + "\n" + url if url else ""
        return Mail(subject, f"{body}\n\n> {reason}\n\n{until}{link}")


def announced(title: str, url: str, owners: Sequence[str] = (), *, language: str) -> Mail:
    """What a group is told: that minutes went out, who has actions in them, and where they are read signed in."""
    with override(language):
        names = formatting.listed(owners, language)
        lines = [gettext("Actions: %(names)s") % {"names": names}] if owners else []
        return Mail(gettext("Minutes sent: %(title)s") % {"title": title}, "\n".join([*lines, url]))
