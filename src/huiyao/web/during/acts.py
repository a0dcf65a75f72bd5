# SPDX-License-Identifier: Apache-2.0
"""Each command of the room as one function: plain values in, commands of the features, plain values out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from huiyao.domain.actor import Actor
from huiyao.domain.minutes_data import to_data
from huiyao.domain.record import Gap, Kind, RecordIncomplete, check_closing, dangling
from huiyao.domain.refusals import BadValue
from huiyao.domain.rights import Deed
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.invitations.reads.invitees import invitees_of
from huiyao.features.people.reads import actor_of, find_persons, live_departments, live_persons, search_persons
from huiyao.features.sittings import commands
from huiyao.features.sittings.access import get_room_for
from huiyao.features.sittings.reads import find_entries
from huiyao.features.sittings.reads.facts import instant
from huiyao.features.sittings.reads.late import LateOffer, find_late_offers
from huiyao.language.capture import Capture, DepartmentName, PersonName, read_capture
from huiyao.plumbing.ids import is_uuid
from huiyao.room.edits import Convert

MOST_FOUND = 12
MOST_NAMES = 100


@dataclass(frozen=True, slots=True)
class Call:
    """One command as it came: who says it, in which meeting, when, with which values, who has the room open."""

    by: Actor
    meeting_id: str
    at: datetime
    values: Mapping[str, Any]
    here: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """A value that must be text (absent: empty).

        Raises:
            BadValue: it is something else.
        """
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise BadValue(field=name, reason="unknown")
        return value

    def kind(self, name: str) -> Kind | None:
        """A value that must be a kind of entry, or None if absent.

        Raises:
            BadValue: it is something else.
        """
        value = self.text(name)
        if not value:
            return None
        try:
            return Kind(value)
        except ValueError:
            raise BadValue(field=name, reason="unknown") from None


def start(call: Call) -> None:
    """Begin the meeting; who has the room open is there."""
    meeting = commands.start(call.meeting_id, by=call.by, at=call.at)
    for person in find_persons(call.here).values():
        commands.mark_present(meeting, by=actor_of(person), at=call.at)


def topic(call: Call) -> None:
    """Go to a topic."""
    commands.go_to_topic(call.meeting_id, call.text("topic"), by=call.by, at=call.at)


def extend(call: Call) -> None:
    """Give a topic more minutes."""
    commands.extend(call.meeting_id, call.text("topic"), call.values.get("minutes"), by=call.by, at=call.at)


def attend(call: Call) -> None:
    """Say whether somebody is there."""
    commands.attend(call.meeting_id, call.text("person"), call.text("state"), by=call.by, at=call.at)


def walk_in(call: Call) -> dict[str, str]:
    """Somebody not invited is there; answers who."""
    person = commands.walk_in(
        call.meeting_id,
        by=call.by,
        at=call.at,
        person_id=call.text("person"),
        name=call.text("name"),
        department_id=call.text("department"),
    )
    return {"person": person}


def role(call: Call) -> None:
    """Hand a role over."""
    commands.change_role(call.meeting_id, call.text("role"), call.text("person"), by=call.by, at=call.at)


def accept(call: Call) -> None:
    """Take one's action on."""
    commands.accept(call.meeting_id, call.text("entry"), by=call.by, at=call.at)


def contest(call: Call) -> None:
    """Say why one cannot take it on."""
    commands.contest(call.meeting_id, call.text("entry"), call.text("reason"), by=call.by, at=call.at)


def convert(call: Call) -> None:
    """Make an entry another kind."""
    kind = call.kind("kind")
    if kind is None:
        raise BadValue(field="kind", reason="required")
    commands.edit_record(call.meeting_id, [Convert(call.text("entry"), kind)], by=call.by)


def check(call: Call) -> dict[str, object]:
    """What the closing gate would miss, and threads left open."""
    get_room_for(call.by, call.meeting_id)
    entries = find_entries(call.meeting_id)
    gaps: object = []
    try:
        check_closing(entries)
    except RecordIncomplete as refusal:
        gaps = refusal.facts["gaps"]
    return {"gaps": gaps, "dangling": [_gap(gap) for gap in dangling(entries)]}


def _gap(gap: Gap) -> dict[str, str]:
    return {"entry": gap.entry, "what": gap.what, "text": gap.text}


def close(call: Call) -> dict[str, object]:
    """Close the record."""
    snapshot = commands.close(
        call.meeting_id,
        by=call.by,
        at=call.at,
        next_when=call.text("next_when"),
        next_focus=call.text("next_focus"),
    )
    return {"snapshot": snapshot.number, "sha256": snapshot.sha256}


def reopen(call: Call) -> None:
    """Take the closing back."""
    commands.reopen(call.meeting_id, call.text("reason"), by=call.by, at=call.at)


def late_edits(call: Call) -> list[dict[str, object]]:
    """What was typed after closing, by person."""
    get_room_for(call.by, call.meeting_id, Deed.EDIT_DRAFT)
    return [_offer(offer) for offer in find_late_offers(call.meeting_id)]


def _offer(offer: LateOffer) -> dict[str, object]:
    entries = [
        {
            "entry": change.after.id,
            "text": change.after.text,
            "before": to_data(change.before),
            "after": to_data(change.after),
        }
        for change in offer.changes
    ]
    return {"id": offer.id, "person": offer.person, "at": instant(offer.at), "entries": entries}


def amend(call: Call) -> None:
    """Take what somebody typed late as an amendment."""
    commands.amend_late(call.meeting_id, call.text("id"), by=call.by, at=call.at)


def dismiss(call: Call) -> None:
    """Leave what somebody typed late."""
    commands.dismiss_late(call.meeting_id, call.text("id"), by=call.by, at=call.at)


def find_person(call: Call) -> list[dict[str, str]]:
    """Persons by name, pinyin or department; a guest, who sees no directory, finds those of the meeting."""
    get_room_for(call.by, call.meeting_id)
    found = search_persons(call.text("q"), limit=MOST_NAMES if call.by.guest else MOST_FOUND)
    if call.by.guest:
        coming = {invitee.key for invitee in invitees_of(call.meeting_id)}
        found = [p for p in found if str(p.pk) in coming][:MOST_FOUND]
    return [{"id": str(p.pk), "name": p.name, "department": str(p.department_id or "")} for p in found]


def names(call: Call) -> dict[str, dict[str, str]]:
    """Who these persons are: owners and heads the record names who are not at the meeting. At most 100 at once."""
    get_room_for(call.by, call.meeting_id)
    asked = call.values.get("ids")
    if not isinstance(asked, list) or len(asked) > MOST_NAMES:
        raise BadValue(field="ids", reason="unknown")
    found = find_persons(one for one in asked if isinstance(one, str) and is_uuid(one))
    return {pk: {"name": p.name, "department": str(p.department_id or "")} for pk, p in found.items()}


def read(call: Call) -> dict[str, object]:
    """What the capture line understands of a text."""
    meeting = get_room_for(call.by, call.meeting_id).meeting
    people = [PersonName(str(p.pk), p.name, str(p.department_id or "")) for p in live_persons()]
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
