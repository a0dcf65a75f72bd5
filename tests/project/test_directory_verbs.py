# SPDX-License-Identifier: Apache-2.0
"""``huiyao import`` and ``huiyao export``: the directory in, the action table out, from the machine itself."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from openpyxl import load_workbook

from huiyao.features.actions.models import Action
from huiyao.features.people.models import Department, Person
from huiyao.project.commandline import VERBS, main
from huiyao.project.wiring import wire
from tests.builders.minutes import a_company, a_person, circulated

pytestmark = pytest.mark.django_db

TABLE = (
    "登录名,姓名,部门,邮箱\nlin.wei,林为,市场部/品牌组,lin.wei@example.com\nhe.miao,何苗,市场部,he.miao@example.com\n"
)
WRONG = TABLE.replace("he.miao@example.com", "何苗的邮箱")


def test_every_verb_can_be_run() -> None:
    assert not [verb for verb in VERBS if find_spec(f"huiyao.project.verbs.{verb}_") is None]


def test_an_import_first_says_what_it_would_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "people.csv"
    file.write_text(TABLE)
    assert main(["import", str(file)]) == 0
    said = capsys.readouterr().out
    assert "2 new persons, 0 changed, 0 the same, 2 new departments" in said
    assert "市场部/品牌组" in said
    assert "nothing was changed" in said
    assert not Person.objects.exists()


def test_an_import_is_applied_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "people.csv"
    file.write_text(TABLE)
    assert main(["import", str(file), "--apply"]) == 0
    assert capsys.readouterr().out.endswith("applied\n")
    assert {p.login for p in Person.objects.all()} == {"lin.wei", "he.miao"}
    assert Department.objects.count() == 2


def test_a_wrong_cell_is_named_and_nothing_is_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "people.csv"
    file.write_text(WRONG)
    assert main(["import", str(file), "--apply"]) == 1
    assert "row 3, email '何苗的邮箱'" in capsys.readouterr().err
    assert not Person.objects.exists()


def test_a_file_that_is_no_table_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "people.csv"
    file.write_text("a letter, not a table")
    assert main(["import", str(file)]) == 1
    assert "headings_missing" in capsys.readouterr().err
    assert main(["import", str(tmp_path / "none.csv")]) == 1
    assert "none.csv" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_an_export_shows_what_that_person_may_see(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wire()
    company = a_company()
    circulated(company)
    out = tmp_path / "actions.xlsx"
    assert main(["export", str(out), "--as", company.people["product"].login]) == 0
    count = Action.objects.count()
    assert count
    assert f"{count} actions" in capsys.readouterr().out
    tasks = {row[3] for row in load_workbook(out).active.iter_rows(values_only=True)}
    assert {action.task for action in Action.objects.all()} <= tasks | {
        row[4] for row in load_workbook(out).active.iter_rows(values_only=True)
    }
    a_person("stranger.two", "程外", None)
    assert main(["export", str(out), "--as", "stranger.two"]) == 0
    assert "0 actions" in capsys.readouterr().out


def test_an_export_for_nobody_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(tmp_path / "actions.xlsx"), "--as", "nobody"]) == 1
    assert "nobody" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
