# SPDX-License-Identifier: Apache-2.0
"""Rows of tables taken into the minutes, by what the table holds."""

import re
from collections.abc import Callable, Sequence

from huiyao.domain.minutes import Attendee
from huiyao.language.minutes.draft import DraftAction
from huiyao.language.minutes.dues import column_day
from huiyao.language.minutes.names import split_names
from huiyao.language.minutes.result import Became
from huiyao.language.minutes.sections import is_nothing, is_template
from huiyao.language.minutes.segments import Mark, Segment
from huiyao.language.minutes.tables import Table, kind_of, table_of
from huiyao.language.minutes.tasks import read_task
from huiyao.language.minutes.walk import Walk


def read_table(walk: Walk, rows: Sequence[Segment]) -> None:
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
    for row in table.rows:
        if not any(cell.strip() for cell in row.cells):
            walk.draft.mark(row.line, Became.LAYOUT)
        else:
            _READERS.get(kind, _other_row)(walk, table, row)


def _not_rows(rows: Sequence[Segment]) -> list[Segment]:
    if len(rows) > 1 or rows[0].text.startswith("|"):
        return []
    return [Segment(rows[0].line, rows[0].indent, Mark.PLAIN, rows[0].text)]


def _headed(table: Table) -> bool:
    return bool(table.roles) and all(len(cell) < 20 for cell in table.header.cells)


def task_cell(table: Table, row: Segment) -> str:
    """The task of a row, or nothing for an unfilled row of a template."""
    task = table.cell(row, "task")
    return "" if is_nothing(task) or is_template(task) else task


def _action_row(walk: Walk, table: Table, row: Segment) -> None:
    task = task_cell(table, row)
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
    walk.add(action)
    used = {table.roles[role] for role in ("task", "owner", "due", "done") if role in table.roles}
    rest = " ".join(cell for column, cell in enumerate(row.cells) if column not in used and cell.strip())
    if rest:
        action.task = f"{rest.strip('* ')} {action.task}"


def _minutes_row(walk: Walk, table: Table, row: Segment) -> None:
    title = table.cell(row, "topic") or table.cell(row, "task")
    column = table.roles["minutes"]
    walk.start_topic(row.line, " ".join(filter(None, (table.cell(row, "key"), title))))
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
    walk.start_topic(row.line, title)
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


def _other_row(walk: Walk, _table: Table, row: Segment) -> None:
    walk.draft.note(row.line, row.text, walk.topic)


_READERS: dict[str, Callable[[Walk, Table, Segment], None]] = {
    "actions": _action_row,
    "minutes": _minutes_row,
    "agenda": _agenda_row,
    "attendees": _person_row,
    "basics": _basics_row,
}
