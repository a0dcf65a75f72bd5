# SPDX-License-Identifier: Apache-2.0
"""Pieces to expressions: composition from coarse to fine, times of day, ranges, marks before and behind."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from huiyao.language.deadlines.distances import AHEAD, BEHIND, INSIDE
from huiyao.language.deadlines.periods import Grain, Period
from huiyao.language.deadlines.pieces import Clock, Kind, Piece, Setting

_GAP = re.compile(r"[\s的]{0,4}|\s?[，,]\s?的?|\s?of\s(?:the\s)?")
_CLOCK_GAP = re.compile(r"[\s的，,t]{0,3}|\s?at\s|\s?[)）]\s?|\s?by\s")
_NOTE = re.compile(r"\s?[(（]\s?")
_NOTE_END = re.compile(r"\s?[^()（）]{0,6}[)）]")
_RANGE = re.compile(r"\s*(?:[)）]\s*)?(?:开始|起)?\s*(?:直到|一直到|到|至|~|-{1,2}|—{1,2}|–|to|through|until|till)\s*")
_PAIR = re.compile(r"\s*(?:和|与|跟|及|、|and)\s*")
_COMMA = re.compile(r"\s*(?:[，,、/]|或者?|和|与|及)\s*(?:和|及)?\s*")
_HELD = re.compile(r"\s?(?:是|为|在|于|定于|定在|[:：])?\s?")
_BETWEEN = re.compile(r"\s*(?:之间|间(?!隔|歇)|期间)")
_INCLUSIVE = r"\s*(?:[(（]含[^()（）]{0,4}[)）]|[(（]包括[^()（）]{0,4}[)）])?\s*"
_BEFORE = re.compile(
    rf"{_INCLUSIVE}(?:或|及|以及|和)?\s?(?:{AHEAD}|更早|截止|为止|止(?!损)|到期)(?:\s?或当[天日]|\s?\(含当[天日]\))?"
)
_AFTER = re.compile(
    rf"{_INCLUSIVE}(?:或|及|以及|和)?\s?(?:{BEHIND}|开始|起(?!草|码|来|点|步|诉|飞|航|重|跑)|以来|算起|往后|更晚|至今|迄今|到(?:现在|目前|今天为止)|onwards?\b)"
)
_WITHIN = re.compile(rf"\s*(?:{INSIDE})")
_AROUND = re.compile(r"\s*(?:左右|前后|上下|附近)")


@dataclass(frozen=True, slots=True)
class Expression:
    """A wording from ``start`` to ``end`` with what it names. ``period`` is None for an unknown next meeting."""

    start: int
    end: int
    period: Period | None
    clock: Clock | None = None
    kind: Kind = Kind.CALENDAR
    mark: str = ""
    """before, within, after, around or empty"""
    past: bool = False
    assumed: bool = False
    bare: bool = False
    holiday: bool = False
    timed_only: bool = False
    """no day was said, only a time of day"""
    ranged: bool = False


class Reader:
    """Reads expressions from the pieces of one text."""

    def __init__(self, text: str, pieces: list[Piece], setting: Setting) -> None:
        self.text, self.pieces, self.setting = text, pieces, setting

    def read(self) -> list[Expression]:
        """All expressions in reading order."""
        found: list[Expression] = []
        at = 0
        while at < len(self.pieces):
            got = self._sequence(at)
            if got is None:
                at += 1
                continue
            expression, at = got
            found.append(expression)
        return found

    def _place(self, piece: Piece, outer: Period | None, setting: Setting) -> Period | None:
        if piece.place is None:
            return None
        try:
            return piece.place(outer, setting)
        except (ValueError, OverflowError):
            return None

    def _impossible(self, piece: Piece, outer: Period) -> bool:
        """Whether the outer period has no such day: 2027年2月29日."""
        if piece.place is None or piece.grain >= outer.grain:
            return False
        try:
            piece.place(outer, self.setting)
        except (ValueError, OverflowError):
            return True
        return False

    def _between(self, end: int, piece: Piece) -> str:
        return self.text[end : piece.start]

    def _simple(self, at: int, setting: Setting) -> tuple[Expression, int] | None:
        """One date without range or marks: pieces from coarse to fine, then a time of day."""
        first = self.pieces[at]
        if first.kind is Kind.CLOCK:
            return self._clock_first(at, setting)
        if first.kind is Kind.EVENT:
            return Expression(first.start, first.end, None, kind=Kind.EVENT), at + 1
        if first.kind in (Kind.OPEN, Kind.DURATION):
            return None
        period = self._place(first, None, setting)
        if period is None and first.kind is not Kind.NEXT_MEETING:
            return None
        made = Expression(
            first.start, first.end, period, first.clock, first.kind, past=first.past, assumed=first.assumed,
            bare=first.bare, holiday=first.holiday, mark="" if first.exact else "after",
        )  # fmt: skip
        at += 1
        if first.kind is Kind.NEXT_MEETING:
            return self._held(made, at, setting)
        if first.kind is Kind.CALENDAR:
            made, at = self._finer(made, at, setting)
        return self._timed(made, at)

    def _held(self, made: Expression, at: int, setting: Setting) -> tuple[Expression, int]:
        """A next meeting whose day is said right behind it is that day: 下次会议12月15日."""
        if at < len(self.pieces) and _HELD.fullmatch(self._between(made.end, self.pieces[at])):
            got = self._simple(at, setting)
            if got is not None and got[0].period is not None and not got[0].timed_only:
                return replace(got[0], start=made.start), got[1]
        return made, at

    def _finer(self, made: Expression, at: int, setting: Setting) -> tuple[Expression, int]:
        """As many finer pieces as fit inside: 明年, 七月, 第二周."""
        while at < len(self.pieces):
            finer = self._one_finer(made, self.pieces[at], setting)
            if finer is None:
                break
            made, at = finer, at + 1
        return made, at

    def _one_finer(self, made: Expression, piece: Piece, setting: Setting) -> Expression | None:
        outer, gap = made.period, self._between(made.end, piece)
        if piece.kind is not Kind.CALENDAR or outer is None or made.kind is Kind.OPEN:
            return None
        if outer.grain is Grain.DAY and not outer.part:
            return self._noted(made, piece, gap)
        if not gap.strip(" 的") and self._impossible(piece, outer):
            return replace(made, end=piece.end, kind=Kind.OPEN)
        inner = self._place(piece, outer, setting) if _GAP.fullmatch(gap) else None
        if inner is None or inner.grain > outer.grain:
            return self._noted(made, piece, gap) if _NOTE.fullmatch(gap) else None
        return replace(
            made, end=piece.end, period=inner, clock=piece.clock, bare=False, holiday=piece.holiday,
            past=made.past or piece.past, assumed=piece.assumed,
        )  # fmt: skip

    def _noted(self, made: Expression, piece: Piece, gap: str) -> Expression | None:
        """A weekday, date or holiday that explains a day already named: 12月4日（周五）, 3月8日妇女节."""
        if not (_NOTE.fullmatch(gap) or (gap.strip() == "" and (piece.floating or piece.holiday))):
            return None
        placed = self._place(piece, None, self.setting)
        closing = _NOTE_END.match(self.text, piece.end) if _NOTE.fullmatch(gap) else None
        end = closing.end() if closing else piece.end
        period = placed if placed and not piece.bare and made.bare and piece.grain is Grain.DAY else made.period
        return replace(made, end=end, period=period)

    def _timed(self, made: Expression, at: int) -> tuple[Expression, int]:
        while at < len(self.pieces):
            piece = self.pieces[at]
            if piece.kind is not Kind.CLOCK or not _CLOCK_GAP.fullmatch(self._between(made.end, piece)):
                break
            clock = piece.clock
            if clock and made.clock and not clock.half:
                clock = replace(clock, half=made.clock.half)
            made = replace(made, end=piece.end, clock=clock or made.clock)
            at += 1
        return made, at

    def _clock_first(self, at: int, setting: Setting) -> tuple[Expression, int]:
        """A time of day, with a date behind it (English) or meant for today."""
        piece = self.pieces[at]
        made = Expression(
            piece.start, piece.end, Period(setting.anchor, setting.anchor, Grain.DAY), piece.clock, timed_only=True
        )
        made, at = self._timed(made, at + 1)
        if at < len(self.pieces) and self.pieces[at].kind is Kind.CALENDAR and self.text[piece.start].isascii():
            following = self.pieces[at]
            if re.fullmatch(r"\s?(?:on|of|,)?\s?", self._between(made.end, following)):
                period = self._place(following, None, setting)
                if period is not None:
                    return replace(made, end=following.end, period=period, timed_only=False), at + 1
        return made, at

    def _sequence(self, at: int) -> tuple[Expression, int] | None:
        """A date or a range, with its mark."""
        got = self._simple(at, self.setting)
        if got is None:
            return None
        made, at = got
        while (longer := self._range(made, at) or self._enumeration(made, at)) is not None:
            made, at = longer
        return self._marked(made, at)

    def _next_is(self, made: Expression, at: int, connector: re.Pattern[str]) -> bool:
        m = connector.match(self.text, made.end)
        return m is not None and at < len(self.pieces) and self.pieces[at].start == m.end()

    def _right(self, made: Expression, at: int) -> tuple[Expression, int] | None:
        if made.period is None or made.kind not in (Kind.CALENDAR, Kind.CLOCK):
            return None
        got = self._simple(at, self.setting.anchored(made.period.start))
        if got is None or got[0].period is None or got[0].kind is not Kind.CALENDAR:
            return None
        return got

    def _range(self, made: Expression, at: int) -> tuple[Expression, int] | None:
        paired = not self._next_is(made, at, _RANGE)
        if paired and not self._next_is(made, at, _PAIR):
            return None
        got = self._right(made, at)
        if got is None:
            return None
        right, after = got
        if paired:
            closing = _BETWEEN.match(self.text, right.end)
            if closing is None:
                return None
            right = replace(right, end=closing.end())
        return self._joined(made, right), after

    def _enumeration(self, made: Expression, at: int) -> tuple[Expression, int] | None:
        if made.timed_only or not self._next_is(made, at, _COMMA) or not self.pieces[at].bare:
            return None
        got = self._right(made, at)
        return None if got is None or got[0].timed_only else (self._joined(made, got[0]), got[1])

    def _joined(self, left: Expression, right: Expression) -> Expression:
        """From the beginning of ``left`` to the end of ``right``; hours behind the left ones fall on the next day."""
        if left.period is None or right.period is None:
            return left
        clock, period = right.clock, right.period
        if right.timed_only:
            clock, later = _later_clock(left.clock, right.clock)
            last = left.period.end + timedelta(days=int(later))
            period = Period(last, last, Grain.DAY)
        start = min(left.period.start, period.start) if right.past else left.period.start
        end = period.end if period.end >= start else left.period.end
        joined = Period(start, end, max(left.period.grain, period.grain), part=True)
        return replace(
            right, start=left.start, period=joined, clock=clock, bare=left.bare and right.bare, ranged=True,
            timed_only=left.timed_only and right.timed_only, past=left.past and right.past, holiday=False,
        )  # fmt: skip

    def _marked(self, made: Expression, at: int) -> tuple[Expression, int]:
        """The mark behind: 左右, 前, 后, 内."""
        if (m := _AROUND.match(self.text, made.end)) is not None:
            return replace(made, end=m.end(), mark="around", assumed=True), at
        if made.kind in (Kind.WITHIN, Kind.POINT, Kind.AGO):
            return made, at
        counted = self._back_from(made, at)
        if counted is None and (m := _AFTER.match(self.text, made.end)) is not None:
            counted = self._behind(replace(made, end=m.end(), mark="after"), at)
        if counted is not None:
            return counted
        for mark, pattern in (("before", _BEFORE), ("within", _WITHIN)):
            if (m := pattern.match(self.text, made.end)) is not None:
                return replace(made, end=m.end(), mark=mark), at
        return made, at

    def _back_from(self, made: Expression, at: int) -> tuple[Expression, int] | None:
        """12月5日前两天: so long before a named day."""
        if at >= len(self.pieces) or made.period is None:
            return None
        piece = self.pieces[at]
        if piece.kind is not Kind.AGO or piece.start != made.end or self.text[piece.start] != "前":
            return None
        start = Period(made.period.start, made.period.start, Grain.DAY)
        period = self._place(piece, start, self.setting)
        return (replace(made, end=piece.end, period=period, mark="before"), at + 1) if period else None

    def _behind(self, made: Expression, at: int) -> tuple[Expression, int]:
        """国庆后三天内, 节后第一个工作日: a distance counted from a named day."""
        if at >= len(self.pieces) or made.period is None:
            return made, at
        piece = self.pieces[at]
        if not re.fullmatch(r"\s?的?", self._between(made.end, piece)):
            return made, at
        if piece.kind in (Kind.WITHIN, Kind.POINT, Kind.DURATION, Kind.EVENT):
            period = self._place(piece, made.period, self.setting)
        elif piece.kind is Kind.CALENDAR and (piece.outer_only or self.text[piece.start] in "第首次"):
            following = made.period.end + timedelta(days=1)
            outer = Period(following, following + timedelta(days=60), Grain.YEAR)
            period = self._place(piece, outer, self.setting)
        else:
            return made, at
        if period is None:
            return made, at
        return replace(made, end=piece.end, period=period, mark="within", kind=Kind.WITHIN), at + 1


def _later_clock(left: Clock | None, right: Clock | None) -> tuple[Clock | None, bool]:
    """The right hour of a range read after the left one, and whether that is on the next day."""
    first, last = (left.at() if left else None), (right.at() if right else None)
    if left is None or right is None or first is None or last is None or right.hour is None:
        return right, False
    if right.half:
        return right, last <= first
    for half in ("am", "pm"):
        candidate = replace(right, half=half)
        moment = candidate.at()
        if right.hour <= 12 and moment is not None and moment > first:
            return candidate, False
    return replace(right, half="24"), last <= first if right.hour > 12 else True
