# SPDX-License-Identifier: Apache-2.0
"""The bounded process that makes Word files."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from huiyao.documents.press import MOST_JOBS, Press, PressFailed
from huiyao.documents.states import PaperState
from tests.documents.samples import EMPTY, SIMPLIFIED


@pytest.fixture
def press() -> Iterator[Press]:
    made = Press("huiyao.documents.printing", megabytes=1024)
    yield made
    made.close()


def child_of(press: Press) -> int:
    assert press._child is not None
    return press._child.pid


def test_a_word_file_comes_from_another_process(press: Press) -> None:
    _, content = press.run("docx", SIMPLIFIED, PaperState.FINAL)
    assert content.startswith(b"PK")
    assert child_of(press) != os.getpid()


def test_a_pdf_comes_from_it_too(press: Press) -> None:
    assert press.run("pdf", SIMPLIFIED, PaperState.FINAL, None)[1].startswith(b"%PDF-")


def test_the_process_stays_warm_between_jobs(press: Press) -> None:
    press.warm()
    first = child_of(press)
    press.run("docx", EMPTY, PaperState.DRAFT)
    press.run("docx", EMPTY, PaperState.DRAFT)
    assert child_of(press) == first


def test_a_process_that_was_killed_while_idle_is_replaced_unnoticed(press: Press) -> None:
    press.warm()
    os.kill(child_of(press), signal.SIGKILL)
    assert press.run("docx", EMPTY, PaperState.DRAFT)[1].startswith(b"PK")


def test_the_process_is_replaced_after_its_share_of_jobs(press: Press) -> None:
    press.run("docx", EMPTY, PaperState.DRAFT)
    press._jobs = MOST_JOBS - 1
    press.run("docx", EMPTY, PaperState.DRAFT)
    assert press._child is None


def test_a_job_that_is_no_job_fails_and_the_next_one_works(press: Press) -> None:
    with pytest.raises(PressFailed) as caught:
        press.run("docx", "nothing of the kind", PaperState.DRAFT)
    assert caught.value.reason == "failed"
    assert press.run("docx", EMPTY, PaperState.DRAFT)[1]


def test_memory_is_bounded() -> None:
    small = Press("huiyao.documents.printing", megabytes=200)
    with pytest.raises(PressFailed):
        small.run("docx", SIMPLIFIED.__class__(title="x" * 100_000_000), PaperState.DRAFT)
    small.close()


def test_many_threads_share_one_process_without_mixing_answers(press: Press) -> None:
    sizes: dict[int, int] = {}

    def ask(number: int) -> None:
        minutes = SIMPLIFIED if number % 2 else EMPTY
        sizes[number] = len(press.run("docx", minutes, PaperState.FINAL)[1])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({sizes[number] for number in (1, 3, 5, 7)}) == 1
    assert len(set(sizes.values())) == 2


def test_the_process_ends_with_its_parent(press: Press) -> None:
    press.warm()
    child = press._child
    assert child is not None
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(timeout=20) == 0
    assert not Path(f"/proc/{child.pid}/exe").exists()


def test_the_process_is_told_no_secret_of_the_server(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYAO_SECRET_KEY", "very-secret")
    press.warm()
    assert b"very-secret" not in Path(f"/proc/{child_of(press)}/environ").read_bytes()
