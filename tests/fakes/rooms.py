# SPDX-License-Identifier: Apache-2.0
"""``python -m tests.fakes.rooms ROOMS PEOPLE [invited]``: meetings in session (or only invited) with people and their tokens, as JSON.

Runs against the database of the environment; migrates it first. Used where a server of its own process is the thing
under test: kill tests, benchmarks, socket tests.
"""

import json
import sys
from datetime import UTC, datetime

import django
from django.core.management import call_command


def main(rooms: str, people: str, stage: str = "running") -> None:
    """Print one line: a list of {"meeting", "topic", "people": [{"id", "token"}]}; the first person is the host."""
    django.setup(set_prefix=False)
    call_command("migrate", verbosity=0, interactive=False)
    from tests.builders.sittings import a_running_meeting

    at = datetime.now(UTC)
    print(json.dumps([a_running_meeting(int(people), at, started=stage == "running") for _ in range(int(rooms))]))


if __name__ == "__main__":
    main(*sys.argv[1:])
