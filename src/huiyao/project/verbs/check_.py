# SPDX-License-Identifier: Apache-2.0
"""``huiyao check``: whether this machine and these settings can run Huiyao, each line with its remedy."""

import argparse
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from typing import NamedTuple

from huiyao.project import environment

LEAST_FREE_MIB = 500
OLDEST_SQLITE = (3, 35, 0)


class Finding(NamedTuple):
    """One line of the report: ``ok`` or not, and a sentence."""

    ok: bool
    text: str


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Print the findings; 1 when one of them prevents running."""
    del options
    try:
        settings = environment.read()
    except environment.SettingError as problem:
        print(f"✗ {problem}")
        return 1
    found = list(findings(settings))
    for finding in found:
        print(("✓ " if finding.ok else "✗ ") + finding.text)
    return 0 if all(finding.ok for finding in found) else 1


def findings(settings: environment.Environment) -> Iterator[Finding]:
    """What was looked at."""
    yield _folder(settings)
    yield _sqlite(settings)
    yield from _servers(settings)
    if settings.mail is None:
        yield Finding(
            ok=True,
            text="no mail server: messages wait in the outbox with their text to copy (HUIYAO_EMAIL_URL)",
        )
    elif settings.base_url_is_loopback and not settings.mail_from_loopback:
        yield Finding(
            ok=True,
            text="mail waits: HUIYAO_BASE_URL is an address of this machine only, its links would not work",
        )
    else:
        yield Finding(ok=True, text=f"mail goes out through {settings.mail.host}:{settings.mail.port}")


def _folder(settings: environment.Environment) -> Finding:
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        return Finding(
            ok=False,
            text=f"the data folder {settings.data} cannot be made ({problem.strerror}): set HUIYAO_DATA",
        )
    if not os.access(settings.data, os.W_OK):
        return Finding(
            ok=False, text=f"the data folder {settings.data} cannot be written: set HUIYAO_DATA or its rights"
        )
    free = shutil.disk_usage(settings.data).free >> 20
    if free < LEAST_FREE_MIB:
        return Finding(ok=False, text=f"only {free} MiB are free at {settings.data}: make room or set HUIYAO_DATA")
    return Finding(ok=True, text=f"data folder {settings.data}, {free >> 10} GiB free")


def _sqlite(settings: environment.Environment) -> Finding:
    if settings.database_url:
        return Finding(ok=True, text="database: PostgreSQL")
    version = sqlite3.sqlite_version_info
    if version < OLDEST_SQLITE:
        return Finding(
            ok=False,
            text=f"SQLite {sqlite3.sqlite_version} is too old: 3.35 or later, or set HUIYAO_DATABASE_URL",
        )
    return Finding(ok=True, text=f"database: SQLite {sqlite3.sqlite_version} in the data folder")


def _servers(settings: environment.Environment) -> Iterator[Finding]:
    if settings.database_url:
        yield _answers("PostgreSQL", _ask_postgres, settings.database_url)
    if settings.redis_url:
        yield _answers("Redis", _ask_redis, settings.redis_url)


def _answers(name: str, ask: Callable[[str], None], url: str) -> Finding:
    try:
        ask(url)
    except ImportError:
        return Finding(ok=False, text=f"{name} needs its driver: pip install 'huiyao[scale]'")
    except Exception as problem:  # noqa: BLE001 whatever prevents an answer is the finding
        return Finding(
            ok=False, text=f"{name} does not answer: {type(problem).__name__}: {str(problem).splitlines()[0]}"
        )
    return Finding(ok=True, text=f"{name} answers")


def _ask_postgres(url: str) -> None:
    import psycopg

    with psycopg.connect(url, connect_timeout=5) as connection:
        connection.execute("SELECT 1")


def _ask_redis(url: str) -> None:
    import redis

    redis.Redis.from_url(url, socket_timeout=5).ping()
