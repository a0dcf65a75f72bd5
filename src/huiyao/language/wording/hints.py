# SPDX-License-Identifier: Apache-2.0
"""Finding the wordings of the list in a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from huiyao.language.folding import fold_letters
from huiyao.language.wording.wordlist import Category, Entry, own_entries


@dataclass(frozen=True, slots=True)
class WordingHint:
    """One wording to think about. ``span`` is its place in the text as given; ``wording`` the text there."""

    category: Category
    span: tuple[int, int]
    wording: str
    reason: str
    suggestion: str
    reason_en: str
    suggestion_en: str


_HIDDEN = re.compile(
    r"https?://\S+|`[^`\n]{1,200}`|“[^”\n]{1,60}”|「[^」\n]{1,60}」|《[^》\n]{1,60}》|\"[^\"\n]{1,60}\""
)
_CLAUSE = re.compile(r"[^。！？!?；;\n]*")
_DAY = re.compile(
    r"\d{1,2}\s*月\s*(?:\d{1,2}\s*[日号]?|底|末|初)|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[日号]\s*(?:之?前|完成)|(?:本|下|上)?(?:周|星期)[一二三四五六日天]"
    r"|\d{1,3}\s*个?(?:工作日|天|周|小时)(?:之?内|以内)|(?:今|明|后)天|下次(?:例)?会"
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*(?:%|％|倍|个|人|次|台|万|亿|元|天|小时|分钟|条|项|家|份|台|套)|百分之|\d{2,}")
_LATER = ("再", "后续", "尽量", "尽可能", "争取", "力争", "会后")
# what may stand around a wording and makes it another word
_NOT_BEFORE = {
    "觉得大家": "你",
    "看来": "由从以",
    "我看": "自",
    "故意": "无",
    "应该是": "不",
    "当然": "想理",
    "经常": "日非",
    "烂": "灿腐熟糜",
    "感觉有": "无",
    "一部分": "每的",
    "批评": "一",
    "优秀": "选别",
    "定期": "不期",
    "不容易": "这",
    "过时": "超",
    "到时": "达",
}
_NOT_AFTER = {
    "后续会": "议",
    "后续更新": "计",
    "以后会": "议",
    "我看": "到见过了",
    "经常": "性",
    "回头": "率看客",
    "定期": "间存",
    "努力": "目",
    "烂": "尾漫",
    "争取": "到了",
    "不懂": "的",
    "完美": "主世",
    "优秀": "奖项开贡项志社源案员者率",
    "垃圾": "回桶分收邮",
    "问责": "制",
    "海量": "数存信图",
    "一流": "程",
    "卓越": "贡奖单",
    "拖延": "症",
    "有空": "间白",
    "八成": "五",
    "不少": "于",
    "大批": "量",
    "批评": "审与和",
    "应该是": "谁什",
    "随时": "间的",
    "一贯": "性",
    "高效": "率",
    "我想": "象要",
    "先进": "行入",
    "强大": "小",
    "早点": "名",
    "坑": "位",
    "基本上": "线传游",
    "总体上": "线升",
    "整体上": "线升",
    "傻": "瓜",
    "到时": "间刻",
    "粗糙": "度",
    "又出": "现",
    "部的问题": "单跟",
}


def check_wording(text: str, entries: Sequence[Entry] | None = None) -> tuple[WordingHint, ...]:
    """Hints in the order of the text; where two wordings overlap the longer counts.

    Quotations, titles in 《》, addresses and code are left alone: they are somebody's exact words. A vague time beside
    a day in the same sentence, and a vague quantity beside a figure, are no hints.
    """
    chosen = own_entries() if entries is None else tuple(entries)
    index = _index(chosen)
    folded = fold_letters(text)
    searched = _HIDDEN.sub(lambda found: "\0" * len(found[0]), folded)
    hints: list[WordingHint] = []
    position = 0
    while position < len(searched):
        wording, entry = _longest(searched, position, index)
        if entry is None:
            position += 1
            continue
        span = (position, position + len(wording))
        if not _settled(searched, span, entry.category):
            hints.append(_hint(entry, span, text))
        position = span[1]
    return tuple(hints)


_Index = dict[str, tuple[tuple[str, Entry], ...]]


@cache
def _index(entries: tuple[Entry, ...]) -> _Index:
    """Wordings by their first character, longest first."""
    found: dict[str, list[tuple[str, Entry]]] = {}
    for entry in entries:
        for wording in map(fold_letters, entry.wordings):
            found.setdefault(wording[0], []).append((wording, entry))
    return {first: tuple(sorted(known, key=lambda pair: -len(pair[0]))) for first, known in found.items()}


def _longest(text: str, position: int, index: _Index) -> tuple[str, Entry | None]:
    for wording, entry in index.get(text[position], ()):
        if text.startswith(wording, position) and not _another_word(text, position, wording):
            return wording, entry
    return "", None


def _hint(entry: Entry, span: tuple[int, int], text: str) -> WordingHint:
    wording = text[span[0] : span[1]]
    return WordingHint(
        entry.category, span, wording, entry.reason, entry.suggestion, entry.reason_en, entry.suggestion_en
    )


def _another_word(text: str, start: int, wording: str) -> bool:
    before, after = text[start - 1 : start], text[start + len(wording) : start + len(wording) + 1]
    if wording[0].isascii() and any(side.isascii() and side.isalnum() for side in (before, after)):
        return True
    return any(side and side in table.get(wording, "") for side, table in ((before, _NOT_BEFORE), (after, _NOT_AFTER)))


def _settled(text: str, span: tuple[int, int], category: Category) -> bool:
    """The sentence itself says what the wording leaves open."""
    later = text.startswith(_LATER, span[0])
    if category not in (Category.VAGUE_TIME, Category.VAGUE_QUANTITY) and not later:
        return False
    start = max((text.rfind(mark, 0, span[0]) for mark in "。！？!?；;\n"), default=-1) + 1
    clause = _CLAUSE.match(text, start)
    sentence = clause[0] if clause else ""
    if category is not Category.VAGUE_QUANTITY:
        return _DAY.search(sentence) is not None
    near = text[max(start, span[0] - 12) : span[1] + 12].split("，")
    return any(text[span[0] : span[1]] in piece and _FIGURE.search(piece) for piece in near)
