# SPDX-License-Identifier: Apache-2.0
"""The plain line form of an action: 任务：…；负责人：…；截止日期：…；支持：… (R54, R97), read and written.

The four values stay text: who the owner is and which day is meant is read elsewhere. A line written here reads back
to the same values, and a line in this form, read and written again, is the same text.
"""

import re
from dataclasses import dataclass
from typing import Final

FIELDS: Final = ("task", "owner", "due", "support")
LABELS: Final[dict[str, tuple[str, str, str, str]]] = {
    "zh-Hans": ("任务", "负责人", "截止日期", "支持"),
    "zh-Hant": ("任務", "負責人", "截止日期", "支援"),
    "en": ("Task", "Owner", "Due", "Support"),
}
"""Labels as written, per language."""
NONE: Final[dict[str, str]] = {"zh-Hans": "无", "zh-Hant": "無", "en": "none"}
"""The explicit "no support needed", per language."""
_NONE_WORDS = frozenset({"无", "無", "没有", "沒有", "不需要", "无需", "無需", "none", "n/a", "nil", "no"})
_ALSO_READ: Final = (
    ("任务", "任務", "行动项", "行動項", "行动", "行動", "task", "action"),
    ("负责人", "負責人", "责任人", "責任人", "负责", "負責", "owner"),
    ("截止日期", "截止时间", "截止時間", "截止", "完成时间", "完成時間", "期限", "due date", "due", "deadline"),
    ("所需支持", "所需支援", "支持", "支援", "support needed", "support"),
)
_FIELD_OF = {label: field for field, labels in zip(FIELDS, _ALSO_READ, strict=True) for label in labels}
_LABEL = "|".join(sorted(map(re.escape, _FIELD_OF), key=len, reverse=True))
_BREAK = re.compile(rf"[；;。]\s{{0,4}}(?=(?:{_LABEL})\s{{0,4}}[：:])", re.IGNORECASE)
_INNER = re.compile(rf"[；;。](?=\s{{0,4}}(?:{_LABEL})\s{{0,4}}[：:])", re.IGNORECASE)
_PART = re.compile(rf"\s{{0,4}}({_LABEL})\s{{0,4}}[：:]", re.IGNORECASE)
_NUMBER = re.compile(r"\s{0,8}(?:[-*•·]\s+|[（(]?\d{1,3}[)）.、．]\s{0,4}(?!\d))")
_NEXT_LINE = re.compile(
    rf"[。；;]?\s{{0,8}}(?=(?:[（(]?\d{{1,3}}[)）.、．]\s{{0,4}})(?:{'|'.join(_ALSO_READ[0])})\s{{0,4}}[：:])",
    re.IGNORECASE,
)
_OWNER_BREAK = re.compile(r"\s*[、,，/&]\s*|\s+(?:and|和|与|與|及)\s+")
MAX_LINE: Final = 20_000
"""Longer lines are not read."""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """The four values as text. None: the label is absent; empty: it stands there without a value.

    ``language`` is a key of ``LABELS``: in which labels the line is written.
    """

    task: str | None = None
    owner: str | None = None
    due: str | None = None
    support: str | None = None
    language: str = "zh-Hans"

    @property
    def owners(self) -> tuple[str, ...]:
        """The owners named, separated by 、 or a comma."""
        return tuple(name for name in _OWNER_BREAK.split(self.owner or "") if name)

    @property
    def support_declined(self) -> bool:
        """Whether the line says explicitly that no support is needed."""
        return self.support is not None and self.support.strip(" 。.").lower() in _NONE_WORDS


def clean_value(value: str) -> str:
    """A value as it can stand in a line: one line, trimmed, no separator in front of a word that is a label."""
    joined = " ".join(value.split())
    return _INNER.sub("，", joined).strip(" ；;。")


def write_line(line: ActionLine) -> str:
    """The line in its language's labels; absent values leave their label out, no full stop at the end.

    Raises KeyError for an unknown language.
    """
    colon, between = ("：", "；") if line.language != "en" else (": ", "; ")
    values = (line.task, line.owner, line.due, line.support)
    parts = (
        f"{label}{colon}{clean_value(value)}"
        for label, value in zip(LABELS[line.language], values, strict=True)
        if value is not None
    )
    return between.join(parts)


def read_line(text: str) -> ActionLine | None:
    """The values of one line, None when it does not begin with a label or has a single one.

    A leading number or bullet and a final full stop are not part of the form. Labels may come in any order, in
    simplified or traditional Chinese or English, with full-width or ASCII punctuation; the first of a repeated label
    counts.
    """
    if len(text) > MAX_LINE:
        return None
    number = _NUMBER.match(text)
    body = text[number.end() :] if number else text
    values: dict[str, str] = {}
    labels: list[str] = []
    for part in _BREAK.split(body.strip()):
        label = _PART.match(part)
        if label is None:
            return None
        labels.append(label[1])
        values.setdefault(_FIELD_OF[label[1].lower()], part[label.end() :].strip(" \t\r\n\u3000；;。"))
    if len(values) < 2:
        return None
    return ActionLine(**values, language=_language(labels))


def _language(labels: list[str]) -> str:
    if labels[0].isascii():
        return "en"
    simplified, traditional = set(LABELS["zh-Hans"]), set(LABELS["zh-Hant"])
    only_traditional = sum(label in traditional and label not in simplified for label in labels)
    return "zh-Hant" if only_traditional else "zh-Hans"


def read_lines(text: str) -> list[ActionLine]:
    """All lines in the form, also several numbered ones in one paragraph (1.任务：… 2.任务：…), in order."""
    found = (read_line(piece) for row in text.splitlines() for piece in _NEXT_LINE.split(row))
    return [line for line in found if line is not None]
