# SPDX-License-Identifier: Apache-2.0
"""What the host left out or took up in another order is so in the draft minutes (R37)."""

from datetime import timedelta

import pytest

from huiyao.features.minutes.models import Minutes
from huiyao.features.minutes.reads import current_version, paper_in
from huiyao.features.sittings import commands
from huiyao.project.wiring import wire
from tests.builders.sittings import STARTS, an_invited_meeting

pytestmark = pytest.mark.django_db(transaction=True)
END = STARTS + timedelta(minutes=50)


def test_the_draft_says_which_topics_were_left_out_in_the_order_they_were_had() -> None:
    wire()
    held = an_invited_meeting()
    host, (opening, problems, closing) = held.actor("host"), (str(topic.pk) for topic in held.topics)
    commands.start(held.id, by=host, at=STARTS)
    commands.move_topic(held.id, closing, opening, by=host, at=STARTS + timedelta(minutes=1))
    commands.skip_topic(held.id, problems, by=host, at=STARTS + timedelta(minutes=2), reason="数据未到")
    commands.go_to_topic(held.id, closing, by=host, at=STARTS + timedelta(minutes=3))
    commands.close(held.id, by=host, at=END)
    paper = paper_in(current_version(Minutes.objects.get(meeting_id=held.id))).minutes
    found = [(topic.title, topic.actual_minutes, topic.skipped) for topic in paper.topics]
    assert found == [("开场", 3, False), ("收尾", 47, False), ("问题", None, True)]
