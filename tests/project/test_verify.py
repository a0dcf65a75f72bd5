# SPDX-License-Identifier: Apache-2.0
"""``huiyao verify`` names what was altered in the tables behind the product's back."""

from datetime import timedelta

import pytest

from huiyao.features.minutes.models import Minutes, MinutesVersion
from huiyao.features.sittings.commands import close, start
from huiyao.features.sittings.models import Snapshot
from huiyao.project.commandline import main
from huiyao.project.wiring import wire
from tests.builders.minutes import a_company, circulated
from tests.builders.sittings import STARTS, an_invited_meeting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meetings() -> tuple[str, str]:
    """One meeting closed with its snapshot, one whose minutes were sent."""
    wire()
    held = an_invited_meeting()
    start(held.id, by=held.actor("host"), at=STARTS)
    close(held.id, by=held.actor("host"), at=STARTS + timedelta(minutes=50))
    company = a_company()
    circulated(company)
    return held.id, str(company.meeting.pk)


def test_what_nobody_touched_agrees(meetings: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify"]) == 0
    assert capsys.readouterr().out == "1 frozen records and 2 sealed versions looked at, all agree\n"


def test_an_altered_frozen_record_is_named(meetings: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    row = Snapshot.objects.get()
    Snapshot.objects.update(content=row.content.replace('"seq"', '"sep"'))
    assert main(["verify"]) == 1
    assert f"meeting {meetings[0]}: the frozen record 1 is not what was frozen" in capsys.readouterr().out


def test_a_frozen_record_replaced_with_its_hash_is_named(
    meetings: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    Snapshot.objects.update(sha256="0" * 64)
    assert main(["verify"]) == 1
    assert f"meeting {meetings[0]}: the minutes were made from another frozen record" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"content": {"minutes": "other"}}, "version 1 of the minutes is not what was sealed"),
        ({"at": STARTS}, "version 1 of the minutes is not what was sealed"),
        ({"previous_sha256": "1" * 64}, "version 1 of the minutes is not what was sealed"),
        ({"sealed_at": None}, "version 1 of the minutes went out and has no seal"),
    ],
)
def test_altered_minutes_are_named(
    meetings: tuple[str, str], change: dict[str, object], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    minutes = Minutes.objects.get(meeting_id=meetings[1])
    assert MinutesVersion.objects.filter(minutes=minutes, number=1).update(**change) == 1
    assert main(["verify"]) == 1
    assert f"meeting {meetings[1]}: {words}" in capsys.readouterr().out
