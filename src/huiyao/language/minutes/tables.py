# SPDX-License-Identifier: Apache-2.0
"""Tables of minutes: what their columns hold, told from the header."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from huiyao.language.minutes.scripts import compiled
from huiyao.language.minutes.sections import Section
from huiyao.language.minutes.segments import Segment, plain

_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, compiled(pattern, re.IGNORECASE))
    for role, pattern in (
        ("minutes", r"会议纪要|纪要|结论|会议结论|notes.*|minutes|讨论内容|会议内容"),
        ("topic_owner", r"议题负责人|发言人|汇报人|proposer|presenter|申报人|主讲人"),
        ("topic", r"议题名称|议题|agenda\s*items?|topic|议程|议题内容"),
        ("key", r"议题编号|编号|序号|no\.?|#|id"),
        (
            "owner",
            r"(?:责任|负责|经办|跟进|执行|承办|处理|主责)(?:人|方|单位|部门)?|responsible|assignee|owner|who|assigned\s*to|主责人",
        ),
        (
            "due",
            r".*(?:截止|完成|交付|计划完成|到期|闭环)(?:日期|时间)?|due(?:\s*date)?|deadline|期限|时限|日期|时间要求",
        ),
        ("done", r"done\??|状态|status|是否(?:完成|闭环)|进展|完成情况"),
        ("support", r"支持|所需支持|support"),
        (
            "task",
            r"任务|事项|工作(?:项|内容)|行动(?:项)?|items?|actions?(?:\s*items?)?|待办(?:事项)?|内容|遗留问题|问题|任务描述|todo|tasks?",
        ),
        ("name", r"姓名|昵称|name|成员|参会人"),
        ("when", r"meeting\s*(?:day|time)|时间|会议时间"),
        ("recorder", r"note\s*taker|记录人|纪要人"),
        ("online", r"conference\s*bridge|会议链接"),
    )
)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows without header and rule, each with its source segment; ``roles`` maps a role to its first column."""

    header: Segment
    roles: dict[str, int]
    rows: tuple[Segment, ...]

    def cell(self, row: Segment, role: str) -> str:
        """The text of a row in a role's column, without markup, or ''."""
        column = self.roles.get(role, -1)
        return plain(row.cells[column]) if 0 <= column < len(row.cells) else ""


def table_of(rows: Sequence[Segment]) -> Table:
    """A run of rows as a table; the first row is the header."""
    roles: dict[str, int] = {}
    for column, cell in enumerate(rows[0].cells):
        name = plain(cell).strip(" *:：")
        for role, pattern in _ROLES:
            if pattern.fullmatch(name):
                roles.setdefault(role, column)
                break
    return Table(rows[0], roles, tuple(rows[1:]))


def kind_of(table: Table, section: Section) -> str:
    """attendees, actions, minutes, agenda, basics or other."""
    roles = set(table.roles)
    named = re.search(r"姓名|昵称", table.header.text) is not None
    tracked = bool({"due", "done"} & roles) or section is Section.ACTIONS
    rules = (
        ("attendees", "name" in roles and section is Section.ATTENDEES),
        ("minutes", "minutes" in roles and bool({"topic", "task"} & roles)),
        ("actions", {"task", "owner"} <= roles and tracked),
        ("actions", "task" in roles and section is Section.ACTIONS),
        ("agenda", "task" in roles and section is Section.AGENDA),
        ("agenda", "topic" in roles),
        ("basics", bool({"when", "recorder", "online"} & roles) and section in (Section.TOP, Section.BASICS)),
        ("attendees", "name" in roles and named),
    )
    return next((kind for kind, fits in rules if fits), "other")
