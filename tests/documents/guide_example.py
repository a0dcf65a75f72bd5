# SPDX-License-Identifier: Apache-2.0
"""Minutes in the shape of the guide's example (R86-R98) with invented content, in three languages; one with much in it."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from huiyao.domain.minutes import (
    ActionLine,
    Attendee,
    Decision,
    Line,
    Minutes,
    NextPlan,
    Outcome,
    Problem,
    Solution,
    Support,
    TopicMinutes,
)

ZONE = ZoneInfo("Asia/Shanghai")
START, END = datetime(2027, 4, 13, 14, tzinfo=ZONE), datetime(2027, 4, 13, 15, 30, tzinfo=ZONE)

SIMPLIFIED = Minutes(
    title="会员月活动跨部门协调会",
    starts_at=START,
    ends_at=END,
    place="5 楼东会议室",
    online="钉钉会议号：207 518 634",
    objective="定下会员月的分工、先后和协作流程。",
    organisation="青岚科技",
    host="林乔（产品部）",
    recorder="周澜（运营部）",
    attendees=(
        Attendee("陈墨", "市场部"),
        Attendee("许恒", "技术部"),
        Attendee("赵凝", "销售部"),
        Attendee("何沐", "客服部"),
        Attendee("周澜", "运营部"),
    ),
    topics=(
        TopicMinutes("t1", 1, "开场与目标重申", "主持人", 5, 5, (Line("l0", "只谈会员月，不谈全年预算。"),)),
        TopicMinutes(
            "t2",
            2,
            "各部门进展同步",
            "",
            15,
            17,
            lines=(
                Line("l1", "已收回问卷 312 份，需求说明 V1.1 待技术部确认。", department="市场部"),
                Line("l2", "评估“积分换券”需两周，请市场部 4 月 16 日前定下先后。", department="技术部"),
                Line("l3", "客户最急的是“到期提醒”，建议先做。", department="销售部"),
            ),
        ),
        TopicMinutes(
            "t3",
            3,
            "问题聚焦与方案研讨",
            "林乔",
            30,
            36,
            problems=(
                Problem(
                    "p1",
                    1,
                    "需求说明没有分先后，排期估不出来。",
                    "技术部",
                    (Solution("s1", "市场部 4 月 16 日前出 V2.0，分“必做”“可选”。", Outcome("unanimous", 5)),),
                ),
                Problem(
                    "p2",
                    2,
                    "销售部的急需与原计划冲突。",
                    "销售部",
                    (Solution("s2", "先做“到期提醒”，“积分换券”延到第三季度。", Outcome("majority", 4, 1, 0, "林乔")),),
                ),
            ),
        ),
    ),
    decisions=(
        Decision("d1", 1, "需求说明 V2.0 于 4 月 16 日前由市场部输出，技术部同步评估。", Outcome("unanimous", 5)),
        Decision("d2", 2, "会员月先做“到期提醒”，“积分换券”延到第三季度。", Outcome("majority", 4, 1)),
        Decision("d3", 3, "建立“会员月协作群”，三个部门每日同步进度。", Outcome("unanimous", 5)),
    ),
    actions=(
        ActionLine("a1", 1, "输出需求说明 V2.0", "市场部", "陈墨", (), date(2027, 4, 16), support=()),
        ActionLine("a2", 2, "评估需求说明 V2.0 并回复", "技术部", "许恒", (), date(2027, 4, 20), support=()),
        ActionLine(
            *("a3", 3, "与客户说明“积分换券”延后", "运营部", "周澜", ("何沐",), date(2027, 4, 22)),
            support=(Support("客户沟通话术", "销售部", "赵凝", date(2027, 4, 19)),),
        ),
    ),
    next_plan=NextPlan("2027年4月20日 14:00", "需求说明 V2.0 和评估结果"),
)
TRADITIONAL = replace(
    SIMPLIFIED,
    language="zh-hant",
    title="會員月活動跨部門協調會",
    place="5 樓東會議室",
    online="線上會議 207 518 634",
    objective="訂下會員月的分工、先後與協作流程。",
    organisation="青嵐科技",
    host="林喬（產品部）",
    recorder="周瀾（營運部）",
    attendees=(Attendee("陳墨", "行銷部"), Attendee("許恆", "技術部"), Attendee("趙凝", "業務部")),
    topics=(
        TopicMinutes("t1", 1, "開場與目標重申", "主持人", 5, 5, (Line("l0", "只談會員月，不談全年預算。"),)),
        TopicMinutes(
            *("t3", 2, "問題聚焦與方案研討", "林喬", 30, 36),
            problems=(
                Problem(
                    "p1",
                    1,
                    "需求說明沒有分先後，排不出時程。",
                    "技術部",
                    (Solution("s1", "行銷部 4 月 16 日前提出 V2.0。", Outcome("unanimous", 3)),),
                ),
            ),
        ),
    ),
    decisions=(Decision("d1", 1, "需求說明 V2.0 於 4 月 16 日前由行銷部提出。", Outcome("unanimous", 3)),),
    actions=(
        ActionLine("a1", 1, "提出需求說明 V2.0", "行銷部", "陳墨", (), date(2027, 4, 16), support=()),
        ActionLine("a2", 2, "評估需求說明並回覆", "技術部", "許恆", (), date(2027, 4, 20), support=()),
    ),
    next_plan=NextPlan("2027年4月20日 14:00", "需求說明與評估結果"),
)
ENGLISH = replace(
    SIMPLIFIED,
    language="en",
    title="Members' month: coordination across departments",
    place="Room 5 East",
    online="Online meeting 207 518 634",
    objective="Settle division of work, order and way of working for the members' month.",
    organisation="Qinglan Technology",
    host="Lin Qiao (Product)",
    recorder="Zhou Lan (Operations)",
    attendees=(Attendee("Chen Mo", "Marketing"), Attendee("Xu Heng", "Engineering"), Attendee("Zhao Ning", "Sales")),
    topics=(
        TopicMinutes("t1", 1, "Opening and objective", "host", 5, 5, (Line("l0", "The members' month only."),)),
        TopicMinutes(
            *("t3", 2, "Problems and solutions", "Lin Qiao", 30, 36),
            problems=(
                Problem(
                    "p1",
                    1,
                    "The requirements are not in order, so no dates can be estimated.",
                    "Engineering",
                    (Solution("s1", "Marketing writes version 2.0 by 16 April.", Outcome("unanimous", 3)),),
                ),
            ),
        ),
    ),
    decisions=(Decision("d1", 1, "Marketing writes the requirements by 16 April.", Outcome("unanimous", 3)),),
    actions=(
        ActionLine("a1", 1, "Write requirements 2.0", "Marketing", "Chen Mo", (), date(2027, 4, 16), support=()),
        ActionLine("a2", 2, "Estimate and answer", "Engineering", "Xu Heng", (), date(2027, 4, 20), support=()),
    ),
    next_plan=NextPlan("20 April 2027, 14:00", "the requirements and the estimate"),
)
MUCH = replace(
    SIMPLIFIED,
    title="跨区域联合市场与渠道发展部二〇二七年会员月活动跨部门协调会（第二次）",
    place="上海市浦东新区张江高科技园区青岚大厦 5 楼东侧大会议室（原培训室）",
    host="欧阳慕容子轩（跨区域联合市场与渠道发展部）",
    correction="第 12 项的负责人原写错，现已改正；其余各项没有变化，收到旧版的人请以本版为准。",
    version=3,
    attendees=tuple(Attendee(f"第{number}位参会人", "跨区域联合市场与渠道发展部") for number in range(1, 31)),
    actions=tuple(
        ActionLine(
            *(f"a{n}", n, f"第{n}项：与各区域核对会员名单并回填差异", "跨区域联合市场与渠道发展部", "欧阳慕容子轩"),
            *(("司徒若望",), date(2027, 4, 30)),
            support=(Support("区域会员名单", "客户服务与体验部", "何沐", date(2027, 4, 20)),),
        )
        for n in range(1, 41)
    ),
)
LANGUAGES = {"zh-hans": SIMPLIFIED, "zh-hant": TRADITIONAL, "en": ENGLISH}
EVERY = {**LANGUAGES, "much": MUCH}
