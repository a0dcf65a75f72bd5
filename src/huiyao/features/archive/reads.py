# SPDX-License-Identifier: Apache-2.0
"""Reading the archive and retrospectives. Every list of filings goes through ``visible_to``."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from huiyao.domain.actor import Actor
from huiyao.domain.retrospective import Met, Reply, Summary, summary_of
from huiyao.domain.rights import ONCE_CIRCULATED, Deed
from huiyao.features.archive.models import FiledItem, Filing, Retrospective, RetrospectiveAnswer
from huiyao.features.meetings.models import Participation
from huiyao.features.sittings.models import Attendance, Presence
from huiyao.plumbing.ids import Id

WAS_THERE = (Presence.PRESENT, Presence.LEFT)


def visible_to(actor: Actor) -> QuerySet[Filing]:
    """The filings this person may see: those whose minutes they may read."""
    reading = [str(standing) for standing in ONCE_CIRCULATED[Deed.SEE_MINUTES]]
    mine = Participation.objects.filter(meeting=OuterRef("meeting_id"), person_id=actor.id, standing__in=reading)
    return Filing.objects.filter(Exists(mine), replaced_at=None)


def matching(rows: QuerySet[Filing], *, year: int | None, month: int | None, words: str) -> QuerySet[Filing]:
    """The filings of a year or a month whose title, objective or topics hold every word, the newest first."""
    if year is not None:
        rows = rows.filter(year=year)
    if month is not None:
        rows = rows.filter(month=month)
    for word in words.split()[:8]:
        rows = rows.filter(Q(title__icontains=word) | Q(name__icontains=word) | Q(meeting__objective__icontains=word))
    return rows.select_related("meeting__host").order_by("-day", "-filed_at")


def months(rows: QuerySet[Filing]) -> list[tuple[int, list[tuple[int, int]]]]:
    """Years with their months and how many meetings each holds, the newest first."""
    found: dict[int, list[tuple[int, int]]] = {}
    counted = rows.order_by("-year", "-month").values_list("year", "month").annotate(n=Count("pk"))
    for year, month, number in counted:
        found.setdefault(year, []).append((month, number))
    return list(found.items())


def find_filing(meeting_id: UUID | str) -> Filing | None:
    """The filing in force of a meeting."""
    return Filing.objects.filter(meeting_id=meeting_id, replaced_at=None).first()


def items_of(filing: Filing) -> list[FiledItem]:
    """The files of a filing in their order."""
    return list(FiledItem.objects.filter(filing=filing))


def names_taken(*, besides: UUID | str) -> set[str]:
    """Names in force that belong to other meetings."""
    return set(Filing.objects.filter(replaced_at=None).exclude(meeting_id=besides).values_list("name", flat=True))


def find_retrospective(meeting_id: Id) -> Retrospective | None:
    """The retrospective of a meeting, open or closed; none while its closing is taken back."""
    rows = Retrospective.objects.filter(meeting_id=meeting_id, withdrawn_at=None)
    return rows.select_related("meeting").first()


def replies_of(retrospective: Retrospective) -> list[RetrospectiveAnswer]:
    """The answers with who gave them, in order of time."""
    rows = RetrospectiveAnswer.objects.filter(retrospective=retrospective)
    return list(rows.select_related("person__department"))


def as_reply(answer: RetrospectiveAnswer) -> Reply:
    """An answer as the rules see it."""
    return Reply(Met(answer.met), answer.improve)


def summarised(answers: Iterable[RetrospectiveAnswer]) -> Summary:
    """The counts and improvements, without names."""
    return summary_of(as_reply(answer) for answer in answers)


def persons_there(meeting_id: Id) -> set[str]:
    """Who was at a meeting, to its end or not, by id as text."""
    rows = Attendance.objects.filter(meeting_id=meeting_id, state__in=WAS_THERE)
    return {str(pk) for pk in rows.values_list("person_id", flat=True)}


def retrospectives_to_close(now: datetime) -> list[str]:
    """The meetings whose retrospective has had its time, by id as text."""
    rows = Retrospective.objects.filter(closed_at=None, withdrawn_at=None, closes_at__lte=now)
    return [str(pk) for pk in rows.values_list("meeting_id", flat=True)]
