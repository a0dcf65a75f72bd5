# SPDX-License-Identifier: Apache-2.0
"""The agenda: the guide's five topics, the time budget, and what a plan should be warned about (R15-R21, R35)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.policy import Policy


class TopicKind(StrEnum):
    """What a topic is for; the first five are the guide's (R21)."""

    OPENING = "opening"
    PROGRESS = "progress"
    PROBLEMS = "problems"
    SOLUTIONS = "solutions"
    CLOSING = "closing"
    OTHER = "other"


class Lead(StrEnum):
    """Who leads a topic when no person is named."""

    HOST = "host"
    FACILITATOR = "facilitator"
    EVERYONE = "everyone"
    REPRESENTATIVES = "representatives"


@dataclass(frozen=True, slots=True)
class TopicPlan:
    """A topic as planned. ``lead`` is a person id, or empty with ``lead_role`` saying who."""

    kind: TopicKind
    title: str
    minutes: int
    lead: str = ""
    lead_role: Lead | None = None


GUIDE_TOPICS: tuple[tuple[TopicKind, int, Lead], ...] = (
    (TopicKind.OPENING, 5, Lead.HOST),
    (TopicKind.PROGRESS, 15, Lead.REPRESENTATIVES),
    (TopicKind.PROBLEMS, 20, Lead.FACILITATOR),
    (TopicKind.SOLUTIONS, 30, Lead.EVERYONE),
    (TopicKind.CLOSING, 10, Lead.HOST),
)


class Warn(StrEnum):
    """What the plan page points out. None of them blocks."""

    OBJECTIVE = "objective"
    ONE_DEPARTMENT = "one_department"
    SEAT_EMPTY = "seat_empty"
    NO_TIME = "no_time"
    NO_PLACE = "no_place"
    OVER_BUDGET = "over_budget"
    NO_RECORDER = "no_recorder"
    RECORDER_LEADS = "recorder_leads"
    RECORDER_HOSTS = "recorder_hosts"
    REST_DAY = "rest_day"
    OUTSIDE_HOURS = "outside_hours"
    SHORT_NOTICE = "short_notice"
    NO_LEAD = "no_lead"


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """A seat as planned: ids of the department and its representatives."""

    department: str
    need: str  # required | optional | informed
    representatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What the warnings look at."""

    objective: str
    starts_at: datetime | None
    place: str
    online: str
    host: str
    recorder: str
    topics: Sequence[TopicPlan]
    seats: Sequence[SeatPlan]
    over_budget_reason: str = ""


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """One warning with the subject it is about (a topic's title, a department's id, a figure)."""

    what: Warn
    subject: str = ""


def led_by(topics: Sequence[TopicPlan], person: str, *, host: str, facilitator: str) -> list[str]:
    """Titles of the topics this person leads, by name or in the role that leads them (R35)."""
    roles = {Lead.HOST: host, Lead.FACILITATOR: facilitator}
    leads = [
        (topic.title, topic.lead or (roles.get(topic.lead_role, "") if topic.lead_role else "")) for topic in topics
    ]
    return [title for title, lead in leads if person and lead == person]


def total_minutes(topics: Sequence[TopicPlan]) -> int:
    """The planned length of the meeting in minutes (R19)."""
    return sum(topic.minutes for topic in topics)


def needs_reason(topics: Sequence[TopicPlan], policy: Policy) -> bool:
    """Whether the agenda is longer than the budget, so that a reason is asked for (R20)."""
    return total_minutes(topics) > policy.meeting_minutes


def warnings(plan: Plan, *, today: date, calendar: WorkingCalendar, policy: Policy) -> list[PlanWarning]:
    """Everything the plan should be warned about, in the order of the page. ``today`` is a civil date."""
    found = [*_people_warnings(plan), *_time_warnings(plan, today, calendar, policy)]
    if not plan.objective.strip():
        found.insert(0, PlanWarning(Warn.OBJECTIVE))
    if needs_reason(plan.topics, policy) and not plan.over_budget_reason.strip():
        found.append(PlanWarning(Warn.OVER_BUDGET, str(total_minutes(plan.topics))))
    found += [PlanWarning(Warn.NO_LEAD, t.title) for t in plan.topics if not t.lead and t.lead_role is None]
    return found


def _people_warnings(plan: Plan) -> list[PlanWarning]:
    found: list[PlanWarning] = []
    coming = [seat for seat in plan.seats if seat.need != "informed"]
    if len({seat.department for seat in coming}) < 2:
        found.append(PlanWarning(Warn.ONE_DEPARTMENT))
    found += [
        PlanWarning(Warn.SEAT_EMPTY, seat.department)
        for seat in coming
        if seat.need == "required" and not seat.representatives
    ]
    if not plan.recorder:
        found.append(PlanWarning(Warn.NO_RECORDER))
        return found
    if plan.recorder == plan.host:
        found.append(PlanWarning(Warn.RECORDER_HOSTS))
    if any(topic.lead == plan.recorder for topic in plan.topics):
        found.append(PlanWarning(Warn.RECORDER_LEADS))
    return found


def _time_warnings(plan: Plan, today: date, calendar: WorkingCalendar, policy: Policy) -> list[PlanWarning]:
    found: list[PlanWarning] = []
    if plan.starts_at is None:
        found.append(PlanWarning(Warn.NO_TIME))
    else:
        local = calendar.local(plan.starts_at)
        if not calendar.is_working(local.date()):
            found.append(PlanWarning(Warn.REST_DAY, local.date().isoformat()))
        elif not any(opens <= local.time() < closes for opens, closes in calendar.hours):
            found.append(PlanWarning(Warn.OUTSIDE_HOURS, local.strftime("%H:%M")))
        notice = calendar.working_days_between(today, local.date())
        if notice < policy.invite_days:
            found.append(PlanWarning(Warn.SHORT_NOTICE, str(notice)))
    if not plan.place.strip() and not plan.online.strip():
        found.append(PlanWarning(Warn.NO_PLACE))
    return found
