# SPDX-License-Identifier: Apache-2.0
"""The other side of ``press``: ``python -m huiyao.documents.press_child MEMORY SECONDS``, jobs on standard input."""

import gc
import json
import os
import pickle
import select
import sys
from io import RawIOBase

from huiyao.documents.docx_minutes import minutes_docx
from huiyao.documents.forms.refusals import FormRefused
from huiyao.documents.forms.rendering import filled, names_in

try:
    import resource
except ImportError:  # Windows has no such limits: there the parent's clock is the only bound
    resource = None  # type: ignore[assignment]

IDLE_SECONDS = 600


def _limit_memory(size: int) -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _limit_time(seconds: int) -> None:
    """Processor seconds from now; the kernel ends the process after that."""
    if resource is not None:
        spent = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds + 1, hard))


def _do(job: str, arguments: tuple[object, ...]) -> tuple[dict[str, object], bytes]:
    """The facts and the bytes of the answer."""
    if job == "minutes":
        return {}, minutes_docx(*arguments)  # type: ignore[arg-type]
    try:
        if job == "fill":
            return {}, filled(*arguments)[0]  # type: ignore[arg-type]
        unknown, used = names_in(*arguments)  # type: ignore[arg-type]
    except FormRefused as refusal:
        return {"reason": refusal.reason, "detail": refusal.detail}, b""
    except MemoryError:
        return {"reason": "too_much_memory", "detail": "", "tired": True}, b""
    return {"unknown": unknown, "used": used}, b""


def _next_job(stream: RawIOBase) -> bytes | None:
    """The next job, None when the parent is gone or nothing came for a while."""
    if os.name == "posix" and not select.select([stream], [], [], IDLE_SECONDS)[0]:
        return None
    head = _exactly(stream, 8)
    return _exactly(stream, int.from_bytes(head, "big")) if head else None


def _exactly(stream: RawIOBase, size: int) -> bytes | None:
    """``size`` bytes of an unbuffered stream; None at its end."""
    taken = bytearray()
    while len(taken) < size:
        piece = stream.read(size - len(taken))
        if not piece:
            return None
        taken += piece
    return bytes(taken)


def main() -> None:
    """Do jobs until there are none."""
    _limit_memory(int(sys.argv[1]))
    seconds = int(sys.argv[2])
    # unbuffered, so that waiting with select sees what is there
    source, target = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb")
    while (message := _next_job(source)) is not None:
        _limit_time(seconds)
        job, arguments = pickle.loads(message)  # noqa: S301  from the parent, which is the server itself
        facts, content = _do(job, arguments)
        told = json.dumps(facts).encode()
        target.write(len(told).to_bytes(8, "big") + len(content).to_bytes(8, "big") + told + content)
        target.flush()
        gc.collect()


if __name__ == "__main__":
    main()
