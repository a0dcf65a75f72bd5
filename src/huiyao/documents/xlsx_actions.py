# SPDX-License-Identifier: Apache-2.0
"""The action table as Excel (R72), made so that it can come back.

Columns A and B (id, version) are hidden; row 1 names the columns; the workbook's property ``huiyao`` is
``actions/1``. Text is always written as text: a task that begins with ``=`` stays a task.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from huiyao.documents.action_rows import ActionRow, ActionState
from huiyao.documents.cleaning import clean
from huiyao.documents.words import Words, words_for

PROPERTY, KIND = "huiyao", "actions/1"
COLUMNS = (
    *("id", "version", "number", "task", "department", "person", "others"),
    *("due", "support", "state", "progress", "meeting"),
)
_WIDTHS = (10, 8, 5, 44, 16, 14, 18, 13, 30, 10, 34, 28)
_MOST_LINES = 25  # a row of Excel is at most 409 points high
_CELL_LIMIT = 32_767  # characters, Excel's own
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  a file property without a zone: same rows, same bytes


def actions_xlsx(rows: Sequence[ActionRow], language: str, *, title: str = "") -> bytes:
    """The table; ``title`` goes to the properties. ValueError for a language without words."""
    words = words_for(language)
    target = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": clean(title) or words.action_table, "created": _EPOCH})
        book.set_custom_property(PROPERTY, KIND)
        _sheet(book, book.add_worksheet(words.action_table), rows, words)
    return target.getvalue()


def _sheet(book: Workbook, sheet: Worksheet, rows: Sequence[ActionRow], words: Words) -> None:
    head = book.add_format(
        {"bold": True, "bg_color": "#ECE8DE", "border": 1, "border_color": "#C4BCAA", "valign": "vcenter"}
    )
    plain = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C4BCAA"}
    cell, count = book.add_format(plain), book.add_format(plain | {"align": "center"})
    day = book.add_format(plain | {"num_format": "yyyy-mm-dd", "align": "left"})
    for column, (text, width) in enumerate(zip(_header(words), _WIDTHS, strict=True)):
        sheet.set_column(column, column, width, None, {"hidden": column < 2})
        sheet.write_string(0, column, text, head)
    for number, row in enumerate(rows, 1):
        _row(sheet, number, row, words, (cell, count, day))
    last = max(len(rows), 1)
    state = COLUMNS.index("state")
    sheet.data_validation(
        1, state, last + 500, state, {"validate": "list", "source": list(state_words(words).values())}
    )
    sheet.autofilter(0, 2, last, len(COLUMNS) - 1)
    sheet.freeze_panes(1, 4)
    sheet.set_row(0, 22)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")


def _header(words: Words) -> tuple[str, ...]:
    return (
        *("id", "version", "#", words.task, words.department, words.person, words.also),
        *(words.due, words.support, words.action_state, words.progress, words.meeting),
    )


def _row(sheet: Worksheet, number: int, row: ActionRow, words: Words, formats: tuple[Format, Format, Format]) -> None:
    cell, count, day = formats
    comma = ", " if words.language == "en" else "、"
    texts = {
        0: row.id,
        3: row.task,
        4: row.department,
        5: row.person,
        6: comma.join(row.others),
        8: row.support,
        9: state_words(words)[row.state],
        10: row.progress,
        11: row.meeting,
    }
    for column, text in texts.items():
        sheet.write_string(number, column, clean(text)[:_CELL_LIMIT], cell)
    lines = max(_lines(text, _WIDTHS[column]) for column, text in texts.items() if column)
    if lines > 1:  # LibreOffice and WPS do not measure wrapped text when they open a file
        sheet.set_row(number, 15.0 * min(lines, _MOST_LINES) + 3)
    sheet.write_number(number, 1, row.version, count)
    sheet.write_number(number, 2, row.number, count)
    if row.due is None:
        sheet.write_string(number, 7, clean(row.due_text), cell)
    else:
        sheet.write_datetime(number, 7, row.due, day)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of ``width`` characters; a Chinese one is two wide."""
    wide = (sum(2 if ord(sign) > 0x2E7F else 1 for sign in line) for line in text.split("\n"))
    return sum(1 + max(cells - 1, 0) // (width - 1) for cells in wide)


def state_words(words: Words) -> dict[ActionState, str]:
    """The guide's three states in a language (R73)."""
    return {
        ActionState.IN_PROGRESS: words.in_progress,
        ActionState.DONE: words.done,
        ActionState.POSTPONED: words.postponed,
    }


def state_of_word(text: str) -> ActionState | None:
    """Read a state cell that may be in any of the languages; None for anything else."""
    wanted = clean(text).casefold()
    for language in ("zh-hans", "zh-hant", "en"):
        for state, word in state_words(words_for(language)).items():
            if word.casefold() == wanted:
                return state
    return None
