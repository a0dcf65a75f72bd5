# SPDX-License-Identifier: Apache-2.0
"""Start-up and memory: first start with the demo, restart to the first page, memory after a PDF and a Word export."""

import json
import sys
import tempfile
import time
from pathlib import Path

import httpx

from bench.serving import Served, minutes_address


def main() -> None:
    """Print the figures in seconds and MiB."""
    with tempfile.TemporaryDirectory(prefix="huiyao-bench-") as folder:
        data = Path(folder)
        began = time.perf_counter()
        with Served(data, demo=True) as server:
            first = time.perf_counter() - began
            client = server.sign_in("linxiao")
            base = minutes_address(client)
            for kind in ("pdf", "docx"):
                client.get(f"{base}{kind}/").raise_for_status()
            memory = server.memory_mib()
        began = time.perf_counter()
        with Served(data) as server:
            httpx.get(f"{server.url}/healthz").raise_for_status()
            again = time.perf_counter() - began
    figures = {"first_start_with_demo_s": first, "restart_s": again, "memory_after_exports_mib": memory}
    json.dump({name: round(value, 2) for name, value in figures.items()}, sys.stdout)


if __name__ == "__main__":
    main()
