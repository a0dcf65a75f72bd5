# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from huiyao.domain.actions import Commitment
from huiyao.domain.drafting import Paper
from huiyao.domain.minutes import Attendee, Minutes, Presence
from huiyao.domain.minutes_data import canonical, chained_hash, paper_of, to_data
from huiyao.domain.record import SupportAsked

STARTS = datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PAPER = Paper(
    Minutes("会", starts_at=STARTS, attendees=(Attendee("陈墨", "市场部", Presence.WALK_IN),)),
    (Commitment("a", 1, "写", named_by=(date(2026, 11, 27), "p"), support=(SupportAsked("数据"),)),),
)


def test_what_is_stored_comes_back():
    found = paper_of(to_data(PAPER))
    assert found == PAPER
    assert found.minutes.starts_at is not None
    assert found.minutes.starts_at.utcoffset() == timedelta(hours=8)
    assert found.minutes.attendees[0].presence is Presence.WALK_IN


def test_a_version_stored_before_a_field_existed_takes_its_default():
    data = to_data(PAPER)
    del data["minutes"]["parked"], data["commitments"][0]["under"]
    assert paper_of(data) == PAPER


def test_the_spelling_does_not_depend_on_the_order_of_keys():
    assert canonical({"b": 1, "a": "甲"}) == canonical({"a": "甲", "b": 1}) == '{"a":"甲","b":1}'.encode()


SEALED = {"number": 1, "author": "p", "at": datetime(2026, 11, 24, tzinfo=UTC), "previous": ""}


@pytest.mark.parametrize(
    "other",
    [{"number": 2}, {"author": "q"}, {"at": datetime(2026, 11, 25, tzinfo=UTC)}, {"previous": "x"}],
)
def test_the_hash_covers_number_author_time_and_predecessor(other):
    assert chained_hash({}, **SEALED) != chained_hash({}, **(SEALED | other))


def test_the_hash_covers_the_content():
    assert chained_hash({}, **SEALED) != chained_hash({"a": 1}, **SEALED)


def test_the_hash_does_not_depend_on_the_zone_an_instant_is_written_in():
    elsewhere = SEALED["at"].astimezone(timezone(timedelta(hours=8)))
    assert chained_hash({}, **SEALED) == chained_hash({}, **(SEALED | {"at": elsewhere}))
