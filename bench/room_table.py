# SPDX-License-Identifier: Apache-2.0
"""The tables of the docs: ``python -m bench room room_browser > f.json``, then ``python -m bench.room_table f.json``.

Reads what ``bench`` printed and writes the Markdown that stands in ``docs/reference/room-endurance.md``.
"""

import json
import sys
from pathlib import Path
from typing import Any

WORDS = {
    "eight": "8 people in a room, each 3 letters a second",
    "sixty_four": "64 people in a room, each a letter every 2 seconds",
    "fifty_by_eight": "50 rooms of 8, one writer each at 10 letters a second",
    "throughput": "10 rooms of 8, everybody as fast as acknowledged",
    "memory": "1,000 people in 100 rooms, idle",
}


def main(path: str) -> None:
    """Print the tables."""
    told = json.loads(Path(path).read_text(encoding="utf-8"))
    room = told.get("room", told)
    if "scenarios" in room:
        machine = room["machine"]
        print(f"{machine['cores']} cores, load {machine['load']}, fdatasync {machine['fdatasync_ms']} ms.\n")
        print("| scenario | propagation p50 / p99 ms | acknowledged a second | server CPU | memory | late, p99 ms |")
        print("|---|---|---|---|---|---|")
        for name, found in room["scenarios"].items():
            print(_load(WORDS.get(name, name), found))
    if "room_browser" in told:
        print()
        _browser(told["room_browser"])


def _load(words: str, found: dict[str, Any]) -> str:
    propagation, late = found["propagation_ms"], found["generator_late_ms"]
    each, further = found["server_us_per_delivery"], found["kib_per_further_person"]
    cells = (
        words,
        f"{propagation['p50']} / {propagation['p99']}" if propagation else "",
        str(found["acknowledged_per_second"] or ""),
        f"{found['server_cpu_percent']} %" + (f", {each} us a delivery" if each else ""),
        f"{found['server_rss_mib']} MiB" + (f", {further} KiB a further person" if further else ""),
        str(late["p99"]) if late else "",
    )
    return f"| {' | '.join(cells)} |"


def _browser(found: dict[str, Any]) -> None:
    size = f"{found['entries']} entries, {found['characters']} characters"
    print(f"| {size}, load {found['load'][0]} | p50 | p90 |")
    print("|---|---|---|")
    for name, spread in found["open_ms"].items():
        print(f"| opening, {name}, ms | {spread['p50']} | {spread['p90']} |")
    for name, typed in found["typing"].items():
        frame, busy = typed["key_to_frame_ms"], typed["main_thread_ms_per_key"]
        work = round(busy["script"] + busy["style_and_layout"], 1)
        print(
            f"| key to frame, {name}, ms (script, style and layout: {work} a key) | {frame['p50']} | {frame['p90']} |"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
