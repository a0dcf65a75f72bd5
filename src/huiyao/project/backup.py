# SPDX-License-Identifier: Apache-2.0
"""``huiyao backup``: everything into one tar while the server runs.

The database first, then the files: a file is on disk before a row names it and never changes, so every file the
copy of the database names is there. The manifest with the SHA-256 of each part stands last: a cut tar has none.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from huiyao import __version__

FORMAT = 1
MANIFEST, SECRET, SQLITE, POSTGRES = "manifest.json", "secret_key", "database.sqlite3", "database.pgdump"
CHUNK = 1 << 20


class BackupError(Exception):
    """The backup or restore did not happen; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is backed up: Django's settings of the database, the data folder, the signing key."""

    database: Mapping[str, object]
    data: Path
    secret: str

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is in use."""
        return str(self.database["ENGINE"]).endswith("sqlite3")

    @property
    def sqlite_path(self) -> Path:
        """Where the embedded database lies."""
        return Path(str(self.database["NAME"]))


def backup(place: Place, target: Path, *, at: datetime) -> int:
    """Write ``target``, readable by its owner only, and return its size in bytes; a present file is never touched.

    Raises:
        BackupError: it exists already, or the database cannot be copied.
    """
    if target.exists():
        raise BackupError(f"{target} exists already: name another file")
    partial = target.with_name(target.name + ".partial")
    try:
        with tempfile.TemporaryDirectory(prefix="huiyao-backup-", dir=target.absolute().parent) as folder:
            database = _copy_database(place, Path(folder))
            handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as stream:
                with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
                    _fill(archive, place, database, at)
                stream.flush()
                os.fsync(stream.fileno())
        partial.rename(target)
        return target.stat().st_size
    except OSError as failure:
        raise BackupError(f"{target} cannot be written: {failure}") from failure
    finally:
        partial.unlink(missing_ok=True)


def _fill(archive: tarfile.TarFile, place: Place, database: Path, at: datetime) -> None:
    sums = {database.name: _add_file(archive, database.name, database)}
    for name, path in _stored_files(place.data):
        sums[name] = _add_file(archive, name, path)
    sums[SECRET] = _add_bytes(archive, SECRET, place.secret.encode())
    manifest = {"format": FORMAT, "version": __version__, "at": at.isoformat(), "sha256": sums}
    _add_bytes(archive, MANIFEST, json.dumps(manifest, indent=1).encode())


def _stored_files(data: Path) -> Iterator[tuple[str, Path]]:
    """The stored files by their name in the tar; uploads still coming in are left out."""
    for path in sorted((data / "files").glob("??/*")):
        if path.is_file():
            yield f"files/{path.parent.name}/{path.name}", path


def _add_file(archive: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
        source.seek(0)
        info = tarfile.TarInfo(name)
        info.size, info.mode = os.fstat(source.fileno()).st_size, 0o600
        archive.addfile(info, source)
    return digest


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> str:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    archive.addfile(info, io.BytesIO(content))
    return hashlib.sha256(content).hexdigest()


def _copy_database(place: Place, folder: Path) -> Path:
    return _copy_sqlite(place.sqlite_path, folder) if place.is_sqlite else _dump_postgres(place, folder)


def _copy_sqlite(source: Path, folder: Path) -> Path:
    """SQLite's online backup: one consistent instant, writers go on (https://www.sqlite.org/backup.html)."""
    if not source.exists():
        raise BackupError(f"there is no database at {source}: check HUIYAO_DATA")
    copy = folder / SQLITE
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=rw", uri=True, timeout=30)) as live,
            closing(sqlite3.connect(copy)) as target,
        ):
            live.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            found = target.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as failure:
        raise BackupError(f"the database cannot be copied: {failure}") from failure
    if found != "ok":
        raise BackupError(f"the copy of the database is damaged: {found}")
    return copy


def _dump_postgres(place: Place, folder: Path) -> Path:
    copy = folder / POSTGRES
    run_postgres(place, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}")
    return copy


def run_postgres(place: Place, program: str, *arguments: str) -> str:
    """Run a PostgreSQL client program on the database and return what it printed.

    Raises:
        BackupError: it is not installed, or it failed.
    """
    found = find_program(program)
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    told = {name: str(place.database[field]) for name, field in names.items() if place.database.get(field)}
    done = subprocess.run(  # noqa: S603 a program of PostgreSQL with arguments of ours
        [found, *arguments], env={**os.environ, **told}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise BackupError(f"{program} failed: {done.stderr.strip()[-600:]}")
    return done.stdout


def find_program(program: str) -> str:
    """Where a PostgreSQL client program is, the newest first.

    Raises:
        BackupError: it is not installed.
    """
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: folder.parent.name, reverse=True)
    path = os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")])
    found = shutil.which(program, path=path)
    if found is None:
        raise BackupError(f"{program} is not installed: install postgresql-client, of the server's version or newer")
    return found
