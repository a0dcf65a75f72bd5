# SPDX-License-Identifier: Apache-2.0
"""The whole plan, read once: the same sheet for those who edit it and those who only read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyao.domain.agenda import Plan, PlanWarning, SeatPlan, warnings
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.policy import Policy
from huiyao.features.agenda.models import Material, Topic
from huiyao.features.agenda.reads import as_plan, materials_of, topics_of
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.invitations.models import Invitation
from huiyao.features.invitations.reads.invitees import Invitee, invitations_of, invitees_of
from huiyao.features.meetings.models import Meeting, Seat
from huiyao.features.meetings.reads import seats_of
from huiyao.features.organisation.reads import policy_in_force


@dataclass(frozen=True, slots=True)
class Sheet:
    """A plan with its people, agenda, materials and replies. ``warnings`` are those of ``domain.agenda``."""

    meeting: Meeting
    calendar: WorkingCalendar
    policy: Policy
    seats: list[Seat]
    topics: list[Topic]
    materials: list[Material]
    invitees: list[Invitee]
    invitations: list[Invitation]
    warnings: list[PlanWarning]

    @property
    def minutes(self) -> int:
        """The planned length."""
        return sum(topic.minutes for topic in self.topics)

    @property
    def ends_at(self) -> datetime | None:
        """The planned end."""
        starts_at = self.meeting.starts_at
        return starts_at + timedelta(minutes=self.minutes) if starts_at else None

    @property
    def coming(self) -> list[Invitee]:
        """Who is expected to come."""
        return [invitee for invitee in self.invitees if not invitee.informed]

    @property
    def departments(self) -> dict[str, str]:
        """The names of the seated departments by id."""
        return {str(seat.department_id): seat.department.name for seat in self.seats}

    @property
    def replies(self) -> dict[str, Invitation]:
        """The invitations in force by person id."""
        return {str(invitation.person_id): invitation for invitation in self.invitations}


def sheet_of(meeting: Meeting, at: datetime) -> Sheet:
    """The sheet of a meeting already reached through its access; warnings as of ``at``."""
    calendar, policy = working_calendar(), policy_in_force().policy
    seats, topics = seats_of(meeting.pk), topics_of(meeting.pk)
    looked_at = _as_plan(meeting, topics, seats)
    sent_or_now = calendar.local(meeting.invited_at or at).date()
    return Sheet(
        meeting=meeting,
        calendar=calendar,
        policy=policy,
        seats=seats,
        topics=topics,
        materials=materials_of(meeting.pk),
        invitees=invitees_of(meeting.pk),
        invitations=invitations_of(meeting.pk),
        warnings=warnings(looked_at, today=sent_or_now, calendar=calendar, policy=policy),
    )


def _as_plan(meeting: Meeting, topics: list[Topic], seats: Iterable[Seat]) -> Plan:
    return Plan(
        objective=meeting.objective,
        starts_at=meeting.starts_at,
        place=meeting.place,
        online=meeting.online,
        host=str(meeting.host_id or ""),
        recorder=str(meeting.recorder_id or ""),
        topics=as_plan(topics),
        seats=[
            SeatPlan(
                str(seat.department_id),
                seat.need,
                tuple(str(row.person_id) for row in seat.representatives.all()),
            )
            for seat in seats
        ],
        over_budget_reason=meeting.over_budget_reason,
    )
