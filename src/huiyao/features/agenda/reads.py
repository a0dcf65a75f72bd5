# SPDX-License-Identifier: Apache-2.0
"""Reading the agenda. Trusts its input: the meeting was already reached through its access."""

from collections.abc import Iterable

from django.db.models import Sum

from huiyao.domain.agenda import Lead, TopicKind, TopicPlan
from huiyao.domain.stage import Stage
from huiyao.features.agenda.models import Material, Topic
from huiyao.plumbing.ids import Id, is_uuid


def topics_of(meeting_id: Id) -> list[Topic]:
    """The topics of a meeting in order, with their leads."""
    return list(Topic.objects.filter(meeting_id=meeting_id, removed_at=None).select_related("lead__department"))


def topics_taking_up(entries: Iterable[str]) -> set[str]:
    """Which of these parked entries a topic takes up, also one taken off its agenda; cancelled meetings none."""
    rows = Topic.objects.filter(from_entry__in={entry for entry in entries if entry})
    return set(rows.exclude(meeting__stage=Stage.CANCELLED).values_list("from_entry", flat=True))


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


def planned_minutes_of(meeting_ids: Iterable[Id]) -> dict[str, int]:
    """The planned lengths of several meetings, by id as text; those without topics are left out."""
    found: dict[str, int] = {}
    wanted = list(meeting_ids)
    for start in range(0, len(wanted), 500):
        rows = Topic.objects.filter(meeting_id__in=wanted[start : start + 500], removed_at=None).order_by()
        found |= {str(pk): total for pk, total in rows.values_list("meeting_id").annotate(total=Sum("minutes"))}
    return found
