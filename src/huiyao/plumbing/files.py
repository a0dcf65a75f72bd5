# SPDX-License-Identifier: Apache-2.0
"""Files kept by their SHA-256 under the data folder; written once, never changed."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings

from huiyao.domain.refusals import Refusal
from huiyao.plumbing.models import StoredFile

CHUNK = 1 << 18

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
)


class FileTooLarge(Refusal):
    """The file is larger than allowed. Facts: ``limit_mib``."""

    code = "file_too_large"


class FileEmpty(Refusal):
    """The file has no content."""

    code = "file_empty"


def sniff(head: bytes) -> str:
    """The media type told by the first bytes, never by the name; text or unknown binary otherwise."""
    for signature, media_type in SIGNATURES:
        if head.startswith(signature):
            return media_type
    return "application/octet-stream" if b"\x00" in head else "text/plain"


def path_of(sha256: str) -> Path:
    """Where a stored file lies."""
    return Path(settings.HUIYAO.data) / "files" / sha256[:2] / sha256


def _sync_folder(folder: Path) -> None:
    """Have the folder's own entry on disk too, so that no row outlives its file after a power cut."""
    if os.name == "nt":
        return  # a folder cannot be opened there; NTFS journals the entry
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def store(content: IO[bytes], *, at: datetime, limit_mib: int | None = None) -> StoredFile:
    """Keep a file; the same content is kept once. On disk before the row says so.

    ``limit_mib`` replaces the setting where the product itself builds the file.

    Raises:
        FileEmpty: nothing in it.
        FileTooLarge: more than the limit.
    """
    limit_mib = limit_mib or settings.HUIYAO.max_file_mib
    limit = limit_mib << 20
    digest, size, head = hashlib.sha256(), 0, b""
    folder = Path(settings.HUIYAO.data) / "files"
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix="incoming-")
    try:
        with os.fdopen(handle, "wb") as target:
            while block := content.read(CHUNK):
                head = head or block[:512]
                size += len(block)
                if size > limit:
                    raise FileTooLarge(limit_mib=limit_mib)
                digest.update(block)
                target.write(block)
            target.flush()
            os.fsync(target.fileno())
        if not size:
            raise FileEmpty
        final = path_of(digest.hexdigest())
        final.parent.mkdir(parents=True, exist_ok=True)
        Path(name).replace(final)
        _sync_folder(final.parent)
    finally:
        Path(name).unlink(missing_ok=True)
    row, _ = StoredFile.objects.get_or_create(
        sha256=digest.hexdigest(), defaults={"size": size, "media_type": sniff(head), "at": at}
    )
    return row
