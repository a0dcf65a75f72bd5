# SPDX-License-Identifier: Apache-2.0
"""``python -m bench [PART...]``: run the measurements and print one JSON object."""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime

PARTS = ("start", "pages", "documents", "room", "room_browser", "reminders")


def machine() -> dict[str, object]:
    """What the figures were measured on, with the load at the time."""
    return {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def main() -> None:
    """Each part runs in a process of its own, so that none warms or burdens another."""
    wanted = sys.argv[1:] or list(PARTS)
    result: dict[str, object] = {"machine": machine()}
    for part in wanted:
        done = subprocess.run([sys.executable, "-m", f"bench.{part}"], capture_output=True, text=True, check=False)
        sys.stderr.write(done.stderr)
        result[part] = json.loads(done.stdout) if done.returncode == 0 else {"failed": done.stderr[-400:]}
    print(json.dumps(result, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
