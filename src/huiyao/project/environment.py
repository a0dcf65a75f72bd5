# SPDX-License-Identifier: Apache-2.0
"""Every setting, typed, from the environment, validated at start. Documented in ``docs/reference/settings.md``."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingError(ValueError):
    """A setting cannot be used; the sentence names it and its remedy."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over. ``security`` is ``plain``, ``starttls`` or ``tls``."""

    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of one process."""

    data: Path
    host: str
    port: int
    database_url: str
    redis_url: str
    secret_key: str
    base_url: str
    mail: MailServer | None
    mail_from_loopback: bool
    demo: bool
    max_file_mib: int
    body_seconds: int
    threads: int
    worker_inside: bool

    @property
    def base_url_is_loopback(self) -> bool:
        """Whether links in messages would only work on this machine."""
        return (urlsplit(self.base_url).hostname or "") in LOOPBACK


def read(variables: Mapping[str, str] | None = None) -> Environment:
    """The settings.

    Raises:
        SettingError: one of them cannot be used.
    """
    env = os.environ if variables is None else variables
    data = Path(env.get("HUIYAO_DATA") or "var").absolute()
    host, port = env.get("HUIYAO_HOST") or "127.0.0.1", _number(env, "HUIYAO_PORT", 8000, 1, 65535)
    shown_host = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 compared, not bound
    base_url = (env.get("HUIYAO_BASE_URL") or f"http://{shown_host}:{port}").rstrip("/")
    if urlsplit(base_url).scheme not in ("http", "https"):
        raise SettingError("HUIYAO_BASE_URL must begin with http:// or https://")
    return Environment(
        data=data,
        host=host,
        port=port,
        database_url=env.get("HUIYAO_DATABASE_URL") or "",
        redis_url=env.get("HUIYAO_REDIS_URL") or "",
        secret_key=env.get("HUIYAO_SECRET_KEY") or _kept_secret(data),
        base_url=base_url,
        mail=_mail(env.get("HUIYAO_EMAIL_URL") or ""),
        mail_from_loopback=_flag(env, "HUIYAO_MAIL_FROM_LOOPBACK"),
        demo=_flag(env, "HUIYAO_DEMO"),
        max_file_mib=_number(env, "HUIYAO_MAX_FILE_MIB", 50, 1, 2000),
        body_seconds=_number(env, "HUIYAO_BODY_SECONDS", 300, 1, 3600),
        threads=_number(env, "HUIYAO_THREADS", 8, 1, 64),
        worker_inside=_worker_inside(env),
    )


def _number(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = env.get(name) or str(default)
    if not text.isdecimal() or not least <= int(text) <= most:
        raise SettingError(f"{name} must be a whole number from {least} to {most}, not {text!r}")
    return int(text)


def _flag(env: Mapping[str, str], name: str) -> bool:
    text = (env.get(name) or "0").lower()
    if text not in ("0", "1", "true", "false", "yes", "no"):
        raise SettingError(f"{name} must be 1 or 0, not {text!r}")
    return text in ("1", "true", "yes")


def _worker_inside(env: Mapping[str, str]) -> bool:
    text = env.get("HUIYAO_WORKER") or "inside"
    if text not in ("inside", "outside"):
        raise SettingError(f"HUIYAO_WORKER must be inside or outside, not {text!r}")
    return text == "inside"


def _kept_secret(data: Path) -> str:
    """The signing key kept beside the data; made at the first start, readable by its owner only."""
    path = data / "secret_key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _mail(url: str) -> MailServer | None:
    """``smtp://user:password@host:587/?from=a@b`` (``smtps`` for TLS from the start, ``smtp+plain`` for none)."""
    if not url:
        return None
    parts = urlsplit(url)
    security = {"smtp": "starttls", "smtps": "tls", "smtp+plain": "plain"}.get(parts.scheme)
    if security is None or not parts.hostname:
        raise SettingError("HUIYAO_EMAIL_URL must look like smtp://user:password@host:587/?from=huiyao@example.com")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    user = unquote(parts.username or "")
    sender = unquote(query.get("from", "")) or (user if "@" in user else f"huiyao@{parts.hostname}")
    port = parts.port or {"starttls": 587, "tls": 465, "plain": 25}[security]
    return MailServer(parts.hostname, port, user, unquote(parts.password or ""), security, sender)
