# SPDX-License-Identifier: Apache-2.0
"""The agenda a plan starts with: the guide's five topics, named in the language of the meeting (R21)."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.agenda import GUIDE_TOPICS, TopicKind
from huiyao.features.agenda.models import Topic
from huiyao.features.meetings.access import get_plan_for
from huiyao.features.meetings.models import Meeting
from huiyao.plumbing import audit
from huiyao.plumbing.ids import Id

TITLES: dict[str, dict[TopicKind, str]] = {
    "zh-hans": {
        TopicKind.OPENING: "开场与重申目标",
        TopicKind.PROGRESS: "各部门进展同步",
        TopicKind.PROBLEMS: "协作问题聚焦",
        TopicKind.SOLUTIONS: "方案研讨与共识",
        TopicKind.CLOSING: "行动项确认与总结",
    },
    "zh-hant": {
        TopicKind.OPENING: "開場與重申目標",
        TopicKind.PROGRESS: "各部門進展同步",
        TopicKind.PROBLEMS: "協作問題聚焦",
        TopicKind.SOLUTIONS: "方案研討與共識",
        TopicKind.CLOSING: "行動項確認與總結",
    },
    "en": {
        TopicKind.OPENING: "Opening and objective",
        TopicKind.PROGRESS: "Progress of each department",
        TopicKind.PROBLEMS: "Problems between departments",
        TopicKind.SOLUTIONS: "Solutions and decisions",
        TopicKind.CLOSING: "Actions and summary",
    },
}


@transaction.atomic
def fill_with_guide(meeting_id: Id, *, by: Actor, at: datetime) -> list[Topic]:
    """Give a plan without topics the guide's five; one that has topics already is left alone.

    Raises:
        NotFound, NotAllowed, WrongStage: the plan cannot be changed.
    """
    meeting = get_plan_for(by, meeting_id)
    if Topic.objects.filter(meeting=meeting, removed_at=None).exists():
        return []
    titles = TITLES[meeting.language]
    topics = Topic.objects.bulk_create(
        [
            Topic(meeting=meeting, position=n, kind=kind, title=titles[kind], minutes=minutes, lead_role=lead)
            for n, (kind, minutes, lead) in enumerate(GUIDE_TOPICS)
        ]
    )
    audit.record("agenda.guide", by=by, at=at, subject=meeting.pk, context=meeting.pk)
    return topics


def rename_guide_topics(meeting: Meeting, before: str) -> None:
    """After a change of the meeting's language: the guide's own titles follow it."""
    for kind, title in TITLES[before].items():
        rows = Topic.objects.filter(meeting=meeting, kind=kind, title=title)
        rows.update(title=TITLES[meeting.language][kind])
