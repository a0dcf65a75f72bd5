# SPDX-License-Identifier: Apache-2.0
"""The map of the house: which flow handles which event, which feature has duties, what a round of the worker does."""

from huiyao.features.actions.duties import find_duties as action_duties
from huiyao.features.actions.events import ActionMoved, ActionsAdopted
from huiyao.features.agenda.duties import find_duties as agenda_duties
from huiyao.features.archive.duties import find_duties as archive_duties
from huiyao.features.invitations.duties import find_duties as invitation_duties
from huiyao.features.invitations.events import InvitationSent
from huiyao.features.meetings.duties import find_duties as meeting_duties
from huiyao.features.meetings.events import MeetingCancelled, MeetingLanguageChanged, MeetingRescheduled
from huiyao.features.minutes.duties import find_duties as minutes_duties
from huiyao.features.minutes.events import (
    MinutesCirculated,
    MinutesFinal,
    MinutesReopened,
    MinutesReturned,
    MinutesSubmitted,
    ObjectionAnswered,
    ObjectionRaised,
)
from huiyao.features.people.events import HeadsChanged, PersonLeft
from huiyao.features.sittings.duties import find_duties as sitting_duties
from huiyao.features.sittings.events import LateEditTaken, MeetingClosed, MeetingReopened
from huiyao.flows.action_to_dos import carry_to_dos, follow_actions
from huiyao.flows.close_windows import close_windows, remind_of_windows
from huiyao.flows.deliver import deliver
from huiyao.flows.deliver_channels import deliver_channels
from huiyao.flows.digest import digest_each_minute
from huiyao.flows.duties import Sources
from huiyao.flows.on_heads_changed import refresh_standings
from huiyao.flows.on_late_edit_taken import on_late_edit_taken
from huiyao.flows.on_meeting_cancelled import tell_the_invited
from huiyao.flows.on_meeting_closed import on_meeting_closed, on_meeting_reopened
from huiyao.flows.on_meeting_language_changed import rename_topics
from huiyao.flows.on_meeting_rescheduled import send_update
from huiyao.flows.on_minutes_circulated import on_minutes_circulated
from huiyao.flows.on_minutes_final import on_minutes_final
from huiyao.flows.on_person_left import hand_over_meetings
from huiyao.flows.on_review import (
    on_minutes_reopened,
    on_minutes_returned,
    on_minutes_submitted,
    on_objection_answered,
    on_objection_raised,
)
from huiyao.flows.remind import remind_each_minute
from huiyao.flows.retrospectives import ask_at_closing, close_retrospectives, withdraw_at_reopening
from huiyao.flows.tell_groups import tell_groups_of_invitation, tell_groups_of_minutes
from huiyao.plumbing import events
from huiyao.plumbing.events import Handlers
from huiyao.project.demo import load
from huiyao.project.worker import Rounds
from huiyao.web.during import live
from huiyao.web.shell.first_run import Demo


def wire() -> None:
    """Connect events to flows, features to the Today page, and rounds to the worker; called once at start."""
    Handlers.on(PersonLeft, hand_over_meetings)
    Handlers.on(HeadsChanged, refresh_standings)
    Handlers.on(MeetingRescheduled, send_update)
    Handlers.on(MeetingCancelled, tell_the_invited)
    Handlers.on(MeetingLanguageChanged, rename_topics)
    Handlers.on(MeetingClosed, on_meeting_closed, ask_at_closing)
    Handlers.on(MeetingReopened, on_meeting_reopened, withdraw_at_reopening)
    Handlers.on(LateEditTaken, on_late_edit_taken)
    Handlers.on(MinutesSubmitted, on_minutes_submitted)
    Handlers.on(MinutesReturned, on_minutes_returned)
    Handlers.on(MinutesReopened, on_minutes_reopened)
    Handlers.on(MinutesCirculated, on_minutes_circulated, tell_groups_of_minutes, follow_actions)
    Handlers.on(ActionsAdopted, follow_actions)
    Handlers.on(ActionMoved, follow_actions)
    Handlers.on(InvitationSent, tell_groups_of_invitation)
    Handlers.on(ObjectionRaised, on_objection_raised)
    Handlers.on(ObjectionAnswered, on_objection_answered)
    Handlers.on(MinutesFinal, on_minutes_final)
    Sources.known[:] = [
        meeting_duties,
        agenda_duties,
        invitation_duties,
        minutes_duties,
        action_duties,
        sitting_duties,
        archive_duties,
    ]
    Rounds.known[:] = [
        events.catch_up,
        close_windows,
        remind_of_windows,
        close_retrospectives,
        digest_each_minute,
        remind_each_minute,
        deliver,
        deliver_channels,
        carry_to_dos,
    ]
    Demo.load = load.load
    live.wire()
