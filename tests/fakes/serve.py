# SPDX-License-Identifier: Apache-2.0
"""``python -m tests.fakes.serve``: the product's server with a clock that the test may shift through a file."""

import os
import sys
from pathlib import Path

from huiyao.plumbing import clock
from huiyao.project.commandline import main
from tests.fakes.clock import ShiftedClock

clock.install(ShiftedClock(Path(os.environ["HUIYAO_TEST_SHIFT"])))
sys.exit(main(["serve"]))
