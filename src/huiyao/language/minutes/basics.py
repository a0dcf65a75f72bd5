# SPDX-License-Identifier: Apache-2.0
"""The basic information of a meeting (R86-R91) as labelled lines: time, place, host, recorder, attendees."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from huiyao.domain.minutes import Presence
from huiyao.language.minutes.context import attendees_in
from huiyao.language.minutes.draft import Draft
from huiyao.language.minutes.dues import numeric_day
from huiyao.language.minutes.result import Became
from huiyao.language.minutes.scripts import compiled

_ZONE = ZoneInfo("Asia/Shanghai")
_FIELDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, compiled(pattern, re.IGNORECASE))
    for field, pattern in (
        ("next_host", r"(?:next\s*host\s*)?下(?:次|期)\S{0,6}主持人?|next\s*host.*"),
        ("title", r"会议名称|名称|meeting\s*(?:name|title)"),
        ("time", r"(?:本次)?(?:会议)?(?:时间|日期)|(?:data|date|time)\s*(?:日期|时间)?|会议日期|召开时间|开会时间"),
        ("place", r"(?:会议)?地点|(?:会议)?地点/线上|place|location|会议室"),
        (
            "online",
            r"(?:meeting\s*link\s*)?(?:会议链接|入会链接)|(?:本次)?会议接入方式|\S{0,8}会议(?:ID|号)|etherpad链接|meeting\s*(?:link|id)|会议密码",
        ),
        ("record", r"(?:recordings?\s*)?会议(?:纪要|记录)(?=$)"),
        ("host", r"(?:host\s*)?(?:会议|轮值|本次会议)?(?:主持人?|主席)|host|chair"),
        ("vice", r"(?:本次)?会议副主席"),
        ("recorder", r"(?:会议)?(?:记录人|纪要人|记录|纪要整理)|note\s*taker|recorder|scribe"),
        (
            "attendees",
            r"(?:participants\s*)?(?:参会|与会|出席|参加|主要参会)(?:人员|人|者|名单)?(?:（部门\+姓名）)?|participants|attendees|旁听|列席",
        ),
        ("absent", r"请假(?:人员|人)?|缺席(?:人员|人)?|absent"),
        ("objective", r"会议目[标的]|会议主题|目标|objective"),
    )
)
_LABEL = compiled(r"(?P<label>[^：:]{1,20}?)\s*[:：]\s*(?P<value>.*)$", re.DOTALL)
_CLOCK = compiled(r"(\d{1,2})\s*[:：]\s*(\d{2})")


@dataclass(frozen=True, slots=True)
class Basics:
    """One labelled piece of basic information."""

    field: str
    value: str
    text: str

    def fill(self, draft: Draft, line: int) -> None:
        """Puts it into the draft; what has no place of its own becomes a note."""
        value = self.value.strip(" *")
        if self.field in ("attendees", "absent"):
            self._people(draft, line, value)
            return
        if self.field == "next_host" and value:
            draft.next_lines.append(self.text)
            draft.mark(line, Became.NEXT_PLAN, "next")
            return
        if self.field == "title" and value:
            if draft.title and draft.title != value:
                draft.note(line, draft.title)  # the heading often says more, such as the date
            draft.title = value
            draft.mark(line, Became.BASICS, "title")
            return
        if not value or self.field in ("record", "vice") or (self.field in draft.basics and self.field != "time"):
            draft.note(line, self.text)
            return
        draft.basics[self.field] = f"{draft.basics[self.field]} {value}" if self.field in draft.basics else value
        if self.field == "time":
            _times(draft, value)
        draft.mark(line, Became.BASICS, self.field)

    def _people(self, draft: Draft, line: int, value: str) -> None:
        people = attendees_in(value)
        presence = Presence.ABSENT if self.field == "absent" else Presence.PRESENT
        if not people:
            draft.note(line, self.text)
            return
        draft.attend(line, value, people, presence)


def basics_of(text: str) -> Basics | None:
    """A line such as ``主持人：…`` as basic information, or None."""
    found = _LABEL.match(text)
    if not found:
        return None
    label = found["label"].strip(" *-")
    for field, pattern in _FIELDS:
        if pattern.fullmatch(label):
            return Basics(field, found["value"].strip(), text)
    return None


def _times(draft: Draft, value: str) -> None:
    day = numeric_day(value, None) or draft.held_on
    clocks = [(int(hour), int(minute)) for hour, minute in _CLOCK.findall(value)]
    clocks = [(hour, minute) for hour, minute in clocks if hour < 24 and minute < 60]
    if day is None or not clocks:
        return
    draft.starts_at = datetime(day.year, day.month, day.day, *clocks[0], tzinfo=_ZONE)
    if len(clocks) > 1 and clocks[1] > clocks[0] and re.search(r"\d\s*[-—~～至到–]", value):
        draft.ends_at = datetime(day.year, day.month, day.day, *clocks[1], tzinfo=_ZONE)
