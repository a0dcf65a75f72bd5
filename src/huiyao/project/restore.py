# SPDX-License-Identifier: Apache-2.0
"""``huiyao restore``: a backup is unpacked beside the data, checked whole, then put in place.

Killed at any point, the data folder holds either the old database or the new one, whole; restoring again finishes.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from huiyao.project.backup import (
    CHUNK,
    FORMAT,
    MANIFEST,
    POSTGRES,
    SECRET,
    SQLITE,
    BackupError,
    Place,
    find_program,
    run_postgres,
)

MEMBER = re.compile(rf"{SQLITE}|{POSTGRES}|{SECRET}|{re.escape(MANIFEST)}|files/[0-9a-f]{{2}}/[0-9a-f]{{64}}")
KEPT = ".before-restore"


def restore(place: Place, source: Path, *, force: bool = False) -> dict[str, object]:
    """Bring a backup back and return its manifest.

    With ``force`` present data is replaced; the old SQLite database stays beside the new one under ``KEPT``.

    Raises:
        BackupError: the backup is cut or changed or of another database, data is there and ``force`` is not given, or
            the server still runs.
    """
    if not source.is_file():
        raise BackupError(f"there is no file {source}")
    if not force and _holds_data(place):
        raise BackupError("there is data already: stop the server and give --force to replace it")
    place.data.mkdir(parents=True, exist_ok=True)
    for left in place.data.glob("restoring-*"):
        shutil.rmtree(left)  # of a restore that was killed
    with tempfile.TemporaryDirectory(prefix="restoring-", dir=place.data) as folder:
        beside = Path(folder)
        manifest = unpack(source, beside)
        database = beside / (SQLITE if place.is_sqlite else POSTGRES)
        if not database.exists():
            kinds = ("PostgreSQL", "SQLite") if place.is_sqlite else ("SQLite", "PostgreSQL")
            raise BackupError(f"this backup is of a {kinds[0]} database, the settings name {kinds[1]}")
        if not place.is_sqlite:
            find_program("pg_restore")
        _place_files(beside, place.data)
        if place.is_sqlite:
            _place_sqlite(database, place.sqlite_path)
        else:
            options = ("--clean", "--if-exists", "--single-transaction", "--no-owner", "--no-privileges")
            run_postgres(place, "pg_restore", *options, f"--dbname={place.database['NAME']}", str(database))
        (beside / SECRET).replace(place.data / SECRET)
        _sync(place.data)
    return manifest


def unpack(source: Path, beside: Path) -> dict[str, object]:
    """Unpack into an empty folder, holding every part against its SHA-256.

    Raises:
        BackupError: something is missing, cut, changed, or does not belong into a backup.
    """
    sums: dict[str, str] = {}
    try:
        with tarfile.open(source, mode="r|") as archive:
            for member in archive:
                if not member.isreg() or not MEMBER.fullmatch(member.name) or member.name in sums:
                    raise BackupError(f"this is no backup of Huiyao: {member.name!r} does not belong in it")
                sums[member.name] = _unpack_member(archive, member, beside / member.name)
    except (tarfile.TarError, EOFError, OSError) as failure:
        raise BackupError(f"the backup cannot be read: {failure}") from failure
    if MANIFEST not in sums:
        raise BackupError("the backup is cut: its manifest, which stands last, is missing")
    manifest: dict[str, object] = json.loads((beside / MANIFEST).read_bytes())
    if manifest.get("format") != FORMAT:
        raise BackupError(f"the backup has format {manifest.get('format')}; this version reads {FORMAT}")
    del sums[MANIFEST]
    if manifest.get("sha256") != sums:
        raise BackupError("the backup was changed or is damaged: the sums do not match its manifest")
    return manifest


def _unpack_member(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    content = archive.extractfile(member)
    if content is None:
        raise BackupError(f"{member.name} has no content")
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        while block := content.read(CHUNK):
            digest.update(block)
            stream.write(block)
        stream.flush()
        os.fsync(stream.fileno())
    if target.stat().st_size != member.size:
        raise BackupError(f"the backup is cut inside {member.name}")
    return digest.hexdigest()


def _holds_data(place: Place) -> bool:
    if place.is_sqlite:
        return place.sqlite_path.exists()
    query = "select count(*) from information_schema.tables where table_name = 'organisation_organisation'"
    return run_postgres(place, "psql", "--tuples-only", "--no-align", f"--command={query}").strip() != "0"


def _place_files(beside: Path, data: Path) -> None:
    """Stored files go by their hash: what is there already is the same, more of them harm nobody."""
    for path in sorted((beside / "files").glob("??/*")):
        target = data / "files" / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        _sync(target.parent)


def _place_sqlite(new: Path, target: Path) -> None:
    """Put the new database in place in one rename; the old one, folded into a single file, stays beside it.

    A log left beside the database would be read into the new one, so the old must give it up first, which it refuses
    while anybody else has it open.
    """
    if target.exists():
        try:
            with closing(sqlite3.connect(target, timeout=2, isolation_level=None)) as old:
                mode = old.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except sqlite3.DatabaseError as failure:
            if "locked" in str(failure):
                raise BackupError("the database is in use: stop the server first") from failure
            mode = "delete"  # it is damaged: that may be why somebody restores
        if mode != "delete":
            raise BackupError("the database is in use: stop the server first")
        kept = target.with_name(target.name + KEPT)
        kept.unlink(missing_ok=True)
        shutil.copy2(target, kept)
    for log in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + log).unlink(missing_ok=True)
    new.replace(target)
    _sync(target.parent)


def _sync(folder: Path) -> None:
    """Have the renames of a folder on disk."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
