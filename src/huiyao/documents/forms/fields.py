# SPDX-License-Identifier: Apache-2.0
"""The fields of a form, each under its English and Chinese names, so that 会议名称 can stand in the form itself.

All values are ready text or lists of such; nothing else ever reaches a form.
"""

from collections.abc import Mapping
from types import MappingProxyType

from huiyao.documents.cleaning import clean, one_line
from huiyao.documents.paper import lay_out, wording
from huiyao.documents.paper.shape import Item, Paper, TopicBlock
from huiyao.documents.states import PaperState
from huiyao.documents.words import Words, words_for
from huiyao.domain.minutes import ActionLine, Attendee, Minutes, Presence

Value = str | list["Row"]
Row = dict[str, Value]

# field: (Chinese name, what it holds; a mapping for the fields of each row of a list)
FIELDS: Mapping[str, tuple[str, Mapping[str, str] | None]] = MappingProxyType(
    {
        "heading": ("文件标题", None),
        "title": ("会议名称", None),
        "organisation": ("单位", None),
        "time": ("时间", None),
        "place": ("地点", None),
        "online": ("线上", None),
        "objective": ("会议目标", None),
        "host": ("主持人", None),
        "recorder": ("记录人", None),
        "people": ("参会人员", None),
        "absent": ("缺席人员", None),
        "state": ("状态", None),
        "version": ("版本", None),
        "correction": ("更正说明", None),
        "next_plan": ("下一步计划", None),
        "attendees": ("参会名单", {"name": "姓名", "department": "部门", "presence": "出席"}),
        "topics": (
            "议题",
            {"number": "序号", "title": "标题", "remark": "说明", "lines": "记要", "problems": "问题"},
        ),
        "lines": ("记要", {"text": "内容"}),
        "problems": ("问题", {"number": "序号", "text": "内容", "remark": "说明", "solutions": "方案"}),
        "solutions": ("方案", {"text": "内容", "outcome": "结果"}),
        "decisions": ("共识事项", {"number": "序号", "text": "内容", "outcome": "结果"}),
        "actions": (
            "行动项",
            {
                "number": "序号",
                "task": "任务",
                "owner": "负责人",
                "department": "部门",
                "person": "人员",
                "due": "截止日期",
                "support": "支持",
            },
        ),
        "parked": ("暂存事项", {"text": "内容"}),
    }
)
# how those Chinese names are written in Taiwan, where differently
TRADITIONAL: Mapping[str, str] = MappingProxyType(
    {
        "文件标题": "文件標題",
        "会议名称": "會議名稱",
        "单位": "單位",
        "时间": "時間",
        "地点": "地點",
        "线上": "線上",
        "会议目标": "會議目標",
        "记录人": "記錄人",
        "参会人员": "與會人員",
        "缺席人员": "缺席人員",
        "状态": "狀態",
        "更正说明": "更正說明",
        "下一步计划": "下一步計畫",
        "参会名单": "與會名單",
        "部门": "部門",
        "议题": "議題",
        "序号": "序號",
        "标题": "標題",
        "说明": "說明",
        "记要": "記要",
        "问题": "問題",
        "内容": "內容",
        "结果": "結果",
        "共识事项": "共識事項",
        "行动项": "行動項",
        "任务": "任務",
        "负责人": "負責人",
        "人员": "人員",
        "支持": "支援",
        "暂存事项": "暫存事項",
    }
)
_INSIDE = frozenset({"lines", "problems", "solutions"})  # lists that stand inside rows, not at the top


def fields_of(minutes: Minutes, state: PaperState) -> Row:
    """What a form may print of these minutes. ValueError for a language without words."""
    words, paper = words_for(minutes.language), lay_out(minutes, state)
    absent = [person for person in minutes.attendees if person.presence is Presence.ABSENT]
    came = [person for person in minutes.attendees if person.presence is not Presence.ABSENT]
    plain: Row = {
        "heading": paper.heading,
        "title": paper.name,
        "organisation": paper.organisation,
        "time": _fact(paper, words.time),
        "place": one_line(minutes.place),
        "online": one_line(minutes.online),
        "objective": clean(minutes.objective),
        "host": one_line(minutes.host),
        "recorder": one_line(minutes.recorder),
        "people": wording.people_text(words, came),
        "absent": wording.people_text(words, absent),
        "state": paper.state,
        "version": str(minutes.version),
        "correction": clean(minutes.correction),
        "next_plan": paper.next_plan,
        "attendees": [_attendee(words, person) for person in minutes.attendees],
        "topics": [_topic(topic) for topic in paper.topics],
        "decisions": [_numbered(item) for item in paper.decisions],
        "actions": [_action(words, action) for action in minutes.actions],
        "parked": [_named("parked", {"text": item.text}) for item in paper.parked_items],
    }
    return _by_every_name(plain, {name: FIELDS[name][0] for name in plain})


def label_of(field: str, language: str, rows: str = "") -> str:
    """How a form in this language names a field, or one of the fields of the rows of a list."""
    chinese = (FIELDS[rows][1] or {})[field] if rows else FIELDS[field][0]
    if language == "en":
        return field
    return TRADITIONAL.get(chinese, chinese) if language == "zh-hant" else chinese


def is_inside(field: str) -> bool:
    """Whether the list stands inside the rows of another."""
    return field in _INSIDE


def example_of(field: str, values: Row, rows: str = "") -> str:
    """What a field prints of ``values`` (``fields_of``); a list as its number of rows."""
    row: Row | None = _first_row(values, rows) if rows else values
    value = (row or {}).get(field, "")
    return value if isinstance(value, str) else f"× {len(value)}"


def _first_row(values: Row, rows: str) -> Row | None:
    """The first row of a list, wherever it stands."""
    for name, value in values.items():
        if isinstance(value, list) and value:
            found = value[0] if name == rows else _first_row(value[0], rows)
            if found is not None:
                return found
    return None


def top_names() -> frozenset[str]:
    """The names a form may use outside of loops, in every spelling."""
    outside = [name for name in FIELDS if name not in _INSIDE]
    chinese = {FIELDS[name][0] for name in outside}
    return frozenset(outside) | chinese | {TRADITIONAL.get(name, name) for name in chinese}


def _named(kind: str, values: Row) -> Row:
    return _by_every_name(values, FIELDS[kind][1] or {})


def _by_every_name(values: Row, chinese: Mapping[str, str]) -> Row:
    named = {chinese[name]: value for name, value in values.items()}
    return values | named | {TRADITIONAL.get(name, name): value for name, value in named.items()}


def _fact(paper: Paper, label: str) -> str:
    return next((fact.text for row in paper.facts for fact in row if fact.label == label), "")


def _attendee(words: Words, person: Attendee) -> Row:
    presence = {Presence.ABSENT: words.absent, Presence.WALK_IN: words.walk_in}.get(person.presence, words.attendees)
    kind = words.guests if person.guest and person.presence is not Presence.ABSENT else presence
    return _named(
        "attendees", {"name": one_line(person.name), "department": one_line(person.department), "presence": kind}
    )


def _topic(topic: TopicBlock) -> Row:
    lines: Value = [_named("lines", {"text": line.lead + line.text}) for line in topic.lines]
    problems: list[Row] = []
    for block in topic.problems:
        solutions: Value = [
            _named("solutions", {"text": solution.text, "outcome": solution.remark}) for solution in block.solutions
        ]
        problem = block.problem
        values = {"number": problem.lead, "text": problem.text, "remark": problem.remark, "solutions": solutions}
        problems.append(_named("problems", values))
    head: Row = {"number": topic.number.rstrip("."), "title": topic.title, "remark": topic.remark}
    return _named("topics", head | {"lines": lines, "problems": problems})


def _numbered(item: Item) -> Row:
    return _named("decisions", {"number": item.lead.rstrip("."), "text": item.text, "outcome": item.remark})


def _action(words: Words, action: ActionLine) -> Row:
    return _named(
        "actions",
        {
            "number": str(action.number),
            "task": clean(action.task),
            "owner": wording.owner_text(words, action),
            "department": one_line(action.department),
            "person": one_line(action.person),
            "due": wording.due_text(words, action),
            "support": wording.support_text(words, action.support),
        },
    )
