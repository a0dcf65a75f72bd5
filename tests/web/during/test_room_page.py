# SPDX-License-Identifier: Apache-2.0
"""The frame of the live room: who gets it, in which language, and that it keeps the content policy."""

import json
import re

import pytest
from django.test import Client

from tests.builders.sittings import an_invited_meeting

pytestmark = pytest.mark.django_db


def page_of(held, who: str, **headers: str):
    client = Client(**headers)
    client.force_login(held.people[who])
    return client.get(f"/meetings/{held.id}/room/")


def setup_of(answer) -> dict[str, str]:
    block = re.search(r'<script id="room-setup" type="application/json">(.*?)</script>', answer.content.decode())
    assert block is not None
    return json.loads(block[1])


@pytest.mark.parametrize("who", ["host", "recorder", "seat", "informed"])
def test_everybody_who_may_read_the_room_gets_its_frame(who):
    held = an_invited_meeting()
    answer = page_of(held, who)
    assert answer.status_code == 200
    setup = setup_of(answer)
    assert setup["socket"] == f"/ws/room/{held.id}"
    assert setup["person"] == str(held.people[who].pk)


def test_to_others_the_room_does_not_exist():
    assert page_of(an_invited_meeting(), "outside").status_code == 404


def test_somebody_not_signed_in_is_led_to_the_sign_in_page():
    answer = Client().get(f"/meetings/{an_invited_meeting().id}/room/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/meetings/")


def test_a_meeting_that_does_not_exist_has_no_room():
    held = an_invited_meeting()
    client = Client()
    client.force_login(held.people["host"])
    assert client.get("/meetings/01a20000-0000-7000-8000-000000000000/room/").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_page_brings_the_words_of_the_reader(language):
    held = an_invited_meeting()
    held.people["seat"].language = language
    held.people["seat"].save()
    answer = page_of(held, "seat")
    assert setup_of(answer)["language"] == language
    assert f"room/words.{language}" in answer.content.decode()


def test_nothing_on_the_page_needs_inline_scripts_or_styles():
    text = page_of(an_invited_meeting(), "host").content.decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=", text)
    scripts = re.findall(r"<script([^>]*)>", text)
    assert all("src=" in attributes or 'type="application/json"' in attributes for attributes in scripts)


def test_a_title_cannot_break_out_of_the_page():
    held = an_invited_meeting()
    held.meeting.title = "</script><script>alert(1)</script>"
    held.meeting.save()
    answer = page_of(held, "host")
    assert "<script>alert(1)" not in answer.content.decode()
    assert setup_of(answer)["title"] == held.meeting.title
