# SPDX-License-Identifier: Apache-2.0
"""Text transcripts: the line layouts seen in exports, told apart by which one explains most lines of the file."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from huiyao.language.transcripts.turns import CLOCK, KeptLine, Open, Transcript, closed, seconds

_NAME = r"[^\s：:，。！？!?；;【】\[\]][^：:，。！？!?；;【】\[\]]{0,38}?"
_ANONYMOUS = r"(?:说话人|发言人|講者|说话者|Speaker|speaker|SPEAKER)\s?_?\d{0,3}"


@dataclass(frozen=True, slots=True)
class _Layout:
    """A line that opens a turn. ``inline`` layouts carry the text on the same line."""

    name: str
    pattern: re.Pattern[str]
    inline: bool


_LAYOUTS = (
    _Layout(
        "name(clock): text",
        re.compile(rf"^(?P<name>{_NAME})\s?[（(]\s?(?P<t>{CLOCK})\s?[)）]\s?[：:]\s?(?P<text>.*)$"),
        inline=True,
    ),
    _Layout(
        "[clock] name: text",
        re.compile(rf"^[\[【（(]\s?(?P<t>{CLOCK})\s?[\]】）)]\s?(?P<name>{_NAME})\s?[：:]\s?(?P<text>.*)$"),
        inline=True,
    ),
    _Layout(
        "clock name: text", re.compile(rf"^(?P<t>{CLOCK})\s+(?P<name>{_NAME})\s?[：:]\s?(?P<text>\D.*)?$"), inline=True
    ),
    _Layout(
        "name clock --> clock",
        re.compile(rf"^(?P<name>{_NAME})\s+(?P<t>{CLOCK})\s?-->\s?(?P<e>{CLOCK})\s*(?P<text>)$"),
        inline=False,
    ),
    _Layout(
        "## clock name", re.compile(rf"^#{{1,6}}\s+(?P<t>{CLOCK})\s+(?P<name>{_NAME})\s*(?P<text>)$"), inline=False
    ),
    _Layout(
        "name clock",
        re.compile(rf"^(?:#{{1,6}}\s+)?(?P<name>{_NAME})\s+(?P<t>{CLOCK})(?P<text>)\s*$"),
        inline=False,
    ),
    _Layout(
        "name(clock)", re.compile(rf"^(?P<name>{_NAME})\s?[（(]\s?(?P<t>{CLOCK})\s?[)）](?P<text>)\s*$"), inline=False
    ),
    _Layout("clock name", re.compile(rf"^(?P<t>{CLOCK})\s+(?P<name>{_NAME})(?P<text>)\s*$"), inline=False),
    _Layout("name clock text", re.compile(rf"^(?P<name>{_ANONYMOUS})\s*(?P<t>{CLOCK})\s*(?P<text>\S.*)$"), inline=True),
    _Layout("name: text", re.compile(rf"^(?P<name>{_NAME})\s?[：:]\s?(?P<text>.*)$"), inline=True),
)
_BARE_TIMES = re.compile(rf"^(?P<t>{CLOCK})\s?-->\s?(?P<e>{CLOCK})\s*$")
_CLOCK_TEXT = re.compile(rf"^(?P<t>{CLOCK})\s+(?P<text>\S.*)$")
_LABELS = re.compile(
    r"(?:会议|参会|与会|出席|缺席|主题|议题|议程|结论|结果|问题|时间|日期|地点|主持|记录|关键词|关键字|标题|目的|背景|说明|备注|附件|链接|总结|摘要|待办|决议|录制|时长|创建|来源|注"
    r"|https?|date|time|title|topic|participants|attendees|keywords|summary|duration|subject|agenda|note).{0,12}$",
    re.IGNORECASE,
)


def read_script(lines: Sequence[str]) -> Transcript:
    """Turns of a text; lines before the first turn that belong to nobody are kept.

    Where no layout is found the text is one turn without a speaker for each paragraph.
    """
    texts = [line.strip() for line in lines]
    three = _three_lines(texts)
    if three is not None:
        return three
    name_above = _name_above(texts)
    if name_above is not None:
        return name_above
    layout, names = _best(texts)
    if layout is None:
        opened = [Open(number, "", [text]) for number, text in enumerate(texts, 1) if text]
        return Transcript(closed(opened), (), "plain", "none")
    return _gathered(texts, layout, names)


def _best(texts: Sequence[str]) -> tuple[_Layout | None, frozenset[str]]:
    """The layout with most hits, timed ones first; untimed names must come back or fill the file."""
    filled = [text for text in texts if text]
    hits = [(layout, [found for text in filled if (found := layout.pattern.match(text))]) for layout in _LAYOUTS[:-1]]
    layout, openings = max(hits, key=lambda hit: len(hit[1]))
    if len(openings) >= 2 or (openings and len(filled) <= 4):
        return layout, frozenset(match["name"].strip() for match in openings)
    plain = _LAYOUTS[-1]
    return (plain, names) if (names := _plain_names(filled, plain)) else (None, frozenset())


def _plain_names(filled: Sequence[str], plain: _Layout) -> frozenset[str]:
    """Names of the layout without times: those that come back, or any where most lines have one. Labels are none."""
    counted: Counter[str] = Counter()
    for text in filled:
        found = plain.pattern.match(text)
        if found and not _LABELS.match(found["name"]) and len(found["name"]) <= 24:
            counted[found["name"].strip()] += 1
    spoken = sum(not _is_label(text, plain) for text in filled)
    known = {name for name, times in counted.items() if times > 1 or re.fullmatch(_ANONYMOUS, name)}
    if sum(counted.values()) >= 0.6 * spoken:
        known |= set(counted)
    share = sum(times for name, times in counted.items() if name in known)
    return frozenset(known) if share >= 2 or (share and len(filled) <= 3) else frozenset()


def _is_label(text: str, plain: _Layout) -> bool:
    found = plain.pattern.match(text)
    return found is not None and _LABELS.match(found["name"]) is not None


def _gathered(texts: Sequence[str], layout: _Layout, names: frozenset[str]) -> Transcript:
    opened: list[Open] = []
    kept: list[KeptLine] = []
    timed = "t" in layout.pattern.groupindex
    for number, text in enumerate(texts, 1):
        turn = _opening(text, layout, names, number)
        if turn is not None:
            opened.append(turn)
        elif opened and (timed or not _is_label(text, layout)):
            opened[-1].texts.append(text)
        elif text:
            kept.append(KeptLine(number, text))
    if layout.name == "name(clock)" and _hours_and_minutes(opened):
        return Transcript(closed(opened), tuple(kept), layout.name, "time_of_day")
    return Transcript(closed(opened), tuple(kept), layout.name, _clock(opened) if timed else "none")


def _hours_and_minutes(opened: Sequence[Open]) -> bool:
    """Google Meet writes ``name (10:02)`` with the time of day; two parts below 24:60 are read so and converted."""
    starts = [turn.start for turn in opened if turn.start is not None]
    if not starts or any(start >= 24 * 60 for start in starts):
        return False
    for turn in opened:
        turn.start = turn.start * 60 if turn.start is not None else None
    return True


def _opening(text: str, layout: _Layout, names: frozenset[str], number: int) -> Open | None:
    """The turn a line opens in the chosen layout, or in another timed one for a name already known."""
    for other in (layout, *_LAYOUTS[:-1]):
        found = other.pattern.match(text)
        if not found or (other is not layout and found["name"].strip() not in names):
            continue
        if other is _LAYOUTS[-1] and found["name"].strip() not in names:
            continue
        groups = found.groupdict()
        start = seconds(groups["t"]) if groups.get("t") else None
        end = seconds(groups["e"]) if groups.get("e") else None
        return Open(number, _name(found["name"]), [groups.get("text") or ""], start, end)
    return None


def _name(name: str) -> str:
    name = re.sub(r"\s{2,}", " ", name.strip(" *#-—\t"))
    return re.sub(r"^(说话人|发言人)\s+(?=\d)", r"\1", name)


def _clock(opened: Sequence[Open]) -> str:
    """Elapsed time or the time of day: a file whose first word comes after seven hours carries the clock's time."""
    starts = [turn.start for turn in opened if turn.start is not None]
    if not starts:
        return "none"
    first = starts[0]
    return "time_of_day" if 7 * 3600 <= first < 24 * 3600 else "elapsed"


def _three_lines(texts: Sequence[str]) -> Transcript | None:
    """Times, name and text on lines of their own, as an older Teams export writes them."""
    times = [index for index, text in enumerate(texts) if _BARE_TIMES.match(text)]
    if len(times) < 1 or not all(index + 1 < len(texts) for index in times[:-1]):
        return None
    opened: list[Open] = []
    kept = [KeptLine(number, text) for number, text in enumerate(texts[: times[0]], 1) if text]
    for place, index in enumerate(times):
        found = _BARE_TIMES.match(texts[index])
        stop = times[place + 1] if place + 1 < len(times) else len(texts)
        body = [text for text in texts[index + 1 : stop] if text]
        if found and body:
            opened.append(Open(index + 1, body[0], body[1:], seconds(found["t"]), seconds(found["e"])))
    return Transcript(closed(opened), tuple(kept), "times/name/text", "elapsed")


def _name_above(texts: Sequence[str]) -> Transcript | None:
    """A name alone on a line, ``HH:MM:SS text`` on the next."""
    pairs = [
        index
        for index in range(len(texts) - 1)
        if 0 < len(texts[index]) <= 40
        and not re.search(r"[：:。，]", texts[index])
        and _CLOCK_TEXT.match(texts[index + 1])
        and len(texts[index + 1]) > len(texts[index])
    ]
    filled = sum(bool(text) for text in texts)
    if len(pairs) < 2 or 2 * len(pairs) < 0.5 * filled:
        return None
    starts = set(pairs)
    opened: list[Open] = []
    kept: list[KeptLine] = []
    for number, text in enumerate(texts, 1):
        index = number - 1
        if index in starts:
            opened.append(Open(number, _name(text), []))
        elif index - 1 in starts and (found := _CLOCK_TEXT.match(text)):
            opened[-1].start = seconds(found["t"])
            opened[-1].texts.append(found["text"])
        elif opened:
            opened[-1].texts.append(text)
        elif text:
            kept.append(KeptLine(number, text))
    return Transcript(closed(opened), tuple(kept), "name/clock text", _clock(opened))
