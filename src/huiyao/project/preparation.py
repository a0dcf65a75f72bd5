# SPDX-License-Identifier: Apache-2.0
"""What must be in order before the process serves."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from huiyao.project.environment import LOOPBACK


def problem_with_bind() -> str:
    """Why this address must not be served, or an empty string. Demo accounts have known passwords: loopback only."""
    if settings.HUIYAO.demo and settings.HUIYAO.host not in LOOPBACK:
        return (
            "The demo's accounts have known passwords, so it is served on this machine only. "
            "Set HUIYAO_HOST=127.0.0.1, or leave HUIYAO_DEMO out and start with an empty HUIYAO_DATA folder."
        )
    return ""


def collect_static() -> None:
    """Gather and fingerprint the static files, once for each state of the sources."""
    stamp = settings.STATIC_ROOT / "collected"
    state = _state([Path(folder) for folder in settings.STATICFILES_DIRS])
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)


def _state(folders: list[Path]) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                facts = path.stat()
                digest.update(f"{path}:{facts.st_size}:{facts.st_mtime_ns};".encode())
    return digest.hexdigest()
