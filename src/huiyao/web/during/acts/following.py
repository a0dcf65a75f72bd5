# SPDX-License-Identifier: Apache-2.0
"""What follows a meeting: the plan of the next one."""

from django.urls import reverse

from huiyao.flows.prepare_next import prepare_next
from huiyao.web.during.acts.call import Call


def next_plan(call: Call) -> dict[str, str]:
    """Prepare the next meeting; answers its id and the page of its plan."""
    plan = prepare_next(call.meeting_id, by=call.by, at=call.at, starts_at=call.text("starts_at"))
    return {"meeting": str(plan), "url": reverse("plan", args=[plan])}
