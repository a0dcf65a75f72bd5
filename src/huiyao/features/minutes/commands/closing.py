# SPDX-License-Identifier: Apache-2.0
"""The end of the window: silence is recorded as "no objection"; without open objections minutes are final."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from huiyao.domain.actor import CLOCK
from huiyao.domain.review import Act, AnswerState, ObjectionOpen, State, WindowOpen, decide
from huiyao.features.minutes.commands.versions import newest, seal
from huiyao.features.minutes.events import MinutesFinal
from huiyao.features.minutes.models import Answer, Minutes
from huiyao.features.minutes.reads import position_of
from huiyao.plumbing import audit, events


@transaction.atomic
def close_window(meeting_id: UUID | str, *, at: datetime) -> bool:
    """Do what the clock asks of one meeting's minutes; True when they became final. Twice is once."""
    minutes = Minutes.objects.select_for_update().filter(meeting_id=meeting_id, voided_at=None).first()
    if minutes is None or minutes.state != State.CIRCULATED:
        return False
    _record_silence(minutes, at)
    try:
        position = decide(position_of(minutes), Act.FINALISE, at=at)
    except (ObjectionOpen, WindowOpen):
        return False
    version = newest(minutes)
    assert version is not None  # circulated minutes have one
    seal(version, at=at)
    minutes.state, minutes.final_at = position.state, at
    minutes.version += 1
    minutes.save()
    facts = {"version": version.number, "window_ended_at": str(minutes.window_ends_at)}
    audit.record("minutes.final", by=CLOCK, at=at, subject=minutes.pk, context=minutes.meeting_id, facts=facts)
    events.put(MinutesFinal(str(minutes.meeting_id), version.number), at=at)
    return True


def _record_silence(minutes: Minutes, at: datetime) -> None:
    silent = Answer.objects.filter(
        circulation__minutes=minutes,
        circulation__window_ends_at__lte=at,
        asked=True,
        state=AnswerState.NONE,
    ).select_related("person")
    for answer in silent:
        answer.state = AnswerState.SILENT
        answer.save(update_fields=["state"])
        audit.record(
            "minutes.not_confirmed" if answer.lines else "minutes.no_objection",
            by=CLOCK,
            at=at,
            subject=answer.pk,
            context=minutes.meeting_id,
            facts={"person": str(answer.person_id), "name": answer.person.name},
        )


def note_reminded(answer: Answer, *, at: datetime) -> bool:
    """Note the one reminder before the window closes; False when it was noted already."""
    return Answer.objects.filter(pk=answer.pk, reminded_at=None).update(reminded_at=at) == 1
