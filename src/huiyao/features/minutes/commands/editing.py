# SPDX-License-Identifier: Apache-2.0
"""Writing in the paper, line by line, while it is a draft, in review or returned."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from huiyao.domain.actions import Commitment
from huiyao.domain.actor import Actor
from huiyao.domain.drafting import Paper
from huiyao.domain.paper import changed_lines, line_of, with_commitment, with_line, with_text, without_line
from huiyao.domain.refusals import Conflict, NotFound
from huiyao.domain.review import Act
from huiyao.domain.rights import Deed
from huiyao.features.minutes.access import MinutesAccess
from huiyao.features.minutes.commands.reaching import keep, reach
from huiyao.features.minutes.commands.versions import write
from huiyao.features.minutes.models import MinutesVersion
from huiyao.features.minutes.reads import current_version, names_of_commitment, paper_in, stamp_of
from huiyao.plumbing.ids import uuid7


@transaction.atomic
def edit_line(meeting_id: UUID | str, line_id: str, text: str, *, was: str, by: Actor, at: datetime) -> MinutesVersion:
    """Put other words in one line; ``was`` are the words the page showed.

    Raises:
        Conflict: the line reads otherwise by now. Nothing is changed; facts hold both wordings.
        Refusal: as ``reach`` and ``domain.paper.with_text`` say.
    """
    access = reach(meeting_id, Deed.EDIT_DRAFT, Act.EDIT, by=by, at=at)
    paper = _paper(access)
    theirs = line_of(paper.minutes, line_id).text
    wanted = text.replace("\r\n", "\n").strip()
    if theirs not in (was.replace("\r\n", "\n"), wanted):
        raise Conflict(field=line_id, yours=wanted, theirs=theirs, version=access.minutes.version)
    return _write(access, paper, with_text(paper, line_id, text), by=by, at=at)


@transaction.atomic
def edit_action(meeting_id: UUID | str, commitment: Commitment, *, was: str, by: Actor, at: datetime) -> MinutesVersion:
    """Change one action of the paper, or add it when ``was`` is empty; ``was`` is the stamp the page showed.

    Raises:
        NotFound: somebody took the action out meanwhile.
        Conflict: the action reads otherwise by now.
        BadValue: task, owner, due date or support is missing.
    """
    access = reach(meeting_id, Deed.EDIT_DRAFT, Act.EDIT, by=by, at=at)
    paper = _paper(access)
    theirs = next((c for c in paper.commitments if c.id == commitment.id), None)
    if theirs is None and was:
        raise NotFound
    if theirs is not None and was != stamp_of(theirs):
        raise Conflict(field=commitment.id, yours=commitment.task, theirs=theirs.task, version=access.minutes.version)
    changed = with_commitment(paper, commitment, names_of_commitment(commitment))
    return _write(access, paper, changed, by=by, at=at)


@transaction.atomic
def add_line(
    meeting_id: UUID | str, kind: str, text: str, *, topic: str = "", by: Actor, at: datetime
) -> MinutesVersion:
    """Add a note under a topic, a decision or a parked line."""
    access = reach(meeting_id, Deed.EDIT_DRAFT, Act.EDIT, by=by, at=at)
    paper = _paper(access)
    return _write(access, paper, with_line(paper, str(uuid7()), kind, text, topic=topic), by=by, at=at)


@transaction.atomic
def remove_line(meeting_id: UUID | str, line_id: str, *, was: str, by: Actor, at: datetime) -> MinutesVersion:
    """Take one line out; versions keep it.

    Raises:
        Conflict: the line reads otherwise by now.
    """
    access = reach(meeting_id, Deed.EDIT_DRAFT, Act.EDIT, by=by, at=at)
    paper = _paper(access)
    theirs = line_of(paper.minutes, line_id).text
    if theirs != was.replace("\r\n", "\n"):
        raise Conflict(field=line_id, yours="", theirs=theirs, version=access.minutes.version)
    return _write(access, paper, without_line(paper, line_id), by=by, at=at)


def _paper(access: MinutesAccess) -> Paper:
    return paper_in(current_version(access.minutes))


def _write(access: MinutesAccess, before: Paper, after: Paper, *, by: Actor, at: datetime) -> MinutesVersion:
    if after == before:
        return current_version(access.minutes)
    version = write(access.minutes, after, cause="edit", by=by, at=at)
    lines = list(changed_lines(before.minutes, after.minutes))
    keep(access, "edit", by=by, at=at, facts={"version": version.number, "lines": lines})
    return version
