// SPDX-License-Identifier: Apache-2.0
// How fast the room is in Chromium with a long record: node bench/room.mjs [ENTRIES] [KEYS]; prints JSON.
// open_ms: navigation to the last entry shown. key: from the key to the next frame drawn (60 Hz adds up to 16.7 ms of
// waiting, so the busy time of the main thread stands beside it).
import { chromium } from "playwright-core";
import { serve } from "../test/room-page.mjs";

const [entries, keys] = [Number(process.argv[2] ?? 300), Number(process.argv[3] ?? 200)];
const { http, room, url } = await serve(0, entries);
const browser = await chromium.launch({ executablePath: process.env.HUIYAO_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 864 } });
const session = await page.context().newCDPSession(page);
await session.send("Performance.enable");
const busy = async () => Object.fromEntries((await session.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value * 1000]));
const at = (sorted, share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] * 10) / 10;

const opened = [];
for (let round = 0; round < 6; round++) {
  await page.goto(`${url}/?as=p2`);
  opened.push(await page.evaluate((count) => new Promise((resolve) => {
    const look = () => (document.querySelectorAll("[data-entry]").length >= count ? requestAnimationFrame(() => resolve(performance.now())) : requestAnimationFrame(look));
    look();
  }), entries + 8));
  await page.waitForSelector("[data-state=saved]");
}

await page.locator("[data-entry^=long]").nth(Math.floor(entries / 2)).locator(".words").click();
await page.evaluate(() => {
  window.delays = [];
  document.addEventListener("keydown", (event) => {
    const start = event.timeStamp;
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => window.delays.push(performance.now() - start);
      after.port2.postMessage(0);
    });
  }, true);
});
const before = await busy();
for (let key = 0; key < keys; key++) await page.keyboard.press("abcdefghij"[key % 10]);
await page.waitForSelector("[data-state=saved]");
const after = await busy();
const delays = (await page.evaluate(() => window.delays)).sort((a, b) => a - b);
const characters = [...room.doc.getMap("nodes").values()].reduce((sum, node) => sum + node.get("t").length, 0);
const [first, ...later] = opened;
later.sort((a, b) => a - b);
console.log(JSON.stringify({
  entries, characters, keys,
  open_ms: { first: Math.round(first), again_p50: at(later, 0.5), again_max: at(later, 1) },
  key_to_frame_ms: { p50: at(delays, 0.5), p99: at(delays, 0.99), max: at(delays, 1) },
  main_thread_ms_per_key: Math.round(((after.TaskDuration - before.TaskDuration) / keys) * 100) / 100,
  script_ms_per_key: Math.round(((after.ScriptDuration - before.ScriptDuration) / keys) * 100) / 100,
  layout_ms_per_key: Math.round(((after.LayoutDuration + after.RecalcStyleDuration - before.LayoutDuration - before.RecalcStyleDuration) / keys) * 100) / 100,
}, null, 1));
await browser.close();
http.close();
await room.close();
