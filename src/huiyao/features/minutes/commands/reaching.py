# SPDX-License-Identifier: Apache-2.0
"""How every act on minutes begins and ends: reach with permission, lock, ask the rules; save, audit."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import Conflict
from huiyao.domain.review import Act, decide
from huiyao.domain.rights import Deed
from huiyao.features.minutes.access import MinutesAccess, get_minutes_for
from huiyao.features.minutes.models import Minutes
from huiyao.features.minutes.reads import position_of
from huiyao.plumbing import audit
from huiyao.plumbing.ids import is_uuid


def reach(  # the five things each act names, and the deed it needs
    meeting_id: UUID | str,
    deed: Deed,
    act: Act,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    reason: str = "",
) -> MinutesAccess:
    """The minutes under lock, moved (in memory) to where ``act`` takes them.

    ``seen`` is the row version the page had.

    Raises:
        NotFound, NotAllowed: as ``access`` says.
        Conflict: somebody changed the minutes since the page was shown.
        Refusal: as ``domain.review.decide`` says.
    """
    if is_uuid(str(meeting_id)):  # rights and stage are asked once nobody else can change them any more
        list(Minutes.objects.select_for_update().filter(meeting_id=meeting_id).values_list("pk"))
    access = get_minutes_for(by, meeting_id, deed)
    minutes = access.minutes
    position = decide(position_of(minutes), act, at=at, reason=reason)
    if seen is not None and seen != minutes.version:
        raise Conflict(field="minutes", yours=seen, theirs=minutes.version, version=minutes.version)
    minutes.state = position.state
    if not position.approved:
        minutes.approved_at = None
    return access


def keep(
    access: MinutesAccess, act: str, *, by: Actor, at: datetime, facts: Mapping[str, object] | None = None
) -> None:
    """Save the minutes under a new row version with the audit row of the act."""
    minutes = access.minutes
    minutes.version += 1
    minutes.save()
    audit.record(f"minutes.{act}", by=by, at=at, subject=minutes.pk, context=minutes.meeting_id, facts=facts)
