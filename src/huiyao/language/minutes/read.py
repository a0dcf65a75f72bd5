# SPDX-License-Identifier: Apache-2.0
"""From a file or a text to minutes."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from huiyao.domain.minutes import Attendee
from huiyao.language.minutes.context import day_of, people_of, uses_boxes
from huiyao.language.minutes.draft import Draft, DraftAction
from huiyao.language.minutes.dues import column_day
from huiyao.language.minutes.names import split_names
from huiyao.language.minutes.result import Became, ReadLine, ReadMinutes
from huiyao.language.minutes.sections import Section, is_nothing, is_template
from huiyao.language.minutes.segments import Mark, Segment, segment
from huiyao.language.minutes.tables import Table, kind_of, table_of
from huiyao.language.minutes.tasks import Setting, read_task
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
            _table(walk, [part for part in run if part.mark is Mark.ROW])
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
    return ReadMinutes(draft.finished(_language(lines)), found, draft.read_actions(), held_on, layout)


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
            if kind_of(table, Section.TOP) == "actions" and any(_task_cell(table, row) for row in table.rows):
                return True
    return False


def _table(walk: Walk, rows: list[Segment]) -> None:
    """One table. A single row with bars is a sentence, unless more follow."""
    for part in _not_rows(rows):
        walk.read(part)
        return
    table = table_of(rows)
    kind = kind_of(table, walk.place.section)
    if kind == "other" and not _headed(table):
        table = Table(rows[0], {}, tuple(rows))
    else:
        walk.draft.mark(table.header.line, Became.HEADING)
    reader = {
        "actions": _action_row,
        "minutes": _minutes_row,
        "agenda": _agenda_row,
        "attendees": _person_row,
        "basics": _basics_row,
    }
    for row in table.rows:
        if not any(cell.strip() for cell in row.cells):
            walk.draft.mark(row.line, Became.LAYOUT)
        else:
            reader.get(kind, _other_row)(walk, table, row)


def _not_rows(rows: list[Segment]) -> list[Segment]:
    if len(rows) > 1 or rows[0].text.startswith("|"):
        return []
    return [Segment(rows[0].line, rows[0].indent, Mark.PLAIN, rows[0].text)]


def _headed(table: Table) -> bool:
    return bool(table.roles) and all(len(cell) < 20 for cell in table.header.cells)


def _task_cell(table: Table, row: Segment) -> str:
    task = table.cell(row, "task")
    return "" if is_nothing(task) or is_template(task) else task


def _action_row(walk: Walk, table: Table, row: Segment) -> None:
    task = _task_cell(table, row)
    if not task:
        walk.draft.note(row.line, row.text)
        return
    action: DraftAction = read_task(task, row.line, walk.setting, how="table")
    owner, due = table.cell(row, "owner"), table.cell(row, "due")
    if "owner" in table.roles:
        action.owners = () if is_nothing(owner) else (split_names(owner, walk.setting.people) or (owner,))
        action.task = task
    if due and not is_nothing(due):
        action.due, action.due_text = column_day(due, walk.setting.held_on), due
    done = table.cell(row, "done").strip().lower()
    action.done = action.done or done in (
        "y",
        "yes",
        "x",
        "√",
        "✓",
        "✔",
        "done",
        "是",
        "完成",
        "已完成",
        "关闭",
        "已关闭",
        "closed",
    )
    walk._add(action)
    used = {table.roles[role] for role in ("task", "owner", "due", "done") if role in table.roles}
    rest = " ".join(cell for column, cell in enumerate(row.cells) if column not in used and cell.strip())
    if rest:
        action.task = f"{rest.strip('* ')} {action.task}"


def _minutes_row(walk: Walk, table: Table, row: Segment) -> None:
    title = table.cell(row, "topic") or table.cell(row, "task")
    column = table.roles["minutes"]
    walk._start_topic(row, " ".join(filter(None, (table.cell(row, "key"), title))))
    used = {column, *(table.roles[role] for role in ("topic", "task", "key") if role in table.roles)}
    rest = [cell for index, cell in enumerate(row.cells) if index not in used and cell.strip()]
    for cell in rest:
        walk.cell(cell, row.line, walk.topic)
    if column < len(row.cells):
        walk.cell(row.cells[column], row.line, walk.topic)


def _agenda_row(walk: Walk, table: Table, row: Segment) -> None:
    title = table.cell(row, "topic") or table.cell(row, "task")
    if is_nothing(title):
        walk.draft.note(row.line, row.text)
        return
    walk._start_topic(row, title)
    owner = table.cell(row, "owner") or table.cell(row, "topic_owner")
    if walk.topic is not None:
        walk.topic.lead = owner
        used = {table.roles.get(role, -1) for role in ("topic", "owner", "topic_owner")}
        for index, cell in enumerate(row.cells):
            if index not in used and cell.strip() and cell.strip() != title:
                walk.draft.note(row.line, cell, walk.topic)


def _person_row(walk: Walk, table: Table, row: Segment) -> None:
    name = table.cell(row, "name")
    if not name or name == "议题相关人员" or (is_nothing(name) and len(row.cells) > 2):
        walk.draft.note(row.line, row.text)
        return
    columns = [
        index
        for index, cell in enumerate(table.header.cells)
        if re.fullmatch(r"姓名|昵称|name", cell.strip(), re.IGNORECASE)
    ]
    for column in columns:
        if column < len(row.cells) and row.cells[column].strip():
            walk.draft.attendees.append(Attendee(row.cells[column].strip()))
    walk.draft.mark(row.line, Became.ATTENDEE, "attendees")
    rest = [cell for index, cell in enumerate(row.cells) if index not in columns and cell.strip()]
    if rest:
        walk.draft.note(row.line, row.text)


def _basics_row(walk: Walk, table: Table, row: Segment) -> None:
    for label, cell in zip(table.header.cells, row.cells, strict=False):
        if cell.strip():
            walk.draft.basics["time"] = " ".join(
                filter(None, (walk.draft.basics.get("time", ""), f"{label.strip()}: {cell.strip()}"))
            )
    walk.draft.mark(row.line, Became.BASICS, "time")


def _other_row(walk: Walk, table: Table, row: Segment) -> None:
    walk.draft.note(row.line, row.text, walk.topic)
