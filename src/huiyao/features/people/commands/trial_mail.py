# SPDX-License-Identifier: Apache-2.0
"""A message to oneself that shows that mail arrives."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import BadValue
from huiyao.features.people.commands.persons import get_person
from huiyao.features.people.mails import put_test_mail
from huiyao.plumbing import audit
from huiyao.plumbing.ids import Id


@transaction.atomic
def send_test_mail(person_id: Id, *, by: Actor, at: datetime) -> None:
    """Put a test message to the person into the outbox.

    Raises:
        BadValue: they have no mail address (``field="email"``).
    """
    person = get_person(person_id)
    if not person.email:
        raise BadValue(field="email", reason="required")
    put_test_mail(person, at=at)
    audit.record("mail.test", by=by, at=at, subject=person.pk)
