# SPDX-License-Identifier: Apache-2.0
"""Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, GB18030 and Big5."""

import codecs

from huiyao.language.uploads.refusals import (
    MAX_BYTES,
    MAX_TEXT,
    UploadTooLarge,
    UploadUnreadable,
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_COMMON = "的一是不了在人有我他这会议我们要和时间问题大家好说"
_COMMON_TRADITIONAL = "的一是不了在人有我他這會議我們要和時間問題大家好說"


def decode(data: bytes) -> str:
    """The text of a file, with one newline at the end of each line and without a byte order mark.

    Raises:
        UploadTooLarge: more bytes or characters than the limits.
        UploadUnreadable: ``empty``, ``binary`` or ``encoding``.
    """
    if len(data) > MAX_BYTES:
        raise UploadTooLarge(what="bytes", limit=MAX_BYTES)
    text = _decoded(data)
    if len(text) > MAX_TEXT:
        raise UploadTooLarge(what="text", limit=MAX_TEXT)
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if not text.strip():
        raise UploadUnreadable(reason="empty")
    if _looks_binary(text):
        raise UploadUnreadable(reason="binary")
    return text


def _decoded(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(name)
            except UnicodeDecodeError as broken:
                raise UploadUnreadable(reason="encoding") from broken
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and "\x00" not in text:
        return text
    if not data:
        return ""
    candidates = [read for name in _guesses(data) if (read := _try(data, name)) is not None]
    if not candidates:
        raise UploadUnreadable(reason="encoding" if b"\x00" not in data else "binary")
    return max(candidates, key=_plausible)


def _guesses(data: bytes) -> tuple[str, ...]:
    """UTF-16 only where zero bytes stand on one side, as they do in text with ASCII line ends."""
    if b"\x00" not in data:
        return ("gb18030", "big5hkscs")
    even, odd = data[::2].count(0), data[1::2].count(0)
    return ("utf-16-le",) if odd > even else ("utf-16-be",)


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _plausible(text: str) -> float:
    """How much of a sample is made of the commonest characters: wrong decodings yield rare ones."""
    sample = text[:5000]
    hits = sum(char in _COMMON or char in _COMMON_TRADITIONAL for char in sample)
    odd = sum("\ue000" <= char <= "\uf8ff" or "\uff65" <= char <= "\uffdc" for char in sample)
    return (hits - 5 * odd) / (len(sample) or 1)


def _looks_binary(text: str) -> bool:
    sample = text[:20_000]
    controls = sum((char < " " and char not in "\n\t\f\v\x1b") or char == "\ufffd" for char in sample)
    return controls > max(2, len(sample) // 50)
