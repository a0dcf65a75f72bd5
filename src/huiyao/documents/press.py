# SPDX-License-Identifier: Apache-2.0
"""A warm process beside the server that makes documents, with bounds on memory and time.

Three reasons: typesetting would hold up the live room, python-docx and typst leave 100 MB behind, and a company's
form is a program written by somebody else. The process starts at the first job (or ``warm``), takes one job at a
time, is replaced after ``MOST_JOBS`` jobs or any trouble, and ends by itself when idle or when its parent is gone.
Thread-safe.

Jobs go out as pickles (the parent is trusted); answers come back as facts in JSON and raw bytes, so that a form which
took its process over could still not reach the server's.
"""

import atexit
import json
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import IO

MOST_JOBS = 100
SECONDS = 10.0
Answer = tuple[Mapping[str, object], bytes]
"""Facts and bytes. The fact ``tired`` asks for a new process."""
Job = Callable[..., Answer]
_MOST_ANSWER = 64 * 1024 * 1024


class PressFailed(Exception):
    """No answer: ``reason`` is ``too_slow``, ``too_much_memory`` or ``failed``."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Press:
    """One child process and the lock around it.

    ``module`` names a module with a mapping ``JOBS``; ``seconds`` bound one job, ``megabytes`` the process.
    """

    def __init__(self, module: str, *, megabytes: int, seconds: float = SECONDS) -> None:
        self._module, self._seconds, self._memory = module, seconds, megabytes * 1024 * 1024
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)
        self._jobs = 0

    def warm(self) -> None:
        """Start the process now, so that the first job does not wait for its imports."""
        with self._lock:
            self._running()

    def close(self) -> None:
        """End the process; the next job starts another."""
        with self._lock:
            self._end()

    def run(self, job: str, *arguments: object) -> Answer:
        """Do a job of the module. PressFailed when there is no answer in time."""
        with self._lock:
            fresh = self._child is None
            try:
                return self._ask(job, arguments)
            except PressFailed as failure:
                if fresh or failure.reason != "failed":
                    raise
            return self._ask(job, arguments)  # it may have ended while idle: a new one tries once more

    def _ask(self, job: str, arguments: tuple[object, ...]) -> Answer:
        child = self._running()
        late = threading.Event()
        timer = threading.Timer(self._seconds, _stop, (child, late))
        timer.daemon = True
        timer.start()
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            _send(child.stdin, pickle.dumps((job, arguments)))
            answer = _receive(child.stdout)
        except BrokenPipeError:
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            ended = self._end()
            raise PressFailed("too_slow" if late.is_set() or ended in _TIME_SIGNALS else "failed")
        self._jobs += 1
        facts, content = answer
        if self._jobs >= MOST_JOBS or facts.get("tired"):
            self._end()
        return facts, content

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            limits = (str(self._memory), str(int(self._seconds)))
            self._child = subprocess.Popen(  # noqa: S603  our own module
                [sys.executable, "-m", "huiyao.documents.press_child", self._module, *limits],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: value for name, value in os.environ.items() if _is_needed(name)},
            )
            self._jobs = 0
        return self._child

    def _end(self) -> int | None:
        child, self._child = self._child, None
        if child is None:
            return None
        child.kill()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        return child.wait()


def _is_needed(name: str) -> bool:
    """Whether the child needs this variable: it gets neither keys nor passwords of the server."""
    return name.startswith("PYTHON") or name in {"PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMP", "TEMP", "TMPDIR"}


def _stop(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


_TIME_SIGNALS = {-24}  # SIGXCPU: the processor time ran out


def _send(stream: IO[bytes], content: bytes) -> None:
    stream.write(len(content).to_bytes(8, "big") + content)
    stream.flush()


def _receive(stream: IO[bytes]) -> Answer | None:
    """(facts, bytes), or None where the process ended or spoke nonsense."""
    head = stream.read(16)
    sizes = int.from_bytes(head[:8], "big"), int.from_bytes(head[8:], "big")
    if len(head) < 16 or sum(sizes) > _MOST_ANSWER:
        return None
    facts, content = stream.read(sizes[0]), stream.read(sizes[1])
    if len(facts) < sizes[0] or len(content) < sizes[1]:
        return None
    try:
        told = json.loads(facts)
    except ValueError:
        return None
    return (told, content) if isinstance(told, dict) else None
