# SPDX-License-Identifier: Apache-2.0
"""Deciding after the meeting, where the seats did not agree and somebody was named to (R49)."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotAllowed, WrongStage
from huiyao.domain.values import clean_line
from huiyao.features.sittings.access import get_decision_for
from huiyao.features.sittings.models import ConsensusCall
from huiyao.plumbing import audit
from huiyao.plumbing.ids import Id

MAX_DECISION = 1000


@transaction.atomic
def decide(call_id: Id, decision: str, *, by: Actor, at: datetime) -> ConsensusCall:
    """Keep what was decided; it stands beside the minutes and is said once.

    Raises:
        NotFound: no such call, or it is not open to the actor.
        NotAllowed: somebody else decides.
        WrongStage: it was decided.
        BadValue: no words, or too many.
    """
    call = ConsensusCall.objects.select_for_update().get(pk=get_decision_for(by, call_id).pk)
    if str(call.decider_id) != by.id:
        raise NotAllowed(deed="decide")
    if call.decided_at is not None:
        raise WrongStage(state="decided", deed="decide")
    call.decision, call.decided_at = clean_line("decision", decision, most=MAX_DECISION), at
    call.save(update_fields=["decision", "decided_at"])
    facts = {"entry": call.entry, "decision": call.decision}
    audit.record("call.decide", by=by, at=at, subject=call.pk, context=call.meeting_id, facts=facts)
    return call
