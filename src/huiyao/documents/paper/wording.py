# SPDX-License-Identifier: Apache-2.0
"""How owners, supports, outcomes and people are put into words."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from huiyao.documents.cleaning import clean, one_line
from huiyao.documents.dates import instant_text
from huiyao.documents.words import Words
from huiyao.domain.minutes import ActionLine, Attendee, NextPlan, Outcome, Support, TopicMinutes

_PICKED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
LONG_LIST = 120  # characters; a longer list of people gets one line for each department


def bracketed(words: Words, text: str) -> str:
    """``text`` in the language's brackets, nothing for nothing."""
    opening, closing = words.brackets
    return f"{opening}{text}{closing}" if text else ""


def listed(words: Words, names: Sequence[str]) -> str:
    """Names beside each other: 、 in Chinese, a comma in English."""
    return (", " if words.language == "en" else "、").join(names)


def people_text(words: Words, people: Sequence[Attendee]) -> str:
    """Attendees by department (R91): ``市场部 陈默、何苗；技术部 许衡``, in order of first appearance."""
    first: dict[str, int] = {}
    for person in people:
        first.setdefault(one_line(person.department), len(first))
    ordered = sorted(people, key=lambda person: first[one_line(person.department)])
    parts = []
    for department, members in groupby(ordered, key=lambda person: one_line(person.department)):
        names = listed(words, [one_line(member.name) for member in members])
        gap = words.colon if words.language == "en" else " "
        parts.append(f"{department}{gap}{names}" if department and names else department or names)
    text = words.semicolon.join(parts)
    return text if len(text) <= LONG_LIST else "\n".join(parts)


def guests_text(words: Words, guests: Sequence[Attendee]) -> str:
    """Guests with what they come from in brackets: ``Ellen Ward（Nordlicht GmbH）``."""
    named = [one_line(guest.name) + bracketed(words, one_line(guest.department)) for guest in guests]
    return listed(words, named)


def outcome_text(words: Words, outcome: Outcome | None) -> str:
    """How a consensus call ended, without brackets: counts, who decides next, what was said against, who was silent."""
    if outcome is None:
        return ""
    agree, reserve, against = outcome.agree, outcome.reserve, outcome.object
    total = agree + reserve + against
    whole = outcome.result == "unanimous"
    known = {"unanimous": words.unanimous, "majority": words.majority, "open": words.call_open}
    text = known.get(outcome.result, words.not_reached)
    if total:
        form = words.count_of_all if whole else words.counts
        text += form.format(agree=agree, reserve=reserve, object=against, total=total)
    parts = [words.comma.join(filter(None, (text, _decider_text(words, outcome)))), *_said_text(words, outcome)]
    return words.semicolon.join(parts)


def _decider_text(words: Words, outcome: Outcome) -> str:
    decider = one_line(outcome.decider)
    if not decider:
        return ""
    if outcome.decide_by is None:
        return words.decided_by.format(decider=decider)
    return words.decided_by_date.format(decider=decider, by=outcome.decide_by.isoformat())


def _said_text(words: Words, outcome: Outcome) -> Iterator[str]:
    for form, remarks in ((words.reserved, outcome.reservations), (words.objected, outcome.objections)):
        for remark in remarks:
            yield form.format(department=one_line(remark.department), reason=one_line(remark.reason).rstrip("。."))
    silent = [one_line(department) for department in outcome.silent]
    if silent:
        yield words.silent.format(names=listed(words, silent))


def both(words: Words, department: str, person: str) -> str:
    """Department and person beside each other, either of them alone where the other is missing."""
    gap = ", " if words.language == "en" else " "
    return gap.join(filter(None, (one_line(department), one_line(person))))


def owner_text(words: Words, action: ActionLine) -> str:
    """Department and person (R52), who else joins, or who names the owner until when."""
    owner = both(words, action.department, action.person)
    if action.named_later is not None:
        later = words.named_later.format(head=one_line(action.named_later.head), by=action.named_later.by.isoformat())
        owner = owner + bracketed(words, later) if owner else later
    others = listed(words, [one_line(name) for name in action.others])
    if others:
        owner += bracketed(words, words.others.format(names=others))
    return owner or words.not_given


def due_text(words: Words, action: ActionLine) -> str:
    """The civil date as ISO, else the wording of the record."""
    return action.due.isoformat() if action.due else one_line(action.due_text) or words.not_given


def support_text(words: Words, support: Sequence[Support] | None) -> str:
    """``市场部：访谈原始记录``; the explicit "none" and the unanswered question are different words (R54)."""
    if support is None:
        return words.support_unsaid
    return words.semicolon.join(_one_support(words, given) for given in support) or words.support_none


def _one_support(words: Words, given: Support) -> str:
    giver = both(words, given.department, given.person)
    text = words.colon.join(filter(None, (giver, one_line(given.what))))
    return text + bracketed(words, words.support_by.format(by=given.due.isoformat())) if given.due else text


def topic_remark(words: Words, topic: TopicMinutes) -> str:
    """Lead and minutes (R93); planned and actual are both told where they differ, and that it was skipped (R37)."""
    planned, actual = topic.planned_minutes, topic.actual_minutes
    if planned is None:
        minutes = "" if actual is None else words.minutes_actual.format(actual=actual)
    elif actual is None or actual == planned:
        minutes = words.minutes_planned.format(planned=planned)
    else:
        minutes = words.minutes_both.format(planned=planned, actual=actual)
    parts = (one_line(topic.lead), minutes, words.skipped if topic.skipped else "")
    return bracketed(words, words.comma.join(filter(None, parts)))


def _moment_text(words: Words, when: str) -> str:
    """A moment picked in the room (``2026-12-07T10:00``) as the document writes times; free words stay as they are."""
    if not _PICKED.fullmatch(when):
        return when
    try:
        return instant_text(words.language, datetime.fromisoformat(when))
    except ValueError:
        return when


def next_plan_text(words: Words, plan: NextPlan | None) -> str:
    """When the next meeting is and what it follows up (R57, R98)."""
    if plan is None:
        return ""
    when, focus = _moment_text(words, clean(plan.when)), clean(plan.focus).rstrip("。.")
    if not when and not focus:
        return ""
    if not when:
        return words.next_only_focus.format(focus=focus) + words.full_stop
    parts = [words.next_meeting.format(when=when)]
    if focus:
        parts.append(words.next_focus.format(focus=focus))
    return words.comma.join(parts) + words.full_stop
