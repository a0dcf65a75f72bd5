# SPDX-License-Identifier: Apache-2.0
"""Secrets at rest: text columns encrypted with Fernet (AES-128-CBC and HMAC-SHA256), keys that can be changed.

Keys are the lines of ``HUIYAO_DATA/channel_keys`` (first one writes, all read), then one derived from
``HUIYAO_SECRET_KEY``. A new first line, then saving each channel once, changes the key.
"""

import base64
import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

logger = logging.getLogger(__name__)
KEY_FILE = "channel_keys"
PURPOSE = b"huiyao secrets at rest"


def derived_key(secret_key: str) -> bytes:
    """A Fernet key from the installation's secret key (HKDF-SHA256, RFC 5869)."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret_key.encode())
    return base64.urlsafe_b64encode(key)


def keys(data: Path, secret_key: str) -> tuple[bytes, ...]:
    """All keys, the one that writes first."""
    path = data / KEY_FILE
    lines = path.read_text().split() if path.exists() else []
    return (*(line.encode() for line in lines), derived_key(secret_key))


@lru_cache(maxsize=4)
def _box(known: tuple[bytes, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in known])


def box() -> MultiFernet:
    """What encrypts and decrypts here."""
    return _box(keys(settings.HUIYAO.data, settings.HUIYAO.secret_key))


def encrypt(text: str) -> str:
    """The text as it may be stored."""
    return box().encrypt(text.encode()).decode() if text else ""


def decrypt(stored: str) -> str:
    """The stored text; empty when none of the present keys fits (the secret has to be entered again)."""
    if not stored:
        return ""
    try:
        return box().decrypt(stored.encode()).decode()
    except InvalidToken:
        logger.error("a stored secret cannot be read with the present keys; it has to be entered again")  # noqa: TRY400 the traceback adds nothing
        return ""


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that is encrypted in the database and plain in memory. Cannot be searched."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in."""
        return encrypt(str(value)) if value is not None else None

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Decrypt on the way out."""
        return None if value is None else decrypt(value)
