# SPDX-License-Identifier: Apache-2.0
"""Frames of the wire: standard y-protocols (types 0 and 1) and our own from 100 (``contracts``: the room on
the wire).

Numbers are lib0 variable-length unsigned integers (seven bits a byte, least significant first); bytes and
strings carry their length before them. https://github.com/yjs/y-protocols/blob/master/PROTOCOL.md
"""

import json
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

MAX_FRAME: Final = 256 * 1024
SUBPROTOCOL: Final = "huiyao.1"
TOKEN_PREFIX: Final = "huiyao.token."  # noqa: S105 a name, no secret
EMPTY_UPDATE: Final = b"\x00\x00"
_MAX_SHIFT: Final = 56


class Broken(ValueError):
    """A frame or an update that no honest client sends."""


class Type(IntEnum):
    """First number of a frame."""

    SYNC = 0
    AWARENESS = 1
    ACK = 100
    REFUSED = 101
    FACT = 102
    COMMAND = 103
    SEQ = 104


class Sync(IntEnum):
    """Second number of a sync frame."""

    STEP1 = 0
    STEP2 = 1
    UPDATE = 2


class Reason(StrEnum):
    """Why a numbered frame was refused."""

    RIGHTS = "rights"
    FROZEN = "frozen"
    RESYNC = "resync"
    BAD = "bad"
    CLIENT = "client"
    FULL = "full"


class Close(IntEnum):
    """Codes a socket is closed with: 1012 and 1013 mean come back, 4400-4499 mean do not (RFC 6455, section
    7.4).
    """

    RESTART = 1012
    LATER = 1013
    BAD = 4400
    NOT_SIGNED_IN = 4401
    NO_ACCESS = 4403
    NO_ROOM = 4404
    CLIENT_TAKEN = 4409
    TOO_LARGE = 4413
    FLOOD = 4429


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame taken apart: its type, the sync step if it is one, and the bytes it carries."""

    type: int
    step: int
    body: bytes


def varuint(number: int) -> bytes:
    """``number`` as a lib0 varuint."""
    if number < 128:
        return bytes((number,))
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def read_varuint(data: bytes, at: int) -> tuple[int, int]:
    """The varuint at ``at`` and the position after it.

    Raises:
        Broken: the bytes end within it, or it has more than 63 bits.
    """
    number = shift = 0
    try:
        while True:
            byte = data[at]
            at += 1
            number |= (byte & 127) << shift
            if byte < 128:
                return number, at
            shift += 7
            if shift > _MAX_SHIFT:
                raise Broken("number too long")
    except IndexError:
        raise Broken("cut short") from None


def read_bytes(data: bytes, at: int) -> tuple[bytes, int]:
    """The length-prefixed bytes at ``at`` and the position after them."""
    length, at = read_varuint(data, at)
    end = at + length
    if end > len(data):
        raise Broken("cut short")
    return data[at:end], end


def decode(data: bytes) -> Frame:
    """Take a client's frame apart.

    Raises:
        Broken: not a frame of ours, or bytes left over.
    """
    kind, at = read_varuint(data, 0)
    step = -1
    if kind == Type.SYNC:
        step, at = read_varuint(data, at)
        if step not in (0, 1, 2):
            raise Broken("unknown sync step")
    elif kind not in (Type.AWARENESS, Type.COMMAND):
        raise Broken("unknown frame")
    body, at = read_bytes(data, at)
    if at != len(data):
        raise Broken("bytes left over")
    return Frame(kind, step, body)


def carry(head: bytes, body: bytes) -> bytes:
    """``head`` followed by the length-prefixed body."""
    return head + varuint(len(body)) + body


def step1(state_vector: bytes) -> bytes:
    """What this side has; the other side answers with step 2."""
    return carry(b"\x00\x00", state_vector)


def step2(update: bytes) -> bytes:
    """The answer to step 1."""
    return carry(b"\x00\x01", update)


def update(data: bytes) -> bytes:
    """A change of the document."""
    return carry(b"\x00\x02", data)


def awareness(data: bytes) -> bytes:
    """Who is where; never stored."""
    return carry(b"\x01", data)


def ack(number: int) -> bytes:
    """Every frame up to ``number`` that was not refused is on disk."""
    return b"\x64" + varuint(number)


def refused(number: int, reason: str) -> bytes:
    """Frame ``number`` was refused."""
    return carry(b"\x65" + varuint(number), reason.encode())


def fact(name: str, value: object) -> bytes:
    """One named part of the room's state."""
    return carry(b"\x66", _json({"fact": name, "value": value}))


def reply(value: object) -> bytes:
    """The answer to a command."""
    return carry(b"\x67", _json(value))


def seq(number: int) -> bytes:
    """The receiver has everything up to ``number`` of the room's log."""
    return b"\x68" + varuint(number)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def read_json(body: bytes) -> dict[str, object]:
    """The JSON object of a command.

    Raises:
        Broken: not UTF-8, not JSON, not an object.
    """
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Broken("not JSON") from error
    if not isinstance(value, dict):
        raise Broken("not an object")
    return value
