# SPDX-License-Identifier: Apache-2.0
"""Which column of the table is what, by its heading in any of the three languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiyao.domain.refusals import Refusal
from huiyao.language.uploads.tables import table_rows

ROWS_MOST = 5_000
HEADING_ROWS = 5
"""How far down the headings may stand: above them people write a title."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "login": (
        "登录名",
        "登入名",
        "登入名稱",
        "账号",
        "帳號",
        "工号",
        "工號",
        "用户名",
        "使用者名稱",
        "login",
        "username",
    ),
    "name": ("姓名", "名字", "name", "full name"),
    "department": ("部门", "部門", "所属部门", "所屬部門", "部门路径", "department"),
    "email": (
        "邮箱",
        "邮件",
        "电子邮箱",
        "电子邮件",
        "信箱",
        "電子郵件",
        "電子信箱",
        "email",
        "e-mail",
        "mail",
    ),
    "title": ("职务", "职位", "岗位", "職務", "職稱", "職位", "title", "position"),
    "head": ("部门负责人", "负责人", "部門負責人", "負責人", "department head", "head"),
    "dingtalk_user_id": ("dingtalk userid", "钉钉userid", "钉钉 userid", "釘釘 userid", "dingtalk_user_id"),
    "dingtalk_union_id": ("dingtalk unionid", "钉钉unionid", "钉钉 unionid", "釘釘 unionid", "dingtalk_union_id"),
    "wecom_user_id": ("wecom userid", "企业微信账号", "企业微信userid", "企業微信帳號", "wecom_user_id"),
    "feishu_open_id": ("feishu open_id", "飞书open_id", "飞书 open_id", "飛書 open_id", "feishu_open_id"),
    "mobile": ("mobile", "手机号", "手机", "手機", "手機號碼", "phone"),
}
REQUIRED = ("login", "name")


class HeadingsMissing(Refusal):
    """The table has no row of headings with a login name and a name. Facts: ``missing``."""

    code = "headings_missing"


class TooManyRows(Refusal):
    """More persons than one import takes. Facts: ``most``."""

    code = "too_many_rows"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One person as written; ``number`` is the row's number in the file, from 1. Only columns that exist are in it."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The table with its meaning; ``ignored`` are headings nobody knows."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    ignored: tuple[str, ...]


def read_table(content: bytes) -> Table:
    """The table of a .xlsx or CSV file.

    Raises:
        UploadTooLarge, UploadUnreadable: see ``language.uploads.tables``.
        HeadingsMissing, TooManyRows: see there.
    """
    rows = table_rows(content)
    at, places = _headings(rows)
    found = [
        TableRow(number, {column: row[place] if place < len(row) else "" for column, place in places.items()})
        for number, row in enumerate(rows[at + 1 :], at + 2)
        if any(row)
    ]
    if len(found) > ROWS_MOST:
        raise TooManyRows(most=ROWS_MOST)
    taken = set(places.values())
    ignored = tuple(text for place, text in enumerate(rows[at]) if text and place not in taken)
    return Table(tuple(places), tuple(found), ignored)


def _headings(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    best: dict[str, int] = {}
    for at, row in enumerate(rows[:HEADING_ROWS]):
        places = _places(row)
        if all(column in places for column in REQUIRED):
            return at, places
        best = max(best, places, key=len)
    raise HeadingsMissing(missing=[column for column in REQUIRED if column not in best])


def _places(row: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, text in enumerate(row):
        label = " ".join(text.replace("*", " ").lower().split())
        for column, names in COLUMNS.items():
            if label in names and column not in places:
                places[column] = place
    return places
