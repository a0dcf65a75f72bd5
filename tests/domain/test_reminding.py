# SPDX-License-Identifier: Apache-2.0
"""When each reminder of each duty goes out: a table written by hand from a printed calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty, DutyKind
from huiyao.domain.policy import Policy
from huiyao.domain.reminding import CATCH_UP, Rule, due_reminders, keys_of, reminders_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOLIDAY = {date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 10, 10): True}  # the tenth: a Saturday
CALENDAR = WorkingCalendar(days=HOLIDAY)
POLICY = Policy()
K, R = DutyKind, Rule


def instant(text: str) -> datetime:
    """``11-24 16:10`` of 2026 in Shanghai."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).astimezone(UTC)


def a_duty(kind: DutyKind, due: str, since: str = "", above: tuple[str, ...] = ("host", "coordinator")) -> Duty:
    """``due`` is an instant, or a date on its own for a due date."""
    whole_day = len(due) == 5
    end = instant(f"{due} 00:00") + timedelta(days=1) if whole_day else instant(due)
    began = instant(since) if since else None
    return Duty(kind, "owner", end, "subject", "meeting", "t", whole_day=whole_day, since=began, above=above)


TABLE = [
    # kind, due, owed since, rule, when (None: no such reminder)
    (K.FINISH_ACTION, "11-26", "", R.FIRST, "11-24 09:00"),
    (K.FINISH_ACTION, "11-26", "", R.LAST, "11-25 09:00"),
    (K.FINISH_ACTION, "11-26", "", R.AT, "11-26 09:00"),
    (K.EXPLAIN_DELAY, "11-26", "", R.AFTER, "11-27 09:00"),
    (K.EXPLAIN_DELAY, "11-27", "", R.AFTER, "11-30 09:00"),  # over the weekend
    (K.FINISH_ACTION, "11-30", "", R.FIRST, "11-26 09:00"),
    (K.FINISH_ACTION, "11-30", "", R.LAST, "11-27 09:00"),
    (K.FINISH_ACTION, "11-28", "", R.LAST, "11-27 09:00"),  # due on a Saturday
    (K.FINISH_ACTION, "11-28", "", R.AT, None),
    (K.EXPLAIN_DELAY, "11-28", "", R.AFTER, "11-30 09:00"),
    (K.FINISH_ACTION, "10-08", "", R.FIRST, "09-29 09:00"),  # the day after the holidays
    (K.FINISH_ACTION, "10-08", "", R.LAST, "09-30 09:00"),
    (K.FINISH_ACTION, "10-05", "", R.AT, None),  # within the holidays
    (K.EXPLAIN_DELAY, "10-05", "", R.AFTER, "10-08 09:00"),
    (K.FINISH_ACTION, "10-12", "", R.LAST, "10-10 09:00"),  # a make-up Saturday is a working day
    (K.FINISH_ACTION, "10-12", "", R.FIRST, "10-09 09:00"),
    (K.FINISH_ACTION, "11-26", "11-24 10:00", R.FIRST, None),  # accepted too late for it
    (K.FINISH_ACTION, "11-26", "11-24 10:00", R.LAST, "11-25 09:00"),
    (K.SUPPORT_ACTION, "12-01", "", R.FIRST, "11-27 09:00"),
    (K.SUPPORT_ACTION, "12-01", "", R.AFTER, "12-02 09:00"),
    (K.NAME_OWNER, "11-27", "", R.LAST, "11-26 09:00"),
    (K.NAME_OWNER, "11-27", "", R.AT, "11-27 09:00"),
    (K.NAME_OWNER, "11-27", "", R.FIRST, None),
    (K.ACCEPT_ACTION, "11-27 16:10", "", R.AT, "11-27 16:10"),
    (K.ACCEPT_ACTION, "11-27 16:10", "", R.AFTER, "11-30 16:10"),
    (K.DRAFT, "11-24 17:10", "11-24 15:10", R.HALF, "11-24 16:10"),
    (K.DRAFT, "11-24 17:10", "11-24 15:10", R.AT, "11-24 17:10"),
    (K.DRAFT, "11-24 17:10", "11-24 15:10", R.ABOVE, "11-25 09:10"),  # 50 minutes, the night, 10 minutes
    (K.DRAFT, "11-24 17:10", "11-24 15:10", R.TOP, "11-25 13:10"),  # 50 minutes, the morning, 10 minutes
    (K.DRAFT, "11-25 10:10", "11-24 17:10", R.HALF, "11-25 09:10"),  # the window lies over the night
    (K.DRAFT, "11-24 14:10", "11-24 11:10", R.HALF, "11-24 13:10"),  # the noon rest does not count: 50 + 70 minutes
    (K.DRAFT, "11-24 18:00", "11-24 16:00", R.HALF, "11-24 17:00"),
    (K.DRAFT, "11-24 18:00", "11-24 16:00", R.AT, "11-25 09:00"),  # due when the office closes
    (K.DRAFT, "11-25 00:10", "11-24 22:10", R.HALF, None),  # plain hours at night: only after they are over
    (K.DRAFT, "11-25 00:10", "11-24 22:10", R.AT, "11-25 09:00"),
    (K.DRAFT, "11-25 00:10", "11-24 22:10", R.ABOVE, "11-25 10:00"),
    (K.REVIEW, "11-25 15:40", "", R.SOON, "11-25 13:40"),
    (K.REVIEW, "11-25 15:40", "", R.AT, "11-25 15:40"),
    (K.REVIEW, "11-25 15:40", "", R.ABOVE, "11-25 16:40"),
    (K.REVIEW, "11-25 15:40", "", R.TOP, "11-26 10:40"),
    (K.CIRCULATE, "11-30 10:40", "", R.SOON, "11-30 09:00"),  # a Monday: not before the office opens
    (K.CIRCULATE, "11-25 15:40", "11-25 14:10", R.SOON, None),  # approved after that moment
    (K.START, "11-24 14:20", "", R.SOON, "11-24 14:05"),
    (K.START, "11-24 20:00", "", R.SOON, None),  # an evening meeting has its invitation
    (K.START, "11-24 12:40", "", R.SOON, None),  # nobody is reminded in the noon rest
    (K.INVITE, "11-25 10:10", "", R.LAST, "11-24 10:10"),
    (K.INVITE, "11-25 10:10", "", R.AT, "11-25 10:10"),
    (K.INVITE, "11-27 10:10", "", R.AFTER, "11-30 10:10"),
    (K.REPLY, "11-30 11:10", "", R.LAST, "11-27 11:10"),
    (K.REPLY, "11-30 11:10", "", R.AFTER, None),  # the meeting is tomorrow
    (K.ANSWER_OBJECTION, "11-24 11:10", "", R.AT, "11-24 11:10"),
    (K.ANSWER_OBJECTION, "11-27 11:10", "", R.AFTER, "11-30 11:10"),
]


@pytest.mark.parametrize(("kind", "due", "since", "rule", "when"), TABLE)
def test_a_reminder_goes_out_when_the_table_says(
    kind: DutyKind, due: str, since: str, rule: Rule, when: str | None
) -> None:
    found = {one.rule: one.at for one in reminders_of(a_duty(kind, due, since), CALENDAR, POLICY)}
    if when is None:
        assert rule not in found
        return
    at = instant(when)
    if at.minute % 30:
        assert found[rule] == at
    else:  # away from the full hour, by an amount that differs from one to the next
        assert timedelta(minutes=2) <= found[rule] - at <= timedelta(minutes=10)


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
