# SPDX-License-Identifier: Apache-2.0
"""The headings and labels of minutes: which section a line opens, and labels that carry their text behind them.

The vocabulary was gathered from published minutes of several communities and the guide's own template (R86-R98).
"""

import json
import re
from enum import StrEnum
from importlib.resources import files

from huiyao.language.minutes.scripts import compiled


class Section(StrEnum):
    """Where a line stands."""

    TOP = "top"
    BASICS = "basics"
    ATTENDEES = "attendees"
    AGENDA = "agenda"
    DISCUSSION = "discussion"
    CONCLUSION = "conclusion"
    PROBLEMS = "problems"
    SOLUTIONS = "solutions"
    ACTIONS = "actions"
    NEXT = "next"
    ASIDE = "aside"


_WORDS: dict[str, list[str]] = json.loads(files(__package__ or "").joinpath("sections.json").read_text("utf-8"))


def _pattern(section: Section) -> re.Pattern[str]:
    """One pattern of the whole heading; lists of open items may say in front of which meeting they are."""
    before = "".join(_WORDS.get(f"{section}_before", ()))
    after = "".join(_WORDS.get(f"{section}_after", ()))
    return compiled(f"{before}(?:{'|'.join(_WORDS[section])}){after}", re.IGNORECASE)


_ORDER = (
    Section.ACTIONS,
    Section.CONCLUSION,
    Section.ATTENDEES,
    Section.BASICS,
    Section.AGENDA,
    Section.DISCUSSION,
    Section.PROBLEMS,
    Section.SOLUTIONS,
    Section.NEXT,
    Section.ASIDE,
)
_SECTIONS = tuple((section, _pattern(section)) for section in _ORDER)
_DECORATION = compiled(r"^[^\w\u4e00-\u9fff(（《【\[@/]+|[\s:：*#~。_]+$")
_GLOSS = compiled(r"\s*[（(][^（）()]{0,40}[)）]\s*$")
_ORDINAL = compiled(r"^(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.、．)）](?!\d))\s*")
_BRACKETS = compiled(r"^[【\[](.{1,20})[】\]]$")
_LABELLED = compiled(r"^(?P<name>[^：:，。；、]{1,24}?)(?P<n>\d{0,2})\s*[:：]\s*(?P<rest>\S.*)$", re.DOTALL)
_BRACKETED = compiled(r"^[【\[](?P<name>[^】\]]{1,16})[】\]]\s*[:：]?\s*(?P<rest>\S.*)$", re.DOTALL)
_GLUED = compiled(r"(?<=[^：:])(?<!追踪)(?P<label>(?:另外追踪)?遗留问题\s*\d?\s*[:：]|(?:会议)?结论\s*[:：])")


def clean(text: str) -> str:
    """A heading without emoji, ordinal, brackets, gloss and colon."""
    text = _DECORATION.sub("", text.strip())
    text = _ORDINAL.sub("", text)
    text = _DECORATION.sub("", text)
    text = _GLOSS.sub("", text) or text
    if bracketed := _BRACKETS.match(text):
        text = bracketed[1]
    return _DECORATION.sub("", text).strip()


def section_of(text: str) -> Section | None:
    """The section a whole line opens, or None. 问题 alone opens one only with a colon or as a heading."""
    name = clean(text)
    if not name or len(name) > 40:
        return None
    for section, pattern in _SECTIONS:
        if pattern.fullmatch(name):
            return section
    return None


_INLINE = frozenset({Section.ACTIONS, Section.CONCLUSION, Section.PROBLEMS, Section.SOLUTIONS, Section.NEXT})
_INLINE_WORDS = compiled(
    r"(?:遗留|遗留问题|任务|行动项|待办|todo|action item|解决方案|问题|风险|结论"
    r"|会议结论|讨论结论|决策.{0,2}|决议|共识)\s*$",
    re.IGNORECASE,
)


def labelled(text: str) -> tuple[Section, str, str] | None:
    """``遗留问题2：text`` or ``【action item】text`` as section, text and label; None without such a label."""
    for pattern in (_BRACKETED, _LABELLED):
        found = pattern.match(text)
        if not found:
            continue
        name = clean(found["name"])
        section = Section.ACTIONS if _single_task(name) else section_of(name)
        if section is None and _INLINE_WORDS.fullmatch(name):
            section = Section.CONCLUSION
        if section in _INLINE:
            return section, found["rest"].strip(), found["name"].strip()
    return None


def _single_task(name: str) -> bool:
    return re.fullmatch(r"任务|行动|待办|遗留", name) is not None


def unglue(text: str) -> list[str]:
    """Cuts before a label that was glued to the text in front of it, as tables without line breaks do."""
    cuts = [found.start("label") for found in _GLUED.finditer(text)]
    return [text[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True) if text[a:b].strip()]


_NOTHING = compiled(
    r"(?:暂?无|没有|none|n/?a|nil|tba|tbd|待定|空|暂缺|/|-+|item|who|due_date|name|xxx+|null)[\s。.!！]*", re.IGNORECASE
)


def is_nothing(text: str) -> bool:
    """An explicit "none" or an unfilled placeholder."""
    return not text.strip() or _NOTHING.fullmatch(text.strip()) is not None


_TEMPLATE = compiled(
    r"(?:输入|并|请)\s*@\s*(?:通知|意见|经办|相关|责任|负责)|@(?:通知经办人|意见提出者|自我介绍的朋友|责任人|负责人|某人|姓名|xxx?)(?!\w)|列出后续待办|[<＜【]?此处填写|请在(?:此|下面)(?:处)?(?:填写|列出)"
    r"|\{\{.*?\}\}"
)


def is_template(text: str) -> bool:
    """An instruction of a template that nobody filled in."""
    return _TEMPLATE.search(text) is not None
