# SPDX-License-Identifier: Apache-2.0
"""The other side of ``press``: ``python -m huiyao.documents.press_child MODULE MEMORY SECONDS``."""

import gc
import json
import os
import pickle
import select
import sys
from contextlib import suppress
from importlib import import_module
from io import RawIOBase

try:
    import resource
except ImportError:  # Windows has no such limits: there the parent's clock is the only bound
    resource = None  # type: ignore[assignment]

IDLE_SECONDS = 600


def _limit_memory(size: int) -> None:
    if resource is None:
        return
    for limit, most in ((resource.RLIMIT_AS, size), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        with suppress(ValueError, OSError):  # macOS refuses some
            resource.setrlimit(limit, (most, most))


def _limit_time(seconds: int) -> None:
    """Processor seconds from now; the kernel ends the process after that."""
    if resource is not None:
        spent = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds + 1, hard))


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
    """Read jobs from standard input and answer on standard output until there are none."""
    _, module, memory, seconds = sys.argv
    jobs = import_module(module).JOBS  # before the limits: Python may still write its compiled files
    _limit_memory(int(memory))
    # unbuffered, so that waiting with select sees what is there
    source, target = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb")
    while (message := _next_job(source)) is not None:
        _limit_time(int(seconds))
        job, arguments = pickle.loads(message)  # noqa: S301  from the parent, which is the server itself
        facts, content = jobs[job](*arguments)
        told = json.dumps(facts).encode()
        target.write(len(told).to_bytes(8, "big") + len(content).to_bytes(8, "big") + told + content)
        target.flush()
        gc.collect()


if __name__ == "__main__":
    main()
