# SPDX-License-Identifier: Apache-2.0
"""Topics and materials of a meeting."""

from typing import IO, Any, cast

from django.http import HttpResponse
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from huiyao.domain.refusals import NotFound
from huiyao.domain.rights import Deed
from huiyao.features.agenda.commands import materials, topics
from huiyao.features.agenda.reads import find_material, materials_of, topics_of
from huiyao.features.meetings.access import get_meeting_for
from huiyao.web.api.meetings import FieldIn
from huiyao.web.shell.files import send
from huiyao.web.shell.request import Request

router = Router(tags=["agenda"])


class TopicOut(Schema):
    """An agenda item; ``lead`` a person's id, or ``lead_role`` who leads."""

    id: str
    kind: str
    title: str
    minutes: int
    lead: str
    lead_role: str
    outcome: str
    version: int


class TopicIn(Schema):
    """A new topic. ``lead`` is a person's id or a role."""

    title: str
    minutes: int = 10
    lead: str = ""
    outcome: str = ""


class MoveIn(Schema):
    """Where to: ``up``, ``down``, or a position from 1."""

    to: str


class MaterialOut(Schema):
    """A file or a link."""

    id: str
    name: str
    topic: str
    url: str
    size: int


class LinkIn(Schema):
    """A link to something that is kept elsewhere."""

    url: str
    name: str = ""
    topic: str = ""


class FileIn(Schema):
    """Which topic an uploaded file belongs to; empty for the whole meeting."""

    topic: str = ""


def _topic_out(topic: Any) -> dict[str, object]:
    plain = ("kind", "title", "minutes", "lead_role", "outcome", "version")
    return {
        "id": str(topic.pk),
        "lead": str(topic.lead_id or ""),
        **{name: getattr(topic, name) for name in plain},
    }


def _material_out(material: Any) -> dict[str, object]:
    return {
        "id": str(material.pk),
        "name": material.name,
        "topic": str(material.topic_id or ""),
        "url": material.url,
        "size": material.size,
    }


def _topics(request: Request, meeting_id: str) -> list[dict[str, object]]:
    access = get_meeting_for(request.actor, meeting_id, Deed.SEE_PLAN)
    return [_topic_out(topic) for topic in topics_of(access.meeting.pk)]


@router.get("/{meeting_id}/topics", response=list[TopicOut])
def list_topics(request: Request, meeting_id: str) -> list[dict[str, object]]:
    """The agenda in order."""
    return _topics(request, meeting_id)


@router.post("/{meeting_id}/topics", response={201: TopicOut})
def add_topic(request: Request, meeting_id: str, body: TopicIn) -> Status[dict[str, object]]:
    """A topic at the end, before the closing one."""
    topic = topics.add_topic(
        meeting_id, body.title, by=request.actor, at=request.at,
        minutes=str(body.minutes), lead=body.lead, outcome=body.outcome,
    )  # fmt: skip
    return Status(201, _topic_out(topic))


@router.patch("/{meeting_id}/topics/{topic_id}", response=TopicOut)
def set_topic(request: Request, meeting_id: str, topic_id: str, body: FieldIn) -> dict[str, object]:
    """Write one field of a topic."""
    return _topic_out(topics.set_topic(meeting_id, topic_id, body.write(), by=request.actor, at=request.at))


@router.post("/{meeting_id}/topics/{topic_id}/move", response=list[TopicOut])
def move_topic(request: Request, meeting_id: str, topic_id: str, body: MoveIn) -> list[dict[str, object]]:
    """Move a topic."""
    topics.move_topic(meeting_id, topic_id, body.to, by=request.actor, at=request.at)
    return _topics(request, meeting_id)


@router.delete("/{meeting_id}/topics/{topic_id}", response=list[TopicOut])
def remove_topic(request: Request, meeting_id: str, topic_id: str) -> list[dict[str, object]]:
    """Take a topic away; ``restore`` brings it back."""
    topics.remove_topic(meeting_id, topic_id, by=request.actor, at=request.at)
    return _topics(request, meeting_id)


@router.post("/{meeting_id}/topics/{topic_id}/restore", response=list[TopicOut])
def bring_back(request: Request, meeting_id: str, topic_id: str) -> list[dict[str, object]]:
    """Bring a topic back."""
    topics.bring_back_topic(meeting_id, topic_id, by=request.actor, at=request.at)
    return _topics(request, meeting_id)


@router.get("/{meeting_id}/materials", response=list[MaterialOut])
def list_materials(request: Request, meeting_id: str) -> list[dict[str, object]]:
    """The materials in the order they came."""
    access = get_meeting_for(request.actor, meeting_id, Deed.SEE_PLAN)
    return [_material_out(material) for material in materials_of(access.meeting.pk)]


@router.post("/{meeting_id}/materials/links", response={201: MaterialOut})
def add_link(request: Request, meeting_id: str, body: LinkIn) -> Status[dict[str, object]]:
    """A link as material."""
    made = materials.add_link(
        meeting_id, body.url, by=request.actor, at=request.at, name=body.name, topic_id=body.topic
    )
    return Status(201, _material_out(made))


@router.post("/{meeting_id}/materials/files", response={201: MaterialOut})
def add_file(
    request: Request, meeting_id: str, file: File[UploadedFile], body: Form[FileIn]
) -> Status[dict[str, object]]:
    """A file as material (multipart, field ``file``)."""
    made = materials.add_file(
        meeting_id,
        cast("IO[bytes]", file.file),
        file.name or "file",
        by=request.actor,
        at=request.at,
        topic_id=body.topic,
    )
    return Status(201, _material_out(made))


@router.get("/{meeting_id}/materials/{material_id}/content")
def content(request: Request, meeting_id: str, material_id: str) -> HttpResponse:
    """The file itself."""
    get_meeting_for(request.actor, meeting_id, Deed.SEE_PLAN)
    material = find_material(meeting_id, material_id)
    if material is None or not material.sha256:
        raise NotFound
    return send(material.sha256, material.name)


@router.delete("/{meeting_id}/materials/{material_id}", response=list[MaterialOut])
def remove(request: Request, meeting_id: str, material_id: str) -> list[dict[str, object]]:
    """Take a material away."""
    materials.remove_material(meeting_id, material_id, by=request.actor, at=request.at)
    return list_materials(request, meeting_id)


@router.post("/{meeting_id}/materials/{material_id}/restore", response=list[MaterialOut])
def bring_back_material(request: Request, meeting_id: str, material_id: str) -> list[dict[str, object]]:
    """Bring a material back."""
    materials.bring_back_material(meeting_id, material_id, by=request.actor, at=request.at)
    return list_materials(request, meeting_id)
