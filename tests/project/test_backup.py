# SPDX-License-Identifier: Apache-2.0
"""Backup while somebody writes, restore that may be killed at any step: nothing half, nothing lost."""

import hashlib
import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from huiyao.project.backup import MANIFEST, SECRET, SQLITE, BackupError, Place, backup
from huiyao.project.restore import KEPT, restore

ROOT = Path(__file__).resolve().parents[2]
CONTENT = b"%PDF-1.7 minutes"
SHA = hashlib.sha256(CONTENT).hexdigest()


def a_place(folder: Path, word: str) -> Place:
    """A data folder with a database that holds ``word``, and one stored file."""
    folder.mkdir()
    stored = folder / "files" / SHA[:2] / SHA
    stored.parent.mkdir(parents=True)
    stored.write_bytes(CONTENT)
    with closing(sqlite3.connect(folder / "huiyao.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("create table word (word text)")
        database.execute("insert into word values (?)", (word,))
        database.commit()
    return an_empty_place(folder, secret=f"key of {word}")


def an_empty_place(folder: Path, secret: str = "another key") -> Place:
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "huiyao.sqlite3")}
    return Place(database, folder, secret)


def word_of(place: Place) -> str:
    with closing(sqlite3.connect(place.sqlite_path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return str(database.execute("select word from word").fetchone()[0])


@pytest.fixture
def old(tmp_path: Path) -> Place:
    return a_place(tmp_path / "old", "alt")


@pytest.fixture
def saved(old: Place, tmp_path: Path, at: datetime) -> Path:
    target = tmp_path / "saved.tar"
    backup(old, target, at=at)
    return target


class TestThereAndBack:
    def test_database_files_and_key_come_back(self, saved: Path, tmp_path: Path, at: datetime) -> None:
        place = an_empty_place(tmp_path / "new")
        manifest = restore(place, saved)
        assert word_of(place) == "alt"
        assert (place.data / "files" / SHA[:2] / SHA).read_bytes() == CONTENT
        assert (place.data / SECRET).read_text() == "key of alt"
        assert manifest["at"] == at.isoformat()

    def test_only_its_owner_may_read_a_backup(self, saved: Path) -> None:
        assert saved.stat().st_mode & 0o077 == 0

    def test_nothing_is_left_beside_it(self, saved: Path, tmp_path: Path) -> None:
        restore(an_empty_place(tmp_path / "new"), saved)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old", "saved.tar"]
        assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["files", "huiyao.sqlite3", SECRET]

    def test_a_present_file_is_not_overwritten(self, old: Place, saved: Path, at: datetime) -> None:
        before = saved.read_bytes()
        with pytest.raises(BackupError, match="exists already"):
            backup(old, saved, at=at)
        assert saved.read_bytes() == before

    def test_a_missing_database_is_named(self, tmp_path: Path, at: datetime) -> None:
        with pytest.raises(BackupError, match="HUIYAO_DATA"):
            backup(an_empty_place(tmp_path), tmp_path / "b.tar", at=at)
        assert list(tmp_path.iterdir()) == []

    def test_present_data_is_not_replaced_unless_told(self, saved: Path, tmp_path: Path) -> None:
        place = a_place(tmp_path / "new", "neu")
        with pytest.raises(BackupError, match="--force"):
            restore(place, saved)
        assert word_of(place) == "neu"

    def test_replaced_data_stays_beside(self, saved: Path, tmp_path: Path) -> None:
        place = a_place(tmp_path / "new", "neu")
        restore(place, saved, force=True)
        assert word_of(place) == "alt"
        kept = place.sqlite_path.with_name(place.sqlite_path.name + KEPT)
        assert word_of(replace(place, database={**place.database, "NAME": str(kept)})) == "neu"

    def test_a_database_in_use_is_not_replaced(self, saved: Path, tmp_path: Path) -> None:
        place = a_place(tmp_path / "new", "neu")
        with closing(sqlite3.connect(place.sqlite_path)) as serving:
            serving.execute("select * from word").fetchall()
            serving.execute("begin immediate")
            with pytest.raises(BackupError, match="stop the server"):
                restore(place, saved, force=True)
        assert word_of(place) == "neu"

    def test_a_damaged_database_can_be_replaced(self, saved: Path, tmp_path: Path) -> None:
        place = a_place(tmp_path / "new", "neu")
        place.sqlite_path.write_bytes(b"not a database at all" * 100)
        restore(place, saved, force=True)
        assert word_of(place) == "alt"


class TestDamagedBackups:
    def refused(self, saved: Path, tmp_path: Path, words: str) -> None:
        place = a_place(tmp_path / "new", "neu")
        with pytest.raises(BackupError, match=words):
            restore(place, saved, force=True)
        assert word_of(place) == "neu"
        assert not list(place.data.glob("restoring-*"))

    def test_one_changed_bit_is_found(self, saved: Path, tmp_path: Path) -> None:
        content = bytearray(saved.read_bytes())
        at = content.index(CONTENT)
        content[at] ^= 1
        saved.write_bytes(content)
        self.refused(saved, tmp_path, "sums")

    @pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
    def test_a_cut_file_is_found(self, saved: Path, tmp_path: Path, part: float) -> None:
        with tarfile.open(saved) as archive:
            last = archive.getmembers()[-1]
        saved.write_bytes(saved.read_bytes()[: int((last.offset_data + last.size) * part)])
        self.refused(saved, tmp_path, "cut|cannot be read")

    def test_a_cut_at_the_seam_is_found(self, saved: Path, tmp_path: Path) -> None:
        with tarfile.open(saved) as archive:
            offset = archive.getmember(MANIFEST).offset
        saved.write_bytes(saved.read_bytes()[:offset])
        self.refused(saved, tmp_path, "manifest")

    @pytest.mark.parametrize("name", ["../evil", "/etc/evil", "files/../evil", "evil"])
    def test_a_part_that_does_not_belong_is_refused(self, saved: Path, tmp_path: Path, name: str) -> None:
        with tarfile.open(saved, "a") as archive:
            info = tarfile.TarInfo(name)
            info.size = 1
            archive.addfile(info, io.BytesIO(b"x"))
        self.refused(saved, tmp_path, "does not belong")
        assert not list(tmp_path.rglob("evil"))

    def test_a_link_is_refused(self, saved: Path, tmp_path: Path) -> None:
        with tarfile.open(saved, "a") as archive:
            info = tarfile.TarInfo(SQLITE)
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(info)
        self.refused(saved, tmp_path, "does not belong")

    def test_another_kind_of_database_is_named(self, saved: Path, tmp_path: Path) -> None:
        place = replace(an_empty_place(tmp_path / "new"), database={"ENGINE": "django.db.backends.postgresql"})
        with pytest.raises(BackupError, match="of a SQLite database"):
            restore(place, saved, force=True)

    def test_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(BackupError, match="no file"):
            restore(an_empty_place(tmp_path / "new"), tmp_path / "missing.tar")


WRITER = """
import django
django.setup(set_prefix=False)
from datetime import UTC, datetime
from django.core.management import call_command
from huiyao.domain.actor import Actor
from huiyao.features.people.commands.persons import add_person
call_command("migrate", verbosity=0, interactive=False)
for n in range(100000):
    add_person({"login": f"p{n}", "name": "person"}, by=Actor("", "writer"), at=datetime.now(UTC))
    print(n, flush=True)
"""


def test_a_backup_taken_while_writing_is_whole_though_the_writer_is_killed(tmp_path: Path) -> None:
    data, target = tmp_path / "data", tmp_path / "saved.tar"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "huiyao.project.settings", "PYTHONPATH": str(ROOT / "src")}
    environment |= {"HUIYAO_DATA": str(data)}
    for name in ("HUIYAO_DATABASE_URL", "HUIYAO_SECRET_KEY"):
        environment.pop(name, None)
    command = [sys.executable, "-c", WRITER]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        acknowledged = [int(writer.stdout.readline()) for _ in range(30)][-1]
        verb = [sys.executable, "-m", "huiyao", "backup", str(target)]
        subprocess.run(verb, env=environment, cwd=ROOT, check=True)
        writer.send_signal(signal.SIGKILL)
    new = an_empty_place(tmp_path / "new")
    restore(new, target)
    with closing(sqlite3.connect(new.sqlite_path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        persons = database.execute("select count(*) from people_person").fetchone()[0]
        acts = database.execute("select count(*) from plumbing_auditrow where act = 'person.added'").fetchone()[0]
    assert persons > acknowledged
    assert persons == acts
    assert (new.data / SECRET).read_text() == (data / SECRET).read_text()


KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from huiyao.project.backup import Place
from huiyao.project.restore import restore
folder, source, left = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])

def counted(act):
    def step(*a, **k):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return act(*a, **k)
    return step

Path.replace, Path.unlink, os.fsync = counted(Path.replace), counted(Path.unlink), counted(os.fsync)
shutil.copy2, os.open = counted(shutil.copy2), counted(os.open)
database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "huiyao.sqlite3")}
restore(Place(database, folder, ""), source, force=True)
"""


def test_a_restore_killed_at_any_step_leaves_the_old_or_the_new_whole(saved: Path, tmp_path: Path) -> None:
    place = a_place(tmp_path / "new", "neu")
    seen = []
    for step in range(200):
        command = [sys.executable, "-c", KILLED, str(place.data), str(saved), str(step)]
        done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, check=False)
        seen.append(word_of(place))
        assert seen[-1] in ("neu", "alt")
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        if seen[-1] == "alt":
            place.sqlite_path.unlink()
            with closing(sqlite3.connect(place.sqlite_path)) as database:
                database.execute("create table word (word text)")
                database.execute("insert into word values ('neu')")
                database.commit()
    assert set(seen) == {"neu", "alt"}
    assert len(seen) > 10
    assert word_of(place) == "alt"
    assert (place.data / SECRET).read_text() == "key of alt"
    assert not list(place.data.glob("restoring-*"))


@pytest.mark.postgres
def test_postgresql_goes_there_and_back(postgres_url: str, tmp_path: Path, at: datetime) -> None:
    parts = urlsplit(postgres_url)
    name = parts.path.lstrip("/")
    database = {"ENGINE": "django.db.backends.postgresql", "NAME": name, "USER": parts.username}
    place = Place({**database, "HOST": parts.hostname, "PORT": str(parts.port)}, tmp_path / "data", "pg key")
    place.data.mkdir()
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("create table organisation_organisation (name text)")
        connection.execute("insert into organisation_organisation values ('before')")
        backup(place, tmp_path / "saved.tar", at=at)
        connection.execute("update organisation_organisation set name = 'after'")
        with pytest.raises(BackupError, match="--force"):
            restore(place, tmp_path / "saved.tar")
        assert connection.execute("select name from organisation_organisation").fetchall() == [("after",)]
    restore(place, tmp_path / "saved.tar", force=True)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        assert connection.execute("select name from organisation_organisation").fetchall() == [("before",)]
        connection.execute("drop table organisation_organisation")


def test_missing_client_programs_are_named_with_their_remedy(
    tmp_path: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_arguments, **_named: None)
    place = Place({"ENGINE": "django.db.backends.postgresql", "NAME": "huiyao"}, tmp_path, "key")
    with pytest.raises(BackupError, match="install postgresql-client"):
        backup(place, tmp_path / "saved.tar", at=at)
    assert list(tmp_path.iterdir()) == []
