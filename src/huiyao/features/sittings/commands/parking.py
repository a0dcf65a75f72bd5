# SPDX-License-Identifier: Apache-2.0
"""Parking (R102): a subject that leads away from the agenda is set aside with an owner, for the next plan."""

from datetime import datetime

from huiyao.domain.actor import Actor
from huiyao.domain.record import Entry, Kind
from huiyao.domain.refusals import BadValue, NotFound
from huiyao.domain.rights import Deed
from huiyao.features.agenda.reads import topics_of
from huiyao.features.people.models import Person
from huiyao.features.people.reads import find_person, live_departments
from huiyao.features.sittings.access import get_room_for
from huiyao.features.sittings.commands.writing import edit_record
from huiyao.features.sittings.reads import find_entries, record_name
from huiyao.plumbing import audit
from huiyao.plumbing.ids import Id, is_uuid
from huiyao.room import door
from huiyao.room.edits import Convert, Edit, SetFields


def park(
    meeting_id: Id, entry_id: str, *, by: Actor, at: datetime, person_id: str = "", department_id: str = ""
) -> None:
    """Make an entry a parked one and set its owner, in one go; its text stays.

    Nobody named: who owns it already, else the person leading its topic, else nobody. A person without a department
    brings their own. Never inside a transaction.

    Raises:
        NotFound, NotAllowed: the actor may not type in this meeting, or there is no such entry.
        WrongStage: the meeting does not run.
        BadValue: it is a topic; or there is no such person or department.
    """
    meeting = get_room_for(by, meeting_id, Deed.TYPE).meeting
    door.settle(record_name(meeting.pk))
    entries = {entry.id: entry for entry in find_entries(meeting.pk) if not entry.deleted}
    entry = entries.get(entry_id)
    if entry is None:
        raise NotFound(entry=entry_id[:64])
    if entry.kind is Kind.TOPIC:
        raise BadValue(field="entry", reason="unknown")
    person = _person(person_id)
    if person is None and not department_id and not entry.person and not entry.department:
        person = _lead(meeting.pk, entry, entries)
    fields = _fields(person, department_id)
    edits: list[Edit] = [] if entry.kind is Kind.PARKED else [Convert(entry_id, Kind.PARKED)]
    if fields:
        edits.append(SetFields(entry_id, fields))
    if edits:
        edit_record(meeting.pk, edits, by=by)
        facts = {"text": entry.text[:120], "person": fields.get("own", ""), "department": fields.get("dep", "")}
        audit.record("entry.park", by=by, at=at, subject=entry_id[:40], context=meeting.pk, facts=facts)


def _person(person_id: str) -> Person | None:
    if not person_id:
        return None
    person = find_person(person_id) if is_uuid(person_id) else None
    if person is None or not person.is_active:
        raise BadValue(field="person", reason="person")
    return person


def _fields(person: Person | None, department_id: str) -> dict[str, object]:
    if department_id and not (is_uuid(department_id) and live_departments().filter(pk=department_id).exists()):
        raise BadValue(field="department", reason="department")
    department = department_id or str(person.department_id or "" if person else "")
    named = {"own": str(person.pk) if person else "", "dep": department}
    return dict(named) if person or department_id else {}


def _lead(meeting_id: Id, entry: Entry, entries: dict[str, Entry]) -> Person | None:
    """The person who leads the topic an entry stands under; a role or nobody is nobody."""
    seen: set[str] = set()
    above: Entry | None = entry
    while above is not None and above.kind is not Kind.TOPIC and above.id not in seen:
        seen.add(above.id)
        above = entries.get(above.parent)
    topic = next((t for t in topics_of(meeting_id) if above is not None and str(t.pk) == above.id), None)
    lead = topic.lead if topic else None
    return lead if lead is not None and lead.is_active else None
