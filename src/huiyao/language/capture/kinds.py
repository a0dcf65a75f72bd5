# SPDX-License-Identifier: Apache-2.0
"""Which kind of entry a line is: what it says in front (问题：), else what its wording suggests."""

import re

from huiyao.domain.record import Kind

_WORDS = {
    Kind.NOTE: "记要 纪要 记录 备注 说明 信息 进展 note notes fyi info",
    Kind.PROBLEM: "问题 风险 难点 痛点 阻塞 卡点 problem issue risk blocker",
    Kind.SOLUTION: "解决方案 方案 建议方案 建议 对策 措施 提议 solution proposal suggestion",
    Kind.DECISION: "共识 决定 决议 结论 会议结论 一致意见 decision decided agreed consensus",
    Kind.ACTION: "任务 行动项 行动 待办 待办事项 todo to-do action task ai",
    Kind.PARKED: "暂存 跑题 停车场 题外 parked parking",
}
_KIND_OF = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_SAID = re.compile(
    rf"\s*[-*•·]?\s*[\[【(（]?({'|'.join(sorted(map(re.escape, _KIND_OF), key=len, reverse=True))})"
    r"\s?(?:[a-z]|\d{1,2}|[一二三四五六七八九十]{1,2})?\s*(?:[\]】)）]\s*[:：]?|[:：])\s*"
    r"|\s*[-*•·]?\s*(todo|to-do|待办)\s+"
)
_DECISION = re.compile(
    r"^(?:大家|与会各方|各方|会议|全体|各部门)?(?:一致|原则上?|最终)?(?:同意|通过|决定|商定|议定"
    r"|确定采用|确认采用|达成(?:一致|共识)|批准|不同意|否决)"
    r"|^(?:agreed|we agreed|decided|it was decided|approved)\b"
)
_PARKED = re.compile(
    r"(?:下次再议|改天再议|另行讨论|线下(?:再)?讨论|暂不(?:讨论|展开)|先放一放|放到下次|不在本次"
    r"|会后再(?:说|议|讨论)|park(?:ed)? (?:it|this))"
)
_PROBLEM = re.compile(
    r"(?:问题是|存在.{0,12}(?:问题|风险)|无法|不能按|导致|冲突|不清|不明确|不一致|不足|缺少|缺乏|延误"
    r"|滞后|卡住|卡在|来不及|没有人|没人|投诉|故障|报错|失败"
    r"|超期|超预算|阻塞|瓶颈|风险|有问题|(?:cannot|can't|blocked|conflict|missing|delayed|fails?)\b)"
)
_SOLUTION = re.compile(r"^(?:建议|提议|可以|不如|方案是|改为|改成|拟|我们可以|(?:suggest|propose|we could)\b)")
ACTION_VERBS = (
    "评估|输出|提交|完成|整理|提供|回复|跟进|确认|编写|撰写|更新|准备|协调|组织|安排|落实|推进|发布|上线|测试|修复|制定|梳理|汇总|统计|调研|对接|联系|沟通"
    "|反馈|给出|补充|核对|检查|审核|评审|发送|发出|发布|牵头|负责|处理|解决|设计|开发|优化|部署|采购|签订|申请|培训|通知|收集|验证|复盘|排查|同步|起草|修订|交付|建立|搭建|拉齐|出具|明确"
)
_ACTION = re.compile(rf"^(?:请|需|需要|要|由|把|将|于|在|尽快)?.{{0,12}}?(?:{ACTION_VERBS})")


_ORDER = re.compile(rf"(?:请|需|需要|尽快)?(?:{ACTION_VERBS})")
_REPORT = re.compile(r"(?:目前|当前|均|都|现)?(?:已经?|正在|刚刚?)(?!于)|(?:has|have|had|was|were|is|are)\b")


def said_kind(folded: str) -> tuple[Kind, int] | None:
    """The kind stated in front of the line and where the words behind it begin."""
    m = _SAID.match(folded)
    return (_KIND_OF[m[1] or m[2]], m.end()) if m else None


def guessed_kinds(words: str, *, owned: bool, due: bool, marked: bool, supported: bool) -> list[Kind]:
    """Kinds by wording, the likeliest first; ``words`` is folded and without the parts already understood.

    ``marked`` tells that the due wording is a limit (前, 内). A note is always the last resort.
    """
    if _REPORT.match(words):
        return [Kind.NOTE, Kind.ACTION] if owned else [Kind.NOTE]
    kinds: list[Kind] = []
    if owned and (due or supported):
        kinds.append(Kind.ACTION)
    if _DECISION.search(words):
        kinds.append(Kind.DECISION)
    if _PARKED.search(words):
        kinds.append(Kind.PARKED)
    acts = _ACTION.match(words) is not None
    if (owned and acts) or (marked and acts):
        kinds.append(Kind.ACTION)
    if _SOLUTION.search(words):
        kinds.append(Kind.SOLUTION)
    if _PROBLEM.search(words):
        kinds.append(Kind.PROBLEM)
    kinds.append(Kind.NOTE)
    if _ORDER.match(words):
        kinds.append(Kind.ACTION)
    return list(dict.fromkeys(kinds))
