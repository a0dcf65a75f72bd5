# SPDX-License-Identifier: Apache-2.0
"""Secrets at rest: unreadable in the table, readable to us, keys that can be changed and lost."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import connection

from huiyao.features.organisation.models import Channel
from huiyao.plumbing import secrets


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(settings, "HUIYAO", replace(settings.HUIYAO, data=tmp_path, secret_key="one"))
    return tmp_path


@pytest.mark.django_db
def test_the_table_holds_no_plain_secret(at: datetime) -> None:
    row = Channel.objects.create(kind="wecom_robot", name="群", secrets='{"token": "very-secret"}', created_at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secrets FROM organisation_channel")
        (stored,) = cursor.fetchone()
    assert "very-secret" not in stored
    assert Channel.objects.get(pk=row.pk).secrets == '{"token": "very-secret"}'


def test_the_same_text_is_never_stored_the_same_way_twice() -> None:
    assert secrets.encrypt("a") != secrets.encrypt("a")


def test_a_new_key_in_the_file_writes_and_the_old_one_still_reads(own_folder: Path) -> None:
    old = secrets.encrypt("a")
    key = Fernet.generate_key()
    (own_folder / secrets.KEY_FILE).write_text(key.decode() + "\n")
    assert secrets.decrypt(old) == "a"
    assert Fernet(key).decrypt(secrets.encrypt("b").encode()) == b"b"


def test_a_secret_that_no_key_opens_is_empty_rather_than_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = secrets.encrypt("a")
    monkeypatch.setattr(settings, "HUIYAO", replace(settings.HUIYAO, secret_key="another"))
    assert secrets.decrypt(stored) == ""


def test_the_derived_key_is_not_the_secret_key_itself() -> None:
    assert secrets.derived_key("one") != secrets.derived_key("two")
    assert b"one" not in secrets.derived_key("one")
