# SPDX-License-Identifier: Apache-2.0
"""Handing a guest's way into the room to whoever runs the meeting, for when no mail reaches the guest.

Guests cannot sign in, so a letter held in the outbox would never show them its link. The act is audited, the link is
shown once, and it opens no more than the one in the letter.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotFound, WrongStage
from huiyao.domain.rights import Deed
from huiyao.features.agenda.reads import planned_minutes
from huiyao.features.invitations.commands.post import LINKS_LIVE_ON, ROOM
from huiyao.features.invitations.reads.invitees import last_invitation
from huiyao.features.meetings.access import get_meeting_for
from huiyao.plumbing import audit, links
from huiyao.plumbing.ids import Id


@transaction.atomic
def hand_out_link(meeting_id: Id, person_id: Id, *, by: Actor, at: datetime) -> str:
    """A new address through which this guest enters the room, living as long as the one they were sent.

    Raises:
        NotFound, NotAllowed: not this person's to hand out.
        NotFound: nobody invited from outside has this id.
        WrongStage: the meeting has no start yet.
    """
    meeting = get_meeting_for(by, meeting_id, Deed.EDIT_PLAN).meeting
    invitation = last_invitation(meeting.pk, person_id)
    if invitation is None or invitation.withdrawn_at is not None or not invitation.person.guest:
        raise NotFound
    if meeting.starts_at is None:
        raise WrongStage(state=meeting.stage, deed="hand_out_link")
    ends_at = meeting.starts_at + timedelta(minutes=planned_minutes(meeting.pk))
    token = links.make(purpose=ROOM, person_id=person_id, subject=meeting.pk, at=at, expires_at=ends_at + LINKS_LIVE_ON)
    audit.record("guest.link", by=by, at=at, subject=person_id, context=meeting.pk)
    return f"{settings.HUIYAO.base_url}/l/{ROOM}/{token}/"
