# SPDX-License-Identifier: Apache-2.0
"""The administrator's directory: departments, persons, import; and that it does not exist for anybody else."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyao.features.people.models import Department, Person
from huiyao.plumbing.models import AuditRow, Link
from tests.builders.people import a_department, a_person, an_administrator, an_organisation, client_of

pytestmark = pytest.mark.django_db
TABLE = "登录名,姓名,部门\nlin,林为,市场部/品牌组\n"


@pytest.fixture
def boss() -> Client:
    an_organisation()
    return client_of(an_administrator(login="boss"))


def persons_and_departments() -> list[object]:
    return [list(table.objects.order_by("pk").values()) for table in (Person, Department)]


def csv(text: str = TABLE, name: str = "people.csv") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, text.encode())}


class TestDepartments:
    def test_one_is_added_below_another_renamed_and_given_a_head(self, boss: Client) -> None:
        top, head = a_department("市场部"), a_person(login="lin")
        boss.post("/settings/departments/", {"name": "品牌组", "parent": str(top.pk)})
        row = Department.objects.get(name="品牌组")
        assert row.parent == top
        form = {"name": "品牌部", "parent": "", "head": "LIN", "version": "1"}
        assert boss.post(f"/settings/departments/{row.pk}/", form).status_code == 302
        row.refresh_from_db()
        assert (row.name, row.parent, row.head) == ("品牌部", None, head)

    @pytest.mark.parametrize(
        ("form", "status"),
        [
            ({"name": ""}, 422),
            ({"name": "产品部"}, 422),
            ({"head": "nobody"}, 422),
            ({"parent": "x"}, 422),
            ({"name": "新名", "version": "7"}, 409),
            ({"name": "新名", "version": "x"}, 409),
        ],
    )
    def test_what_cannot_be_is_said_and_changes_nothing(self, boss: Client, form: dict[str, str], status: int) -> None:
        a_department("产品部")
        row = a_department("市场部")
        before = persons_and_departments()
        told = {"name": "市场部", "parent": "", "head": "", "version": "1", **form}
        response = boss.post(f"/settings/departments/{row.pk}/", told)
        assert response.status_code == status
        assert 'class="error"' in response.content.decode()
        assert persons_and_departments() == before

    def test_one_in_use_is_not_archived_and_the_page_says_why(self, boss: Client) -> None:
        row = a_department()
        a_person(department=row)
        response = boss.post(f"/settings/departments/{row.pk}/archive/")
        assert response.status_code == 409
        assert Department.objects.get().archived_at is None

    def test_archiving_can_be_taken_back(self, boss: Client) -> None:
        row = a_department("法务部")
        boss.post(f"/settings/departments/{row.pk}/archive/")
        assert f"/settings/departments/{row.pk}/restore/" in boss.get("/settings/people/").content.decode()
        boss.post(f"/settings/departments/{row.pk}/restore/")
        assert Department.objects.get().archived_at is None


class TestPersons:
    def test_one_is_added_and_their_link_is_shown_once(self, boss: Client) -> None:
        response = boss.post("/settings/persons/new/", {"name": "林为", "login": "lin", "department": ""})
        person = Person.objects.get(login="lin")
        assert response["Location"] == f"/settings/persons/{person.pk}/"
        page = boss.post(f"/settings/persons/{person.pk}/link/").content.decode()
        assert "/l/invite/" in page
        assert "/l/invite/" not in boss.get(f"/settings/persons/{person.pk}/").content.decode()
        assert Link.objects.count() == 1

    def test_a_link_is_never_made_by_looking(self, boss: Client) -> None:
        person = a_person()
        assert boss.get(f"/settings/persons/{person.pk}/link/").status_code == 405
        assert not Link.objects.exists()

    @pytest.mark.parametrize(
        "form", [{"login": "boss"}, {"login": ""}, {"name": ""}, {"email": "x"}, {"department": "x"}, {"language": "x"}]
    )
    def test_a_bad_value_is_said_and_nobody_is_added(self, boss: Client, form: dict[str, str]) -> None:
        before = persons_and_departments()
        response = boss.post("/settings/persons/new/", {"name": "林为", "login": "lin", **form})
        assert response.status_code == 422
        assert persons_and_departments() == before

    def test_the_last_administrator_stays_one(self, boss: Client) -> None:
        person = Person.objects.get()
        form = {"name": person.name, "login": "boss", "email": person.email, "language": "en", "version": "1"}
        assert boss.post(f"/settings/persons/{person.pk}/", form).status_code == 409
        assert Person.objects.get().administrator

    def test_somebody_leaves_with_a_successor_found_by_search(self, boss: Client) -> None:
        person, successor = a_person("林为"), a_person("何苗")
        page = boss.get(f"/settings/persons/{person.pk}/leave/?q=何苗").content.decode()
        assert str(successor.pk) in page
        boss.post(f"/settings/persons/{person.pk}/leave/", {"successor": str(successor.pk)})
        person.refresh_from_db()
        assert (person.is_active, person.handed_to) == (False, successor)
        assert "林为" in boss.get("/settings/people/?left=1").content.decode()
        boss.post(f"/settings/persons/{person.pk}/reactivate/")
        person.refresh_from_db()
        assert person.is_active

    def test_an_unknown_or_outside_person_is_not_there(self, boss: Client) -> None:
        guest = a_person(guest=True)
        for one in ("x", "0198f0aa-0000-7000-8000-000000000001", str(guest.pk)):
            assert boss.get(f"/settings/persons/{one}/").status_code == 404
            assert boss.post(f"/settings/persons/{one}/leave/").status_code == 404

    def test_a_list_of_many_costs_the_same_number_of_queries(
        self, boss: Client, django_assert_max_num_queries: object
    ) -> None:
        department = a_department()
        for n in range(60):
            a_person(f"员工{n}", department=department)
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            page = boss.get("/settings/people/").content.decode()
        assert page.count("/settings/persons/") == 51


class TestImport:
    def test_from_the_file_to_the_directory(self, boss: Client) -> None:
        page = boss.post("/settings/import/", csv())
        assert page.status_code == 200
        assert Person.objects.count() == 1
        ticket = page.context["ticket"]
        assert boss.post("/settings/import/apply/", {"ticket": ticket})["Location"] == "/settings/people/"
        assert str(Person.objects.get(login="lin").department) == "品牌组"
        assert AuditRow.objects.filter(act="directory.imported").count() == 1

    def test_a_wrong_cell_is_shown_in_its_place_with_the_reason(self, boss: Client) -> None:
        page = boss.post("/settings/import/", csv("登录名,姓名\na b,林为\n"))
        assert page.status_code == 422
        assert 'class="wrong"' in page.content.decode()
        assert "/settings/import/apply/" not in page.content.decode()

    def test_what_became_wrong_since_is_not_applied(self, boss: Client) -> None:
        ticket = boss.post("/settings/import/", csv()).context["ticket"]
        a_person(login="lin", is_active=False)
        before = persons_and_departments()
        assert boss.post("/settings/import/apply/", {"ticket": ticket}).status_code == 422
        assert persons_and_departments() == before

    def test_a_ticket_is_its_administrators_and_cannot_be_made_up(self, boss: Client) -> None:
        ticket = boss.post("/settings/import/", csv()).context["ticket"]
        before = persons_and_departments()
        for told in ("", "x", ticket[:-2] + "xx"):
            assert boss.post("/settings/import/apply/", {"ticket": told})["Location"] == "/settings/import/"
        assert persons_and_departments() == before
        other = client_of(an_administrator())
        assert other.post("/settings/import/apply/", {"ticket": ticket})["Location"] == "/settings/import/"
        assert not Person.objects.filter(login="lin").exists()

    @pytest.mark.parametrize(
        ("content", "status"),
        [
            (b"", 422),
            (b"\x00\x01\x02", 422),
            (b"PK\x03\x04 broken", 422),
            (b"\xd0\xcf\x11\xe0", 422),
            ("姓名,电话\n林,1".encode(), 422),
            (b"login,name\n" + b"a,b\n" * 6000, 413),
            (b"x" * (6 << 20), 413),
        ],
    )
    def test_a_bad_file_is_refused_in_words_and_changes_nothing(
        self, boss: Client, content: bytes, status: int
    ) -> None:
        before = persons_and_departments()
        response = boss.post("/settings/import/", {"file": BytesIO(content)})
        assert response.status_code == status
        assert 'role="alert"' in response.content.decode()
        assert persons_and_departments() == before

    def test_without_a_file_the_page_says_so(self, boss: Client) -> None:
        assert boss.post("/settings/import/").status_code == 422

    def test_the_example_can_be_imported_as_it_is(self, boss: Client) -> None:
        example = boss.get("/settings/import/example/").content
        page = boss.post("/settings/import/", {"file": SimpleUploadedFile("e.csv", example)})
        assert page.context["counts"] == {"new": 2, "changed": 0, "same": 0, "wrong": 0}

    def test_a_cell_is_never_markup(self, boss: Client) -> None:
        page = boss.post("/settings/import/", csv("登录名,姓名\nlin,<script>alert(1)</script>\n")).content.decode()
        assert "<script>alert" not in page


ADDRESSES = (
    "/settings/",
    "/settings/policy/",
    "/settings/organisation/",
    "/settings/calendar/",
    "/settings/mail/",
    "/settings/people/",
    "/settings/persons/new/",
    "/settings/import/",
    "/settings/import/example/",
    "/welcome/",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_for_others_the_settings_do_not_exist(address: str) -> None:
    an_organisation()
    assert client_of(a_person()).get(address).status_code == 404
    assert client_of(a_person()).post(address).status_code == 404
    assert client_of(None).get(address)["Location"].startswith("/accounts/login/")
