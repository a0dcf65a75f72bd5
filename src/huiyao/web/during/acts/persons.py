# SPDX-License-Identifier: Apache-2.0
"""Who somebody is, by name or by id. A guest, who sees no directory, learns of those of the meeting only."""

from uuid import UUID

from huiyao.domain.refusals import BadValue
from huiyao.features.meetings.reads import persons_at
from huiyao.features.people.reads import find_persons, search_persons
from huiyao.features.sittings.access import get_room_for
from huiyao.plumbing.ids import is_uuid
from huiyao.web.during.acts.call import Call

MOST_FOUND = 12
MOST_NAMES = 100


def open_to(call: Call) -> set[UUID] | None:
    """The persons the caller may learn of; None: anybody."""
    return persons_at(call.meeting_id) if call.by.guest else None


def find_person(call: Call) -> list[dict[str, str]]:
    """Persons by name, pinyin or department."""
    get_room_for(call.by, call.meeting_id)
    found = search_persons(call.text("q"), limit=MOST_FOUND, among=open_to(call))
    return [{"id": str(p.pk), "name": p.name, "department": str(p.department_id or "")} for p in found]


def names(call: Call) -> dict[str, dict[str, str]]:
    """Who these persons are: owners and heads the record names who are not at the meeting. At most 100 at once."""
    get_room_for(call.by, call.meeting_id)
    asked = call.values.get("ids")
    if not isinstance(asked, list) or len(asked) > MOST_NAMES:
        raise BadValue(field="ids", reason="unknown")
    ids = {UUID(one) for one in asked if isinstance(one, str) and is_uuid(one)}
    known = open_to(call)
    found = find_persons(ids if known is None else ids & known)
    return {pk: {"name": p.name, "department": str(p.department_id or "")} for pk, p in found.items()}
