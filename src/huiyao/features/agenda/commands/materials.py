# SPDX-License-Identifier: Apache-2.0
"""Materials: files and links for a topic or the whole meeting, sent with the invitation (R22, R24)."""

from datetime import datetime
from typing import IO
from uuid import UUID

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.editing import web_address
from huiyao.domain.refusals import BadValue, NotFound
from huiyao.domain.values import clean_line
from huiyao.features.agenda.models import Material, Topic
from huiyao.features.meetings.access import get_plan_for
from huiyao.plumbing import audit, files
from huiyao.plumbing.ids import Id, is_uuid

MATERIALS_MOST = 200


@transaction.atomic
def add_file(meeting_id: Id, content: IO[bytes], name: str, *, by: Actor, at: datetime, topic_id: Id = "") -> Material:
    """Keep a file as material of a topic, or of the meeting where no topic is named.

    Raises:
        NotFound, NotAllowed, WrongStage: the plan cannot be changed, or there is no such topic.
        BadValue: the file has no name, or there are too many materials.
        FileEmpty, FileTooLarge: the file cannot be kept.
    """
    get_plan_for(by, meeting_id)
    topic = _topic(meeting_id, topic_id)
    clean = clean_line("name", name.replace("\\", "/").rsplit("/", 1)[-1], most=200)
    _refuse_too_many(meeting_id)
    stored = files.store(content, at=at)
    material = Material(name=clean, sha256=stored.sha256, size=stored.size)
    return _add(material, meeting_id, topic, by=by, at=at)


@transaction.atomic
def add_link(meeting_id: Id, url: str, *, by: Actor, at: datetime, name: str = "", topic_id: Id = "") -> Material:
    """Keep a web address as material; its own text stands in for a missing name.

    Raises:
        NotFound, NotAllowed, WrongStage: the plan cannot be changed, or there is no such topic.
        BadValue: not an http or https address, too long, or there are too many materials.
    """
    get_plan_for(by, meeting_id)
    topic = _topic(meeting_id, topic_id)
    address = web_address("url", url)
    _refuse_too_many(meeting_id)
    material = Material(name=clean_line("name", name, most=200, required=False) or address[:200], url=address)
    return _add(material, meeting_id, topic, by=by, at=at)


@transaction.atomic
def remove_material(meeting_id: Id, material_id: Id, *, by: Actor, at: datetime) -> Material:
    """Take a material off the list; it can be brought back.

    Raises:
        NotFound, NotAllowed, WrongStage: it cannot be taken off.
    """
    return _set_removed(meeting_id, material_id, at, by=by, at=at)


@transaction.atomic
def bring_back_material(meeting_id: Id, material_id: Id, *, by: Actor, at: datetime) -> Material:
    """Put a material that was taken off back on the list.

    Raises:
        NotFound, NotAllowed, WrongStage: there is none, or the plan cannot be changed.
    """
    return _set_removed(meeting_id, material_id, None, by=by, at=at)


def _set_removed(meeting_id: Id, material_id: Id, removed_at: datetime | None, *, by: Actor, at: datetime) -> Material:
    get_plan_for(by, meeting_id)
    rows = Material.objects.filter(meeting_id=meeting_id)
    material = rows.filter(pk=material_id).first() if is_uuid(str(material_id)) else None
    if material is None:
        raise NotFound
    if (material.removed_at is None) != (removed_at is None):
        material.removed_at = removed_at
        material.save(update_fields=["removed_at"])
        act = "material.remove" if removed_at else "material.restore"
        audit.record(act, by=by, at=at, subject=material.pk, context=meeting_id, facts={"name": material.name})
    return material


def _topic(meeting_id: Id, topic_id: Id) -> Topic | None:
    if not topic_id:
        return None
    rows = Topic.objects.filter(meeting_id=meeting_id, removed_at=None)
    topic = rows.filter(pk=topic_id).first() if is_uuid(str(topic_id)) else None
    if topic is None:
        raise NotFound
    return topic


def _refuse_too_many(meeting_id: Id) -> None:
    if Material.objects.filter(meeting_id=meeting_id, removed_at=None).count() >= MATERIALS_MOST:
        raise BadValue(field="name", reason="too_many", most=MATERIALS_MOST)


def _add(material: Material, meeting_id: Id, topic: Topic | None, *, by: Actor, at: datetime) -> Material:
    material.meeting_id, material.by_id = UUID(str(meeting_id)), UUID(by.id)
    material.topic, material.at = topic, at
    material.save()
    facts = {"name": material.name, "url": material.url, "sha256": material.sha256}
    audit.record("material.add", by=by, at=at, subject=material.pk, context=meeting_id, facts=facts)
    return material
