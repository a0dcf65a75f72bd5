# SPDX-License-Identifier: Apache-2.0
"""The action table as Excel, read back with another library."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from huiyao.documents.action_rows import ActionRow, ActionState, rows_of
from huiyao.documents.xlsx_actions import COLUMNS, actions_xlsx, state_of_word
from huiyao.documents.xlsx_people import people_template_xlsx
from tests.documents.samples import ALL, HOSTILE, SIMPLIFIED


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


ROW = ActionRow("id-1", 7, 1, "写好换号脚本", "技术部", "许衡", ("何苗", "孙立"), date(2026, 12, 2), support="无")


def test_a_row_comes_back_as_it_went_out() -> None:
    sheet = opened(actions_xlsx([ROW], "zh-hans")).active
    values = dict(zip(COLUMNS, next(sheet.iter_rows(min_row=2, values_only=True)), strict=True))
    assert values == {
        "id": "id-1",
        "version": 7,
        "number": 1,
        "task": "写好换号脚本",
        "department": "技术部",
        "person": "许衡",
        "others": "何苗、孙立",
        "due": datetime(2026, 12, 2),  # noqa: DTZ001  Excel knows no zone
        "support": "无",
        "state": "进行中",
        "progress": "",
        "meeting": "",
    }


def test_text_that_begins_like_a_formula_or_a_link_stays_text() -> None:
    row = ActionRow(
        "i", 1, 1, "=1+1", "+2", "-3", ("@x",), due_text="=now()", support="http://x.test", progress="{=A1}"
    )
    sheet = opened(actions_xlsx([row], "en")).active
    cells = list(sheet[2])
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "n"}
    assert [cells[3].value, cells[7].value, cells[8].value] == ["=1+1", "=now()", "http://x.test"]
    assert not [cell for cell in cells if cell.hyperlink]


def test_control_characters_do_not_break_the_file() -> None:
    sheet = opened(actions_xlsx(rows_of(HOSTILE), "zh-hans")).active
    assert "〓" in sheet["D2"].value


def test_id_and_version_are_hidden_and_the_kind_of_table_is_marked() -> None:
    book = opened(actions_xlsx([ROW], "zh-hans"))
    sheet = book.active
    assert [sheet.column_dimensions[name].hidden for name in "ABC"] == [True, True, False]
    assert [(prop.name, prop.value) for prop in book.custom_doc_props.props] == [("huiyao", "actions/1")]


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", "进行中,已完成,延期"), ("zh-hant", "進行中,已完成,延期"), ("en", "In progress,Done,Postponed")],
)
def test_the_state_is_chosen_from_the_three_of_the_guide(language: str, words: str) -> None:
    sheet = opened(actions_xlsx([ROW] * 3, language)).active
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == f'"{words}"'
    assert "J2" in validation.sqref


def test_header_stays_in_view_and_filters() -> None:
    sheet = opened(actions_xlsx([ROW] * 5, "zh-hans")).active
    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref == "C1:L6"
    assert [cell.value for cell in sheet[1]][2:6] == ["#", "任务", "部门", "人员"]


@pytest.mark.parametrize("state", ActionState)
def test_a_state_is_read_back_in_every_language(state: ActionState) -> None:
    for language in ALL:
        row = ActionRow("i", 1, 1, "x", state=state)
        assert state_of_word(str(opened(actions_xlsx([row], language)).active["J2"].value) + " ") is state
    assert state_of_word("恐龙") is None


def test_rows_of_minutes_keep_what_is_not_yet_known() -> None:
    rows = rows_of(SIMPLIFIED)
    assert rows[0].support == "无"
    assert rows[2].person == "由陈默于 2026-11-27 前指定"
    assert (rows[2].due, rows[2].due_text, rows[2].support) == (None, "春节前", "未说明")
    assert (rows[3].state, rows[3].version) == (ActionState.DONE, 2)


def test_an_empty_table_is_a_table() -> None:
    assert opened(actions_xlsx([], "zh-hans")).active.max_row == 1


@pytest.mark.parametrize(("language", "first"), [("zh-hans", "部门"), ("zh-hant", "部門"), ("en", "Department")])
def test_the_people_template_explains_each_column(language: str, first: str) -> None:
    sheet = opened(people_template_xlsx(language)).active
    assert sheet["A1"].value == first
    assert sheet.max_column == 5
    assert all(cell.comment is not None for cell in sheet[1])


def test_a_long_task_gets_a_row_high_enough_and_a_short_one_its_default() -> None:
    rows = [ActionRow("a", 1, 1, "短"), ActionRow("b", 1, 2, "很长的任务说明" * 12)]
    sheet = opened(actions_xlsx(rows, "zh-hans")).active
    assert sheet.row_dimensions[2].height is None
    assert sheet.row_dimensions[3].height >= 60
