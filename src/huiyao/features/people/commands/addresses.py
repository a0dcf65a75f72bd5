# SPDX-License-Identifier: Apache-2.0
"""Where a person is reached: ids at the vendors (an administrator enters them), preferred channels (they choose)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.channels import ADDRESS_KINDS, MAIL, PERSONAL
from huiyao.domain.refusals import BadValue, NotAllowed
from huiyao.domain.values import clean_line
from huiyao.features.people.commands.persons import get_person
from huiyao.features.people.models import PersonAddress
from huiyao.plumbing import audit, routing
from huiyao.plumbing.ids import Id


@transaction.atomic
def set_addresses(person_id: Id, values: Mapping[str, object], *, by: Actor, at: datetime) -> None:
    """Set a person's ids by kind; an empty one is taken away, one not named stays.

    Raises:
        NotAllowed: not an administrator.
        NotFound: there is no such person.
        BadValue: there is no such kind, it is too long, or it belongs to somebody else (``reason="taken"``).
    """
    if not by.administrator:
        raise NotAllowed(deed="addresses")
    person = get_person(person_id)
    changed = [kind for kind, value in values.items() if _set(person.pk, kind, value)]
    if changed:
        routing.reconsider(recipient_id=person.pk)
        audit.record("person.addresses", by=by, at=at, subject=person.pk, facts={"kinds": changed})


def _set(person_id: Id, kind: str, value: object) -> bool:
    if kind not in ADDRESS_KINDS:
        raise BadValue(field=kind, reason="unknown")
    text = clean_line(kind, value, most=128, required=False)
    if PersonAddress.objects.filter(kind=kind, value=text).exclude(person_id=person_id).exists():
        raise BadValue(field=kind, reason="taken")
    rows = PersonAddress.objects.filter(person_id=person_id, kind=kind)
    kept = rows.first()
    if (kept.value if kept else "") == text:
        return False
    if not text:
        rows.delete()
    else:
        PersonAddress.objects.update_or_create(person_id=person_id, kind=kind, defaults={"value": text})
    return True


@transaction.atomic
def prefer_channels(person_id: Id, order: Sequence[str], *, by: Actor, at: datetime) -> None:
    """Set the kinds of channels a person prefers, best first; none means the usual order (chats, then mail).

    Raises:
        NotAllowed: it is neither the person nor an administrator.
        NotFound: there is no such person.
        BadValue: there is no such kind, or one stands twice.
    """
    person = get_person(person_id)
    if by.id != str(person.pk) and not by.administrator:
        raise NotAllowed(deed="channels")
    known = {MAIL, *PERSONAL}
    if len(set(order)) != len(order) or not set(order) <= known:
        raise BadValue(field="channels", reason="unknown")
    if person.channels == list(order):
        return
    before, person.channels = person.channels, list(order)
    person.save(update_fields=["channels"])
    routing.reconsider(recipient_id=person.pk)
    audit.record("person.channels", by=by, at=at, subject=person.pk, facts={"channels": [before, person.channels]})
