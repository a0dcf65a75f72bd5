# SPDX-License-Identifier: Apache-2.0
"""Reading the agenda. Trusts its input: the meeting was already reached through its access."""

from huiyao.features.agenda.models import Material, Topic


def topics_of(meeting_id: object) -> list[Topic]:
    """The topics of a meeting in order, with their leads."""
    return list(Topic.objects.filter(meeting_id=meeting_id, removed_at=None).select_related("lead__department"))


def materials_of(meeting_id: object) -> list[Material]:
    """The materials of a meeting in the order they came."""
    return list(Material.objects.filter(meeting_id=meeting_id, removed_at=None).select_related("by"))
