# SPDX-License-Identifier: Apache-2.0
"""Reading the agenda. Trusts its input: the meeting was already reached through its access."""

from collections.abc import Iterable

from huiyao.domain.agenda import Lead, TopicKind, TopicPlan
from huiyao.features.agenda.models import Material, Topic
from huiyao.plumbing.ids import Id, is_uuid


def topics_of(meeting_id: Id) -> list[Topic]:
    """The topics of a meeting in order, with their leads."""
    return list(Topic.objects.filter(meeting_id=meeting_id, removed_at=None).select_related("lead__department"))


def materials_of(meeting_id: Id) -> list[Material]:
    """The materials of a meeting in the order they came."""
    return list(Material.objects.filter(meeting_id=meeting_id, removed_at=None).select_related("by"))


def find_material(meeting_id: Id, material_id: Id) -> Material | None:
    """A material of the meeting that is still on the list."""
    if not is_uuid(str(material_id)):
        return None
    return Material.objects.filter(meeting_id=meeting_id, pk=material_id, removed_at=None).first()


def as_plan(topics: Iterable[Topic]) -> list[TopicPlan]:
    """The topics as the rules see them."""
    return [
        TopicPlan(
            kind=TopicKind(topic.kind),
            title=topic.title,
            minutes=topic.minutes,
            lead=str(topic.lead_id or ""),
            lead_role=Lead(topic.lead_role) if topic.lead_role else None,
        )
        for topic in topics
    ]


def planned_minutes(meeting_id: Id) -> int:
    """The planned length of the meeting."""
    rows = Topic.objects.filter(meeting_id=meeting_id, removed_at=None)
    return sum(rows.values_list("minutes", flat=True))
