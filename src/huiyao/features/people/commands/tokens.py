# SPDX-License-Identifier: Apache-2.0
"""Personal tokens for the API: shown once, stored hashed, acting as their person."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import BadValue, NotFound
from huiyao.domain.values import clean_line
from huiyao.features.people.commands.persons import get_person
from huiyao.features.people.models import ApiToken, Person
from huiyao.plumbing import audit
from huiyao.plumbing.ids import Id, is_uuid

PREFIX = "huiyao_"
TOKENS_MOST = 20
USE_NOTED_EVERY = timedelta(minutes=10)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_token(person_id: Id, name: object, *, by: Actor, at: datetime) -> str:
    """A new token of a person, under a name that says what for; it cannot be shown again.

    Raises:
        BadValue: no name, or too many tokens (``reason="too_many"``).
    """
    person = get_person(person_id)
    text = clean_line("name", name, most=80)
    if ApiToken.objects.filter(person=person, revoked_at=None).count() >= TOKENS_MOST:
        raise BadValue(field="name", reason="too_many", most=TOKENS_MOST)
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(person=person, name=text, digest=_digest(token), at=at)
    audit.record("token.made", by=by, at=at, subject=row.pk, facts={"name": text})
    return token


@transaction.atomic
def revoke_token(person_id: Id, token_id: Id, *, by: Actor, at: datetime) -> None:
    """Take back a person's token.

    Raises:
        NotFound: they have no such live token.
    """
    rows = ApiToken.objects.filter(person_id=person_id, revoked_at=None)
    row = rows.filter(pk=token_id).first() if is_uuid(str(token_id)) else None
    if row is None:
        raise NotFound
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    audit.record("token.revoked", by=by, at=at, subject=row.pk, facts={"name": row.name})


def person_of_token(token: str, *, at: datetime) -> Person | None:
    """Whose token this is, or None; notes its use, every ten minutes at most."""
    row = ApiToken.objects.select_related("person").filter(digest=_digest(token), revoked_at=None).first()
    if row is None or not row.person.is_active or row.person.guest:
        return None
    if row.last_used_at is None or row.last_used_at < at - USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=at)
    person: Person = row.person
    return person
