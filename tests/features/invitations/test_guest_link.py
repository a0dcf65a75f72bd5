# SPDX-License-Identifier: Apache-2.0
"""A guest's way in, handed to whoever runs the meeting when no mail reaches the guest."""

import pytest

from huiyao.domain.refusals import NotAllowed, NotFound
from huiyao.features.invitations.commands.guest_link import hand_out_link
from huiyao.features.invitations.commands.send import send
from huiyao.features.meetings.commands.guests import add_guest
from huiyao.features.meetings.models import Guest
from huiyao.features.people.models import Person
from huiyao.features.people.reads import actor_of
from huiyao.plumbing import links
from huiyao.plumbing.models import AuditRow, Link
from tests.builders.meetings import MORNING, an_invited_meeting, an_office

pytestmark = pytest.mark.django_db


def test_the_link_opens_the_room_for_the_guest_and_is_kept_in_the_trail() -> None:
    office = an_office()
    meeting = an_invited_meeting(office)
    by = actor_of(meeting.organiser)
    add_guest(meeting.pk, name="外部来宾", by=by, at=MORNING)
    send(meeting.pk, by=by, at=MORNING)
    guest = Guest.objects.get(meeting=meeting).person
    address = hand_out_link(meeting.pk, guest.pk, by=by, at=MORNING)
    opened = links.open_link(address.rstrip("/").rsplit("/", 1)[1], purpose="room", at=MORNING)
    assert (opened.person_id, opened.subject) == (str(guest.pk), str(meeting.pk))
    assert AuditRow.objects.filter(act="guest.link", subject=str(guest.pk)).count() == 1


def test_nobody_else_gets_a_guests_link() -> None:
    office = an_office()
    meeting = an_invited_meeting(office)
    by = actor_of(meeting.organiser)
    add_guest(meeting.pk, name="外部来宾", by=by, at=MORNING)
    send(meeting.pk, by=by, at=MORNING)
    guest = Guest.objects.get(meeting=meeting).person
    before = Link.objects.count()
    for person in Person.objects.exclude(pk=by.id):
        if person.pk in (meeting.host_id, meeting.coordinator_id):
            continue
        with pytest.raises((NotFound, NotAllowed)):
            hand_out_link(meeting.pk, guest.pk, by=actor_of(person), at=MORNING)
    with pytest.raises(NotFound):
        hand_out_link(meeting.pk, by.id, by=by, at=MORNING)
    assert Link.objects.count() == before
