# SPDX-License-Identifier: Apache-2.0
"""Integrity: whether frozen records and sent minutes are still what they were, asked on a page; the last answers."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop

from huiyao.features.meetings.reads import find_meeting
from huiyao.flows.verify import Difference, keep_result, last_results, verify
from huiyao.web.shell import notice
from huiyao.web.shell.gate import administrator_only
from huiyao.web.shell.request import Request

HOME = "/settings/integrity/"
WORDS = {
    "snapshot": gettext_noop("Frozen record %(number)s is not what was frozen."),
    "version": gettext_noop("Version %(number)s of the minutes is not what was sealed."),
    "seal": gettext_noop("Version %(number)s of the minutes went out and has no seal."),
    "origin": gettext_noop("The minutes were made from another record than frozen record %(number)s."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A difference in words."""

    meeting: str
    meeting_id: str
    what: str


@administrator_only
def integrity(request: Request) -> HttpResponse:
    """The last results; a POST looks at everything now and keeps the result."""
    if request.method == "POST":
        found = verify()
        keep_result(found, by=request.actor, at=request.at)
        if not found.differences:
            notice.add(request, gettext("Everything agrees."))
        return redirect(HOME)
    results = last_results()
    differences = [_line(one) for one in results[0].differences] if results else []
    return render(request, "shell/integrity.html", {"results": results, "differences": differences})


def _line(one: Difference) -> Line:
    meeting = find_meeting(one.meeting)
    words = gettext(WORDS.get(one.what, WORDS["version"])) % {"number": one.number}
    return Line(meeting.title if meeting else one.meeting, one.meeting, words)
