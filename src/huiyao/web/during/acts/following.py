# SPDX-License-Identifier: Apache-2.0
"""What follows a meeting: the plan of the next one, and the two questions on this one."""

from django.urls import reverse

from huiyao.features.archive.commands.retrospectives import answer_retrospective
from huiyao.features.sittings.commands import tell
from huiyao.flows.prepare_next import prepare_next
from huiyao.web.during.acts.call import Call


def next_plan(call: Call) -> dict[str, str]:
    """Prepare the next meeting; answers its id and the page of its plan."""
    plan = prepare_next(call.meeting_id, by=call.by, at=call.at, starts_at=call.text("starts_at"))
    return {"meeting": str(plan), "url": reverse("plan", args=[plan])}


def retro(call: Call) -> None:
    """Answer the two questions of the retrospective."""
    answer_retrospective(call.meeting_id, call.text("met"), call.text("improve"), by=call.by, at=call.at)
    tell(call.meeting_id, "retro")
