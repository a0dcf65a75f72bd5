# SPDX-License-Identifier: Apache-2.0
"""What the demo's meetings are about, in our own words: six departments around one product."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of the record. ``topic`` counts from 0; ``under`` is the position of its parent in the list, or None.

    ``due`` counts working days from the meeting; ``support`` is None for "none", or (department, login, what).
    ``voices`` is a consensus call: (login, answer, reason) of each seat that spoke.
    """

    topic: int
    kind: str
    text: str
    under: int | None = None
    owner: str = ""
    due: int = 0
    support: tuple[str, str, str] | None = None
    voices: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One meeting: ``days`` working days from the day of loading (negative: past), begun at ``hour``.

    ``reaches`` is the last act told: plan, invite, start, close, submit, circulate, final. ``looked_back`` are answers
    to the retrospective: (login, met, improve). ``next_days``: in how many working days from loading the next meeting
    is planned; 0 for no such plan.
    """

    title: str
    objective: str
    occasion: str
    days: int
    hour: tuple[int, int]
    place: str
    reaches: str
    departments: tuple[str, ...]
    host: str = "linxiao"
    recorder: str = "zhoulan"
    facilitator: str = "xuheng"
    online: str = ""
    said: tuple[Said, ...] = ()
    next_focus: str = ""
    looked_back: tuple[tuple[str, str, str], ...] = ()
    next_days: int = 0


ITERATION = (
    Said(0, "note", "本次只定一季度要做的功能、谁来做、怎么配合，不讨论预算。"),
    Said(1, "note", "市场部：走访了四十二家客户，需求说明已写到第一版，等技术部看能不能做。"),
    Said(1, "note", "技术部：智能排程大约要两周，需要市场部先说清哪些功能必须先有。"),
    Said(1, "note", "销售部：三家重点客户反复问到货进度提醒，希望尽早上线。"),
    Said(1, "note", "客服部：上月同类咨询占来电三成，话术已整理好。"),
    Said(2, "problem", "需求说明口径不一，技术部没法估工期"),
    Said(2, "problem", "重点客户要的到货提醒与既定排期冲突"),
    Said(2, "solution", "需求说明第二版把功能分成必做与可选，技术部同步评估", under=5),
    Said(2, "decision", "需求说明第二版由市场部牵头写出，技术部两个工作日内回复评估结论。", under=5),
    Said(2, "action", "写出需求说明第二版", under=5, owner="chenmo", due=4),
    Said(
        2,
        "action",
        "评估需求说明第二版并回复工期",
        under=5,
        owner="xuheng",
        due=6,
        support=("市场部", "baiwei", "提供客户走访原始记录"),
    ),
    Said(2, "parked", "明年展会的展位预算"),
    Said(3, "solution", "本轮先做到货提醒，智能排程移到下一轮，由运营部向客户说明", under=6),
    Said(3, "decision", "本轮优先做到货提醒，智能排程移到下一轮。", under=6),
    Said(3, "decision", "建一个迭代需求群，各部门每天下班前更新进展。"),
    Said(
        4,
        "action",
        "向三家重点客户说明智能排程推迟的安排",
        under=6,
        owner="weiming",
        due=8,
        support=("销售部", "zhaoning", "提供沟通话术"),
    ),
)

COMPLAINT = (
    Said(0, "note", "目标：把三起升级投诉的原因讲清，定下以后怎么第一时间通气。"),
    Said(1, "note", "客服部：三起投诉都因换货单没有及时转给仓储，平均拖了五天。"),
    Said(1, "note", "运营部：仓储系统里能看到换货单，但没有人每天去看。"),
    Said(2, "problem", "客服登记换货后，仓储不知道要先发货"),
    Said(3, "solution", "换货单登记后系统自动提醒仓储值班人", under=3),
    Said(3, "decision", "换货单当天提醒仓储值班人，次日上午核对一次。", under=3),
    Said(
        4,
        "action",
        "在换货登记里加上仓储提醒",
        under=3,
        owner="fangzhou",
        due=5,
        support=("运营部", "weiming", "确认值班名单"),
    ),
    Said(4, "action", "给一线客服讲一遍新的换货流程", under=3, owner="guqiu", due=3),
)

CHANNEL = (
    Said(1, "note", "销售部：四个渠道商反映物料到得晚，错过两场促销。"),
    Said(2, "problem", "促销物料没有统一的申请时间，临时加急太多"),
    Said(
        3,
        "solution",
        "物料申请统一提前十个工作日，市场部每周一汇总",
        under=1,
        voices=(
            ("chenmo", "agree", ""),
            ("sunyan", "agree", ""),
            ("weiming", "reserve", "旺季来不及提前十天，希望留一条加急通道"),
        ),
    ),
    Said(3, "decision", "从下月起物料申请提前十个工作日。", under=2),
    Said(3, "parked", "展架要不要各渠道统一采购", owner="shenyi"),
    Said(4, "action", "发布物料申请日历", under=1, owner="shenyi", due=2),
    Said(
        4,
        "action",
        "把新规则告诉四个渠道商",
        under=1,
        owner="pengfei",
        due=4,
        support=("市场部", "shenyi", "提供日历图"),
    ),
)

TRAINING = (
    Said(1, "note", "客服部：新设备上市后，安装类咨询多了一倍。"),
    Said(2, "problem", "安装说明与新版外壳不一致"),
    Said(3, "solution", "先出一页更正说明，再改整本手册", under=1),
    Said(3, "decision", "更正说明随货发出，手册下一版改。", under=1),
    Said(
        4,
        "action",
        "画出更正说明",
        under=1,
        owner="suqing",
        due=3,
        support=("技术部", "luoxi", "提供外壳图纸"),
    ),
)

EVERY = ("产品部", "市场部", "技术部", "销售部", "客服部", "运营部")

STORIES: tuple[Story, ...] = (
    Story(
        "渠道促销物料协调会", "定下促销物料的申请时间和汇总办法", "resources", -12, (10, 0), "2 楼 B 室", "final",
        ("市场部", "销售部", "运营部"), said=CHANNEL, recorder="weiming", host="chenmo", facilitator="sunyan",
        next_focus="看新日历执行得怎样", next_days=6,
        looked_back=(
            ("chenmo", "yes", "渠道商的例子很有用，下次会前先发"),
            ("sunyan", "yes", ""),
            ("weiming", "partly", "加急的情况没来得及谈"),
        ),
    ),
    Story(
        "安装咨询处理会", "安装类咨询回到上市前的数量", "complaint", -1, (15, 0), "3 楼 A 室", "circulate",
        ("产品部", "技术部", "客服部"), said=TRAINING, recorder="zhoulan", host="linxiao", facilitator="hemiao",
        looked_back=(("linxiao", "yes", ""), ("xuheng", "partly", "更正说明的样张应当会前给大家看")),
    ),
    Story(
        "客诉升级联合处理会", "讲清三起升级投诉的原因，定下通气办法", "complaint", -1, (10, 0), "3 楼 A 室", "submit",
        ("客服部", "技术部", "运营部", "销售部"), said=COMPLAINT, recorder="yecheng", facilitator="hemiao",
    ),
    Story(
        "一季度产品迭代协调会", "确定一季度迭代的功能分工和配合流程", "launch", 0, (9, 30), "3 楼 A 室", "start",
        EVERY, said=ITERATION, online="https://meeting.example.com/room/318", next_focus="看需求说明第二版和评估结论",
    ),
    Story(
        "年度目标对齐会", "六个部门对明年三项共同目标各认领一份", "alignment", 4, (14, 0), "5 楼大会议室", "invite",
        EVERY, recorder="weiming",
    ),
    Story(
        "展会资源协调会", "定下春季展会的人手和样机", "resources", 8, (10, 0), "", "plan",
        ("市场部", "销售部", "产品部"), recorder="", host="chenmo", facilitator="",
    ),
)  # fmt: skip
