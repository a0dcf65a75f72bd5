# SPDX-License-Identifier: Apache-2.0
"""What is gathered before the reading proper: the day of the meeting, its people, and which notations it uses."""

import re
from collections.abc import Sequence
from datetime import date

from huiyao.language.minutes.dues import numeric_day
from huiyao.language.minutes.names import looks_like_person, split_names, with_given_names
from huiyao.language.minutes.scripts import compiled
from huiyao.language.minutes.sections import Section, is_template, section_of
from huiyao.language.minutes.segments import Mark, Segment

_DAY_LINE = compiled(r"时间|日期|date|time|例会|会议|纪要", re.IGNORECASE)
_PEOPLE_LINE = compiled(
    r"(?:参会|与会|出席|参加|列席|请假|缺席|旁听|主持|主席|记录|纪要)\s*(?:人员|人|者)?\s*[:：]\s*(?P<names>.+)$|Participants\s*[^:：]{0,8}[:：]\s*(?P<more>.+)$"
)
_SINGLE_AT = compiled(r"@\s?([\u4e00-\u9fff]{2,3})(?![\u4e00-\u9fff])")
_AFTER_DASH = compiled(r"[-—–]{1,6}\s*([\u4e00-\u9fff、/，,&\s和]{2,40})\s*(?:$|[（(])")
_FIRST_LINES = 40


def day_of(segments: Sequence[Segment]) -> date | None:
    """The day of the meeting: the first full date in the title, a time line or the first lines."""
    for index, part in enumerate(segments[:_FIRST_LINES]):
        near = index < 4 or (part.mark is Mark.HEADING and part.level == 1)
        if near or (_DAY_LINE.search(part.text) and index < 25) or (part.mark is Mark.ROW and index < 10):
            day = numeric_day(part.text.split("http")[0], None)
            if day is not None:
                return day
    return None


def people_of(segments: Sequence[Segment]) -> frozenset[str]:
    """Names found where only people stand: lists of attendees, @ calls, names behind dashes, labelled roles."""
    found: set[str] = set()
    attending = False
    for part in segments:
        section = section_of(part.text) if part.mark is not Mark.ROW else None
        if part.mark is Mark.HEADING or section is not None:
            attending = section is Section.ATTENDEES
        elif attending:
            first = re.split(r"[（(\[@\s]", part.text.strip("* "))[0]
            found |= {first} if looks_like_person(first) or re.fullmatch(r"[A-Z][a-z]{1,15}", first) else set()
        labelled = _PEOPLE_LINE.search(part.text)
        if labelled:
            found |= _persons(labelled["names"] or labelled["more"] or "")
        found |= {name for name in _SINGLE_AT.findall(part.text) if looks_like_person(name)}
        for run in _AFTER_DASH.findall(part.text):
            found |= _persons(run)
    return with_given_names(found)


def _persons(text: str) -> set[str]:
    pieces = (piece.strip(" @。（）()") for piece in re.split(r"[、,，;；/&@\s]+|和", text))
    return {piece for piece in pieces if looks_like_person(piece)}


def uses_boxes(segments: Sequence[Segment]) -> bool:
    """Tasks are ticked off in check boxes here, filled in or still a template."""
    return any(part.mark is Mark.CHECKBOX for part in segments)


def clean_title(text: str) -> str:
    """A title line without emoji at its front."""
    return re.sub(r"^[^\w\u4e00-\u9fff《【\[(（]+", "", text).strip()


def attendees_in(text: str) -> tuple[tuple[str, str], ...]:
    """(name, department) pairs of a line of an attendee list; a whole line that is no list of names gives nothing."""
    text = re.sub(r"\s?https?://\S+", "", text).strip(" 。;；")
    if is_template(text):
        return ()
    if text.count("@") > 1 and text.startswith("@"):
        return tuple((name.strip(), "") for name in text.split("@") if name.strip())
    alone = re.fullmatch(
        r"\**\s*([^（）()@\s,，、]{1,24}(?:\s[A-Z][a-z]+)?)\**\s*[（(]([^（）()]{1,24})[)）]?\**", text
    )
    if alone:
        return ((alone[1].strip("* "), alone[2].strip()),)
    account = re.fullmatch(r"([^\s@（(]{1,12})(?:[（(][^）)]*[)）])?\s*\[?@[\w.\-]+\]?.*", text)
    if account and "，" not in account[1]:
        return ((account[1], ""),)
    pieces = [piece.strip(" @*") for piece in re.split(r"[、,，;；]|\s{2,}", text) if piece.strip(" @*")]
    short = bool(pieces) and all(len(piece) <= 24 and not re.search(r"[。：:]", piece) for piece in pieces)
    if short and (len(pieces) > 1 or split_names(pieces[0]) or re.fullmatch(r"[\w.\-+]{1,24}", pieces[0])):
        return tuple((piece, "") for piece in pieces)
    return ()
