# SPDX-License-Identifier: Apache-2.0
"""Planning a meeting: fields, roles, seats, guests, copies; and that a refusal leaves everything as it was."""

from datetime import UTC, datetime, timedelta

import pytest

from huiyao.domain.actor import CLOCK
from huiyao.domain.editing import FieldWrite
from huiyao.domain.refusals import BadValue, Conflict, NotAllowed, NotFound, WrongStage
from huiyao.domain.rights import Standing
from huiyao.features.agenda.models import Topic
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.meetings.commands import cancel, create, fields, guests, reschedule, roles, seats
from huiyao.features.meetings.duties import find_duties
from huiyao.features.meetings.events import MeetingLanguageChanged
from huiyao.features.meetings.models import Guest, Meeting, Participation, Representative, Seat
from huiyao.features.meetings.reads import Tab, list_meetings, standings_of
from huiyao.features.people.models import Person
from huiyao.flows.begin_plan import begin_like, begin_plan
from huiyao.flows.on_meeting_language_changed import rename_topics
from huiyao.plumbing.models import AuditRow, Event
from tests.builders.meetings import FRIDAY_WEEK, Office, a_plan, an_invited_meeting, an_office, write_field

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return an_office()


def everything() -> list[list[dict[str, object]]]:
    """All rows a plan consists of, to show that a refusal changed none."""
    tables = (Meeting, Seat, Representative, Guest, Participation, Topic, AuditRow, Event)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_a_new_plan_belongs_to_whoever_called_it_and_starts_as_the_guides_agenda(office, at):
    meeting = Meeting.objects.get(pk=begin_plan(by=office.actor("market"), at=at))
    topics = list(Topic.objects.filter(meeting=meeting))
    assert (meeting.organiser, meeting.host) == (office.people["market"], office.people["market"])
    assert [(t.minutes, t.lead_role) for t in topics] == [
        (5, "host"),
        (15, "representatives"),
        (20, "facilitator"),
        (30, "everyone"),
        (10, "host"),
    ]  # R21
    assert (meeting.language, meeting.zone, meeting.stage) == ("zh-hans", "Asia/Shanghai", "preparing")


def test_guests_and_the_clock_call_no_meetings(office, at):
    guest = Person.objects.create_user("guest-1", name="佟远", guest=True)
    office.people["guest"] = guest
    for actor in (office.actor("guest"), CLOCK):
        with pytest.raises(NotAllowed):
            create.create(by=actor, at=at)
    assert not Meeting.objects.exists()


def test_the_clock_of_the_invitation_starts_with_the_start_time(office, at):
    meeting = a_plan(office)
    assert meeting.invite_due_at == datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
    cleared = write_field(meeting.pk, "starts_at", "", office.actor("product"))
    assert cleared.invite_due_at is None


def test_a_field_is_written_audited_and_counted(office, at):
    meeting = a_plan(office)
    write = FieldWrite("objective", "  定下  分工 ", meeting.objective, meeting.version)
    after = fields.set_field(meeting.pk, write, by=office.actor("product"), at=at)
    assert (after.objective, after.version) == ("定下 分工", meeting.version + 1)
    row = AuditRow.objects.filter(act="meeting.field").latest("id")
    assert row.facts == {"field": "objective", "from": meeting.objective, "to": "定下 分工"}


def test_writing_what_is_there_changes_nothing(office, at):
    meeting = a_plan(office)
    before = everything()
    write = FieldWrite("title", meeting.title, meeting.title, 1)
    fields.set_field(meeting.pk, write, by=office.actor("product"), at=at)
    assert everything() == before


def test_two_people_may_write_different_fields_at_once(office, at):
    meeting = a_plan(office)
    by = office.actor("product")
    fields.set_field(meeting.pk, FieldWrite("title", "甲", meeting.title, meeting.version), by=by, at=at)
    fields.set_field(meeting.pk, FieldWrite("place", "乙室", meeting.place, meeting.version), by=by, at=at)
    meeting.refresh_from_db()
    assert (meeting.title, meeting.place) == ("甲", "乙室")


def test_two_people_writing_one_field_conflict(office, at):
    meeting = a_plan(office)
    by = office.actor("product")
    fields.set_field(meeting.pk, FieldWrite("title", "甲", meeting.title, meeting.version), by=by, at=at)
    before = everything()
    with pytest.raises(Conflict) as refused:
        fields.set_field(meeting.pk, FieldWrite("title", "乙", meeting.title, meeting.version), by=by, at=at)
    assert (refused.value.facts["yours"], refused.value.facts["theirs"]) == ("乙", "甲")
    assert everything() == before


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("title", "长" * 121, "too_long"),
        ("objective", "长" * 501, "too_long"),
        ("occasion", "party", "unknown"),
        ("language", "fr", "unknown"),
        ("starts_at", "soon", "moment"),
        ("starts_at", "2026-11-24T09:59", "past"),
        ("stage", "filed", "unknown"),
        ("plain_hours", "yes", "unknown"),
    ],
)
def test_a_value_that_cannot_be_used_changes_nothing(office, at, field, value, reason):
    meeting = a_plan(office)
    before = everything()
    with pytest.raises(BadValue) as refused:
        write_field(meeting.pk, field, value, office.actor("product"), at)
    assert refused.value.facts["reason"] == reason
    assert everything() == before


@pytest.mark.parametrize("who", ["tech", "stranger"])
def test_only_organiser_host_and_coordinator_change_the_plan(office, at, who):
    meeting = an_invited_meeting(office)
    before = everything()
    with pytest.raises(NotAllowed if who == "tech" else NotFound):
        write_field(meeting.pk, "title", "别的", office.actor(who), at)
    assert everything() == before


def test_time_and_place_of_an_invited_meeting_change_only_by_rescheduling(office, at):
    meeting = an_invited_meeting(office)
    before = everything()
    with pytest.raises(fields.RescheduleInstead):
        write_field(meeting.pk, "place", "别处", office.actor("product"), at)
    assert everything() == before


def test_a_role_is_given_by_name_and_taken_back(office, at):
    meeting = a_plan(office)
    tech = str(office.people["tech"].pk)
    by = office.actor("product")
    roles.set_role(meeting.pk, FieldWrite("coordinator", tech, "", meeting.version), by=by, at=at)
    assert Standing.COORDINATOR in standings_of(office.actor("tech"), meeting.pk)
    roles.set_role(meeting.pk, FieldWrite("coordinator", "", tech, meeting.version), by=by, at=at)
    assert Standing.COORDINATOR not in standings_of(office.actor("tech"), meeting.pk)


def test_a_role_is_not_given_to_guests_leavers_or_nobody(office, at):
    meeting = a_plan(office)
    by = office.actor("product")
    guest = guests.add_guest(meeting.pk, name="佟远", by=by, at=at)
    gone = office.people["stranger"]
    gone.is_active = False
    gone.save()
    before = everything()
    version = Meeting.objects.get(pk=meeting.pk).version
    for role, person in (("host", guest.pk), ("host", gone.pk), ("host", "nonsense"), ("organiser", ""), ("king", "")):
        with pytest.raises(BadValue):
            roles.set_role(meeting.pk, FieldWrite(role, str(person), "", version), by=by, at=at)
    assert everything() == before


def test_a_host_who_gives_the_role_away_keeps_what_an_organiser_may(office, at):
    meeting = a_plan(office)
    write = FieldWrite("host", str(office.people["tech"].pk), str(office.people["product"].pk), meeting.version)
    roles.set_role(meeting.pk, write, by=office.actor("product"), at=at)
    assert write_field(meeting.pk, "title", "新名", office.actor("product"), at).title == "新名"


def test_a_department_has_one_seat(office, at):
    meeting = a_plan(office)
    before = everything()
    with pytest.raises(BadValue) as refused:
        seats.add_seat(meeting.pk, office.departments["tech"].pk, by=office.actor("product"), at=at)
    assert refused.value.facts["reason"] == "taken"
    assert everything() == before


def test_an_informed_seat_makes_its_people_informed(office, at):
    meeting = a_plan(office)
    seat = Seat.objects.get(meeting=meeting, department=office.departments["tech"])
    write = FieldWrite("need", "informed", "required", seat.version)
    seats.set_need(meeting.pk, seat.pk, write, by=office.actor("product"), at=at)
    held = standings_of(office.actor("tech"), meeting.pk)
    assert Standing.INFORMED in held
    assert Standing.ATTENDEE not in held


def test_a_seat_leaves_with_its_people_and_the_trail_keeps_their_names(office, at):
    meeting = a_plan(office)
    seat = Seat.objects.get(meeting=meeting, department=office.departments["tech"])
    seats.remove_seat(meeting.pk, seat.pk, by=office.actor("product"), at=at)
    assert not standings_of(office.actor("tech"), meeting.pk)
    assert AuditRow.objects.get(act="seat.remove").facts == {"department": "技术部", "representatives": ["方砚"]}


def test_a_representative_is_somebody_of_the_directory(office, at):
    meeting = a_plan(office)
    by = office.actor("product")
    guest = guests.add_guest(meeting.pk, name="佟远", by=by, at=at)
    seat = meeting.seats.first()
    before = everything()
    for person in (guest.pk, "nonsense", office.departments["tech"].pk):
        with pytest.raises(BadValue):
            seats.add_representative(meeting.pk, seat.pk, person, by=by, at=at)
    assert everything() == before


def test_a_seat_of_another_meeting_is_not_found(office, at):
    mine, other = a_plan(office), a_plan(office)
    by = office.actor("product")
    seat = other.seats.first()
    before = everything()
    with pytest.raises(NotFound):
        seats.remove_seat(mine.pk, seat.pk, by=by, at=at)
    with pytest.raises(NotFound):
        seats.remove_representative(mine.pk, seat.pk, office.people["market"].pk, by=by, at=at)
    assert everything() == before


def test_the_same_guest_is_one_person(office, at):
    meeting = a_plan(office)
    by = office.actor("product")
    one = guests.add_guest(meeting.pk, name="佟远", company="远山设计", email="tong@example.org", by=by, at=at)
    two = guests.add_guest(meeting.pk, name="佟远", company="远山设计", email="Tong@example.org", by=by, at=at)
    assert one == two
    assert (one.guest, one.has_usable_password(), one.language) == (True, False, "zh-hans")
    assert Guest.objects.filter(meeting=meeting).count() == 1
    guests.remove_guest(meeting.pk, one.pk, by=by, at=at)
    assert not Guest.objects.filter(meeting=meeting).exists()


@pytest.mark.parametrize(("name", "email"), [("", ""), ("佟远", "not an address"), ("长" * 81, "")])
def test_a_guest_without_a_usable_name_or_address_is_refused(office, at, name, email):
    meeting = a_plan(office)
    before, people = everything(), Person.objects.count()
    with pytest.raises(BadValue):
        guests.add_guest(meeting.pk, name=name, email=email, by=office.actor("product"), at=at)
    assert (everything(), Person.objects.count()) == (before, people)


def test_a_copy_has_the_plan_but_not_the_time(office, at):
    source = an_invited_meeting(office)
    gone = office.people["tech"]
    gone.is_active = False
    gone.save()
    copied = Meeting.objects.get(pk=begin_like(source.pk, by=office.actor("sales"), at=at))
    assert (copied.title, copied.objective, copied.place) == (source.title, source.objective, source.place)
    assert (copied.organiser, copied.host, copied.recorder) == (
        office.people["sales"],
        office.people["product"],
        office.people["ops"],
    )
    assert (copied.starts_at, copied.invited_at, copied.stage, copied.sequence) == (None, None, "preparing", 0)
    assert Topic.objects.filter(meeting=copied).count() == 5
    assert [list(s.representatives.values_list("person__name", flat=True)) for s in copied.seats.all()] == [
        ["陆青禾"],
        [],
        ["乔北"],
        ["邵明远"],
    ]


def test_who_may_not_see_the_plan_may_not_copy_it(office, at):
    source = a_plan(office)
    before = everything()
    with pytest.raises(NotFound):
        begin_like(source.pk, by=office.actor("stranger"), at=at)
    assert everything() == before


def test_rescheduling_raises_the_sequence_and_needs_the_present_version(office, at):
    meeting = an_invited_meeting(office)
    by = office.actor("product")
    wanted = {"starts_at": "2026-12-07T10:00", "place": "2 楼", "online": "", "by": by, "at": at}
    before = everything()
    with pytest.raises(Conflict):
        reschedule.reschedule(meeting.pk, version=meeting.version - 1, **wanted)
    assert everything() == before
    moved = reschedule.reschedule(meeting.pk, version=meeting.version, **wanted)
    assert (moved.sequence, moved.place) == (meeting.sequence + 1, "2 楼")
    assert Event.objects.filter(name="MeetingRescheduled").count() == 1


@pytest.mark.parametrize(
    ("starts_at", "reason"), [("", "required"), ("2026-11-20T10:00", "past"), (FRIDAY_WEEK, "same")]
)
def test_a_meeting_is_not_moved_nowhere_or_into_the_past(office, at, starts_at, reason):
    meeting = an_invited_meeting(office)
    before = everything()
    with pytest.raises(BadValue) as refused:
        reschedule.reschedule(
            meeting.pk,
            starts_at=starts_at,
            place=meeting.place,
            online="",
            version=meeting.version,
            by=office.actor("product"),
            at=at,
        )
    assert refused.value.facts["reason"] == reason
    assert everything() == before


def test_what_was_not_sent_is_not_rescheduled(office, at):
    meeting = a_plan(office)
    with pytest.raises(WrongStage):
        reschedule.reschedule(
            meeting.pk,
            starts_at="2026-12-07T10:00",
            place="",
            online="",
            version=meeting.version,
            by=office.actor("product"),
            at=at,
        )


def test_cancelling_after_sending_needs_a_reason(office, at):
    meeting = an_invited_meeting(office)
    before = everything()
    with pytest.raises(BadValue):
        cancel.cancel(meeting.pk, "  ", by=office.actor("product"), at=at)
    assert everything() == before
    gone = cancel.cancel(meeting.pk, "客户改期", by=office.actor("product"), at=at)
    assert (gone.stage, gone.cancel_reason, gone.cancelled_at, gone.sequence) == ("cancelled", "客户改期", at, 1)


def test_a_wrong_cancellation_is_taken_back_to_preparation(office, at):
    meeting = an_invited_meeting(office)
    by = office.actor("product")
    cancel.cancel(meeting.pk, "点错了", by=by, at=at)
    restored = cancel.restore(meeting.pk, by=by, at=at + timedelta(minutes=1))
    restored.refresh_from_db()
    assert (restored.stage, restored.cancelled_at, restored.invited_at, restored.cancel_reason) == (
        "preparing",
        None,
        None,
        "",
    )
    acts = AuditRow.objects.filter(context=str(meeting.pk)).values_list("act", flat=True)
    assert {"meeting.cancel", "meeting.restore"} <= set(acts)


def test_what_is_not_cancelled_is_not_restored(office, at):
    meeting = a_plan(office)
    before = everything()
    with pytest.raises(WrongStage):
        cancel.restore(meeting.pk, by=office.actor("product"), at=at)
    assert everything() == before


def test_a_cancelled_plan_cannot_be_changed(office, at):
    meeting = a_plan(office)
    by = office.actor("product")
    cancel.cancel(meeting.pk, "", by=by, at=at)
    before = everything()
    with pytest.raises(WrongStage):
        write_field(meeting.pk, "title", "别的", by, at)
    assert everything() == before


def test_the_guides_titles_follow_the_language_and_own_titles_do_not(office, at):
    meeting = a_plan(office)
    Topic.objects.filter(meeting=meeting, kind="closing").update(title="自定的收尾")
    write_field(meeting.pk, "language", "en", office.actor("product"))
    rename_topics(MeetingLanguageChanged(str(meeting.pk), "zh-hans"), at)
    titles = list(Topic.objects.filter(meeting=meeting).values_list("title", flat=True))
    assert titles[0] == "Opening and objective"
    assert titles[-1] == "自定的收尾"


def test_the_host_owes_the_start(office, at):
    meeting = an_invited_meeting(office)
    found = find_duties(office.actor("product"), at, working_calendar())
    assert [(d.kind, d.due, d.meeting) for d in found] == [("start", meeting.starts_at, str(meeting.pk))]
    assert not find_duties(office.actor("tech"), at, working_calendar())


def test_lists_show_only_what_their_reader_may_know_of(office):
    prepared, invited = a_plan(office, title="甲"), an_invited_meeting(office, title="乙")
    names = {
        who: [[m.title for m in list_meetings(office.actor(who), tab, offset=0, limit=9)] for tab in Tab]
        for who in ("product", "tech", "stranger")
    }
    assert names["product"] == [["乙"], ["甲"], []]
    # tech heads a seated department: that the plan exists is known to its head
    assert names["tech"] == [["乙"], ["甲"], []]
    assert names["stranger"] == [[], [], []]
    del prepared, invited
