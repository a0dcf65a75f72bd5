# SPDX-License-Identifier: Apache-2.0
"""What a recipient says to circulated minutes: confirm, or object to a line."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.paper import line_of
from huiyao.domain.refusals import BadValue, NotAllowed
from huiyao.domain.review import Act, AnswerState, ObjectionState, WindowClosed
from huiyao.domain.rights import Deed
from huiyao.features.minutes.access import MinutesAccess
from huiyao.features.minutes.commands.reaching import keep, reach
from huiyao.features.minutes.events import ObjectionRaised
from huiyao.features.minutes.models import Answer, Objection
from huiyao.features.minutes.reads import answers_waiting, current_version, paper_in
from huiyao.plumbing import events

MAX_OBJECTION = 2000


@transaction.atomic
def confirm(meeting_id: UUID | str, *, by: Actor, at: datetime) -> int:
    """Confirm every window still open to this person; returns how many answers changed. Twice is once.

    Whoever objected to a line stays recorded as objecting; the rest counts as confirmed by the same act.

    Raises:
        NotAllowed: the person is not asked.
        WindowClosed: the time is over.
    """
    access = reach(meeting_id, Deed.ANSWER_MINUTES, Act.ANSWER, by=by, at=at)
    changed = 0
    for answer in _open_answers(access, at):
        if answer.state == AnswerState.NONE:
            answer.state, answer.answered_at = AnswerState.CONFIRMED, at
            answer.save(update_fields=["state", "answered_at"])
            changed += 1
    if changed:
        keep(access, "confirm", by=by, at=at)
    return changed


@transaction.atomic
def object_to(meeting_id: UUID | str, line: str, text: str, *, by: Actor, at: datetime) -> Objection:
    """Object to a line (empty: to the whole) with a text; the same text again is the same objection.

    Raises:
        BadValue: no text, or too long.
        NotFound: no such line.
        NotAllowed, WindowClosed: as for ``confirm``.
    """
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise BadValue(field="text", reason="required")
    if len(text) > MAX_OBJECTION:
        raise BadValue(field="text", reason="too_long", most=MAX_OBJECTION)
    access = reach(meeting_id, Deed.ANSWER_MINUTES, Act.ANSWER, by=by, at=at)
    answer = _open_answers(access, at)[0]
    minutes = paper_in(current_version(access.minutes)).minutes
    quoted = line_of(minutes, line).text if line else ""
    twin = answer.objections.filter(line=line, text=text, state=ObjectionState.OPEN).first()
    if twin is not None:
        return twin
    answer.state, answer.answered_at = AnswerState.OBJECTED, at
    answer.save(update_fields=["state", "answered_at"])
    objection = Objection.objects.create(answer=answer, line=line, quoted=quoted, text=text, at=at)
    keep(access, "object", by=by, at=at, facts={"line": line, "objection": str(objection.pk)})
    events.put(ObjectionRaised(str(access.minutes.meeting_id), str(objection.pk)), at=at)
    return objection


def _open_answers(access: MinutesAccess, at: datetime) -> Sequence[Answer]:
    """The answers this person may still give, the newest circulation first."""
    asked = answers_waiting(access.minutes, access.actor.id)
    if not asked:
        raise NotAllowed(deed=str(Deed.ANSWER_MINUTES))
    still_open = [answer for answer in asked if answer.circulation.window_ends_at > at]
    if not still_open:
        raise WindowClosed(since=asked[0].circulation.window_ends_at.isoformat())
    return still_open


@transaction.atomic
def mark_opened(meeting_id: UUID | str, *, by: Actor, at: datetime) -> None:
    """Note that the person reads the minutes: told by the page in use, not by a link being fetched."""
    access = reach(meeting_id, Deed.SEE_MINUTES, Act.ANSWER, by=by, at=at)
    Answer.objects.filter(circulation__minutes=access.minutes, person_id=by.id, opened_at=None).update(opened_at=at)
