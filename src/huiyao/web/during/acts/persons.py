# SPDX-License-Identifier: Apache-2.0
"""Who somebody is, by name or by id."""

from huiyao.domain.refusals import BadValue
from huiyao.features.invitations.reads.invitees import invitees_of
from huiyao.features.people.reads import find_persons, search_persons
from huiyao.features.sittings.access import get_room_for
from huiyao.plumbing.ids import is_uuid
from huiyao.web.during.acts.call import Call

MOST_FOUND = 12
MOST_NAMES = 100


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
