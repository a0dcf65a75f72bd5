# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyao.domain.filing import FORBIDDEN, MAX_BYTES, filing_name, safe_name, unique_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("订单页改版协调会", "2026-03-订单页改版协调会"),
        ("Q2 排期 协调会", "2026-03-Q2排期协调会"),
        ("Order page review", "2026-03-Order page review"),
        ("A/B 测试: 方案?", "2026-03-A B测试方案"),
        ("  两头有空格  ", "2026-03-两头有空格"),
        ("换\n行\t和\x00零", "2026-03-换行和零"),
        ("隐\u200b形\u202e字", "2026-03-隐形字"),
        ("尾巴有点...", "2026-03-尾巴有点"),
        ("../../etc/passwd", "2026-03-.. .. etc passwd"),
        ("", "2026-03-"),
        ("𠮷野家 对接", "2026-03-𠮷野家对接"),
    ],
)
def test_year_month_topic(title, name):
    assert filing_name(date(2026, 3, 9), title) == name


@given(st.text())
def test_any_text_becomes_a_name_every_system_takes(text):
    name = safe_name(text)
    assert name
    assert name not in (".", "..")
    assert not FORBIDDEN.search(name)
    assert len(name.encode()) <= MAX_BYTES + 1
    assert name == name.strip(". ") or name.startswith("_")


@pytest.mark.parametrize("text", ["con", "NUL", "com1.txt", "LPT9"])
def test_names_windows_keeps_for_itself_get_a_stroke(text):
    assert safe_name(text) == f"_{text}"


def test_a_taken_name_gets_a_number_before_its_ending():
    assert unique_name("方案.docx", ["方案.docx", "方案-2.docx"]) == "方案-3.docx"
    assert unique_name("方案.DOCX", ["方案.docx"]) == "方案-2.DOCX"
    assert unique_name("2026-03-会", ["2026-03-会"]) == "2026-03-会-2"
    assert unique_name("v1.2 方案会", ["v1.2 方案会"]) == "v1.2 方案会-2"
    assert unique_name("新的", []) == "新的"
