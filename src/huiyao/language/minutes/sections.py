# SPDX-License-Identifier: Apache-2.0
"""The headings and labels of minutes: which section a line opens, and labels that carry their text behind them.

The vocabulary was gathered from published minutes of several communities and the guide's own template (R86-R98).
"""

import re
from enum import StrEnum


class Section(StrEnum):
    """Where a line stands."""

    TOP = "top"
    BASICS = "basics"
    ATTENDEES = "attendees"
    AGENDA = "agenda"
    DISCUSSION = "discussion"
    CONCLUSION = "conclusion"
    PROBLEMS = "problems"
    SOLUTIONS = "solutions"
    ACTIONS = "actions"
    NEXT = "next"
    ASIDE = "aside"


_OPEN = (
    r"(?:\d{1,2}\s*月\s*\d{1,2}\s*日\s*)?(?:会议|例会)?(?:上期|本期|上次|本次|历史|过往|往期|以往|前期|另外追踪|其他|其它)?(?:会议|例会)?(?:的)?"
    r"(?:遗留(?:的)?(?:问题|事项|任务|议题|项)?|待办(?:事项|任务|工作|清单)?|to\s?-?dos?(?:\s?list)?|action\s*items?(?:\s*list)?"
    r"|actions?|ai|行动项|行动计划|行动事项|后续(?:行动|任务|待办|跟进|跟踪)(?:项|事项)?|下一步(?:行动|工作|任务)|会后(?:任务|行动|待办)"
    r"|任务(?:清单|列表|分工)|跟踪事项|待跟进(?:事项|问题)?|待跟踪事项|待解决(?:的)?(?:问题|事项)|follow[- ]?ups?|open\s?issues?)"
    r"(?:跟踪|回顾|跟进|清单|列表|反馈|进展|list)*"
)
_KNOWN: tuple[tuple[Section, str], ...] = (
    (Section.ACTIONS, _OPEN),
    (
        Section.CONCLUSION,
        r"(?:本次)?(?:会议|讨论|重要|汇报|评审|议题)?(?:结论|决议|决定|决策|共识)(?:事项|如下|内容)?|达成(?:的)?共识|其他决议"
        r"|decisions?|resolutions?|conclusions?|agreements?",
    ),
    (
        Section.ATTENDEES,
        r"(?:参会|与会|参加|参与|出席)(?:会议)?(?:人员|人|者|成员|名单|方|单位)*|出席者|出席|attendees|attendance|participants?"
        r"|meeting\s*attendees|项目组成员|.{0,12}members who attended|主要参会人(?:如下)?",
    ),
    (
        Section.BASICS,
        r"会议(?:基本)?信息|会议概况|基本信息|会议基本情况|meeting\s*(?:logistics|info(?:rmation)?)|conference\s*bridge"
        r"|\d{4}-\d{1,2}-\d{1,2}\s*会议信息|\d{1,2}-\d{1,2}-\d{4}\s*会议信息",
    ),
    (
        Section.AGENDA,
        r"(?:本期|本次|新|会议)*(?:议题|议程|主题|日程)(?:列表|表|安排|清单|内容)?|agenda(?:\s*items)?|meeting\s*agenda|subject|议程与讨论",
    ),
    (
        Section.DISCUSSION,
        r"会议(?:纪要|内容|记录|报告内容|简记|讨论|过程|分享与讨论|议程与讨论内容)|纪要|讨论(?:内容|纪要)?|notes?|(?:meeting\s*)?minutes?(?:\s*of\s*meeting)?"
        r"|meeting\s*(?:notes|minutes)|discussions?(?:\s*items?)?(?:\s*and\s*minutes)?|meeting\s*agenda\s*&\s*minutes|topic\s*inputs"
        r"|进展情况|项目进度|工作组进展|会议议程与讨论内容|议题讨论|其他|其它",
    ),
    (Section.PROBLEMS, r"(?:主要|存在(?:的)?|当前)?(?:问题|风险|难点|困难)(?:与风险|和风险)?|issues?|risks?|problems?"),
    (Section.SOLUTIONS, r"(?:解决|应对|修复|临时)(?:方案|措施|办法)|对策|solutions?"),
    (
        Section.NEXT,
        r"下次(?:会议|例会)(?:安排|时间|计划|主持人|主题)?|下一?步计划|下一次会议(?:安排|时间)?|确定下次的.{0,16}|下次主持人?|next\s*(?:meeting|steps?|plan)"
        r"|期待下次再相聚|下期(?:会议|安排)",
    ),
    (
        Section.ASIDE,
        r"(?:tsc\s*|sec\s*)?voting(?:\s*items)?|.{0,8}voting to approve.{0,20}|投票(?:事项)?|other\s*notes.{0,20}|meeting\s*records?|会议回放(?:参考)?|附件|备注"
        r"|前情提要|欢迎新朋友|会议规则.{0,20}|轮值值班安排|recordings?|参考资料?|attachments?",
    ),
)
_SECTIONS = tuple((section, re.compile(rf"(?:{pattern})", re.IGNORECASE)) for section, pattern in _KNOWN)
_DECORATION = re.compile(r"^[^\w\u4e00-\u9fff(（《【\[@/]+|[\s:：*#~。_]+$")
_GLOSS = re.compile(r"\s*[（(][^（）()]{0,40}[)）]\s*$")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.、．)）](?!\d))\s*")
_BRACKETS = re.compile(r"^[【\[](.{1,20})[】\]]$")
_LABELLED = re.compile(r"^(?P<name>[^：:，。；、]{1,24}?)(?P<n>\d{0,2})\s*[:：]\s*(?P<rest>\S.*)$", re.DOTALL)
_BRACKETED = re.compile(r"^[【\[](?P<name>[^】\]]{1,16})[】\]]\s*[:：]?\s*(?P<rest>\S.*)$", re.DOTALL)
_GLUED = re.compile(r"(?<=[^\s：:])(?P<label>(?:另外追踪)?遗留问题\s*\d?\s*[:：]|(?:会议)?结论\s*[:：])")


def clean(text: str) -> str:
    """A heading without emoji, ordinal, brackets, gloss and colon."""
    text = _DECORATION.sub("", text.strip())
    text = _ORDINAL.sub("", text)
    text = _DECORATION.sub("", text)
    text = _GLOSS.sub("", text) or text
    if bracketed := _BRACKETS.match(text):
        text = bracketed[1]
    return _DECORATION.sub("", text).strip()


def section_of(text: str) -> Section | None:
    """The section a whole line opens, or None. 问题 alone opens one only with a colon or as a heading."""
    name = clean(text)
    if not name or len(name) > 40:
        return None
    for section, pattern in _SECTIONS:
        if pattern.fullmatch(name):
            return section
    return None


_INLINE = frozenset({Section.ACTIONS, Section.CONCLUSION, Section.PROBLEMS, Section.SOLUTIONS, Section.NEXT})
_WORDS = re.compile(
    r"(?:遗留|遗留问题|任务|行动项|待办|todo|action item|解决方案|问题|风险|结论|会议结论|讨论结论|决策.{0,2}|决议|共识)\s*$",
    re.IGNORECASE,
)


def labelled(text: str) -> tuple[Section, str, str] | None:
    """``遗留问题2：text`` or ``【action item】text`` as section, text and label; None without such a label."""
    for pattern in (_BRACKETED, _LABELLED):
        found = pattern.match(text)
        if not found:
            continue
        name = clean(found["name"])
        section = Section.ACTIONS if _single_task(name) else section_of(name)
        if section is None and _WORDS.fullmatch(name):
            section = Section.CONCLUSION
        if section in _INLINE:
            return section, found["rest"].strip(), found["name"].strip()
    return None


def _single_task(name: str) -> bool:
    return re.fullmatch(r"任务|行动|待办|遗留", name) is not None


def unglue(text: str) -> list[str]:
    """Cuts before a label that was glued to the text in front of it, as tables without line breaks do."""
    cuts = [found.start("label") for found in _GLUED.finditer(text)]
    return [text[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True) if text[a:b].strip()]


_NOTHING = re.compile(
    r"(?:暂?无|没有|none|n/?a|nil|tba|tbd|待定|空|暂缺|/|-+|item|who|due_date|name|xxx+|null)[\s。.!！]*", re.IGNORECASE
)


def is_nothing(text: str) -> bool:
    """An explicit "none" or an unfilled placeholder."""
    return not text.strip() or _NOTHING.fullmatch(text.strip()) is not None


_TEMPLATE = re.compile(
    r"(?:输入|并|请)\s*@\s*(?:通知|意见|经办|相关|责任|负责)|@(?:通知经办人|意见提出者|自我介绍的朋友|责任人|负责人|某人|姓名|xxx?)(?!\w)|列出后续待办|[<＜【]?此处填写|请在(?:此|下面)(?:处)?(?:填写|列出)"
    r"|\{\{.*?\}\}"
)


def is_template(text: str) -> bool:
    """An instruction of a template that nobody filled in."""
    return _TEMPLATE.search(text) is not None
