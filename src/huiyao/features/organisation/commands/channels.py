# SPDX-License-Identifier: Apache-2.0
"""Channels: add, change, remove. Secrets come in and never go out again; an empty one keeps what is stored."""

import json
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.channels import FILE_FORMATS, KINDS, ChannelField, ChannelKind
from huiyao.domain.refusals import BadValue, Conflict, NotAllowed, NotFound
from huiyao.domain.values import clean_line
from huiyao.features.organisation.models import Channel
from huiyao.plumbing import audit, pacing, routing
from huiyao.plumbing.ids import Id, is_uuid

URLS = ("base_url", "api_url")
VALUE_MOST, NAME_MOST = 500, 80


@transaction.atomic
def add_channel(kind: str, values: Mapping[str, object], *, by: Actor, at: datetime) -> Channel:
    """Set up a channel; what waits by mail may take it from now on. ``values`` holds ``name`` and the kind's fields.

    Raises:
        NotAllowed: not an administrator.
        BadValue: there is no such kind, or a value cannot be used.
    """
    _administrator_only(by)
    known = KINDS.get(kind)
    if known is None:
        raise BadValue(field="kind", reason="unknown")
    row = Channel(kind=kind, created_at=at)
    _fill(row, known, values)
    row.save()
    routing.reconsider()
    audit.record("channel.added", by=by, at=at, subject=row.pk, facts={"kind": kind, "name": row.name})
    return row


@transaction.atomic
def change_channel(channel_id: Id, values: Mapping[str, object], *, version: int, by: Actor, at: datetime) -> Channel:
    """Change a channel; it is tried again at once. Secrets left empty stay as they are.

    Raises:
        NotAllowed: not an administrator.
        NotFound: there is no such channel.
        Conflict: somebody else changed it since ``version``.
        BadValue: a value cannot be used.
    """
    _administrator_only(by)
    row = _get(channel_id)
    if row.version != version:
        raise Conflict(field="name", yours=str(values.get("name", "")), theirs=row.name, version=row.version)
    before = dict(row.settings)
    _fill(row, KINDS[row.kind], values)
    row.version += 1
    row.save()
    pacing.reset(str(row.pk))
    fields = sorted(name for name in {*before, *row.settings} if before.get(name) != row.settings.get(name))
    fields += sorted(name for name in _secret_names(KINDS[row.kind]) if values.get(name))
    audit.record("channel.changed", by=by, at=at, subject=row.pk, facts={"name": row.name, "fields": fields})
    return row


@transaction.atomic
def remove_channel(channel_id: Id, *, by: Actor, at: datetime) -> None:
    """Take a channel out of use and forget its secrets; what waits for it takes the next way.

    Raises:
        NotAllowed: not an administrator.
        NotFound: there is no such channel.
    """
    _administrator_only(by)
    row = _get(channel_id)
    row.removed_at, row.secrets = at, ""
    row.version += 1
    row.save()
    moved = routing.abandon(str(row.pk), at=at)
    audit.record("channel.removed", by=by, at=at, subject=row.pk, facts={"name": row.name, "messages": moved})


def secrets_of(row: Channel) -> dict[str, str]:
    """The secrets of a channel, for the flow that speaks to the service."""
    known: dict[str, str] = json.loads(row.secrets or "{}")
    return known


def _administrator_only(by: Actor) -> None:
    if not by.administrator:
        raise NotAllowed(deed="channels")


def _get(channel_id: Id) -> Channel:
    rows = Channel.objects.select_for_update().filter(removed_at=None, kind__in=list(KINDS))
    row = rows.filter(pk=channel_id).first() if is_uuid(str(channel_id)) else None
    if row is None:
        raise NotFound
    return row


def _secret_names(kind: ChannelKind) -> list[str]:
    return [field.name for field in kind.fields if field.secret]


def _fill(row: Channel, kind: ChannelKind, values: Mapping[str, object]) -> None:
    row.name = clean_line("name", values.get("name", row.name), most=NAME_MOST)
    kept = secrets_of(row)
    plain: dict[str, str] = dict(row.settings)
    for field in kind.fields:
        if field.secret:
            text = clean_line(field.name, values.get(field.name), most=VALUE_MOST, required=False)
            text = text or kept.get(field.name, "")
            if field.required and not text:
                raise BadValue(field=field.name, reason="required")
            kept[field.name] = text
        elif field.name in values or field.name not in plain:
            plain[field.name] = _plain(field, values.get(field.name, field.default))
    row.settings, row.secrets = plain, json.dumps(kept)


def _plain(field: ChannelField, value: object) -> str:
    text = clean_line(field.name, value, most=VALUE_MOST, required=field.required)
    if field.name in URLS:
        return _url(field, text or field.default)
    if field.name == "files" and text not in ("", *FILE_FORMATS):
        raise BadValue(field=field.name, reason="unknown")
    if field.name == "agent_id" and not text.isdecimal():
        raise BadValue(field=field.name, reason="number", least=1, most=10**12)
    return text


def _url(field: ChannelField, text: str) -> str:
    """An address to call: a vendor's host, one of an own installation, or a receiver.

    Raises:
        BadValue: it is no address.
    """
    try:
        parts = urlsplit(text)
        fine = parts.scheme in ("https", "http") and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        fine = False
    if not fine:
        raise BadValue(field=field.name, reason="url")
    return text.rstrip("/")
