# SPDX-License-Identifier: Apache-2.0
"""``huiyao serve``: migrate, prepare static files, serve."""

import argparse
import sys

import django
import uvicorn
from django.conf import settings
from django.core.management import call_command

from huiyao.project import preparation
from huiyao.project.environment import LOOPBACK

MAX_FRAME = 1 << 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options: everything comes from the environment."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    del options
    django.setup(set_prefix=False)
    problem = preparation.problem_with_bind()
    if problem:
        print(problem, file=sys.stderr)
        return 2
    call_command("migrate", verbosity=0, interactive=False)
    preparation.collect_static()
    serve()
    return 0


def serve() -> None:
    """Run the server process in the foreground."""
    from huiyao.features.organisation.reads import find_organisation
    from huiyao.flows.first_run import setup_code

    host, port = settings.HUIYAO.host, settings.HUIYAO.port
    if host not in LOOPBACK and find_organisation() is None:
        print(f"The first run asks for this code: {setup_code()}", flush=True)
    hint = preparation.first_run_hint()
    if hint:
        print(hint, flush=True)
    print(f"Huiyao serves at {settings.HUIYAO.base_url}  (stop with Ctrl-C)", flush=True)
    uvicorn.run(
        "huiyao.project.asgi:application",
        host=host,
        port=port,
        log_level="warning",
        log_config=None,  # our own handlers, which let no secret through
        access_log=False,
        ws="websockets-sansio",
        ws_max_size=MAX_FRAME,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=5,
        server_header=False,
    )
