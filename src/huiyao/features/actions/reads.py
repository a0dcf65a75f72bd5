# SPDX-License-Identifier: Apache-2.0
"""Reading actions. ``find_*`` asks for no permission; every list goes through ``visible_to``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from huiyao.domain.actions import GUIDE, LIVE, ActionState, GuideState
from huiyao.domain.actor import Actor
from huiyao.domain.rights import ROLES, SEATED, Standing
from huiyao.features.actions.models import Action, Postponement, ProgressUpdate, SupportDuty
from huiyao.features.meetings.models import Participation

COUNTED_TO = 999
PRINTED = (
    *("task", "state", "percent", "due", "support_said", "named_by_date"),
    *("department__name", "person__name", "named_by__name"),
    *("meeting__title", "meeting__started_at", "meeting__zone"),
)

# rows as pages and flows name their types
ActionItem = Action
SupportItem = SupportDuty


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows. ``whose``: all, mine or department; ``which``: open, late, done or all."""

    whose: str = "all"
    which: str = "open"
    meeting: str = ""
    department: str = ""
    words: str = ""


def _asked_of(person_id: UUID | str) -> Q:
    """Support a person gives, or has to name somebody for."""
    return Q(person__in=[person_id]) | Q(person=None, department__head__in=[person_id])


def head_for(support: SupportDuty) -> UUID | None:
    """Who names the person that gives support: the head of the giving department, or while there is none the host."""
    head = support.department.head_id if support.department else None
    return head or support.action.meeting.host_id


def visible_to(actor: Actor) -> QuerySet[Action]:
    """The actions this person may see: own, supported, of departments they head, of their meetings."""
    mine = Participation.objects.filter(meeting=OuterRef("meeting_id"), person_id=actor.id)
    reading = [str(s) for s in ROLES | SEATED | {Standing.INFORMED}]
    supports = SupportDuty.objects.filter(_asked_of(actor.id), action=OuterRef("pk"), dropped_at=None)
    rule = Q(person_id=actor.id) | Q(named_by_id=actor.id, person=None)
    rule |= Exists(supports) | Exists(mine.filter(standing__in=reading))
    if actor.headed:
        rule |= Q(department_id__in=actor.headed)
    return Action.objects.filter(rule)


def narrowed(rows: QuerySet[Action], chosen: Filter, actor: Actor, today: date) -> QuerySet[Action]:
    """The rows a filter leaves, by due date."""
    if chosen.whose == "mine":
        supports = SupportDuty.objects.filter(_asked_of(actor.id), action=OuterRef("pk"), dropped_at=None)
        rows = rows.filter(Q(person_id=actor.id) | Q(named_by_id=actor.id, person=None) | Exists(supports))
    elif chosen.whose == "department":
        rows = rows.filter(department_id__in={actor.department, *actor.headed} - {""})
    if chosen.meeting:
        rows = rows.filter(meeting_id=chosen.meeting)
    if chosen.department:
        rows = rows.filter(department_id=chosen.department)
    if chosen.words:
        rows = rows.filter(Q(task__icontains=chosen.words) | Q(meeting__title__icontains=chosen.words))
    return of_kind(rows, chosen.which, today).order_by("due", "meeting_id", "number")


def of_kind(rows: QuerySet[Action], which: str, today: date) -> QuerySet[Action]:
    """Open, late or done rows; anything else leaves all."""
    if which == "open":
        return rows.filter(state__in=LIVE)
    if which == "late":
        return rows.filter(state__in=LIVE, due__lt=today)
    if which == "done":
        return rows.filter(state__in=(ActionState.DONE, ActionState.CANCELLED))
    return rows


def with_names(rows: QuerySet[Action]) -> QuerySet[Action]:
    """The rows with everything a table prints."""
    supports = Prefetch("supports", SupportDuty.objects.select_related("department", "person"))
    rows = rows.select_related("department", "person", "named_by", "meeting")
    return rows.prefetch_related(supports, "postponements")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are open and late, and how many are done: only up to ``COUNTED_TO``, for those grow for ever."""

    open: int
    late: int
    done: int

    @property
    def more(self) -> bool:
        """Whether there are more done than were counted."""
        return self.done > COUNTED_TO


def counts(rows: QuerySet[Action], today: date) -> Counts:
    """The counts above a list."""
    rows = rows.order_by()
    found = rows.filter(state__in=LIVE).aggregate(open=Count("pk"), late=Count("pk", filter=Q(due__lt=today)))
    done = rows.filter(state__in=(ActionState.DONE, ActionState.CANCELLED))[: COUNTED_TO + 1].count()
    return Counts(found["open"], found["late"], done)


@dataclass(frozen=True, slots=True)
class Line:
    """An action as a list prints it: the support still asked for, and the due dates it had before."""

    action: Action
    supports: Sequence[SupportDuty]
    moved: Sequence[date]


def stretch(rows: QuerySet[Action], offset: int, limit: int) -> list[Line]:
    """One stretch of a list; of the actions only what a list prints is read."""
    # ids first: sorting thousands of whole rows to show fifty costs three times as much
    ids = list(rows.values_list("pk", flat=True)[offset : offset + limit])
    named = Action.objects.select_related("department", "person", "named_by", "meeting")
    found = named.only(*PRINTED).in_bulk(ids)
    supports: dict[UUID, list[SupportDuty]] = {pk: [] for pk in ids}
    for support in SupportDuty.objects.filter(action__in=ids, dropped_at=None).select_related("department", "person"):
        supports[support.action_id].append(support)
    moved: dict[UUID, list[date]] = {pk: [] for pk in ids}
    for pk, day in Postponement.objects.filter(action__in=ids).values_list("action_id", "from_due"):
        if day is not None:
            moved[pk].append(day)
    return [Line(found[pk], supports[pk], moved[pk]) for pk in ids]


def find_action(action_id: UUID | str) -> Action | None:
    """The action with its names."""
    rows = Action.objects.select_related("department", "person", "named_by", "meeting__host", "meeting__coordinator")
    return rows.prefetch_related("supports__department", "supports__person").filter(pk=action_id).first()


def actions_of_meeting(meeting_id: UUID | str) -> list[Action]:
    """All actions of a meeting in the order of the minutes. The caller has checked the right."""
    return list(with_names(Action.objects.filter(meeting_id=meeting_id)).order_by("number", "entry"))


def actions_of_person(meeting_id: UUID | str, person_id: UUID | str) -> list[Action]:
    """What one meeting asks of one person as owner, head to name one, or supporter."""
    supports = SupportDuty.objects.filter(_asked_of(person_id), action=OuterRef("pk"), dropped_at=None)
    rows = Action.objects.filter(meeting_id=meeting_id).exclude(state=ActionState.CANCELLED)
    rows = rows.filter(Q(person_id=person_id) | Q(named_by_id=person_id, person=None) | Exists(supports))
    return list(with_names(rows).order_by("number"))


def involved_in(meeting_id: UUID | str) -> dict[str, list[Action]]:
    """Every person the actions of a meeting ask something of, with those actions, by person id."""
    found: dict[str, list[Action]] = {}
    for action in actions_of_meeting(meeting_id):
        if action.state == ActionState.CANCELLED:
            continue
        head = action.named_by_id if action.person_id is None else None
        supporters = [s.person_id or head_for(s) for s in action.supports.all() if s.dropped_at is None]
        for person in dict.fromkeys((action.person_id, head, *supporters)):
            if person is not None:
                found.setdefault(str(person), []).append(action)
    return found


def updates_of(action: Action) -> list[ProgressUpdate]:
    """What was said about an action, the newest first."""
    return list(ProgressUpdate.objects.filter(action=action).select_related("by").order_by("-at", "-id"))


def postponements_of(action: Action) -> list[Postponement]:
    """How its due date moved, oldest first."""
    return list(Postponement.objects.filter(action=action).select_related("by", "agreed_by"))


def guide_state(action: Action) -> GuideState:
    """The guide's word for its state (R73)."""
    return GUIDE[ActionState(action.state)]


def live_supports(action: Action) -> Iterable[SupportDuty]:
    """The support still asked for, in order."""
    return [support for support in action.supports.all() if support.dropped_at is None]


def closure_of(person_id: UUID | str, since: date, today: date) -> tuple[int, int]:
    """How many of a person's actions due in [since, today] were done by their date, and how many there were."""
    rows = Action.objects.filter(person_id=person_id, due__gte=since, due__lte=today)
    rows = rows.exclude(state=ActionState.CANCELLED)
    found = rows.aggregate(all=Count("pk"), kept=Count("pk", filter=Q(state=ActionState.DONE, done_on__lte=F("due"))))
    return found["kept"], found["all"]
