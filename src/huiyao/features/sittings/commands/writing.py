# SPDX-License-Identifier: Apache-2.0
"""Writing to the record from elsewhere than a browser's document: the API, imports, changes of kind."""

from collections.abc import Sequence

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import WrongStage
from huiyao.domain.rights import Deed
from huiyao.domain.stage import Stage
from huiyao.features.sittings.access import get_room_for
from huiyao.features.sittings.reads import record_name
from huiyao.plumbing.ids import Id
from huiyao.room import door
from huiyao.room.edits import Edit, Receipt


def edit_record(meeting_id: Id, edits: Sequence[Edit], *, by: Actor) -> Receipt:
    """Write entries through the room's own gate and writer; on disk when it returns. Never inside a transaction.

    Raises:
        NotFound, NotAllowed: the actor may not type in this meeting; or an entry is not there.
        WrongStage: the meeting does not run.
        BadValue, RoomFull, RoomFrozen, RoomBusy: nothing was written (``room.door.submit``).
    """
    meeting = get_room_for(by, meeting_id, Deed.TYPE).meeting
    if Stage(meeting.stage) is not Stage.IN_SESSION:
        raise WrongStage(state=meeting.stage, deed=str(Deed.TYPE))
    return door.submit(record_name(meeting.pk), by, edits)
