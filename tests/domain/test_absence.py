# SPDX-License-Identifier: Apache-2.0
"""I7: what an absent department is asked to confirm."""

from datetime import date

import pytest

from huiyao.domain.absence import AbsentDepartment, lines_concerning
from huiyao.domain.actions import Commitment
from huiyao.domain.drafting import Paper
from huiyao.domain.minutes import Decision, Minutes
from huiyao.domain.record import SupportAsked

TECH = AbsentDepartment("d-tech", "技术部", frozenset({"p-xu"}), ("p-xu",))


def paper(*commitments: Commitment, decisions: tuple[str, ...] = ()) -> Paper:
    rows = tuple(Decision(f"deci-{n}", n, text) for n, text in enumerate(decisions, 1))
    return Paper(Minutes(title="会", decisions=rows), commitments)


@pytest.mark.parametrize(
    ("commitment", "concerned"),
    [
        (Commitment("a", 1, "评估", department="d-tech"), True),
        (Commitment("a", 1, "评估", department="d-market", person="p-xu"), True),
        (Commitment("a", 1, "写稿", department="d-market", named_by=(date(2026, 12, 1), "p-xu")), True),
        (Commitment("a", 1, "写稿", "d-market", "p-chen", support=(SupportAsked("数据", "d-tech", ""),)), True),
        (Commitment("a", 1, "写稿", "d-market", "p-chen", support=(SupportAsked("数据", "d-sales", "p-zhao"),)), False),
        (Commitment("a", 1, "技术部的稿", "d-market", "p-chen", support=()), False),
    ],
)
def test_an_action_concerns_whoever_owns_or_supports_it(commitment: Commitment, concerned: bool) -> None:
    assert lines_concerning(paper(commitment), TECH, ["技术部"]) == (("a",) if concerned else ())


def test_a_decision_concerns_the_department_it_names_and_not_one_with_a_longer_name() -> None:
    found = paper(decisions=("技术部两天内回复", "信息技术部出数据", "信息技术部和技术部一起看", "全员知悉"))
    assert lines_concerning(found, TECH, ["技术部", "信息技术部", "市场部"]) == ("deci-1", "deci-3")
