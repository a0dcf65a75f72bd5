# SPDX-License-Identifier: Apache-2.0
"""The plan page: who sees what, saving field by field, conflicts, refusals that change nothing, and its cost."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyao.features.agenda.models import Material, Topic
from huiyao.features.agenda.reads import topics_of
from huiyao.features.invitations.models import Invitation
from huiyao.features.meetings.commands.guests import add_guest
from huiyao.features.meetings.models import Guest, Meeting, Participation, Representative, Seat
from huiyao.features.people.models import Person
from huiyao.plumbing.models import AuditRow, Message
from tests.builders.meetings import MORNING, a_plan, an_invited_meeting, write_field

JSON = {"HTTP_ACCEPT": "application/json"}


def everything() -> list[list[dict[str, object]]]:
    tables = (
        Meeting,
        Seat,
        Representative,
        Guest,
        Participation,
        Topic,
        Material,
        Invitation,
        Message,
        AuditRow,
    )
    people = list(Person.objects.order_by("pk").values("pk", "name", "email", "guest"))
    return [people, *(list(table.objects.order_by("pk").values()) for table in tables)]


def plan_of(meeting: Meeting, *more: str) -> str:
    return "/".join(["", "meetings", str(meeting.pk), "plan", *map(str, more), ""])


def test_somebody_not_signed_in_is_led_to_the_sign_in_page(office, browser):
    meeting = a_plan(office)
    answer = browser("").get(plan_of(meeting))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/meetings/")


@pytest.mark.parametrize(
    ("who", "invited", "template"),
    [
        ("product", False, "before/plan.html"),
        ("product", True, "before/plan.html"),
        ("ops", True, "before/read.html"),
        ("tech", True, "before/read.html"),
        ("tech", False, "before/stub.html"),
        ("stranger", True, "shell/refusal.html"),
    ],
)
def test_the_page_shows_what_its_reader_may_see(office, browser, who, invited, template):
    meeting = an_invited_meeting(office) if invited else a_plan(office)
    answer = browser(who).get(plan_of(meeting))
    assert answer.templates[0].name == template
    shown = meeting.objective in answer.content.decode()
    assert shown == (template not in ("before/stub.html", "shell/refusal.html"))
    assert answer.status_code == (404 if who == "stranger" else 200)


def test_a_field_saved_by_the_live_page_answers_with_the_new_version(office, browser):
    meeting = a_plan(office)
    form = {"title": "新的名称", "was.title": meeting.title, "version": meeting.version}
    answer = browser("product").post(plan_of(meeting, "fields"), form, **JSON)
    meeting.refresh_from_db()
    assert (answer.status_code, answer.json()) == (200, {"version": meeting.version})
    assert meeting.title == "新的名称"


def test_a_conflict_answers_409_with_both_values_and_changes_nothing(office, browser):
    meeting = a_plan(office)
    write_field(meeting.pk, "title", "他们的", office.actor("product"))
    before = everything()
    form = {"title": "我的", "was.title": meeting.title, "version": meeting.version}
    answer = browser("product").post(plan_of(meeting, "fields"), form, **JSON)
    assert answer.status_code == 409
    assert answer.json()["code"] == "conflict"
    assert (answer.json()["facts"]["yours"], answer.json()["facts"]["theirs"]) == ("我的", "他们的")
    assert everything() == before


def test_without_javascript_a_conflict_shows_both_values_and_the_choice_works(office, browser):
    meeting = a_plan(office)
    write_field(meeting.pk, "title", "他们的", office.actor("product"))
    client = browser("product")
    form = {"title": "我的", "was.title": meeting.title, "version": meeting.version}
    answer = client.post(plan_of(meeting, "fields"), form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<dd>我的</dd>" in page
    assert "<dd>他们的</dd>" in page
    facts = answer.context["conflict"]
    kept = {"title": facts["yours"], "was.title": facts["theirs"], "version": facts["version"]}
    assert client.post(plan_of(meeting, "fields"), kept).status_code == 303
    meeting.refresh_from_db()
    assert meeting.title == "我的"


def test_a_plain_form_saves_all_of_its_fields_or_none(office, browser):
    meeting = a_plan(office)
    before = everything()
    form = {
        "version": meeting.version,
        "title": "甲",
        "was.title": meeting.title,
        "occasion": "party",
        "was.occasion": meeting.occasion,
    }
    assert browser("product").post(plan_of(meeting, "fields"), form).status_code == 422
    assert everything() == before


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("fields", {"starts_at": "never", "was.starts_at": ""}, 422),
        ("fields", {"starts_at": "2020-01-01T10:00", "was.starts_at": ""}, 422),
        ("fields", {"title": "长" * 121, "was.title": ""}, 422),
        ("roles", {"host.name": "没有这个人", "host": "", "was.host": ""}, 422),
        ("seats", {"department": "nonsense"}, 422),
        ("seats", {}, 422),
        ("guests", {"name": "佟远", "email": "nonsense"}, 422),
        ("topics", {"title": ""}, 422),
        ("topics", {"title": "x", "minutes": "∞"}, 422),
        ("materials", {"url": "javascript:alert(1)"}, 422),
        ("materials", {}, 422),
        ("reschedule", {"starts_at": "2026-12-09T10:00"}, 409),
        ("restore", {}, 409),
    ],
)
def test_bad_input_gets_a_status_and_words_and_changes_nothing(office, browser, path, form, status):
    meeting = a_plan(office)
    before = everything()
    answer = browser("product").post(plan_of(meeting, path), {"version": meeting.version, **form}, **JSON)
    assert answer.status_code == status
    assert answer.json()["text"]
    assert everything() == before


FORMS = (
    ("fields", {"title": "x", "was.title": "y"}),
    ("roles", {"host": "", "was.host": "x"}),
    ("seats", {"department": "x"}),
    ("guests", {"name": "x"}),
    ("topics", {"title": "x"}),
    ("materials", {"url": "https://example.com"}),
    ("reschedule", {"starts_at": "2026-12-09T10:00"}),
    ("cancel", {"reason": "x"}),
    ("restore", {}),
)


@pytest.mark.parametrize(("who", "status"), [("tech", 403), ("stranger", 404)])
def test_others_change_nothing(office, browser, who, status):
    meeting = an_invited_meeting(office)
    topic, seat = topics_of(meeting.pk)[0], meeting.seats.first()
    before, client = everything(), browser(who)
    paths = [
        *((plan_of(meeting, path), form) for path, form in FORMS),
        (plan_of(meeting, "topics", topic.pk), {"title": "x", "was.title": "y"}),
        (plan_of(meeting, "topics", topic.pk, "move"), {"to": "down"}),
        (plan_of(meeting, "topics", topic.pk, "remove"), {}),
        (plan_of(meeting, "seats", seat.pk), {"need": "optional", "was.need": "required"}),
        (plan_of(meeting, "seats", seat.pk, "remove"), {}),
        (plan_of(meeting, "seats", seat.pk, "people"), {"person": office.people["stranger"].pk}),
        (f"/meetings/{meeting.pk}/invitation/send/", {}),
    ]
    found = {path: client.post(path, form, **JSON).status_code for path, form in paths}
    assert found == dict.fromkeys(found, status)
    assert client.get(f"/meetings/{meeting.pk}/invitation/").status_code == status
    assert everything() == before


def test_what_changes_something_is_not_done_by_get(office, browser):
    meeting = an_invited_meeting(office)
    before, client = everything(), browser("product")
    for path, _ in FORMS:
        assert client.get(plan_of(meeting, path)).status_code == 405
    assert client.get(f"/meetings/{meeting.pk}/invitation/send/").status_code == 405
    assert everything() == before


def test_a_person_is_found_by_typing_a_name_or_a_login(office, browser):
    meeting = a_plan(office)
    client, seat = browser("product"), meeting.seats.first()
    for typed in ("虞白", "stranger"):
        answer = client.post(plan_of(meeting, "seats", seat.pk, "people"), {"person": "", "person.name": typed})
        assert answer.status_code == 303
        assert [r.person.name for r in seat.representatives.all()] == ["陆青禾", "虞白"]


def test_a_name_that_fits_several_is_asked_back(office, browser):
    meeting = a_plan(office)
    Person.objects.create_user("fang2", name="方砚之", department=office.departments["sales"])
    seat, before = meeting.seats.first(), everything()
    answer = browser("product").post(
        plan_of(meeting, "seats", seat.pk, "people"), {"person": "", "person.name": "方"}, **JSON
    )
    assert answer.status_code == 422
    assert "方砚 (技术部), 方砚之 (销售部)" in answer.json()["text"]
    assert everything() == before


def test_roles_are_given_cleared_and_kept_by_the_plain_form(office, browser):
    meeting = a_plan(office)
    form = {"version": meeting.version}
    for role, person, typed in (("host", "product", "沈一舟"), ("facilitator", "", "方砚"), ("recorder", "ops", "")):
        pk = str(office.people[person].pk) if person else ""
        form |= {role: pk, f"was.{role}": pk, f"{role}.shown": office.people[person].name if person else ""}
        form[f"{role}.name"] = typed
    assert browser("product").post(plan_of(meeting, "roles"), form).status_code == 303
    meeting.refresh_from_db()
    assert [getattr(r, "name", None) for r in (meeting.host, meeting.facilitator, meeting.recorder)] == [
        "沈一舟",
        "方砚",
        None,
    ]


def test_a_topic_taken_off_can_be_brought_back_from_the_notice(office, browser):
    meeting = a_plan(office)
    client, topic = browser("product"), topics_of(meeting.pk)[1]
    client.post(plan_of(meeting, "topics", topic.pk, "remove"))
    page = client.get(plan_of(meeting)).content.decode()
    undo = plan_of(meeting, "topics", topic.pk, "restore")
    assert undo in page
    client.post(undo)
    assert topics_of(meeting.pk)[1] == topic


def test_files_are_kept_and_sent_as_attachments_to_those_who_see_the_plan(office, browser):
    meeting = an_invited_meeting(office)
    files = [SimpleUploadedFile("进度.txt", b"one"), SimpleUploadedFile("数据.txt", b"two")]
    answer = browser("product").post(plan_of(meeting, "materials"), {"file": files, "topic": ""})
    assert answer.status_code == 303
    material = Material.objects.get(name="进度.txt")
    sent = browser("tech").get(plan_of(meeting, "materials", material.pk))
    assert sent["Content-Disposition"].startswith("attachment;")
    assert sent["X-Huiyao-File"] == f"{material.sha256}:3"
    assert browser("stranger").get(plan_of(meeting, "materials", material.pk)).status_code == 404


def test_what_people_wrote_is_shown_as_text(office, browser):
    meeting = a_plan(office, title="<script>alert(1)</script>", objective='"><img src=x onerror=alert(1)>')
    page = browser("product").get(plan_of(meeting)).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_the_page_has_no_inline_style_script_or_handler(office, browser):
    meeting = an_invited_meeting(office)
    for who, path in (
        ("product", plan_of(meeting)),
        ("tech", plan_of(meeting)),
        ("product", f"/meetings/{meeting.pk}/invitation/"),
    ):
        page = browser(who).get(path).content.decode()
        assert " style=" not in page
        assert " onclick=" not in page
        assert "<script>" not in page


def test_the_readiness_card_says_what_is_missing(office, browser):
    meeting = a_plan(office, objective="", place="", starts_at="2026-11-28T14:00")
    card = browser("product").get(plan_of(meeting)).context["card"]
    anchors = sorted(check.anchor for check in card.missing)
    assert anchors == ["invitation", "objective", "when", "when"]


def test_a_meeting_longer_than_the_budget_asks_why(office, browser):
    meeting = a_plan(office)
    client, topic = browser("product"), topics_of(meeting.pk)[0]
    assert 'name="over_budget_reason"' not in client.get(plan_of(meeting)).content.decode()
    client.post(plan_of(meeting, "topics", topic.pk), {"minutes": "16", "was.minutes": "5", "version": 1})
    page = client.get(plan_of(meeting))
    assert page.context["sheet"].minutes == 91  # R20
    assert 'name="over_budget_reason"' in page.content.decode()


def test_the_search_for_persons_is_json_for_people_of_the_house_only(office, browser):
    found = browser("tech").get("/people/search/", {"q": "沈"}).json()["persons"]
    assert [(p["name"], p["department"]) for p in found] == [("沈一舟", "产品部")]
    meeting = an_invited_meeting(office)
    guest = add_guest(meeting.pk, name="佟远", by=office.actor("product"), at=MORNING)
    office.people["guest"] = guest
    assert browser("guest").get("/people/search/", {"q": "沈"}).status_code == 404
    assert browser("").get("/people/search/", {"q": "沈"}).status_code == 302


def test_the_search_puts_the_wanted_department_first(office, browser):
    answer = browser("tech").get("/people/search/", {"q": "", "department": str(office.departments["ops"].pk)})
    assert answer.json()["persons"][0]["name"] == "邵明远"


def test_a_new_plan_begins_by_post_and_opens(office, browser):
    client = browser("sales")
    assert client.get("/meetings/new/").status_code == 200
    assert not Meeting.objects.exists()
    answer = client.post("/meetings/new/")
    meeting = Meeting.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, plan_of(meeting))
    assert client.get(plan_of(meeting)).status_code == 200


def test_a_meeting_without_a_plan_is_in_session_at_once(office, browser, now):
    answer = browser("sales").post("/meetings/now/", {"title": "临时碰头"})
    meeting = Meeting.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/meetings/{meeting.pk}/room/")
    assert (meeting.stage, meeting.started_at, meeting.host) == ("in_session", now.at, office.people["sales"])


def test_a_copy_opens_as_a_plan_of_its_own(office, browser):
    meeting = an_invited_meeting(office)
    answer = browser("tech").post(plan_of(meeting, "copy"))
    copied = Meeting.objects.exclude(pk=meeting.pk).get()
    assert answer["Location"] == plan_of(copied)
    assert copied.organiser == office.people["tech"]


@pytest.mark.parametrize(("who", "queries"), [("product", 16), ("tech", 15)])
def test_the_page_costs_the_same_however_many_take_part(office, browser, django_assert_num_queries, who, queries):
    meeting = an_invited_meeting(office)
    client = browser(who)
    client.get(plan_of(meeting))
    with django_assert_num_queries(queries):
        client.get(plan_of(meeting))
    for number in range(6):
        person = Person.objects.create_user(
            f"more-{number}", name=f"同事{number}", department=office.departments["ops"]
        )
        Representative.objects.create(seat=meeting.seats.first(), person=person)
        Participation.objects.create(meeting=meeting, person=person, standing="attendee")
        Topic.objects.create(meeting=meeting, position=9 + number, title=f"议题{number}", lead=person)
    with django_assert_num_queries(queries):
        client.get(plan_of(meeting))


def test_an_upload_of_another_kind_of_form_is_no_error(office, browser):
    meeting = a_plan(office)
    body = io.BytesIO(json.dumps({"title": "x"}).encode())
    before = everything()
    answer = browser("product").post(plan_of(meeting, "topics"), body.read(), content_type="application/json")
    assert answer.status_code == 422
    assert everything() == before


def test_a_form_sent_in_the_background_gets_only_the_words_of_its_refusal(office, browser):
    meeting = a_plan(office)
    before = everything()
    answer = browser("product").post(
        plan_of(meeting, "materials"), {"url": "javascript:1"}, headers={"HX-Request": "true"}
    )
    assert (answer.status_code, answer.templates[0].name) == (422, "shell/refusal_part.html")
    assert everything() == before
