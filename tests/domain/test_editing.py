# SPDX-License-Identifier: Apache-2.0
"""Saving one field: what is accepted, what is a conflict, and what a value must look like."""

from datetime import UTC, datetime

import pytest

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.editing import FieldWrite, accept, as_wall, choice, instant, web_address, whole
from huiyao.domain.refusals import BadValue, Conflict

SHANGHAI = WorkingCalendar()


@pytest.mark.parametrize(
    ("present", "version"),
    [("was", 3), ("was", 9), ("wanted", 9)],
    ids=["nobody saved", "another field was saved", "somebody saved the same"],
)
def test_a_write_passes_unless_this_field_was_changed(present, version):
    accept(FieldWrite("title", "wanted", "was", 3), present=present, version=version)


def test_a_field_changed_by_somebody_else_is_a_conflict_that_tells_both_values():
    with pytest.raises(Conflict) as refused:
        accept(FieldWrite("title", "mine", "before", 3), present="theirs", version=4)
    assert refused.value.facts == {"field": "title", "yours": "mine", "theirs": "theirs", "version": 4}


def test_a_wall_time_is_read_in_the_organisations_zone():
    assert instant("starts_at", "2026-12-04T14:00", SHANGHAI) == datetime(2026, 12, 4, 6, 0, tzinfo=UTC)
    assert instant("starts_at", "2026-12-04T14:00:59Z", SHANGHAI) == datetime(2026, 12, 4, 14, 0, tzinfo=UTC)
    assert instant("starts_at", "  ", SHANGHAI) is None


def test_what_is_shown_is_what_is_read_back():
    moment = instant("starts_at", "2026-12-04T14:00", SHANGHAI)
    assert as_wall(moment, SHANGHAI) == "2026-12-04T14:00"
    assert as_wall(None, SHANGHAI) == ""


@pytest.mark.parametrize(
    "text", ["tomorrow", "2026-13-01T10:00", "14:00", "9999-12-31T23:59-23:00", "0001-01-01T00:00"]
)
def test_what_is_no_date_and_time_is_refused(text):
    with pytest.raises(BadValue) as refused:
        instant("starts_at", text, SHANGHAI)
    assert refused.value.facts["reason"] == "moment"


def test_whole_numbers_may_be_full_width():
    assert whole("minutes", " ３０ ", 1, 480) == 30


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "number"), ("1.5", "number"), ("-3", "number"), ("9" * 12, "number"), ("0", "range"), ("481", "range")],
)
def test_numbers_outside_their_limits_are_refused(text, reason):
    with pytest.raises(BadValue) as refused:
        whole("minutes", text, 1, 480)
    assert refused.value.facts == {"field": "minutes", "reason": reason, "least": 1, "most": 480}


def test_a_choice_is_one_of_the_allowed():
    assert choice("need", "optional", ("required", "optional")) == "optional"
    with pytest.raises(BadValue):
        choice("need", "perhaps", ("required", "optional"))


@pytest.mark.parametrize("address", ["https://example.com/a?b=c#d", "http://例子.公司/报告"])
def test_http_addresses_may_be_opened(address):
    assert web_address("url", address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.com/a",
        "https://",
        "//example.com",
        "example.com",
        "https://a b",
        "http://[::1",
        "JAVASCRIPT:x",
    ],
)
def test_no_other_address_is_kept(address):
    with pytest.raises(BadValue) as refused:
        web_address("url", address)
    assert refused.value.facts["reason"] == "url"
