# SPDX-License-Identifier: Apache-2.0
"""From a file or a text to minutes."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from huiyao.language.minutes.context import day_of, people_of, uses_boxes
from huiyao.language.minutes.draft import Draft
from huiyao.language.minutes.finish import finished
from huiyao.language.minutes.result import Became, ReadLine, ReadMinutes
from huiyao.language.minutes.rows import read_table, task_cell
from huiyao.language.minutes.sections import Section
from huiyao.language.minutes.segments import Mark, Segment, segment
from huiyao.language.minutes.tables import kind_of, table_of
from huiyao.language.minutes.tasks import Setting
from huiyao.language.minutes.walk import Walk
from huiyao.language.uploads import decode, docx_to_lines, html_to_lines
from huiyao.language.uploads.refusals import MAX_LINES, MAX_TEXT, UploadTooLarge, UploadUnreadable

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+html|<html|<body|<head|<(?:table|div|p|h[1-6]|ul|ol|section)\b[^>]*>.*</)",
    re.IGNORECASE | re.DOTALL,
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TRADITIONAL = re.compile(r"[會議個這時間責進實產開發對應該後總經據項單術關與為點們從長業東當學網頁寫決]")


def read_minutes(source: str | bytes, *, reference: date | None = None) -> ReadMinutes:
    """Minutes out of text, Markdown, HTML or a Word file, in the shape the room produces.

    ``reference`` is the day of the meeting where the caller knows it; otherwise the day the source names is used, and
    without one a deadline without a year keeps its wording only. Every line of the source is in ``lines``.

    Raises:
        UploadTooLarge, UploadUnreadable: see ``uploads``.
    """
    layout, lines = _lines(source)
    segments = [segment(number, line) for number, line in enumerate(lines, 1)]
    filled = [part for part in segments if part.mark not in (Mark.BLANK, Mark.RULE, Mark.MARKUP)]
    held_on = reference or day_of(filled)
    draft = Draft(held_on=held_on)
    setting = Setting(people_of(filled), held_on, uses_boxes(segments), _has_action_table(segments))
    walk = Walk(draft, setting)
    for run in _runs(segments):
        if run[0].mark is Mark.ROW:
            read_table(walk, [part for part in run if part.mark is Mark.ROW])
            for rule in run:
                if rule.mark is not Mark.ROW:
                    walk.draft.mark(rule.line, Became.LAYOUT)
        elif run[0].mark is Mark.MARKUP:
            walk.markup(run[0], lines[run[0].line - 1])
        else:
            walk.read(run[0])
    found = tuple(
        ReadLine(number, line, draft.became.get(number, Became.BLANK), tuple(draft.ids.get(number, ())))
        for number, line in enumerate(lines, 1)
    )
    return ReadMinutes(finished(draft, _language(lines)), found, draft.read_actions(), held_on, layout)


def _lines(source: str | bytes) -> tuple[str, list[str]]:
    if isinstance(source, bytes):
        if source.startswith(b"PK"):
            return "docx", docx_to_lines(source)
        if source.startswith(b"\xd0\xcf\x11\xe0"):  # the old binary Word format
            raise UploadUnreadable(reason="not_word")
        source = decode(source)
    if len(source) > MAX_TEXT:
        raise UploadTooLarge(what="text", limit=MAX_TEXT)
    if _HTML.match(source[:20_000]) and not re.match(r"\s*<div class=.callout", source):
        return "html", html_to_lines(source)
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MAX_LINES:
        raise UploadTooLarge(what="lines", limit=MAX_LINES)
    markdown = any(re.match(r"\s{0,3}#{1,6}\s|\s*\|.+\|\s*$|\s*[-*+]\s|.*\*\*.+\*\*", line) for line in lines)
    return ("markdown" if markdown else "text"), lines


def _language(lines: Sequence[str]) -> str:
    sample = "".join(lines)[:20_000]
    if len(_HAN.findall(sample)) * 10 < len(sample):
        return "en"
    return "zh-hant" if len(_TRADITIONAL.findall(sample)) * 20 > len(_HAN.findall(sample)) else "zh-hans"


def _runs(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Single segments, and rows of a table together with the rules between them."""
    run: list[Segment] = []
    for part in segments:
        if part.mark is Mark.ROW or (part.mark is Mark.RULE and run):
            run.append(part)
            continue
        if run:
            yield run
            run = []
        yield [part]
    if run:
        yield run


def _has_action_table(segments: Sequence[Segment]) -> bool:
    for run in _runs(segments):
        if run[0].mark is Mark.ROW:
            table = table_of([part for part in run if part.mark is Mark.ROW])
            if kind_of(table, Section.TOP) == "actions" and any(task_cell(table, row) for row in table.rows):
                return True
    return False
