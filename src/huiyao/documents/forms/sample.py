# SPDX-License-Identifier: Apache-2.0
"""Invented minutes with two rows in every list, to check a form and to show it filled."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from huiyao.documents.words import words_for
from huiyao.domain.minutes import (
    ActionLine,
    Attendee,
    Decision,
    Line,
    Minutes,
    NextPlan,
    Outcome,
    Presence,
    Problem,
    Solution,
    Support,
    TopicMinutes,
)

_TEXTS = {
    "zh-hans": (
        *(
            "样例会议",
            "样例公司",
            "三楼会议室",
            "线上会议",
            "看一看表单填好后的样子。",
            "甲部门",
            "乙部门",
            "张三",
            "李四",
        ),
        *("第一项议题", "一条记要。", "一个问题。", "一个方案。", "一条共识。", "一项任务", "一份材料", "改正了一处。"),
    ),
    "zh-hant": (
        *(
            "範例會議",
            "範例公司",
            "三樓會議室",
            "線上會議",
            "看一看表單填好後的樣子。",
            "甲部門",
            "乙部門",
            "張三",
            "李四",
        ),
        *("第一項議題", "一條記要。", "一個問題。", "一個方案。", "一條共識。", "一項任務", "一份資料", "改正了一處。"),
    ),
    "en": (
        *("Sample meeting", "Sample company", "Room 3", "Online meeting", "See the form filled in.", "Department A"),
        *("Department B", "A. Example", "B. Example", "First topic", "A note.", "A problem.", "A solution."),
        *("A consensus.", "A task", "a document", "One thing was put right."),
    ),
}
_ZONE = timezone(timedelta(hours=8))


def sample_minutes(language: str) -> Minutes:
    """Minutes in which no field is empty. ValueError for a language without words."""
    words = words_for(language)
    title, company, place, online, goal, one, other, first, second, *rest = _TEXTS[words.language]
    topic, note, problem, solution, consensus, task, material, correction = rest
    line, agreed = Line("l", note, department=one), Outcome("unanimous", 2)
    found = Problem("p", 1, problem, one, (Solution("s", solution, agreed), Solution("s2", solution)))
    item = TopicMinutes("t", 1, topic, first, 15, 20, (line, line), (found, replace(found, number=2)))
    action = ActionLine("a", 1, task, one, first, (second,), date(2026, 1, 30), support=(Support(material, other),))
    return Minutes(
        title=title,
        language=words.language,
        starts_at=datetime(2026, 1, 20, 6, tzinfo=UTC).astimezone(_ZONE),
        ends_at=datetime(2026, 1, 20, 7, tzinfo=UTC).astimezone(_ZONE),
        place=place,
        online=online,
        objective=goal,
        organisation=company,
        host=first,
        recorder=second,
        attendees=(Attendee(first, one), Attendee(second, other), Attendee(second, one, Presence.ABSENT)),
        topics=(item, replace(item, number=2)),
        decisions=(Decision("d", 1, consensus, agreed), Decision("d2", 2, consensus, agreed)),
        actions=(action, replace(action, number=2)),
        next_plan=NextPlan("2026-02-03 14:00", task),
        parked=(line, line),
        correction=correction,
    )
