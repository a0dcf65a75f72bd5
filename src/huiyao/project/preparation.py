# SPDX-License-Identifier: Apache-2.0
"""What must be in order before the process serves."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from huiyao.project.environment import LOOPBACK


def problem_with_bind() -> str:
    """Why this address must not be served, or an empty string. Demo accounts have known passwords: loopback only."""
    if settings.HUIYAO.host not in LOOPBACK and (settings.HUIYAO.demo or _has_demo_accounts()):
        return (
            "The demo's accounts have known passwords, so it is served on this machine only. "
            "Set HUIYAO_HOST=127.0.0.1, or leave the demo first (its first page has a button), or start with an "
            "empty HUIYAO_DATA folder."
        )
    return ""


def _has_demo_accounts() -> bool:
    from django.db import DatabaseError

    from huiyao.features.organisation.reads import has_demo_accounts

    try:
        return has_demo_accounts()
    except DatabaseError:  # nothing migrated yet, so nobody has an account
        return False


def first_run_hint() -> str:
    """What to print while nobody has founded an organisation; elsewhere the set-up code proves who reads this."""
    from huiyao.features.organisation.reads import find_organisation
    from huiyao.flows.first_run import setup_code

    if find_organisation() is not None:
        return ""
    return (
        f"Nothing is set up yet: open {settings.HUIYAO.base_url}/first-run/\n"
        f"From another machine it asks for this set-up code: {setup_code()}"
    )


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
