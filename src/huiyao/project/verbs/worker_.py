# SPDX-License-Identifier: Apache-2.0
"""``huiyao worker``: the rounds of the worker in a process of its own."""

import argparse
import signal
import threading

import django

from huiyao.project import worker
from huiyao.project.wiring import wire


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options: everything comes from the environment."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Work until stopped by SIGTERM or Ctrl-C; the present round is finished first."""
    del options
    django.setup(set_prefix=False)
    wire()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    worker.loop(stopping)
    return 0
