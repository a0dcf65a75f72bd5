# SPDX-License-Identifier: Apache-2.0
"""Signed links: one purpose, one person, one subject; expiring, revocable, stored hashed.

Opening a link changes nothing (mail scanners open links): the page is shown on GET, a POST acts. A link is looked up
by the hash of its token, so neither the table nor the time of a look-up tells anything about tokens that exist.
"""

import hashlib
import secrets
from datetime import datetime
from typing import NamedTuple

from huiyao.domain.refusals import Refusal
from huiyao.plumbing.models import Link

TOKEN_BYTES = 32


class LinkUnknown(Refusal):
    """No such link, or it was made for something else."""

    code = "link_unknown"


class LinkExpired(Refusal):
    """The link's time is over. Facts: ``expired_at``."""

    code = "link_expired"


class LinkRevoked(Refusal):
    """The link was taken back; a newer one may have been sent."""

    code = "link_revoked"


class Opened(NamedTuple):
    """What a link stands for."""

    purpose: str
    person_id: str
    subject: str
    expires_at: datetime


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def make(*, purpose: str, person_id: object, subject: object, at: datetime, expires_at: datetime) -> str:
    """A new link's token (256 random bits, URL-safe). Only its hash is kept: it cannot be shown again."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    Link.objects.create(
        digest=_digest(token),
        purpose=purpose,
        person_id=str(person_id),
        subject=str(subject),
        at=at,
        expires_at=expires_at,
    )
    return token


def open_link(token: str, *, purpose: str, at: datetime) -> Opened:
    """What the token stands for; changes nothing.

    Raises:
        LinkUnknown: no such token, or one made for another purpose.
        LinkExpired: its time is over.
        LinkRevoked: it was taken back.
    """
    row = Link.objects.filter(digest=_digest(token), purpose=purpose).first()
    if row is None:
        raise LinkUnknown
    if row.revoked_at is not None:
        raise LinkRevoked
    if row.expires_at <= at:
        raise LinkExpired(expired_at=row.expires_at.isoformat())
    return Opened(row.purpose, row.person_id, row.subject, row.expires_at)


def made_at(*, purpose: str, person_id: object, at: datetime) -> datetime | None:
    """When the newest live link of this purpose was made for the person, or None while there is none."""
    rows = Link.objects.filter(purpose=purpose, person_id=str(person_id), revoked_at=None, expires_at__gt=at)
    return rows.order_by("-at").values_list("at", flat=True).first()


def mark_used(token: str, *, at: datetime) -> None:
    """Note the first time a link was acted upon."""
    Link.objects.filter(digest=_digest(token), used_at=None).update(used_at=at)


def revoke(*, subject: object, at: datetime, purpose: str = "", person_id: object = "") -> int:
    """Take back the live links of a subject, of one purpose or person where named; returns how many."""
    rows = Link.objects.filter(subject=str(subject), revoked_at=None)
    if purpose:
        rows = rows.filter(purpose=purpose)
    if person_id:
        rows = rows.filter(person_id=str(person_id))
    return rows.update(revoked_at=at)


def revoke_all_of(person_id: object, *, at: datetime) -> int:
    """Take back every live link of a person (they left, or their password was set anew); returns how many."""
    return Link.objects.filter(person_id=str(person_id), revoked_at=None).update(revoked_at=at)
