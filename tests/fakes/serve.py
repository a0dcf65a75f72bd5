# SPDX-License-Identifier: Apache-2.0
"""``python -m tests.fakes.serve``: the product's server with a clock that the test may shift through a file, and a datagram
to the test after every round of the worker.
"""

import os
import socket
import sys
from datetime import datetime
from pathlib import Path

import django

from huiyao.plumbing import clock
from huiyao.project.commandline import main
from tests.fakes.clock import ShiftedClock

told = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


clock.install(ShiftedClock(Path(os.environ["HUIYAO_TEST_SHIFT"])))
if "HUIYAO_TEST_ROUNDS" in os.environ:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyao.project.settings")
    django.setup(set_prefix=False)
    from huiyao.project import worker

    one_round = worker.one_round

    def told_round(now: datetime) -> None:
        """A round as it is, and a word that it is over."""
        one_round(now)
        told.sendto(now.isoformat().encode(), ("127.0.0.1", int(os.environ["HUIYAO_TEST_ROUNDS"])))

    worker.one_round = told_round
sys.exit(main(["serve"]))
