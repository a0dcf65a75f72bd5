# SPDX-License-Identifier: Apache-2.0
"""Reading meetings. ``find_*`` asks for no permission; ``visible_to`` is the rule every list goes through."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, F, OrderBy, OuterRef, Prefetch, Q, QuerySet

from huiyao.domain.actor import Actor
from huiyao.domain.rights import ROLES, SEATED, Facts, Standing
from huiyao.domain.stage import Stage
from huiyao.features.meetings.models import Meeting, Participation, Representative, Seat
from huiyao.plumbing.ids import Id, is_uuid

MeetingRow = Meeting
"""A meeting as pages and flows name its type; tables are touched in features only."""

HIDDEN_BEFORE_INVITATION = (Stage.PREPARING, Stage.WRITTEN_INSTEAD)


def visible_to(actor: Actor) -> QuerySet[Meeting]:
    """The meetings this person may know of: the rule of ``domain.rights`` for SEE_MEETING, as a query."""
    if actor.administrator:
        return Meeting.objects.all()
    own = Participation.objects.filter(person_id=actor.id)
    return Meeting.objects.filter(_open_to(actor), pk__in=own.values("meeting_id"))


def _open_to(actor: Actor) -> Q:
    """What a meeting must be for somebody who takes part in it to see it."""
    own = Participation.objects.filter(person_id=actor.id, meeting=OuterRef("pk"))
    always = own.filter(Q(standing__in=[*ROLES, Standing.HEAD]) | Q(asked=True))
    seen = ~Q(stage__in=HIDDEN_BEFORE_INVITATION) & (Q(invited_at__isnull=False) | Q(started_at__isnull=False))
    return Q(Exists(always)) | seen


def find_meeting(meeting_id: Id) -> Meeting | None:
    """The meeting with its roles, or None."""
    roles = ("organiser", "host", "facilitator", "recorder", "coordinator")
    # not first(): ordering so wide a row costs more than reading it
    return next(iter(Meeting.objects.select_related(*roles).filter(pk=meeting_id)[:1]), None)


def find_following(meeting_id: Id) -> Meeting | None:
    """The newest plan made after this meeting that was not cancelled."""
    rows = Meeting.objects.filter(continues__in=[meeting_id]).exclude(stage=Stage.CANCELLED)
    return rows.order_by("-created_at", "-id").first()


def standings_of(actor: Actor, meeting_id: Id) -> frozenset[Standing]:
    """What the actor is to the meeting."""
    return participation_of(actor, meeting_id)[0]


def participation_of(actor: Actor, meeting_id: Id) -> tuple[frozenset[Standing], bool]:
    """What the actor is to the meeting, and whether they were asked to contribute or to name somebody before."""
    rows = Participation.objects.filter(meeting_id=meeting_id, person_id=actor.id)
    found = list(rows.values_list("standing", "asked"))
    standings = {Standing(standing) for standing, _ in found}
    if actor.administrator:
        standings.add(Standing.ADMINISTRATOR)
    return frozenset(standings), any(asked for _, asked in found)


def persons_standing(meeting_id: Id, standing: Standing) -> set[UUID]:
    """Ids of the persons who have one standing at a meeting."""
    rows = Participation.objects.filter(meeting_id=meeting_id, standing=standing)
    return set(rows.values_list("person_id", flat=True))


def persons_at(meeting_id: Id) -> set[UUID]:
    """Ids of those who come to a meeting or read of it; heads as such do not."""
    rows = Participation.objects.filter(meeting_id=meeting_id, standing__in=[*ROLES, *SEATED, Standing.INFORMED])
    return set(rows.values_list("person_id", flat=True))


def facts_of(meeting: Meeting, *, asked: bool = False, circulated: bool = False, final: bool = False) -> Facts:
    """The facts of the rights table for this meeting."""
    invited = meeting.invited_at is not None or meeting.started_at is not None
    return Facts(invited=invited, asked=asked, circulated=circulated, final=final)


def seats_of(meeting_id: Id) -> list[Seat]:
    """The seats with their departments and representatives, in order."""
    named = Representative.objects.select_related("person__department")
    return list(
        Seat.objects.filter(meeting_id=meeting_id)
        .select_related("department")
        .prefetch_related(Prefetch("representatives", named))
    )


def meetings_between(actor: Actor, start: datetime, end: datetime) -> list[Meeting]:
    """The actor's own meetings that begin in [start, end), earliest first; cancelled ones left out."""
    mine = Participation.objects.filter(meeting=OuterRef("pk"), person_id=actor.id).exclude(standing=Standing.HEAD)
    # not visible_to: the few meetings of a day are found by their start, not among all one ever took part in
    rows = Meeting.objects.filter(_open_to(actor), Exists(mine), starts_at__gte=start, starts_at__lt=end)
    rows = rows.exclude(stage=Stage.CANCELLED).select_related("host").order_by("starts_at")
    return list(rows.only("title", "stage", "starts_at", "zone", "place", "online", "host__name"))


def own_meetings(actor: Actor, since: datetime, *, limit: int = 2000) -> list[Meeting]:
    """The actor's own meetings from ``since`` on that are open to them, earliest first, cancelled ones included.

    Taking part counts, not administering: a calendar of their own shows nobody else's meetings.
    """
    mine = Participation.objects.filter(meeting=OuterRef("pk"), person_id=actor.id).exclude(standing=Standing.HEAD)
    rows = Meeting.objects.filter(_open_to(actor), Exists(mine), starts_at__gte=since)
    rows = rows.exclude(stage=Stage.WRITTEN_INSTEAD).order_by("starts_at", "id")
    fields = ("title", "stage", "starts_at", "place", "online", "sequence", "created_at", "invited_at")
    return list(rows.only(*fields)[:limit])


def titles_of(ids: Iterable[str]) -> dict[str, str]:
    """Titles of meetings by id as text. Asks for no permission."""
    rows = Meeting.objects.filter(pk__in=[one for one in ids if is_uuid(one)])
    return {str(pk): title for pk, title in rows.values_list("pk", "title")}


def meetings_run_by(actor: Actor) -> frozenset[str]:
    """The ids, as text, of the meetings at which the actor has a role."""
    rows = Participation.objects.filter(person_id=actor.id, standing__in=ROLES)
    return frozenset(str(pk) for pk in rows.values_list("meeting_id", flat=True))


class Tab(StrEnum):
    """The lists of meetings."""

    COMING = "coming"
    PREPARING = "preparing"
    PAST = "past"


STAGES_OF_TAB = {
    Tab.COMING: (Stage.INVITED, Stage.IN_SESSION),
    Tab.PREPARING: (Stage.PREPARING,),
    Tab.PAST: (Stage.RECORDED, Stage.FILED, Stage.CANCELLED, Stage.WRITTEN_INSTEAD),
}


def list_meetings(actor: Actor, tab: Tab, *, offset: int, limit: int) -> list[Meeting]:
    """One stretch of a list: coming by start, those in preparation and past ones newest first."""
    rows = visible_to(actor).filter(stage__in=STAGES_OF_TAB[tab])
    order: dict[Tab, tuple[str | OrderBy, str]] = {
        Tab.COMING: (F("starts_at").asc(nulls_last=True), "id"),
        Tab.PREPARING: ("-created_at", "-id"),
        Tab.PAST: (F("starts_at").desc(nulls_last=True), "-id"),
    }
    # ids first: sorting thousands of whole rows to show twenty costs ten times as much
    ids = list(rows.order_by(*order[tab]).values_list("pk", flat=True)[offset : offset + limit])
    found = Meeting.objects.select_related("organiser", "host").in_bulk(ids)
    return [found[pk] for pk in ids]
