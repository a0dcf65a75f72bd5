# SPDX-License-Identifier: Apache-2.0
"""Chinese words for years, halves, quarters, months, weeks, weekdays and days."""

import re
from datetime import date, timedelta

from huiyao.language.deadlines import periods
from huiyao.language.deadlines.holidays import HOLIDAYS
from huiyao.language.deadlines.lunar import lunar_date, new_years_eve
from huiyao.language.deadlines.numbers import NUMERAL, read_number
from huiyao.language.deadlines.pieces import Kind, Piece, Place, Rule, Setting
from huiyao.language.deadlines.periods import Grain, Period, part_of

_WEEK = "(?:周|星期|礼拜)"
_TURN = r"(?P<turn>本|这一个?|这个?|今个?|当|同|下{1,3}一?个?|上{1,3}一?个?|次)"
MIDDLE = r"中(?!国|心|标|文|英|台|间|期|层|央|东|西|南|高|介|止|断|小|试|秋|午|旬|国|外|科|信|秋)"
START = r"初(?!步|稿|版|审|评|期|始|衷|级|试|中|选|创|赛|定|次)"
END = r"[底末终](?!层|座|稿|线|图|盘|端|片|牌|价|审|极|结|止|身|点|版)"
_PART = rf"(?:的?\s?(?P<part>[上中下]旬|伊始|{MIDDLE}|{START}|{END}))?"
_MONTH_PART = rf"(?:的?月?\s?(?P<part>[上中下]旬|[上下]半月|伊始|{MIDDLE}|{START}|{END}))?"
_YEAR_PART = rf"(?:的?\s?年?(?P<part>伊始|{MIDDLE}|{START}|{END}))?"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|[二廿]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|初?[一二三四五六七八九]|初十)"
_ROOM = r"(?:楼|线|机|库|会议|门|店|车|柜|桌|位|厅|馆|院|文|令|公告|产品|问题|方案|议题|需求|项目|厂|仓|口|节点|样|批|版|码|服务|馆|员|选手|机|池|炉|柜|站|井|桥|地|房|室|单|标段|展)"
_DAY_GUARD = rf"(?:日(?!常|志|本|语|均|程|活|报|子|期|夜|元|产|化|益|光)|号(?!{_ROOM}))"
WEEKDAYS = {letter: n for n, letter in enumerate("一二三四五六日")} | {"天": 6} | {str(n + 1): n for n in range(6)}


def turns(text: str | None) -> int:
    """How many periods ahead a prefix points: 下 1, 下下 2, 上 -1, 本 and 这 0."""
    if not text:
        return 0
    if text.startswith("次"):
        return 1
    return text.count("下") - text.count("上")


def got(m: re.Match[str], name: str) -> str | None:
    """A named group, None when the wording has no such group."""
    return m.groupdict().get(name)


def piece(m: re.Match[str], grain: Grain, place: Place, **flags: bool) -> Piece:
    """A calendar piece over the whole match."""
    return Piece(m.start(), m.end(), Kind.CALENDAR, grain, place, **flags)


def full_year(text: str, now_year: int) -> int:
    """A year written with two digits is the one nearest to ``now_year``; longer ones stand for themselves."""
    if text.startswith("两千"):
        return 2000 + (read_number(text[2:].lstrip("零〇") or "零") or 0)
    value = read_number(text) or 0
    if len(text) > 2:
        return value
    century = now_year - now_year % 100
    return min((century - 100 + value, century + value, century + 100 + value), key=lambda y: (abs(y - now_year), -y))


_YEAR_FOLLOWED = (
    r"\s*(?:的|，|,)?\s*(?:\d{1,2}\s*月|[一二三四五六七八九十]{1,3}\s*月|底|初|末|年中|第|首月|[一二三四]季|[上下]半年"
    r"|q[1-4]|h[12]|以后|之后|以来|起|前[一二两\d]|后[一二两\d]|最后|全年|度)"
)
_SHORT_YEAR = rf"(?:\d{{2}}|[零〇一二三四五六七八九]{{2}})(?=\s*年(?:{_YEAR_FOLLOWED}|$))|(?<![\d一二三四五六七八九十])\d\d(?=年$)"


def _numbered_year(m: re.Match[str]) -> Piece:
    said, part = m["y"], m["part"]
    return piece(
        m, Grain.YEAR, lambda _o, s: part_of(periods.year(full_year(said, s.today.year)), part), assumed=bool(part)
    )


_YEAR_WORDS = {"大前年": -3, "前年": -2, "去年": -1, "上一年": -1, "上年": -1, "今年": 0, "本年": 0, "这一年": 0, "当年": 0}
_YEAR_WORDS |= {"明年": 1, "来年": 1, "下一年": 1, "下年": 1, "翌年": 1, "次年": 1, "后年": 2, "大后年": 3}


def _relative_year(m: re.Match[str]) -> Piece:
    ahead, part = _YEAR_WORDS[m["w"]], m["part"]

    def place(outer: Period | None, s: Setting) -> Period:
        base = outer.start.year if outer and ahead == 1 and m["w"] in ("次年", "翌年") else s.today.year
        return part_of(periods.year(base + ahead), part)

    return piece(m, Grain.YEAR, place, past=ahead < 0, assumed=bool(part))


def _both_years(m: re.Match[str]) -> Piece:
    def place(_outer: Period | None, s: Setting) -> Period:
        year = s.today.year
        return Period(date(year, 1, 1), date(year + 1, 12, 31), Grain.YEAR)

    return piece(m, Grain.YEAR, place)


def _bare_year_part(m: re.Match[str]) -> Piece:
    part = m["part"]

    def place(outer: Period | None, s: Setting) -> Period:
        year = outer.start.year if outer else s.anchor.year
        found = part_of(periods.year(year), part)
        return found if outer or found.end >= s.anchor else part_of(periods.year(year + 1), part)

    return piece(m, Grain.MONTH, place, assumed=True)


def _within_year(m: re.Match[str]) -> Piece:
    return piece(m, Grain.YEAR, lambda o, s: o or periods.year(s.today.year))


def _half_year(m: re.Match[str]) -> Piece:
    number = 1 if m["h"] in ("上半年", "h1") else 2
    part = m["part"]

    def place(outer: Period | None, s: Setting) -> Period:
        year = outer.start.year if outer else s.today.year
        return part_of(periods.half(year, number), part)

    return piece(m, Grain.HALF, place)


def _quarter(m: re.Match[str]) -> Piece:
    said, turn, part = got(m, "n") or got(m, "bare"), got(m, "turn"), m["part"]
    said_year = got(m, "y")

    def place(outer: Period | None, s: Setting) -> Period:
        now = (s.today.month + 2) // 3
        if not said:
            return part_of(periods.quarter(s.today.year, now + turns(turn)), part)
        number = read_number(said) or 1
        if outer or said_year:
            return part_of(periods.quarter(outer.start.year if outer else int(said_year or 0), number), part)
        found = part_of(periods.quarter(s.anchor.year, number), part)
        return found if found.end >= s.anchor else part_of(periods.quarter(s.anchor.year + 1, number), part)

    return piece(m, Grain.QUARTER, place, past=turns(turn) < 0, floating=bool(said))


def in_year(outer: Period | None, s: Setting, number: int, part: str | None = None) -> Period | None:
    """A month of the year: inside ``outer``, else the next one not over."""
    if outer:
        if not 1 <= number <= 12:
            return None
        found = part_of(periods.month(outer.start.year, number), part)
        return found if outer.start <= found.end and found.start <= outer.end else None
    base = periods.month(s.anchor.year, number)
    if part_of(base, part).end < s.anchor and not (part and base.end >= s.anchor):
        base = periods.month(s.anchor.year + 1, number)
    return part_of(base, part)


def _month(m: re.Match[str]) -> Piece | None:
    number, part = read_number(m["n"]), got(m, "part")
    if number is None:
        return None
    return piece(m, Grain.MONTH, lambda o, s: in_year(o, s, number, part), floating=True, assumed=bool(part))


def _relative_month(m: re.Match[str]) -> Piece:
    ahead, part, word = turns(got(m, "turn")), m["part"], got(m, "turn")

    def place(outer: Period | None, s: Setting) -> Period:
        base = outer.start if outer and outer.grain is Grain.YEAR and word == "本" else s.today
        year = base.year if base is s.today else base.year
        return part_of(periods.month(year, s.today.month + ahead), part)

    return piece(m, Grain.MONTH, place, past=ahead < 0, assumed=bool(part))


def _bare_month_part(m: re.Match[str]) -> Piece:
    part = m["part"]

    def place(outer: Period | None, s: Setting) -> Period:
        if outer and outer.grain is Grain.MONTH:
            return part_of(outer, part)
        found = part_of(periods.month(s.anchor.year, s.anchor.month), part)
        if found.end >= s.anchor:
            return found
        return part_of(periods.month(s.anchor.year, s.anchor.month + 1), part)

    return piece(m, Grain.THIRD, place, assumed=True)


def next_date(month: int, day: int, s: Setting) -> date | None:
    """The next such day on or after the anchor; 29 February waits for a leap year."""
    for year in range(s.anchor.year, s.anchor.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= s.anchor:
            return found
    return None


def date_of_year(outer: Period | None, s: Setting, month: int, day: int) -> Period | None:
    """A month and day inside the outer year, else the next one."""
    if not outer:
        found = next_date(month, day, s)
        return periods.day(found) if found else None
    found = date(outer.start.year, month, day)
    return periods.day(found) if outer.start <= found <= outer.end else None


def _is_lunar(m: re.Match[str], month: str, day: str) -> bool:
    """Lunar when the day is written 初N, or for 八月十五 without 日 after a year that is not written in digits."""
    if day.startswith("初"):
        return True
    if got(m, "suffix") or (read_number(month), read_number(day)) != (8, 15) or not day.startswith("十"):
        return False
    return re.search(r"[\d零〇一二三四五六七八九]年\s*的?$", m.string[: m.start()]) is None


def _month_day(m: re.Match[str]) -> Piece | None:
    month, day = read_number(m["m"]), read_number(m["d"].lstrip("初"))
    if month is None or day is None:
        return None
    if _is_lunar(m, m["m"], m["d"]):
        return piece(m, Grain.DAY, _lunar_place(month, day), floating=True, assumed=True)
    return piece(m, Grain.DAY, lambda o, s: date_of_year(o, s, month, day), floating=True)


def _lunar_place(month: int, day: int) -> Place:
    def place(outer: Period | None, s: Setting) -> Period:
        if outer:
            return periods.day(lunar_date(outer.start.year, month, day))
        found = lunar_date(s.anchor.year - 1, month, day)
        for year in (s.anchor.year, s.anchor.year + 1):
            found = found if found >= s.anchor else lunar_date(year, month, day)
        return periods.day(found)

    return place


def day_of_month(outer: Period | None, s: Setting, number: int) -> Period | None:
    """A day of the outer month, else the next day with that number on or after the anchor."""
    if outer:
        return periods.day(outer.start.replace(day=number)) if outer.grain is Grain.MONTH else None
    for ahead in range(13):
        base = periods.month(s.anchor.year, s.anchor.month + ahead)
        if number <= base.end.day and base.start.replace(day=number) >= s.anchor:
            return periods.day(base.start.replace(day=number))
    return None


def _day_number(m: re.Match[str]) -> Piece | None:
    number = read_number(m["d"].lstrip("初"))
    if not number or number > 31:
        return None
    return piece(m, Grain.DAY, lambda o, s: day_of_month(o, s, number), floating=True, bare=True)


def _week(m: re.Match[str]) -> Piece:
    ahead, part = turns(got(m, "turn")), m["part"]
    return piece(
        m, Grain.WEEK, lambda _o, s: part_of(periods.week(s.today, ahead), part), past=ahead < 0, assumed=bool(part)
    )


def on_weekday(outer: Period | None, s: Setting, number: int) -> Period | None:
    """A weekday of the outer week, else the next one on or after the anchor."""
    if outer and outer.grain is Grain.WEEK:
        return periods.day(outer.start + timedelta(days=number))
    return None if outer else periods.day(s.anchor + timedelta(days=(number - s.anchor.weekday()) % 7))


def _weekday(m: re.Match[str]) -> Piece:
    number, turn = WEEKDAYS[m["d"]], got(m, "turn")
    if not turn:
        return piece(m, Grain.DAY, lambda o, s: on_weekday(o, s, number), floating=True, bare=True)
    ahead = turns(turn)
    return piece(
        m, Grain.DAY, lambda _o, s: periods.day(periods.week(s.today, ahead).start + timedelta(days=number)),
        past=ahead < 0,
    )  # fmt: skip


def _weekend(m: re.Match[str]) -> Piece:
    ahead = turns(got(m, "turn"))

    def place(outer: Period | None, s: Setting) -> Period:
        base = outer if outer and outer.grain is Grain.WEEK else periods.week(s.today, ahead)
        return Period(base.end - timedelta(days=1), base.end, Grain.WEEK)

    return piece(m, Grain.WEEK, place, past=ahead < 0)


def _lunar_new_year(m: re.Match[str]) -> Piece:
    """年前: the year people mean is the one that begins with the Spring Festival."""
    found = _lunar_place(1, 1)
    return piece(m, Grain.DAY, lambda _o, s: found(None, s), holiday=True, assumed=True)


def _lunar_day(m: re.Match[str], month: int) -> Piece | None:
    number = read_number(m["d"].lstrip("初"))
    return piece(m, Grain.DAY, _lunar_place(month, number), floating=True) if number else None


def _running(m: re.Match[str]) -> Piece:
    """周内, 月内, 季内: the running week, month, quarter."""
    unit = m["unit"]

    def place(_outer: Period | None, s: Setting) -> Period:
        if unit == "周":
            return periods.week(s.today)
        if unit == "月":
            return periods.month(s.today.year, s.today.month)
        return periods.quarter(s.today.year, (s.today.month + 2) // 3)

    return piece(m, Grain.WEEK, place)


def _half_week(m: re.Match[str]) -> Piece:
    ahead, first = turns(got(m, "turn")), m["h"] == "上半周"

    def place(_outer: Period | None, s: Setting) -> Period:
        monday = periods.week(s.today, ahead).start
        span = (0, 2) if first else (3, 6)
        return Period(monday + timedelta(days=span[0]), monday + timedelta(days=span[1]), Grain.WEEK)

    return piece(m, Grain.WEEK, place, past=ahead < 0)


def _holiday(m: re.Match[str]) -> Piece:
    rule = HOLIDAYS[m[0]]

    def place(outer: Period | None, s: Setting) -> Period:
        if outer:
            return periods.day(rule(outer.start.year))
        found = rule(s.anchor.year)
        return periods.day(found if found >= s.anchor else rule(s.anchor.year + 1))

    return piece(m, Grain.DAY, place, holiday=True, floating=True)


def _lunar_eve(m: re.Match[str]) -> Piece:
    """大年三十 after a numbered year is the last day of that lunar year."""

    def place(outer: Period | None, s: Setting) -> Period:
        if outer:
            return periods.day(new_years_eve(outer.start.year))
        found = new_years_eve(s.anchor.year - 1)
        return periods.day(found if found >= s.anchor else new_years_eve(s.anchor.year))

    return piece(m, Grain.DAY, place, holiday=True)


_YEAR_BODY = r"(?P<y>(?<!\d)[12]\d{3}|[一二][零〇一二三四五六七八九]{3}|两千[零〇]?[一二三四五六七八九十]{1,3}|"
_HOLIDAY_NAMES = "|".join(sorted(map(re.escape, HOLIDAYS), key=len, reverse=True))
_UNIT_AFTER = r"(?!\s*(?:[\d.%]|个|天|周|次|家|人|点|:|时|分|月|年|场|项|份|名|万|千|百|元|条|类|种|款|期|批|轮|台|套|多|几))"

RULES: tuple[Rule, ...] = (
    Rule(r"今明两年", _both_years),
    Rule(rf"{_YEAR_BODY}{_SHORT_YEAR})\s*年(?!级|代|龄|轻|货|薪|纪|来|内|多)(?:度|伊?(?=伊始))?{_YEAR_PART}", _numbered_year),
    Rule(rf"(?<![以今往之午])(?P<w>大前年|大后年|上一年|下一年|这一年|前年|去年|上年|今年|本年|当年|明年|来年|下年|翌年|次年|后年)度?{_YEAR_PART}", _relative_year),
    Rule(rf"(?:大年三十|大年30)", _lunar_eve),
    Rule(rf"(?P<h>[上下]半年|h[12](?![0-9a-z])){_PART}", _half_year),
    Rule(rf"{_TURN}季度?(?!节){_PART}", _quarter),
    Rule(rf"(?<![\d一二三四])(?:第(?P<n>[一二三四1-4])个?|(?P<bare>[一二三四1-4]))季度?(?!节){_PART}", _quarter),
    Rule(rf"(?<![a-z])q(?P<n>[1-4])(?![0-9a-z&])季?度?{_PART}(?:\s(?:of\s)?(?P<y>20\d\d)(?!年))?", _quarter),
    Rule(rf"季度?(?P<part>{MIDDLE}|{START}|{END})", _quarter),
    Rule(rf"(?<![一二三四五六七八九十百\d第])(?P<m>{_MONTH})\s*月\s*(?:份\s*)?(?P<d>{_DAY})\s*(?:(?P<suffix>{_DAY_GUARD})|{_UNIT_AFTER})", _month_day),
    Rule(rf"(?<![一二三四五六七八九十百\d第.])(?P<n>{_MONTH})\s*月(?:份|度)?(?!报|票|饼|光|薪|活|均|租|亮|球){_MONTH_PART}", _month),
    Rule(rf"(?<![\d.])(?P<n>{_MONTH})(?=\s?(?:[-—–~至到])+\s?{_MONTH}\s*月)", _month),
    Rule(rf"(?P<turn>本|这个?|当|今个?|下{{1,3}}一?个?|上{{1,3}}一?个?|次|来)月(?!报|票|饼|薪|活|租|度|会){_MONTH_PART}", _relative_month),
    Rule(rf"(?<![\d一二三四五六七八九十个两几本这当下上次每])月(?:(?=[上中下]旬)|(?=[底末初])|(?=中))(?P<part>[上中下]旬|{MIDDLE}|{START}|{END})", _bare_month_part),
    Rule(r"(?<!每)(?P<part>[上中下]旬|[上下]半月)", _bare_month_part),
    Rule(r"(?<![\d一二三四五六七八九十每去今明后前本当近过半新两多几数百千往历同这某哪])(?P<lunar>年)(?=前(?![一二两三四五六七八九十\d]))", _lunar_new_year),
    Rule(r"(?:农历)?(?:正月|大年)(?P<d>初?[一二三四五六七八九十]{1,3})", lambda m: _lunar_day(m, 1)),
    Rule(r"(?:农历)?腊月(?P<d>初?[一二三四五六七八九十]{1,3})", lambda m: _lunar_day(m, 12)),
    Rule(r"(?<![一二三四五六七八九十\d两几半每上下本这一])(?P<unit>周|月|季度?)(?=内(?!部|容|存|测))", _running),
    Rule(rf"{_TURN}?{_WEEK}六[、和]?(?:周|星期|礼拜)?[日天](?!志|程|报)", _weekend),
    Rule(rf"(?<![\d大一二三四五六七八九十每去今明后前本当近过半新学青少中老成两多往百千余周])年(?=[底末终初中])(?P<part>{MIDDLE}(?!大)|{START}|{END}(?!奖|考|总结))", _bare_year_part),
    Rule(r"(?<![\d一二三四五六七八九十每去今明后前本当近过半两多几百千余])年(?=内(?!部|容))", _within_year),
    Rule(rf"{_TURN}?{_WEEK}末", _weekend),
    Rule(rf"{_TURN}?的?(?P<h>[上下]半周)", _half_week),
    Rule(rf"{_TURN}?的?{_WEEK}(?:\s*(?P<d>[一二三四五六日天](?!年)|[1-6](?![\d个.天年:点月])))(?!鸣|志)", _weekday),
    Rule(rf"{_TURN}(?:个)?{_WEEK}(?!期|报|会|年|边|知|转|刊){_PART}", _week),
    Rule(rf"{_TURN}(?:个)?{_WEEK}(?=[报会例]){_PART}", _week),
    Rule(rf"(?:{_HOLIDAY_NAMES})", _holiday),
    Rule(rf"(?<![\d第编.#a-z一二三四五六七八九十百两:/])(?P<d>{_DAY})\s*{_DAY_GUARD}(?!内|以内|之内|后|之后|以后)", _day_number),
    Rule(rf"(?<![\d第编.#a-z一二三四五六七八九十百两:/-])(?P<d>{_DAY})\s*号(?=之?[后内]|以[后内])", _day_number),
    Rule(rf"(?<![\d.第:/])(?P<d>{_DAY})(?=\s?[-—–~至到、]\s?{_DAY}\s*[日号](?!内|后))", _day_number),
)  # fmt: skip
