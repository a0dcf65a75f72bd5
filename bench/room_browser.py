# SPDX-License-Identifier: Apache-2.0
"""The room in Chromium with the record of a long meeting: ``python -m bench.room_browser`` prints one JSON object.

The record has 300 entries and 20,000 characters, typed by eight people into a real server. *Opening* goes from the
start of the navigation (``performance.timeOrigin``) to the first frame after which every entry is in the page, the
server has stated the meeting (``ready``) and the capture line takes text. *Cold* is a browser context of its own,
without cache or storage; *again* is the next visit in the same one. *Typing* is one key a 120 ms at the end of an entry
in the middle of the record: the work of the page's main thread for one key (tasks, from Chromium's trace), and the time
from the key to the frame that shows it, which holds up to 16.7 ms of waiting for the screen.
"""

import argparse
import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page
from websockets.asyncio.client import connect

from bench.long_record import write
from huiyao.room.frames import SUBPROTOCOL, TOKEN_PREFIX
from tests.fakes.wire_client import WireClient
from tests.live import LiveServer
from tests.pages.browsers import chromium_at

ROOT = Path(__file__).resolve().parents[1]
OTHERS = 8
"""People besides the one in the browser."""
LETTERS = 3.0
"""Letters a second of each of the others while they type too."""
KEY_EVERY = 0.12
SETTLES = 1.5
"""Seconds a new window is left alone: Chromium loads 260 files of its own address bar into each, on the same cores."""
LOOK = """
(entries) => new Promise((resolve) => {
  const there = () => document.querySelectorAll('[data-entry]').length >= entries
    && document.querySelector('#capture') && !document.querySelector('#capture').disabled;
  const look = () => {
    if (!there()) return requestAnimationFrame(look);
    const after = new MessageChannel();  // heard when the frame that has begun is painted
    after.port1.onmessage = () => resolve(performance.now());
    after.port2.postMessage(0);
  };
  requestAnimationFrame(look);
})
"""
KEYS = """
() => {
  window.delays = [];
  document.addEventListener('keydown', (event) => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => window.delays.push(performance.now() - event.timeStamp);
    after.port2.postMessage(0);
  }), true);
}
"""


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=300)
    parser.add_argument("--characters", type=int, default=20_000)
    parser.add_argument("--visits", type=int, default=15)
    parser.add_argument("--keys", type=int, default=150)
    parser.add_argument("--trace", type=Path, help="where to put Chromium's trace of one cold opening")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not installed (apt-get install chromium)")
    with (
        tempfile.TemporaryDirectory(prefix="huiyao-bench-") as folder,
        meeting(Path(folder), options) as (server, room),
        chromium_at(chromium) as browser,
    ):
        crowds = (("alone", 0), (f"{OTHERS} others typing", OTHERS))
        result = {
            "load": [round(value, 2) for value in os.getloadavg()],
            "entries": options.entries,
            "characters": options.characters,
            "open_ms": openings(browser, server, room, options),
            "typing": {name: typing(browser, server, room, options, others=others) for name, others in crowds},
        }
    print(json.dumps(result, indent=1))


@contextmanager
def meeting(folder: Path, options: argparse.Namespace) -> Iterator[tuple[LiveServer, dict[str, Any]]]:
    """A server with the meeting and its record."""
    server = LiveServer(folder, HUIYAO_WORKER="outside")
    command = [sys.executable, "-m", "bench.long_record", str(OTHERS + 1)]
    made = subprocess.run(command, env=server.environment, capture_output=True, text=True, check=True, cwd=ROOT)
    room = json.loads(made.stdout)
    with server:
        asyncio.run(write(server.port, room, options.entries, options.characters))
        yield server, room


def signed_in(browser: Browser, server: LiveServer, person: dict[str, str]) -> BrowserContext:
    """A context that is new but for the session."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 864})
    name, _, value = person["cookie"].partition("=")
    context.add_cookies([{"name": name, "value": value, "url": server.url}])
    return context


def visit(page: Page, server: LiveServer, room: dict[str, Any], entries: int) -> float:
    """Milliseconds from the start of the navigation to a record that is painted and takes text."""
    page.goto(f"{server.url}/meetings/{room['meeting']}/room/", wait_until="commit")
    return float(page.evaluate(LOOK, entries))


def openings(
    browser: Browser, server: LiveServer, room: dict[str, Any], options: argparse.Namespace
) -> dict[str, dict[str, float]]:
    """Cold and second visits, each in a context of its own."""
    cold, again = [], []
    for number in range(options.visits + 1):
        context = signed_in(browser, server, room["people"][-1])
        page = context.new_page()
        time.sleep(SETTLES)
        if options.trace and number == options.visits:
            browser.start_tracing(page=page, path=options.trace, screenshots=False)
        first = visit(page, server, room, options.entries)
        if options.trace and number == options.visits:
            browser.stop_tracing()
        page.wait_for_selector("#state[data-state=saved]")
        time.sleep(0.3)
        second = visit(page, server, room, options.entries)
        context.close()
        if number:  # the browser's own first page warms its processes
            cold.append(first)
            again.append(second)
    return {"cold": spread(cold), "again": spread(again)}


def typing(
    browser: Browser, server: LiveServer, room: dict[str, Any], options: argparse.Namespace, *, others: int
) -> dict[str, Any]:
    """One person types in the browser, ``others`` over the wire."""
    context = signed_in(browser, server, room["people"][-1])
    page = context.new_page()
    visit(page, server, room, options.entries)
    page.wait_for_selector("#state[data-state=saved]")
    rows = page.locator("[data-entry][data-kind=note]")
    rows.nth(rows.count() // 2).locator(".words").click()
    page.evaluate(KEYS)
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    with crowd(server, room, others):
        time.sleep(1)
        before = busy(session)
        began = time.perf_counter()
        for number in range(options.keys):
            page.keyboard.press("abcdefghij"[number % 10])
            time.sleep(max(0.0, began + (number + 1) * KEY_EVERY - time.perf_counter()))
        seconds, after = time.perf_counter() - began, busy(session)
    delays = page.evaluate("() => window.delays")
    context.close()
    per_key = {name: round((after[name] - before[name]) * 1000 / options.keys, 2) for name in after}
    return {
        "keys": options.keys,
        "seconds": round(seconds, 1),
        "key_to_frame_ms": spread(delays),
        "main_thread_ms_per_key": per_key,
    }


def busy(session: CDPSession) -> dict[str, float]:
    """Seconds the page's main thread has worked: in all, in scripts, in style and layout."""
    told = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    layout = told["LayoutDuration"] + told["RecalcStyleDuration"]
    return {"all": told["TaskDuration"], "script": told["ScriptDuration"], "style_and_layout": layout}


@contextmanager
def crowd(server: LiveServer, room: dict[str, Any], size: int) -> Iterator[None]:
    """So many people typing into entries of their own while the block runs."""
    if not size:
        yield
        return
    over = threading.Event()

    async def one(person: dict[str, str], topic: str) -> None:
        address = f"ws://127.0.0.1:{server.port}/ws/room/{room['meeting']}"
        offered = [SUBPROTOCOL, TOKEN_PREFIX + person["token"]]
        async with connect(address, subprotocols=offered, compression=None, max_size=None) as ws:
            client = WireClient(ws, person["id"])
            reading = asyncio.create_task(client.read())
            await client.start()
            node = client.add(topic, o="a9V.zzzz")
            while not over.is_set():
                client.type(node, "字")
                await asyncio.sleep(1 / LETTERS)
            reading.cancel()

    async def everybody() -> None:
        await asyncio.gather(*(one(person, room["topics"][0]) for person in room["people"][:size]))

    thread = threading.Thread(target=lambda: asyncio.run(everybody()))
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def spread(values: list[float]) -> dict[str, float]:
    """Median, 90th percentile, least and worst."""
    ordered = sorted(values)
    return {
        "p50": round(statistics.median(ordered), 1),
        "p90": round(ordered[int(len(ordered) * 0.9)], 1),
        "min": round(ordered[0], 1),
        "max": round(ordered[-1], 1),
        "of": len(ordered),
    }


if __name__ == "__main__":
    main()
