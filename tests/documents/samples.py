# SPDX-License-Identifier: Apache-2.0
"""Minutes to make documents of: an ordinary one in three languages, an empty, a long and a hostile one."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from huiyao.domain.minutes import (
    ActionLine,
    Attendee,
    Decision,
    Line,
    Minutes,
    NamedLater,
    NextPlan,
    Outcome,
    Presence,
    Problem,
    SeatRemark,
    Solution,
    Support,
    TopicMinutes,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
START, END = datetime(2026, 11, 24, 14, tzinfo=SHANGHAI), datetime(2026, 11, 24, 15, 30, tzinfo=SHANGHAI)

NIGHT = Outcome(
    *("not_reached", 2, 1, 1, "林晓", date(2026, 12, 1)),
    reservations=(SeatRemark("技术部", "夜间没有人值守。"),),
    objections=(SeatRemark("销售部", "白天切换会误发货"),),
    silent=("财务部", "客服部"),
)
SIMPLIFIED = Minutes(
    title="冬季仓储切换协调会",
    starts_at=START,
    ends_at=END,
    place="3 楼 A 室",
    online="线上会议 881 204",
    objective="定下切换的范围与分工。",
    organisation="启衡科技",
    host="林晓（产品部）",
    recorder="周岚（运营部）",
    attendees=(
        Attendee("陈默", "市场部"),
        Attendee("许衡", "技术部"),
        Attendee("何苗", "市场部"),
        Attendee("孙立", "仓储部", Presence.WALK_IN),
        Attendee("Ellen Ward", "Nordlicht GmbH", guest=True),
        Attendee("吴桐", "财务部", Presence.ABSENT),
    ),
    topics=(
        TopicMinutes("t1", 1, "开场与目标重申", "林晓", 5, 5),
        TopicMinutes(
            "t2",
            2,
            "各部门进展同步",
            "",
            15,
            22,
            lines=(
                Line("l1", "盘点已完成八成。", department="仓储部"),
                Line("l2", "扫码枪改到周五再谈。", kind="parked"),
            ),
        ),
        TopicMinutes(
            "t3",
            3,
            "协作问题聚焦",
            "林晓",
            None,
            18,
            problems=(
                Problem(
                    "p1",
                    1,
                    "旧库位编号与系统不一致。",
                    "仓储部",
                    (
                        Solution("s1", "先冻结旧编号，再成批换新。", Outcome("unanimous", 6)),
                        Solution("s2", "增派一名值班工程师。", Outcome("majority", 4, 1, 1, "林晓")),
                    ),
                ),
            ),
        ),
    ),
    decisions=(
        Decision("d1", 1, "切换分两批进行", Outcome("unanimous", 6)),
        Decision("d2", 2, "夜间不切换", NIGHT),
        Decision("d3", 3, "旧标签留用一个月", Outcome("open", 1, silent=("财务部",))),
    ),
    actions=(
        ActionLine("a1", 1, "冻结旧库位编号", "仓储部", "孙立", (), date(2026, 12, 4), support=()),
        ActionLine(
            *("a2", 2, "写好换号脚本", "技术部", "许衡", ("何苗",), date(2026, 12, 2)),
            support=(Support("旧编号全表", "仓储部", "孙立", date(2026, 11, 30)),),
        ),
        ActionLine(
            *("a3", 3, "通知供应商", "市场部", "", (), None, "春节前"),
            named_later=NamedLater(date(2026, 11, 27), "陈默"),
        ),
        ActionLine("a4", 4, "核对费用", done=True),
    ),
    next_plan=NextPlan("2026年12月9日 14:00", "第一批切换的结果"),
    parked=(Line("k1", "退货区标识另议。", "parked", "客服部"),),
    notes=(Line("n1", "会议室投影需报修。"),),
    version=2,
)

TRADITIONAL = replace(
    SIMPLIFIED,
    language="zh-hant",
    title="冬季倉儲切換協調會",
    place="3 樓 A 室",
    objective="定下切換的範圍與分工。",
    topics=(
        TopicMinutes(
            "t1",
            1,
            "開場與目標重申",
            "林曉",
            5,
            8,
            lines=(Line("l1", "盤點已完成八成。", department="倉儲部"),),
        ),
    ),
    actions=(ActionLine("a1", 1, "凍結舊庫位編號", "倉儲部", "孫立", (), date(2026, 12, 4), support=()),),
)

ENGLISH = replace(
    SIMPLIFIED,
    language="en",
    title="Winter warehouse switch",
    place="Room 3A",
    objective="Settle scope and division of work.",
    organisation="Qiheng Technology",
    host="Lin Xiao (Product)",
    recorder="Zhou Lan (Operations)",
    attendees=(Attendee("Chen Mo", "Marketing"), Attendee("Xu Heng", "Engineering")),
    topics=(
        TopicMinutes(
            "t1",
            1,
            "Opening",
            "Lin Xiao",
            5,
            8,
            lines=(Line("l1", "Stock count is 80% done.", department="Warehouse"),),
        ),
    ),
    decisions=(Decision("d1", 1, "Switch in two batches", Outcome("majority", 5, 1)),),
    actions=(
        ActionLine(
            *("a1", 1, "Freeze the old shelf codes", "Warehouse", "Sun Li", ("He Miao",), date(2026, 12, 4)),
            support=(Support("list of codes", "Engineering", "", date(2026, 11, 30)),),
        ),
    ),
    next_plan=NextPlan("9 December 2026, 14:00", "the first batch"),
    parked=(),
    notes=(),
)

EMPTY = Minutes(title="")

LONG = replace(
    SIMPLIFIED,
    title="跨区域联合市场与渠道发展部年度协调会" * 8,
    attendees=tuple(Attendee(f"人员{number}", f"部门{number % 40}") for number in range(300)),
    topics=(
        TopicMinutes(
            "t1",
            1,
            "很长的议题",
            lines=tuple(Line(f"l{n}", f"第{n}行记要，" * 9, department="市场部") for n in range(300)),
        ),
    ),
    actions=tuple(
        ActionLine(
            f"a{n}",
            n,
            f"第{n}项任务" * 12,
            "跨区域联合市场与渠道发展部",
            "欧阳慕容子轩",
            (),
            date(2026, 12, 4),
            support=(),
        )
        for n in range(1, 301)
    ),
)

HOSTILE_TEXT = '=1+1 #read("/etc/passwd") $x^2$ *b* <b>&amp;</b> {{ 7*7 }} [x](javascript:alert(1)) | \\ \x00\x0b\x1f\u202e\ud800 终'
HOSTILE = Minutes(
    title=HOSTILE_TEXT,
    objective=HOSTILE_TEXT + "\n# 第二行\n- 第三行",
    host=HOSTILE_TEXT,
    attendees=(Attendee(HOSTILE_TEXT, HOSTILE_TEXT),),
    topics=(
        TopicMinutes("t", 1, HOSTILE_TEXT, HOSTILE_TEXT, lines=(Line("l", HOSTILE_TEXT, department=HOSTILE_TEXT),)),
    ),
    decisions=(Decision("d", 1, HOSTILE_TEXT),),
    actions=(ActionLine("a", 1, HOSTILE_TEXT, HOSTILE_TEXT, HOSTILE_TEXT, (HOSTILE_TEXT,), due_text=HOSTILE_TEXT),),
    next_plan=NextPlan(HOSTILE_TEXT, HOSTILE_TEXT),
    parked=(Line("k", HOSTILE_TEXT),),
    correction=HOSTILE_TEXT,
)

ALL = {"zh-hans": SIMPLIFIED, "zh-hant": TRADITIONAL, "en": ENGLISH}
ODD = {"empty": EMPTY, "long": LONG, "hostile": HOSTILE}
