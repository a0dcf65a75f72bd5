# SPDX-License-Identifier: Apache-2.0
"""``python -m tests.on_postgres COMMAND...``: run a command with HUIYAO_DATABASE_URL of a PostgreSQL of its own."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.servers import PostgresServer, find_postgres


def main() -> int:
    """The command's exit status; without PostgreSQL 0 on a user's machine and 1 in CI."""
    if find_postgres() is None:
        print("skipped the second run: PostgreSQL is not installed (apt-get install postgresql)")
        return 1 if os.environ.get("CI") == "true" else 0
    with tempfile.TemporaryDirectory(prefix="huiyao-pg-") as folder, PostgresServer(Path(folder)) as server:
        environment = {**os.environ, "HUIYAO_DATABASE_URL": server.url}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
