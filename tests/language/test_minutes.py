# SPDX-License-Identifier: Apache-2.0
"""Minutes written elsewhere are read into the minutes of the house; people and companies here are invented."""

from datetime import date

import pytest

from huiyao.domain.minutes import Presence
from huiyao.language.minutes import Became, ReadMinutes, read_minutes

WEEKLY = """# 仓储项目周例会纪要
时间：2025年3月6日 14:00-15:30
地点：3楼会议室A
主持人：林小满
记录人：周可
参会人员：林小满、周可、高远、沈秋月
缺席：白露

## 议题
1. 仓库盘点（高远）
2. 系统切换

## 会议纪要
1、仓库盘点
- 高远介绍了盘点进度
- 盘点差异原因请沈秋月牵头分析，3月12日前给出报告
2、系统切换
结论：同意4月1日切换。
问题：旧系统接口无人维护。
解决方案：由周可协调外包团队支持一个月。

## 待办事项
- [ ] 更新切换计划 @周可 ⏰2025-03-10
- [x] 确认机房时间 @高远

| 任务 | 责任人 | 完成时间 |
|---|---|---|
| 整理接口清单 | 沈秋月、高远 | 3月14日 |
| item | who | due_date |
| | | |

## 下一步计划
下次会议时间：2025年3月13日14:00，重点跟进切换计划。
"""


def actions(text: str, reference: date | None = None) -> list[tuple[str, tuple[str, ...], date | None]]:
    return [(a.task, a.owners, a.due) for a in read_minutes(text, reference=reference).actions]


@pytest.fixture(scope="module")
def weekly() -> ReadMinutes:
    return read_minutes(WEEKLY)


def test_basic_information_is_read(weekly):
    minutes = weekly.minutes
    assert (minutes.title, minutes.place, minutes.host, minutes.recorder) == (
        "仓储项目周例会纪要",
        "3楼会议室A",
        "林小满",
        "周可",
    )
    assert minutes.starts_at.isoformat() == "2025-03-06T14:00:00+08:00"
    assert minutes.ends_at.isoformat() == "2025-03-06T15:30:00+08:00"
    present = [a.name for a in minutes.attendees if a.presence is Presence.PRESENT]
    assert present == ["林小满", "周可", "高远", "沈秋月"]
    assert [a.name for a in minutes.attendees if a.presence is Presence.ABSENT] == ["白露"]


def test_actions_of_four_layouts_are_read(weekly):
    assert [(a.owners, a.due, a.done, a.how) for a in weekly.actions] == [
        (("沈秋月",), date(2025, 3, 12), False, "owner"),
        (("周可",), date(2025, 3, 10), False, "checkbox"),
        (("高远",), None, True, "checkbox"),
        (("沈秋月", "高远"), date(2025, 3, 14), False, "table"),
    ]


def test_problem_has_its_solution_and_topic_its_lines(weekly):
    first, second = weekly.minutes.topics
    assert first.lead == "高远"
    assert [line.text for line in first.lines] == ["高远介绍了盘点进度"]
    assert second.problems[0].text == "旧系统接口无人维护。"
    assert second.problems[0].solutions[0].text == "由周可协调外包团队支持一个月。"
    assert [decision.text for decision in weekly.minutes.decisions] == ["同意4月1日切换。"]


def test_next_meeting_is_the_next_plan(weekly):
    assert weekly.minutes.next_plan.when == "2025年3月13日14:00"
    assert weekly.minutes.next_plan.focus == "重点跟进切换计划。"


def test_lines_say_what_they_became(weekly):
    by_text = {line.text: line.became for line in weekly.lines}
    assert by_text["- [x] 确认机房时间 @高远"] is Became.ACTION
    assert by_text["结论：同意4月1日切换。"] is Became.DECISION
    assert by_text["| item | who | due_date |"] is Became.NOTE
    assert by_text["## 待办事项"] is Became.HEADING
    assert by_text["主持人：林小满"] is Became.BASICS


def test_the_line_form_of_the_guide_is_read_exactly():
    read = read_minutes(
        "例会 2024年3月10日\n行动项清单：\n"
        "1.任务：输出需求文档V2.0；负责人：市场部；截止日期：3月12日；支持：无。\n"
        "2.任务：协调客户沟通；负责人：运营部；截止日期：3月16日；支持：销售部提供话术。\n"
    )
    first, second = read.minutes.actions
    assert (first.task, first.department, first.due, first.support) == (
        "输出需求文档V2.0",
        "市场部",
        date(2024, 3, 12),
        (),
    )
    assert second.support[0].what == "销售部提供话术"


@pytest.mark.parametrize(
    ("line", "owners", "due"),
    [
        ("1、更新切换计划 责任人：刘远 完成时间：3月10日", ("刘远",), date(2025, 3, 10)),
        ("1、更新切换计划——刘远/周可", ("刘远", "周可"), None),
        ("1、更新切换计划 - 刘远", ("刘远",), None),
        ("1、更新切换计划（刘远）", ("刘远",), None),
        ("1、更新切换计划 @刘远 @Mira", ("刘远", "Mira"), None),
        ("1、由刘远整理切换计划，下周三前完成", ("刘远",), date(2025, 3, 12)),
        ("1、刘远和周可确认切换计划", ("刘远", "周可"), None),
        ("1、更新切换计划；责任主体：质量组，期望3.16前完成", ("质量组",), date(2025, 3, 16)),
        ("1、更新middleware的计划 --- 刘远", ("刘远",), None),
        ("1、更新切换计划 責任人：劉遠 完成時間：3月10日", ("劉遠",), date(2025, 3, 10)),
        ("1、梳理清单，下次例会汇报", (), None),
        ("1、刘远：3月10日前提测", ("刘远",), date(2025, 3, 10)),
        ("1、【刘远】确认灰度名单", ("刘远",), None),
        ("1、输出预案 [@刘远](https://gitee.com/liuyuan) 截止：3/9", ("刘远",), date(2025, 3, 9)),
        ("1、协调环境，完成时间：3月10日 责任人：刘远", ("刘远",), date(2025, 3, 10)),
        ("1、协调环境，解决时间待定 ---刘远", ("刘远",), None),
    ],
)
def test_owner_and_deadline_of_an_open_item(line, owners, due):
    found = read_minutes(f"遗留问题：\n{line}\n", reference=date(2025, 3, 6)).actions
    assert [(action.owners, action.due) for action in found] == [(owners, due)]


def test_a_deadline_at_the_next_meeting_keeps_its_wording():
    (action,) = read_minutes("遗留问题：\n1、梳理清单，下次例会汇报\n").minutes.actions
    assert (action.due, action.due_text) == (None, "下次例会")


def test_text_between_two_labels_stays():
    (action,) = read_minutes("遗留问题：\n1、甲事——责任主体：质量组，流程要先改——责任主体：发布组，完成\n").actions
    assert "流程要先改" in action.task
    assert action.owners == ("质量组", "发布组")


def test_cells_of_a_minutes_table_hold_conclusions_and_items():
    text = (
        "例会 2025-03-06\n## 会议纪要\n| 议题编号 | 议题名称 | 会议纪要 |\n|---|---|---|\n"
        "| No01 | 规范评审 | 结论：<br>1）同意发布。<br>遗留问题：<br>1）改版本号--责任人：刘远 完成时间：3月10日<br>2）征集意见 |\n"
        "| No02 | 组织调整 | 会议结论：同意 遗留问题：1）补充材料--周可 2）更新名单--高远 |\n"
        "| No03 | 通报 | 遗留问题：<br>无 |\n"
    )
    read = read_minutes(text)
    assert [(a.line, a.owners) for a in read.actions] == [
        (5, ("刘远",)),
        (5, ()),
        (6, ("周可",)),
        (6, ("高远",)),
    ]
    assert [d.text for d in read.minutes.decisions] == ["同意发布。", "同意"]
    assert [t.title for t in read.minutes.topics] == ["No01 规范评审", "No02 组织调整", "No03 通报"]


@pytest.mark.parametrize(
    "text",
    [
        "遗留问题：\n无。\n",
        "遗留问题：无\n",
        "## Action Items\n| Done? | Item | Responsible | Due Date |\n|---|---|---|---|\n| | item | who | due_date |\n| | | | |\n",
        "## 后续行动\n* [ ] 列出后续待办任务，并输入@通知经办人\n",
        "## Action Items\n| Items | Assignee |\n|---|---|\n| TBA | TBA |\n",
        "## 议题\n| 议题名称 | 议题负责人 |\n|---|---|\n| 进度同步 | 刘远 |\n",
        "## 参会人\n@刘远@周可\n",
        "会议邮箱 team@example.invalid\n会后，@刘远 尝试了新工具\n",
    ],
)
def test_empty_templates_and_none_yield_no_action(text):
    assert actions(text) == []


def test_a_repeated_item_is_one_action():
    read = read_minutes("1. 发布\n  遗留问题：核对策略 -- 刘远\n\n遗留问题：核对策略 -- 刘远\n")
    assert len(read.actions) == 1
    assert [line.became for line in read.lines if "核对策略" in line.text] == [Became.ACTION, Became.ACTION]


def test_a_list_ends_where_numbers_begin_again():
    text = "议题：\n遗留问题跟踪：\n1. 甲事 - 刘远\n2. 乙事 - 周可\n\n1、新申请，汇报人：高远\n2、方案评审\n"
    assert [task for task, *_ in actions(text)] == ["甲事", "乙事"]


def test_remarks_below_an_item_are_no_items_and_may_close_it():
    read = read_minutes("遗留问题：\n1. 甲事 -- 刘远\n   - 与对方交流过，没有意见\n   - 已闭环\n2. 乙事 -- 周可\n")
    assert [(a.task, a.done) for a in read.actions] == [("甲事", True), ("乙事", False)]


def test_the_same_minutes_in_html_give_the_same_actions():
    page = (
        "<html><head><title>x</title><script>alert('遗留问题')</script></head><body><h1>周会 2025-03-06</h1>"
        "<h2>待办事项</h2><ul><li>更新计划 @刘远</li><li>确认时间 @周可</li></ul>"
        "<table><tr><th>任务</th><th>责任人</th><th>截止日期</th></tr>"
        "<tr><td>整理清单</td><td>高远</td><td>2025/3/14</td></tr></table></body></html>"
    )
    read = read_minutes(page)
    assert read.layout == "html"
    assert [(a.task, a.owners, a.due) for a in read.actions] == [
        ("更新计划", ("刘远",), None),
        ("确认时间", ("周可",), None),
        ("整理清单", ("高远",), date(2025, 3, 14)),
    ]


def test_encodings_of_chinese_exports_are_read():
    text = "遗留问题：\n1、更新计划 责任人：刘远\n"
    for data in (text.encode("gb18030"), text.encode("utf-16"), ("\ufeff" + text).encode(), text.encode("utf-16-le")):
        assert [a.owners for a in read_minutes(data).actions] == [("刘远",)]


def test_a_deadline_without_a_year_needs_the_day_of_the_meeting():
    text = "遗留问题：\n1、更新计划 完成时间：3月10日\n"
    (action,) = read_minutes(text).minutes.actions
    assert (action.due, action.due_text) == (None, "3月10日")
    assert actions(text, date(2024, 12, 20))[0][2] == date(2025, 3, 10)


def test_language_of_the_document_is_told():
    assert (
        read_minutes("會議時間：2025/03/06\n與會人：劉遠\n遺留問題：\n1、確認機房時間\n").minutes.language == "zh-hant"
    )
    assert read_minutes("# Weekly\n## Action items\n- send the list @mira\n").minutes.language == "en"
