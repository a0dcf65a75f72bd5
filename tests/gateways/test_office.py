# SPDX-License-Identifier: Apache-2.0
"""Pictures of Word files: made by real programs; a program that hangs, fails or is missing costs only the picture."""

import os
import shutil
from pathlib import Path

import pytest

from huiyao.gateways.office import LibreOffice, NoOffice, has_office, office
from tests.documents.test_forms import ORDINARY


def script(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.office
def test_the_first_page_of_a_word_file_is_painted(soffice: str) -> None:
    assert soffice
    picture = office().picture(ORDINARY)
    assert picture is not None
    assert picture.startswith(b"\x89PNG")


def test_a_program_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    note = tmp_path / "child"
    slow = script(tmp_path, "slow", f"sleep 600 & echo $! > {note}\nwait")
    assert LibreOffice(slow, "pdftoppm", seconds=2).picture(ORDINARY) is None
    with pytest.raises(OSError, match="No such process"):
        while True:  # the kernel may take a moment to reap it
            os.kill(int(note.read_text()), 0)


def test_a_program_that_fails_gives_no_picture(tmp_path: Path) -> None:
    assert LibreOffice(script(tmp_path, "bad", "exit 3"), "pdftoppm").picture(ORDINARY) is None
    assert LibreOffice(str(tmp_path / "absent"), "pdftoppm").picture(ORDINARY) is None


def test_the_program_sees_nothing_of_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYAO_SECRET_KEY", "not-for-others")
    seen = tmp_path / "seen"
    LibreOffice(script(tmp_path, "spy", f"env > {seen}"), "pdftoppm").picture(ORDINARY)
    assert "PATH=" in seen.read_text()
    assert "HUIYAO" not in seen.read_text()


def test_without_the_programs_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert isinstance(office(), NoOffice)
    assert not has_office()
    assert office().picture(ORDINARY) is None
