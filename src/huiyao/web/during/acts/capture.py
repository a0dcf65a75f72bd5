# SPDX-License-Identifier: Apache-2.0
"""The capture line: what a typed text means, and an entry becoming another kind."""

from zoneinfo import ZoneInfo

from huiyao.domain.minutes_data import to_data
from huiyao.domain.refusals import BadValue
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.people.reads import live_departments, live_persons
from huiyao.features.sittings import commands
from huiyao.features.sittings.access import get_room_for
from huiyao.language.capture import Capture, DepartmentName, PersonName, read_capture
from huiyao.room.edits import Convert
from huiyao.web.during.acts.call import Call
from huiyao.web.during.acts.persons import open_to


def convert(call: Call) -> None:
    """Make an entry another kind."""
    kind = call.kind("kind")
    if kind is None:
        raise BadValue(field="kind", reason="required")
    commands.edit_record(call.meeting_id, [Convert(call.text("entry"), kind)], by=call.by)


def read(call: Call) -> dict[str, object]:
    """What the capture line understands of a text."""
    meeting = get_room_for(call.by, call.meeting_id).meeting
    known = open_to(call)
    rows = live_persons() if known is None else live_persons().filter(pk__in=known)
    people = [PersonName(str(p.pk), p.name, str(p.department_id or "")) for p in rows]
    departments = [DepartmentName(str(d.pk), d.name) for d in live_departments()]
    local = call.at.astimezone(ZoneInfo(meeting.zone))
    capture = read_capture(
        call.text("text"), people, departments, local, kind=call.kind("kind"), working=working_calendar()
    )
    return _capture(capture)


def _capture(capture: Capture) -> dict[str, object]:
    first = capture.owners[0] if capture.owners else None
    return {
        "kind": str(capture.kind),
        "kind_said": capture.kind_said,
        "text": capture.text,
        "person": first.person if first else "",
        "department": first.department if first else "",
        "owners": [to_data(owner) for owner in capture.owners],
        "due": capture.due.end.isoformat() if capture.due and capture.due.end else "",
        "due_reading": to_data(capture.due),
        "support": _support(capture),
        "alternatives": [to_data(other) for other in capture.alternatives],
        "spans": {"kind": capture.kind_span, "text": capture.text_span},
    }


def _support(capture: Capture) -> object:
    """Support as the document writes it: nothing said, "none", or lines."""
    if not capture.support:
        return "" if capture.support is None else "none"
    return [{"dep": s.department, "person": s.person, "what": s.what, "due": ""} for s in capture.support]
