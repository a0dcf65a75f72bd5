# SPDX-License-Identifier: Apache-2.0
"""Times of day in Chinese and in digits, and parts of the day."""

import re

from huiyao.language.deadlines.fragments import got
from huiyao.language.deadlines.numbers import read_number
from huiyao.language.deadlines.pieces import Clock, Kind, Piece, Rule

DAY_PARTS = {
    "凌晨": "am", "清晨": "am", "清早": "am", "早晨": "am", "早上": "am", "早间": "am", "上午": "am", "午前": "am",
    "后半夜": "am", "黎明": "am", "中午": "noon", "正午": "noon", "午间": "noon", "下午": "pm", "午后": "pm",
    "傍晚": "pm", "晚上": "night", "晚间": "night", "夜里": "night", "夜间": "night", "夜晚": "night", "深夜": "night",
    "半夜": "night", "午夜": "night", "前半夜": "night", "下班": "pm", "收盘": "pm", "打烊": "pm", "全天": "",
    "整天": "", "早": "am", "晨": "am", "晚": "night",
}  # fmt: skip
_LATIN = {"a": "am", "p": "pm"}
_HOUR = r"(?:2[0-4]|1\d|0?\d|二?十[一二三四]?|[零〇一二两三四五六七八九])"
_MINUTE = r"(?:[0-5]\d|[零〇二三四五]?十[一二三四五六七八九]?|[零〇][一二三四五六七八九])"
_PART = "|".join(name for name in DAY_PARTS if len(name) > 1 and name not in ("黎明", "全天", "整天"))
_COUNTED = (
    r"(?!\s*(?:意见|建议|要求|问题|原因|内容|说明|共识|想法|感受|体会|经验|结论|措施|需求|改进|风险"
    r"|思路|看法|好处|理由|注意"
    r"|疑问|补充|反馈|考虑|事项|工作|不|都|也|儿|小|东西|可|是|[:：]\s*\D|[一二三四五六七八九\d]\s*(?:个|%)))"
)
_LISTING = re.compile(
    r"(?:提出|以下|如下|有|这|那|共|几|强调|说明|明确|提|讲|补充|总结|另外|第|每|其中|达成|谈|差|好|多|有些|分)\s*$"
)
_WORD = re.compile(r"[\u4e00-\u9fff](?<![到至在于从前])$")
"""一点 behind a word is "a little"."""
_DECIMAL = re.compile(r"[零〇一二三四五六七八九]+(?:$|[^\u4e00-\u9fff]|[的个倍万亿])")
_CERTAIN = re.compile(r"\s*(?:前|之前|以前|整|左右|许|多|开始|开会|召开|截止|[到至~—–-]|$|[，,。；;）)])")


def _chinese_clock(m: re.Match[str]) -> Piece | None:
    hour = read_number(m["h"])
    part, tail, minute = got(m, "part"), got(m, "tail"), got(m, "m")
    if hour is None or hour > 24:
        return None
    if not part and not _is_time(m, hour, spelled=bool(tail or minute)):
        return None
    if not part and not tail and not minute and _DECIMAL.match(m.string, m.end()):
        return None
    minutes = {"半": 30, "一刻": 15, "三刻": 45}.get(tail or "", 0)
    if minute:
        minutes = read_number(minute.lstrip("零〇")) or 0
    half = DAY_PARTS[part] if part else ""
    if half == "noon":
        half = "pm" if hour < 5 else "am" if hour != 12 else "pm"
    return Piece(m.start(), m.end(), Kind.CLOCK, clock=Clock(hour, minutes, half))


def _is_time(m: re.Match[str], hour: int, *, spelled: bool) -> bool:
    """Whether a bare N点 is an hour and not a count of points."""
    if spelled or "钟" in m[0] or m[0].endswith(("时", "时整")):
        return True
    if m[0].startswith("一点") and _WORD.search(m.string[: m.start()]):
        return False
    if _LISTING.search(m.string[max(0, m.start() - 4) : m.start()]):
        return False
    return hour > 3 or m.start() == 0 or _CERTAIN.match(m.string, m.end()) is not None


def _digital_clock(m: re.Match[str]) -> Piece | None:
    hour, minute = int(m["h"]), int(m["m"] or 0)
    if hour > 24 or minute > 59:
        return None
    part, latin = got(m, "part"), got(m, "latin")
    half = DAY_PARTS[part] if part else _LATIN[latin[0]] if latin else "24" if m["m"] else ""
    if half == "noon":
        half = "pm"
    return Piece(m.start(), m.end(), Kind.CLOCK, clock=Clock(hour, minute, half))


def _day_part(m: re.Match[str]) -> Piece:
    return Piece(m.start(), m.end(), Kind.CLOCK, clock=Clock(None, half=DAY_PARTS[m["part"]] or "all"))


def _now(m: re.Match[str]) -> Piece:
    return Piece(m.start(), m.end(), Kind.CLOCK, clock=Clock(None, half="all"))


RULES: tuple[Rule, ...] = (
    Rule(
        rf"(?:(?P<part>{_PART}|(?:^|(?<=[日号天一二三四五六\s，,于在]))[早晚])\s*(?:的"
        rf"|，)?\s*)?(?<![\d.])(?<!\d:)(?P<h>\d{{1,2}})\s?:\s?(?P<m>[0-5]\d)(?::[0-5]\d)?"
        r"(?![\d:])(?:\s*(?P<latin>am|pm|a\.m\.|p\.m\.|p|a)(?![a-z]))?",
        _digital_clock,
    ),
    Rule(r"(?<![\d.:a-z])(?P<h>1[0-2]|0?[1-9])(?P<m>)\s?(?P<latin>am|pm|a\.m\.|p\.m\.)(?![a-z])", _digital_clock),
    Rule(
        rf"(?:(?P<part>{_PART}|(?:^|(?<=[日号天一二三四五六\s，,于在]))[早晚])\s*(?:的"
        rf"|，)?\s*)?"
        rf"(?:(?<![\d.:第])(?=\d)|(?<![\d.:第零〇一二两三四五六七八九十百])|(?<=[周期拜][一二三四五六]))"
        rf"(?P<h>{_HOUR})\s*(?:点钟|点(?![\d零〇一二两三四五六七八九]%)(?!子|击|评|名|检|火|数|赞|餐|位"
        rf"|线)|时(?!间|段|代|长|候|刻|效|尚|区|机|期))"
        rf"(?:\s*(?P<tail>半|一刻|三刻|整)|\s*(?P<m>{_MINUTE})\s*分?(?!钟|之))?{_COUNTED}(?:多钟?|许|钟)?",
        _chinese_clock,
    ),
    Rule(
        rf"(?P<part>{_PART}|(?<=[日号天一二三四五六末])(?:黎明|全天|整天|[早晚晨](?!期|点|会|报|餐))|(?:^"
        rf"|(?<=\s))(?:全天|整天)$)",
        _day_part,
    ),
    Rule(r"现在|当前时刻|此刻", _now),
)  # fmt: skip
