# SPDX-License-Identifier: Apache-2.0
"""Signed links of every purpose: what they open, how long, for whom; opening one changes nothing.

Purposes are read off the addresses and the code: a new one without a scene here fails.
"""

import ast
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

import huiyao
from huiyao.features.invitations.commands.send import send
from huiyao.features.meetings.commands.guests import add_guest
from huiyao.features.people.models import Person
from huiyao.plumbing import clock, links
from huiyao.plumbing.models import Link
from huiyao.project.wiring import wire
from huiyao.web.shell import tries
from tests.builders.meetings import MORNING, a_plan, an_office
from tests.builders.minutes import ENDED, a_company, circulated
from tests.builders.people import a_person, an_organisation
from tests.fakes.clock import FakeClock

pytestmark = pytest.mark.django_db(transaction=True)
MAKERS = {
    "features/invitations/commands/guest_link.py",
    "features/invitations/commands/post.py",
    "features/people/commands/accounts.py",
    "features/people/commands/own_messages.py",
    "flows/close_windows.py",
    "flows/on_minutes_circulated.py",
}
"""Where links are made: whoever adds a place adds the scene of its purpose."""


@dataclass
class Scene:
    """A link somebody has been given, and what a wrong use of it must not reach."""

    purpose: str
    person: Person
    subject: str
    at: datetime
    token: str = ""

    def __post_init__(self) -> None:
        self.token = self.another()

    def another(self, life: timedelta = timedelta(days=3)) -> str:
        return links.make(
            purpose=self.purpose,
            person_id=self.person.pk,
            subject=self.subject,
            at=self.at,
            expires_at=self.at + life,
        )

    def address(self, token: str = "", purpose: str = "") -> str:
        return ADDRESSES[purpose or self.purpose].format(token or self.token)


def of_account(purpose: str) -> Scene:
    an_organisation()
    person = a_person("安然", login="ann")
    return Scene(purpose, person, str(person.pk), MORNING)


def of_kind(purpose: str) -> Scene:
    an_organisation()
    return Scene(purpose, a_person("安然", login="ann"), "digest", MORNING)


def of_plan(purpose: str) -> Scene:
    office = an_office()
    meeting, by = a_plan(office), office.actor("product")
    add_guest(meeting.pk, name="佟远", company="远山设计", email="tong@example.org", by=by, at=MORNING)
    send(meeting.pk, by=by, at=MORNING)
    return Scene(purpose, Person.objects.get(name="佟远"), str(meeting.pk), MORNING)


def of_minutes(purpose: str) -> Scene:
    company = a_company()
    circulated(company)
    return Scene(purpose, company.people["market"], str(company.meeting.pk), ENDED + timedelta(hours=1))


SCENES: dict[str, Callable[[str], Scene]] = {
    "invite": of_account,
    "password": of_account,
    "unsubscribe": of_kind,
    "feed": of_account,
    "reply": of_plan,
    "room": of_plan,
    "minutes": of_minutes,
}
ADDRESSES = {purpose: f"/l/{purpose}/{{}}/" for purpose in SCENES} | {"feed": "/feeds/{}.ics"}


@pytest.fixture(params=SCENES)
def scene(request: pytest.FixtureRequest) -> Iterator[Scene]:
    wire()
    cache.clear()
    found = SCENES[request.param](request.param)
    before = clock.install(FakeClock(found.at))
    yield found
    clock.install(before)
    cache.clear()


def routes() -> Iterator[str]:
    def visit(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from visit(pattern.url_patterns, route)
            else:
                yield route

    return (route for route in visit(get_resolver().url_patterns, "") if "<str:token>" in route)


def everything() -> dict[str, list[dict[str, object]]]:
    """Every row of every table."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in apps.get_models()}


def test_every_address_with_a_token_has_a_scene() -> None:
    purposes = {re.sub(r"^l/|/.*", "", route).replace("feeds", "feed") for route in routes()}
    assert purposes == set(SCENES)


def test_every_place_that_makes_links_is_known() -> None:
    root = Path(huiyao.__file__).parent
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "links.make"
    }
    assert found == MAKERS


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_link_changes_nothing_however_often(scene: Scene, method: str) -> None:
    before = everything()
    for _ in range(2):
        answer = getattr(Client(), method)(scene.address())
        assert answer.status_code == 200
        assert "sessionid" not in str(answer.cookies).lower()
    assert everything() == before


def test_it_opens_its_one_purpose_and_no_other(scene: Scene) -> None:
    before = everything()
    for purpose in set(SCENES) - {scene.purpose}:
        assert Client().get(scene.address(purpose=purpose)).status_code == 404
        assert Client().post(scene.address(purpose=purpose)).status_code in (404, 405)
    assert everything() == before


def test_its_time_ends(scene: Scene) -> None:
    short = scene.another(timedelta(seconds=1))
    clock.install(FakeClock(scene.at + timedelta(seconds=1)))
    before = everything()
    for answer in (Client().get(scene.address(short)), Client().post(scene.address(short))):
        assert answer.status_code in (405, 410)
        assert scene.person.name not in answer.content.decode()
    assert everything() == before


def test_it_can_be_taken_back(scene: Scene) -> None:
    assert links.revoke(subject=scene.subject, purpose=scene.purpose, at=scene.at) >= 1
    before = everything()
    for answer in (Client().get(scene.address()), Client().post(scene.address())):
        assert answer.status_code in (405, 410)
    assert everything() == before


def test_it_ends_when_its_person_leaves(scene: Scene) -> None:
    Person.objects.filter(pk=scene.person.pk).update(is_active=False)
    assert Client().get(scene.address()).status_code in (404, 410)


def test_forwarded_it_shows_its_one_page_and_signs_nobody_in(scene: Scene) -> None:
    other = Client()
    other.get(scene.address())
    for path in ("/", "/meetings/", "/actions/", "/archive/", "/profile/", "/settings/policy/"):
        answer = other.get(path)
        assert answer.status_code == 404 or "/accounts/login/" in answer.headers.get("Location", ""), path


def test_its_address_stays_out_of_caches_and_referrers(scene: Scene) -> None:
    answer = Client().get(scene.address())
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] in ("no-referrer", "same-origin")


def test_a_token_is_256_random_bits_of_which_only_the_hash_is_kept(scene: Scene) -> None:
    tokens = {scene.another() for _ in range(200)}
    assert len(tokens) == 200
    assert all(re.fullmatch(r"[\w-]{43}", token) for token in tokens)
    assert links.TOKEN_BYTES * 8 >= 256
    row = Link.objects.get(digest=hashlib.sha256(scene.token.encode()).hexdigest())
    assert scene.token not in str(list(Link.objects.filter(pk=row.pk).values()))


@pytest.mark.parametrize("change", [str.swapcase, lambda t: t[:-1], lambda t: t + "A", lambda t: "A" + t[1:]])
def test_a_token_that_is_nearly_right_opens_nothing(scene: Scene, change: Callable[[str], str]) -> None:
    wrong = change(scene.token)
    assert wrong == scene.token or Client().get(scene.address(wrong)).status_code == 404


def test_who_guesses_is_made_to_wait_and_others_are_not(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "MOST", 5)
    guesser = Client(REMOTE_ADDR="203.0.113.7")
    for number in range(5):
        assert guesser.get(scene.address(f"guess-{number}")).status_code == 404
    assert guesser.get(scene.address("one-more")).status_code == 429
    assert guesser.get(scene.address()).status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.8").get(scene.address()).status_code == 200


def test_opening_a_right_link_often_is_never_refused(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "MOST", 3)
    reader = Client(REMOTE_ADDR="203.0.113.9")
    assert {reader.get(scene.address()).status_code for _ in range(6)} <= {200, 304}


def test_a_minute_that_ends_while_it_is_counted_troubles_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    an_organisation()
    monkeypatch.setattr(tries.cache, "add", lambda *_given: False)  # it was there, and is gone when counted on
    assert Client().get("/l/minutes/nothing/").status_code == 404
