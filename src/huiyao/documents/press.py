# SPDX-License-Identifier: Apache-2.0
"""A warm process beside the server that makes Word files, with bounds on memory and time.

Two reasons: python-docx leaves 100 MB behind after a hundred documents, and a company's form is a program written by
somebody else. The process starts at the first job (or ``warm``), takes one job at a time, is replaced after
``MOST_JOBS`` jobs or any trouble, and ends by itself when idle or when its parent is gone. Thread-safe.

Jobs go out as pickles (the parent is trusted); answers come back as a status line of JSON and raw bytes, so that a
form which took the process over could still not reach the server's.
"""

import json
import pickle
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import IO

MOST_JOBS = 100
SECONDS = 10.0
MEMORY_BYTES = 256 * 1024 * 1024
_MOST_ANSWER = 64 * 1024 * 1024


class PressFailed(Exception):
    """No answer: ``reason`` is ``too_slow``, ``too_much_memory`` or ``failed``."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Press:
    """One child process and the lock around it."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY_BYTES) -> None:
        self._seconds, self._memory = seconds, memory
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._jobs = 0

    def warm(self) -> None:
        """Start the process now, so that the first job does not wait for its imports."""
        with self._lock:
            self._running()

    def close(self) -> None:
        """End the process; the next job starts another."""
        with self._lock:
            self._end()

    def run(self, job: str, *arguments: object) -> tuple[Mapping[str, object], bytes]:
        """Do a job of ``press_child`` and answer (facts, bytes). PressFailed when there is no answer in time."""
        with self._lock:
            fresh = self._child is None
            try:
                return self._ask(job, arguments)
            except PressFailed as failure:
                if fresh or failure.reason != "failed":
                    raise
            return self._ask(job, arguments)  # it may have ended while idle: a new one tries once more

    def _ask(self, job: str, arguments: tuple[object, ...]) -> tuple[Mapping[str, object], bytes]:
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
            self._child = subprocess.Popen(  # noqa: S603  our own module
                [sys.executable, "-m", "huiyao.documents.press_child", str(self._memory), str(int(self._seconds))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
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


def _stop(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


_TIME_SIGNALS = {-24}  # SIGXCPU: the processor time ran out


def _send(stream: IO[bytes], content: bytes) -> None:
    stream.write(len(content).to_bytes(8, "big") + content)
    stream.flush()


def _receive(stream: IO[bytes]) -> tuple[Mapping[str, object], bytes] | None:
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


PRESS = Press()
"""The press of this process."""
