# SPDX-License-Identifier: Apache-2.0
"""A picture of a Word file, by LibreOffice and poppler where the machine has them. Without them there is none.

They run as processes of their own with an empty profile, a clock and none of the server's variables; macros and links
are not followed, and only files that were looked through before are handed to them.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

SECONDS = 40.0
DOTS_PER_INCH = 96


class Office(Protocol):
    """What makes pictures of Word files."""

    def picture(self, content: bytes) -> bytes | None:
        """The first page as PNG; None when it cannot be had."""


class NoOffice:
    """Makes none: for a machine without the programs."""

    def picture(self, content: bytes) -> bytes | None:
        """None."""
        del content
        return None


class LibreOffice:
    """``office`` prints, ``painter`` (pdftoppm) paints; one picture at a time, since each takes seconds."""

    _turn = threading.Lock()

    def __init__(self, office: str, painter: str, *, seconds: float = SECONDS) -> None:
        self.office, self.painter, self.seconds = office, painter, seconds

    def picture(self, content: bytes) -> bytes | None:
        """The first page as PNG; None when it takes too long, fails, or somebody else is being served."""
        if not self._turn.acquire(timeout=self.seconds):
            return None
        try:
            with tempfile.TemporaryDirectory(prefix="huiyao-office-", ignore_cleanup_errors=True) as folder:
                return self._painted(Path(folder), content)
        finally:
            self._turn.release()

    def _painted(self, folder: Path, content: bytes) -> bytes | None:
        (folder / "form.docx").write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        steps = (
            [self.office, profile, "--headless", "--norestore", "--convert-to", "pdf", "form.docx"],
            [self.painter, "-png", "-r", str(DOTS_PER_INCH), "-f", "1", "-l", "1", "-singlefile", "form.pdf", "form"],
        )
        if not all(self._done(folder, step) for step in steps):
            return None
        picture = folder / "form.png"
        return picture.read_bytes() if picture.is_file() else None

    def _done(self, folder: Path, command: Sequence[str]) -> bool:
        try:
            process = subprocess.Popen(  # noqa: S603  a program found on this machine, our own file
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"},
                start_new_session=True,
            )
        except OSError:
            return False
        try:
            return process.wait(self.seconds) == 0
        except subprocess.TimeoutExpired:
            _end(process)
            return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process with those it started."""
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    process.wait()


def office() -> Office:
    """LibreOffice with poppler where both are installed."""
    printer, painter = shutil.which("soffice") or shutil.which("libreoffice"), shutil.which("pdftoppm")
    return LibreOffice(printer, painter) if printer and painter else NoOffice()


def has_office() -> bool:
    """Whether pictures can be had here."""
    return not isinstance(office(), NoOffice)
