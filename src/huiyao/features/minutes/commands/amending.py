# SPDX-License-Identifier: Apache-2.0
"""Taking late lines into the draft, in the name of the recorder who accepted them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.amending import Change, amended
from huiyao.domain.paper import changed_lines
from huiyao.domain.review import Act
from huiyao.domain.rights import Deed
from huiyao.features.minutes.commands.reaching import keep, reach
from huiyao.features.minutes.commands.versions import write
from huiyao.features.minutes.models import MinutesVersion
from huiyao.features.minutes.reads import current_version, names_in, paper_in
from huiyao.plumbing.ids import Id


@transaction.atomic
def amend(
    meeting_id: Id, changes: Sequence[Change], topics: Mapping[str, str], *, by: Actor, at: datetime
) -> MinutesVersion:
    """Put late changes into the newest version; the same changes again change nothing.

    Raises:
        NotFound, NotAllowed: only recorder and host may.
        WrongStage: the minutes were sent already.
    """
    access = reach(meeting_id, Deed.EDIT_DRAFT, Act.EDIT, by=by, at=at)
    before = paper_in(current_version(access.minutes))
    names = names_in([after for _, after in changes])
    after = amended(before, changes, dict(topics), names)
    if after == before:
        return current_version(access.minutes)
    version = write(access.minutes, after, cause="edit", by=by, at=at)
    lines = list(changed_lines(before.minutes, after.minutes))
    keep(access, "amend", by=by, at=at, facts={"version": version.number, "lines": lines})
    return version
