# SPDX-License-Identifier: Apache-2.0
"""The directory from a table: every cell checked before anything changes, and then all of it or nothing."""

from datetime import datetime
from io import BytesIO

import pytest
import xlsxwriter

from huiyao.domain.actor import Actor
from huiyao.features.people.commands.directory import (
    COLUMNS,
    DryRun,
    ImportHasErrors,
    apply_directory,
    directory_rows,
    dry_run,
    read_table,
)
from huiyao.features.people.commands.directory.reading import ROWS_MOST, HeadingsMissing, TooManyRows
from huiyao.features.people.models import Department, Person
from huiyao.features.people.reads import addresses_of, department_tree, search_persons
from huiyao.plumbing.models import AuditRow, Event
from tests.builders.people import a_department, a_person

pytestmark = pytest.mark.django_db
BY = Actor("", "周岚")
HEAD = "登录名,姓名,部门,邮箱,职务,部门负责人"


def check(*lines: str, head: str = HEAD) -> DryRun:
    return dry_run(read_table("\n".join((head, *lines)).encode()))


def apply(at: datetime, *lines: str, head: str = HEAD) -> DryRun:
    return apply_directory(read_table("\n".join((head, *lines)).encode()), by=BY, at=at)


def everything() -> list[object]:
    return [list(table.objects.order_by("pk").values()) for table in (Person, Department, AuditRow, Event)]


def errors(*lines: str, head: str = HEAD) -> list[dict[str, object]]:
    return [{column: facts["reason"] for column, facts in row.errors.items()} for row in check(*lines, head=head).rows]


ROWS = ("lin,林为,市场部/品牌组,lin@example.com,品牌经理,是", "he,何苗,市场部,,,", "qiao,乔北,,qiao@example.com,,")


def test_a_dry_run_tells_everything_and_changes_nothing() -> None:
    before = everything()
    checked = check(*ROWS)
    assert (checked.count("new"), checked.wrong_cells) == (3, 0)
    assert checked.new_departments == (("市场部",), ("市场部", "品牌组"))
    assert everything() == before


def test_what_the_table_says_is_there_afterwards(at: datetime) -> None:
    apply(at, *ROWS)
    lin = Person.objects.get(login="lin")
    assert (lin.name, lin.email, lin.title, str(lin.department)) == ("林为", "lin@example.com", "品牌经理", "品牌组")
    assert not lin.has_usable_password()
    assert search_persons("heMiao") == [Person.objects.get(login="he")]
    assert [(row.path, row.department.head) for row in department_tree()] == [("市场部", None), ("市场部/品牌组", lin)]
    assert AuditRow.objects.get().facts == {"new": 3, "changed": 0, "departments": 2}
    assert Event.objects.get().name == "HeadsChanged"


def test_the_same_table_twice_is_once(at: datetime) -> None:
    apply(at, *ROWS)
    persons = list(Person.objects.order_by("pk").values())
    again = apply(at, *ROWS)
    assert (again.count("same"), again.new_departments) == (3, ())
    assert list(Person.objects.order_by("pk").values()) == persons


def test_a_known_login_is_changed_and_an_empty_cell_leaves_what_is_there(at: datetime) -> None:
    person = a_person("林一", login="Lin", title="经理", email="old@example.com")
    checked = apply(at, "lin,林一,,new@example.com,,")
    person.refresh_from_db()
    assert checked.count("changed") == 1
    assert (person.email, person.title, person.login) == ("new@example.com", "经理", "Lin")


def test_nobody_gets_more_rights_by_an_import(at: datetime) -> None:
    apply(at, "lin,林一,1,1", head="登录名,姓名,administrator,is_active")
    person = Person.objects.get()
    assert (person.administrator, person.is_active) == (False, True)


def test_an_archived_department_of_the_path_comes_back(at: datetime) -> None:
    gone = a_department("市场部", archived_at=at)
    apply(at, "lin,林一,市场部,,,")
    gone.refresh_from_db()
    assert gone.archived_at is None
    assert Department.objects.count() == 1


class TestErrors:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            (",林一,,,,", {"login": "required"}),
            ("a b,林一,,,,", {"login": "login"}),
            ("lin,,,,,", {"name": "required"}),
            ("lin,林一,,nobody,,", {"email": "email"}),
            ("lin,林一,市场部//组,,,", {"department": "path"}),
            ("lin,林一," + "/".join("abcdefghijk") + ",,,", {"department": "too_deep"}),
            ("lin,林一," + "长" * 81 + ",,,", {"department": "too_long"}),
            ("lin,林一,,,,是", {"head": "head_of_nothing"}),
            ("lin,林一,市场部,,,也许", {"head": "yes_or_no"}),
            ("left,林一,,,,", {"login": "left"}),
            ("a b,,,x,,", {"login": "login", "name": "required", "email": "email"}),
        ],
    )
    def test_each_cell_is_named(self, line: str, expected: dict[str, str]) -> None:
        a_person(login="left", is_active=False)
        assert errors(line) == [expected]

    def test_a_login_twice_names_the_first_row(self) -> None:
        checked = check("lin,林一,,,,", "LIN,林二,,,,")
        assert dict(checked.rows[1].errors["login"]) == {"reason": "repeated", "row": 2}

    def test_one_bad_cell_keeps_everything_out(self, at: datetime) -> None:
        a_department("产品部")
        before = everything()
        with pytest.raises(ImportHasErrors) as caught:
            apply(at, *ROWS, "x,,新部门,,,")
        assert caught.value.facts["cells"] == 1
        assert everything() == before

    def test_a_department_only_named_in_a_wrong_row_is_not_announced(self) -> None:
        assert check("x,,新部门,,,").new_departments == ()


class TestTables:
    def test_headings_in_three_languages_in_any_order_below_a_title(self, at: datetime) -> None:
        for head in ("姓名,登录名", "姓名,帳號", "Name*,LOGIN"):
            table = read_table(f"2026 通讯录\n\n{head},备注\n林一,lin,x".encode())
            assert dict(table.rows[0].cells) == {"name": "林一", "login": "lin"}
            assert (table.rows[0].number, table.ignored) == (4, ("备注",))

    def test_without_headings_it_says_what_is_missing(self) -> None:
        with pytest.raises(HeadingsMissing) as caught:
            read_table("姓名,电话\n林一,1".encode())
        assert caught.value.facts["missing"] == ["login"]

    def test_too_many_rows(self) -> None:
        with pytest.raises(TooManyRows):
            read_table(("login,name\n" + "a,b\n" * (ROWS_MOST + 1)).encode())

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_csv_as_programs_write_it(self, encoding: str, mark: str) -> None:
        text = f"登录名{mark}姓名\r\nlin{mark}喆镕\r\n"
        table = read_table(text.encode(encoding))
        assert dict(table.rows[0].cells) == {"login": "lin", "name": "喆镕"}

    def test_excel_with_numbers_as_login_names(self) -> None:
        stream = BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            book.add_worksheet("other").write(0, 0, "ignored")
            for column, text in enumerate(("工号", "姓名", "部门")):
                sheet.write(0, column, text)
            sheet.write_number(1, 0, 10023)
            sheet.write(1, 1, "林一")
            sheet.write_formula(1, 2, '="市场部"', value="市场部")
        table = read_table(stream.getvalue())
        assert dict(table.rows[0].cells) == {"login": "10023", "name": "林一", "department": "市场部"}


def test_ids_at_the_vendors_come_in_and_go_out_again(at: datetime) -> None:
    head = "login,name,department,DingTalk userId,DingTalk unionId,WeCom userid,Feishu open_id,手机号"
    apply(at, "lin,林为,市场部,d1,u1,LinWei,ou_1,13800000001", "he,何苗,,,,,,", head=head)
    assert addresses_of(Person.objects.get(login="lin").pk) == {
        "dingtalk_user_id": "d1", "dingtalk_union_id": "u1", "wecom_user_id": "LinWei",
        "feishu_open_id": "ou_1", "mobile": "13800000001",
    }  # fmt: skip
    again = [",".join(row) for row in directory_rows()]
    columns = ",".join(COLUMNS[name][-1] for name in COLUMNS)
    assert [row.verdict for row in check(*again, head=columns).rows] == ["same", "same"]
    apply(at, "lin,林为,d2", head="login,name,dingtalk_user_id")
    kept = addresses_of(Person.objects.get(login="lin").pk)
    assert (kept["dingtalk_user_id"], kept["wecom_user_id"]) == ("d2", "LinWei")


def test_one_id_for_two_persons_is_found_and_changes_nothing(at: datetime) -> None:
    head = "login,name,dingtalk_user_id"
    apply(at, "lin,林为,d1", head=head)
    before = everything()
    assert errors("he,何苗,d1", head=head) == [{"dingtalk_user_id": "taken"}]
    assert errors("he,何苗,d2", "qiao,乔北,d2", head=head) == [{}, {"dingtalk_user_id": "taken"}]
    with pytest.raises(ImportHasErrors):
        apply(at, "he,何苗,d1", head=head)
    assert everything() == before
