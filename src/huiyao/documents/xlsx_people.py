# SPDX-License-Identifier: Apache-2.0
"""The workbook an administrator fills in to bring departments and people in."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter

from huiyao.documents.words import words_for

PROPERTY, KIND = "huiyao", "people/1"
COLUMNS = ("department", "name", "login", "email", "title")
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  a file property without a zone: same words, same bytes
_TEXTS = {
    "zh-hans": (
        "人员",
        ("部门", "姓名", "登录名", "邮箱", "职务"),
        (
            "部门写全路径，用 / 分隔，例如 总部/研发/前端",
            "必填",
            "留空则取邮箱的前半部分",
            "邀请发到这里",
            "可留空",
        ),
    ),
    "zh-hant": (
        "人員",
        ("部門", "姓名", "登入名稱", "電子郵件", "職稱"),
        (
            "部門寫完整路徑，以 / 分隔，例如 總部/研發/前端",
            "必填",
            "留空則取電子郵件的前半部分",
            "邀請寄到這裡",
            "可留空",
        ),
    ),
    "en": (
        "People",
        ("Department", "Name", "Login", "Email", "Title"),
        (
            *("The whole path, parts separated by /, such as Head office/R&D/Web", "Required"),
            *("Left empty: the part of the address before the @", "Invitations go here", "May be left empty"),
        ),
    ),
}


def people_template_xlsx(language: str) -> bytes:
    """An empty table with its header and a note on each column. ValueError for a language without words."""
    sheet_name, headers, notes = _TEXTS[words_for(language).language]
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": sheet_name, "created": _EPOCH})
        book.set_custom_property(PROPERTY, KIND)
        sheet = book.add_worksheet(sheet_name)
        head = book.add_format({"bold": True, "bg_color": "#ECE8DE", "border": 1, "border_color": "#C4BCAA"})
        text = book.add_format({"num_format": "@"})
        for column, (header, note, width) in enumerate(zip(headers, notes, (36, 16, 18, 32, 18), strict=True)):
            sheet.set_column(column, column, width, text)
            sheet.write_string(0, column, header, head)
            sheet.write_comment(0, column, note, {"author": "", "x_scale": 2})
        sheet.freeze_panes(1, 0)
    return target.getvalue()


def people_xlsx(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The directory as a table that can be imported again; every cell is text."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": _EPOCH})
        book.set_custom_property(PROPERTY, KIND)
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True, "bg_color": "#ECE8DE", "border": 1, "border_color": "#C4BCAA"})
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(headers) - 1, 22, text)
        for number, row in enumerate((headers, *rows)):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value, text if number else head)
        sheet.freeze_panes(1, 0)
    return target.getvalue()
