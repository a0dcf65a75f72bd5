# SPDX-License-Identifier: Apache-2.0
"""Several changes of one thing within minutes are one message that tells all, at the time of the first."""

from datetime import datetime, timedelta

import pytest

from huiyao.plumbing import bundles, messages
from huiyao.plumbing.messages import Recipient
from huiyao.plumbing.models import Message

pytestmark = pytest.mark.django_db
ANN, BEN = Recipient("1", "安然", "a@example.com"), Recipient("2", "柏青", "b@example.com")


def tell(key: str, note: str, at: datetime, to: Recipient = ANN, bundle: str = "minutes:m") -> None:
    notes = [*bundles.unsent_notes(bundle, to.id), note]
    messages.put(
        key=key, kind="minutes", to=to, title="题", text=" ".join(notes), at=at,
        not_before=at + bundles.SETTLE, bundle=bundle, notes=notes,
    )  # fmt: skip


def going() -> dict[str, str]:
    rows = Message.objects.exclude(state="retired")
    return {row.key: row.text for row in rows}


def test_three_changes_within_minutes_go_out_as_one_at_the_time_of_the_first(at: datetime) -> None:
    for number in range(3):
        tell(f"k{number}", f"改{number}", at + timedelta(minutes=number))
    assert going() == {"k2": "改0 改1 改2"}
    assert Message.objects.get(key="k2").next_at == at + bundles.SETTLE
    assert Message.objects.get(key="k0").error == "combined"


def test_another_recipient_or_thing_is_left_alone(at: datetime) -> None:
    tell("a", "改", at)
    tell("b", "改", at, to=BEN)
    tell("c", "改", at, bundle="minutes:n")
    assert set(going()) == {"a", "b", "c"}


def test_what_is_being_sent_or_was_sent_is_not_taken_back(at: datetime) -> None:
    tell("a", "一", at)
    Message.objects.update(state="waiting", leased_until=at + timedelta(minutes=5))
    tell("b", "二", at)
    assert going() == {"a": "一", "b": "二"}
    Message.objects.filter(key="b").update(state="sent")
    tell("c", "三", at)
    assert going()["c"] == "三"


def test_the_same_message_again_takes_nothing_back(at: datetime) -> None:
    tell("a", "一", at)
    tell("a", "一", at)
    assert going() == {"a": "一"}
    assert Message.objects.count() == 1


def test_a_message_written_meanwhile_that_the_new_one_does_not_tell_of_goes_out_too(at: datetime) -> None:
    known = bundles.unsent_notes("minutes:m", ANN.id)
    tell("a", "一", at)
    messages.put(
        key="b", kind="minutes", to=ANN, title="题", text="二", at=at, bundle="minutes:m", notes=[*known, "二"]
    )  # fmt: skip
    assert going() == {"a": "一", "b": "二"}
