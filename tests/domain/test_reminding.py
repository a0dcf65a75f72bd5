# SPDX-License-Identifier: Apache-2.0
"""When each reminder of each duty goes out: tables written by hand from a printed calendar, each row with its why."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty, DutyKind
from huiyao.domain.policy import Policy
from huiyao.domain.reminding import CATCH_UP, RULES, Rule, due_reminders, keys_of, reminders_of

HOLIDAY = {date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 10, 10): True}  # the tenth: a Saturday
CALENDAR = WorkingCalendar(days=HOLIDAY)
GERMAN = [date(2026, 4, 3), date(2026, 4, 6)]
BERLIN = WorkingCalendar("Europe/Berlin", days=dict.fromkeys(GERMAN, False))
NEW_YORK = WorkingCalendar("America/New_York", days={date(2026, 11, 26): False})
POLICY = Policy()
K, R = DutyKind, Rule


def instant(text: str, zone: str = "Asia/Shanghai") -> datetime:
    """``11-24 16:10`` of 2026, in Shanghai or elsewhere."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def a_duty(kind: DutyKind, due: str, since: str = "", above: tuple[str, ...] = ("host", "coordinator")) -> Duty:
    """``due`` is an instant, or a date on its own for a due date."""
    whole_day = len(due) == 5
    end = instant(f"{due} 00:00") + timedelta(days=1) if whole_day else instant(due)
    began = instant(since) if since else None
    return Duty(kind, "owner", end, "subject", "meeting", "t", whole_day=whole_day, since=began, above=above)


TABLE = [
    # kind, due, owed since, rule, when (None: no such reminder), why
    (K.FINISH_ACTION, "11-26", "", R.FIRST, "11-24 09:00", "Thursday: two working days before is Tuesday"),
    (K.FINISH_ACTION, "11-26", "", R.LAST, "11-25 09:00", "one working day before, when the office opens"),
    (K.FINISH_ACTION, "11-26", "", R.AT, "11-26 09:00", "in the morning of the day"),
    (K.EXPLAIN_DELAY, "11-26", "", R.AFTER, "11-27 09:00", "the next working day"),
    (K.EXPLAIN_DELAY, "11-27", "", R.AFTER, "11-30 09:00", "Friday: over the weekend"),
    (K.FINISH_ACTION, "11-30", "", R.FIRST, "11-26 09:00", "Monday: Friday and Thursday before"),
    (K.FINISH_ACTION, "11-30", "", R.LAST, "11-27 09:00", "Monday: Friday before"),
    (K.FINISH_ACTION, "11-28", "", R.LAST, "11-27 09:00", "due on a Saturday: Friday is the last day anybody works"),
    (K.FINISH_ACTION, "11-28", "", R.AT, None, "nobody is reminded on a Saturday, and on Monday it is late"),
    (K.EXPLAIN_DELAY, "11-28", "", R.AFTER, "11-30 09:00", "due on a Saturday: Monday"),
    (K.FINISH_ACTION, "10-08", "", R.FIRST, "09-29 09:00", "the day after Golden Week: its days do not count"),
    (K.FINISH_ACTION, "10-08", "", R.LAST, "09-30 09:00", "the last working day before Golden Week"),
    (K.FINISH_ACTION, "10-05", "", R.AT, None, "within Golden Week"),
    (K.EXPLAIN_DELAY, "10-05", "", R.AFTER, "10-08 09:00", "the first working day after it"),
    (K.FINISH_ACTION, "10-12", "", R.LAST, "10-10 09:00", "a make-up Saturday is a working day"),
    (K.FINISH_ACTION, "10-12", "", R.FIRST, "10-09 09:00", "Saturday the tenth counts, so two days back is Friday"),
    (K.FINISH_ACTION, "10-10", "", R.AT, "10-10 09:00", "due on a make-up Saturday: people are there"),
    (K.EXPLAIN_DELAY, "10-09", "", R.AFTER, "10-10 09:00", "late on Friday: the make-up Saturday is the next day"),
    (K.FINISH_ACTION, "11-26", "11-24 10:00", R.FIRST, None, "accepted after that moment"),
    (K.FINISH_ACTION, "11-26", "11-24 10:00", R.LAST, "11-25 09:00", "accepted before this one"),
    (K.UPDATE_PROGRESS, "11-27", "11-20 15:20", R.AT, "11-27 09:00", "a week after the last word, in the morning"),
    (K.UPDATE_PROGRESS, "11-27", "11-20 15:20", R.AFTER, "11-30 09:00", "Friday: asked once more on Monday"),
    (K.UPDATE_PROGRESS, "11-27", "11-20 15:20", R.LAST, None, "a weekly word needs no warning"),
    (K.SUPPORT_ACTION, "12-01", "", R.FIRST, "11-27 09:00", "Tuesday: Monday, Friday"),
    (K.SUPPORT_ACTION, "12-01", "", R.AFTER, "12-02 09:00", "the next day"),
    (K.NAME_OWNER, "11-27", "", R.LAST, "11-26 09:00", "one working day before"),
    (K.NAME_OWNER, "11-27", "", R.AT, "11-27 09:00", "in the morning of the day"),
    (K.NAME_OWNER, "11-27", "", R.FIRST, None, "one reminder before is enough to name somebody"),
    (K.ACCEPT_ACTION, "11-27 16:10", "", R.AT, "11-27 16:10", "an instant, not a crowded minute"),
    (K.ACCEPT_ACTION, "11-27 16:10", "", R.AFTER, "11-30 16:10", "Friday: the same time on Monday"),
    (K.DRAFT, "11-24 17:10", "11-24 15:10", R.HALF, "11-24 16:10", "one of two hours"),
    (K.DRAFT, "11-24 17:10", "11-24 15:10", R.AT, "11-24 17:10", "when due"),
    (K.DRAFT, "11-24 17:10", "11-24 15:10", R.ABOVE, "11-25 09:10", "50 minutes, the night, 10 minutes"),
    (K.DRAFT, "11-24 17:10", "11-24 15:10", R.TOP, "11-25 13:10", "50 minutes, the morning, 10 minutes"),
    (K.DRAFT, "11-25 10:10", "11-24 17:10", R.HALF, "11-25 09:10", "the window lies over the night"),
    (K.DRAFT, "11-24 14:10", "11-24 11:10", R.HALF, "11-24 13:10", "the noon rest does not count: 50 + 70 minutes"),
    (K.DRAFT, "11-24 18:00", "11-24 16:00", R.HALF, "11-24 17:00", "one of two hours, beside the full hour"),
    (K.DRAFT, "11-24 18:00", "11-24 16:00", R.AT, "11-25 09:00", "due when the office closes"),
    (K.DRAFT, "11-25 00:10", "11-24 22:10", R.HALF, None, "plain hours at night: only after they are over"),
    (K.DRAFT, "11-25 00:10", "11-24 22:10", R.AT, "11-25 09:00", "plain hours at night: in the morning"),
    (K.DRAFT, "11-25 00:10", "11-24 22:10", R.ABOVE, "11-25 10:00", "one working hour into the morning"),
    (K.REVIEW, "11-25 15:40", "", R.SOON, "11-25 13:40", "two plain hours before"),
    (K.REVIEW, "11-25 15:40", "", R.AT, "11-25 15:40", "when due"),
    (K.REVIEW, "11-25 15:40", "", R.ABOVE, "11-25 16:40", "one working hour late"),
    (K.REVIEW, "11-25 15:40", "", R.TOP, "11-26 10:40", "140 minutes until six, 100 in the morning"),
    (K.CIRCULATE, "11-30 10:40", "", R.SOON, "11-30 09:00", "a Monday: not before the office opens"),
    (K.CIRCULATE, "11-25 15:40", "11-25 14:10", R.SOON, None, "approved after that moment"),
    (K.START, "11-24 14:20", "", R.SOON, "11-24 14:05", "a quarter of an hour before"),
    (K.START, "11-24 20:00", "", R.SOON, None, "an evening meeting has its invitation"),
    (K.START, "11-24 12:40", "", R.SOON, None, "nobody is reminded in the noon rest"),
    (K.UPLOAD_MATERIAL, "11-25 10:10", "", R.LAST, "11-24 10:10", "goes with the invitation: told with its reminder"),
    (K.INVITE, "11-25 10:10", "", R.LAST, "11-24 10:10", "one working day before"),
    (K.INVITE, "11-25 10:10", "", R.AT, "11-25 10:10", "when due"),
    (K.INVITE, "11-27 10:10", "", R.AFTER, "11-30 10:10", "Friday: Monday"),
    (K.REPLY, "11-30 11:10", "", R.LAST, "11-27 11:10", "Monday: Friday"),
    (K.REPLY, "11-30 11:10", "", R.AFTER, None, "the meeting is tomorrow"),
    (K.ANSWER_OBJECTION, "11-24 11:10", "", R.AT, "11-24 11:10", "when the window ends"),
    (K.ANSWER_OBJECTION, "11-27 11:10", "", R.AFTER, "11-30 11:10", "Friday: Monday"),
]

ABROAD = [
    # where, kind, due in Shanghai, owed since, rule, when by the wall clock there (None: no such reminder), why
    (
        BERLIN,
        K.FINISH_ACTION,
        "03-27",
        "",
        R.AT,
        "03-27 09:00",
        "winter time: the day there begins at 16:00 in Shanghai",
    ),
    (BERLIN, K.FINISH_ACTION, "03-30", "", R.AT, "03-30 09:00", "the Monday after the clocks went forward: still nine"),
    (BERLIN, K.FINISH_ACTION, "03-30", "", R.LAST, "03-27 09:00", "Friday in winter time, Monday in summer time"),
    (BERLIN, K.FINISH_ACTION, "10-26", "", R.AT, "10-26 09:00", "the Monday after the clocks went back: still nine"),
    (
        BERLIN,
        K.ACCEPT_ACTION,
        "03-27 16:20",
        "",
        R.AFTER,
        "03-30 09:20",
        "Friday 09:20 there in winter; the wall clock counts: Monday 09:20, an hour earlier in Shanghai",
    ),
    (BERLIN, K.FINISH_ACTION, "10-10", "", R.AT, None, "a make-up Saturday in China is a weekend in Berlin"),
    (BERLIN, K.FINISH_ACTION, "10-10", "", R.LAST, "10-09 09:00", "so Friday is the last day before"),
    (BERLIN, K.FINISH_ACTION, "10-05", "", R.AT, "10-05 09:00", "Golden Week is no holiday there"),
    (
        BERLIN,
        K.FINISH_ACTION,
        "04-07",
        "",
        R.LAST,
        "04-02 09:00",
        "Tuesday after Easter: Monday and Friday are holidays",
    ),
    (BERLIN, K.START, "11-24 14:20", "", R.SOON, None, "07:05 there: night"),
    (BERLIN, K.START, "11-24 17:20", "", R.SOON, "11-24 10:05", "a quarter of an hour before, in the morning there"),
    (
        BERLIN,
        K.DRAFT,
        "11-24 17:10",
        "11-24 15:10",
        R.HALF,
        "11-24 09:10",
        "16:10 in Shanghai is 09:10 there: at work, not a crowded minute",
    ),
    (BERLIN, K.REPLY, "11-24 10:40", "", R.AT, "11-24 09:00", "03:40 there: when the office opens"),
    (NEW_YORK, K.FINISH_ACTION, "11-26", "", R.AT, None, "Thanksgiving: nobody is reminded, tomorrow it is late"),
    (NEW_YORK, K.FINISH_ACTION, "11-27", "", R.LAST, "11-25 09:00", "Thanksgiving does not count"),
    (NEW_YORK, K.FINISH_ACTION, "11-24", "", R.AT, "11-24 09:00", "the day ends at 11:00 there; two hours are left"),
    (NEW_YORK, K.FINISH_ACTION, "03-09", "", R.AT, "03-09 09:00", "the Monday after the clocks went forward there"),
    (
        NEW_YORK,
        K.REVIEW,
        "11-25 15:40",
        "",
        R.ABOVE,
        "11-25 09:00",
        "lateness counts in Shanghai; the host sleeps until nine",
    ),
]


@pytest.mark.parametrize(("kind", "due", "since", "rule", "when", "why"), TABLE)
def test_a_reminder_goes_out_when_the_table_says(
    kind: DutyKind, due: str, since: str, rule: Rule, when: str | None, why: str
) -> None:
    found = {one.rule: one.at for one in reminders_of(a_duty(kind, due, since), CALENDAR, POLICY)}
    assert_at(found.get(rule), when and instant(when), why)


@pytest.mark.parametrize(("where", "kind", "due", "since", "rule", "when", "why"), ABROAD)
def test_who_lives_elsewhere_is_reminded_when_the_table_says(
    where: WorkingCalendar, kind: DutyKind, due: str, since: str, rule: Rule, when: str | None, why: str
) -> None:
    duty = a_duty(kind, due, since)
    found = {one.rule: one.at for one in reminders_of(duty, CALENDAR, POLICY, lambda person: where)}
    assert_at(found.get(rule), when and instant(when, where.zone), why)


def assert_at(found: datetime | None, at: datetime | str | None, why: str) -> None:
    """At that instant; beside a full or half hour by an amount that differs from one person to the next."""
    if found is None or not isinstance(at, datetime):
        assert (found, at) == (None, None), why
    elif at.minute % 30:
        assert found == at, why
    else:
        assert timedelta(minutes=2) <= found - at <= timedelta(minutes=10), why


MOVES = [
    # from, to, moved at, rule, when (None: no such reminder), why
    (
        "09-29",
        "10-09",
        "09-28 10:10",
        R.FIRST,
        "09-30 09:00",
        "across Golden Week: the eighth and the thirtieth before",
    ),
    ("09-29", "10-09", "09-28 10:10", R.LAST, "10-08 09:00", "the first working day after the holidays"),
    ("10-12", "09-30", "09-28 10:10", R.FIRST, None, "brought forward: that moment is past when it is accepted anew"),
    ("11-26", "11-27", "11-25 09:40", R.FIRST, None, "moved after it"),
    ("11-26", "11-27", "11-25 09:40", R.LAST, "11-26 09:00", "counted from the new date"),
]


@pytest.mark.parametrize(("old", "new", "moved", "rule", "when", "why"), MOVES)
def test_a_moved_date_is_counted_anew(old: str, new: str, moved: str, rule: Rule, when: str | None, why: str) -> None:
    before, after = a_duty(K.FINISH_ACTION, old), a_duty(K.FINISH_ACTION, new, moved)
    assert not set(keys_of(before)) & set(keys_of(after))
    found = {one.rule: one.at for one in reminders_of(after, CALENDAR, POLICY)}
    assert_at(found.get(rule), when and instant(when), why)


def test_the_tables_have_more_than_sixty_cases() -> None:
    assert len(TABLE) + len(ABROAD) + len(MOVES) > 80


def test_done_five_minutes_before_means_no_reminder() -> None:
    duty = a_duty(K.ACCEPT_ACTION, "11-27 16:10")
    told = [rule for minute in range(60) for rule in told_at([duty], "11-27 15:30", minute) if minute < 35]
    assert told == []
    assert told_at([duty], "11-27 15:30", 40) == [R.AT]


def told_at(duties: list[Duty], start: str, minutes: int) -> list[Rule]:
    now = instant(start) + timedelta(minutes=minutes)
    return [one.rule for one in due_reminders(duties, now, CALENDAR, POLICY)]


@pytest.mark.parametrize("seed", range(6))
def test_looking_each_minute_and_looking_only_when_something_is_due_tell_the_same(seed: int) -> None:
    """What the simulated year leans on: between two moments no look finds anything."""
    chance = random.Random(seed)
    kinds = [kind for kind in DutyKind if RULES[kind]]
    start = instant("09-28 08:00") + timedelta(days=chance.randrange(20))
    duties = []
    for n in range(4):
        kind = chance.choice(kinds)
        due = start + timedelta(minutes=chance.randrange(3 * 24 * 60))
        since = due - timedelta(hours=chance.choice((2, 24, 70)))
        duties.append(Duty(kind, f"p{n}", due, f"s{n}", "m", "t", since=since, above=("host", "coordinator")))
    where = {f"p{n}": chance.choice((CALENDAR, BERLIN, NEW_YORK)) for n in range(4)}

    def looked(moments: list[datetime]) -> list[tuple[str, datetime]]:
        told: dict[str, datetime] = {}
        for now in moments:
            there = [duty for duty in duties if duty.since and duty.since <= now]
            for one in due_reminders(there, now, CALENDAR, POLICY, lambda person: where.get(person, CALENDAR)):
                told.setdefault(one.key, now)
        return sorted(told.items())

    minutes = [start + timedelta(minutes=n) for n in range(5 * 24 * 60)]
    due = {
        one.at
        for duty in duties
        for one in reminders_of(duty, CALENDAR, POLICY, lambda person: where.get(person, CALENDAR))
    } | {duty.since for duty in duties if duty.since}
    sparse = sorted({next((m for m in minutes if m >= at), minutes[-1]) for at in due if at <= minutes[-1]})
    assert looked(minutes) == looked(sparse)


def test_the_window_of_objections_reminds_by_itself() -> None:
    assert reminders_of(a_duty(K.ANSWER_MINUTES, "11-24 17:10"), CALENDAR, POLICY) == []


def test_late_minutes_are_told_upwards_and_where_nobody_is_above_to_nobody() -> None:
    duty = a_duty(K.DRAFT, "11-24 17:10", "11-24 15:10")
    assert [one.person for one in reminders_of(duty, CALENDAR, POLICY)] == ["owner", "owner", "host", "coordinator"]
    alone = a_duty(K.DRAFT, "11-24 17:10", "11-24 15:10", above=())
    assert [one.rule for one in reminders_of(alone, CALENDAR, POLICY)] == [R.HALF, R.AT]


def test_another_date_makes_other_keys_and_the_same_date_the_same() -> None:
    duty, moved = a_duty(K.FINISH_ACTION, "11-26"), a_duty(K.FINISH_ACTION, "11-27")
    assert not set(keys_of(duty)) & set(keys_of(moved))
    assert keys_of(duty) == keys_of(a_duty(K.FINISH_ACTION, "11-26"))


def test_after_an_outage_only_the_newest_is_sent_and_after_a_long_one_none() -> None:
    duty = a_duty(K.FINISH_ACTION, "11-26")
    on_time = instant("11-25 09:30")
    assert [one.rule for one in due_reminders([duty], on_time, CALENDAR, POLICY)] == [R.LAST]
    late = instant("11-27 09:30") + CATCH_UP
    assert list(due_reminders([duty], late, CALENDAR, POLICY)) == []


def test_what_was_meant_for_before_is_not_sent_after() -> None:
    duty = a_duty(K.START, "11-24 14:20")
    assert [one.rule for one in due_reminders([duty], instant("11-24 14:06"), CALENDAR, POLICY)] == [R.SOON]
    assert list(due_reminders([duty], instant("11-24 14:21"), CALENDAR, POLICY)) == []


def test_a_policy_without_days_has_no_reminder_before() -> None:
    none = Policy(remind_days_first=0, remind_days_last=0)
    found = reminders_of(a_duty(K.FINISH_ACTION, "11-26"), CALENDAR, none)
    assert [one.rule for one in found] == [R.AT]
