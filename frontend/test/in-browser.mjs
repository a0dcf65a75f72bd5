// SPDX-License-Identifier: Apache-2.0
// One Chromium for a file of tests, rooms to enter with it, and axe. Without Chromium tests are skipped, except in CI.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { serve } from "./room-page.mjs";

const CHROMIUM = process.env.HUIYAO_CHROMIUM ?? "/usr/bin/chromium";
const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const skip = existsSync(CHROMIUM) || process.env.CI === "true" ? false : `no browser at ${CHROMIUM}`;
export const SAVED = "#state[data-state=saved]";
export const launch = () => (skip ? undefined : chromium.launch({ executablePath: CHROMIUM, args: ARGS }));

/** A room of its own for one test; nothing may go wrong on its pages. */
export async function aRoom(t, browser, options = {}) {
  const { room, notes, http, url } = await serve(0, options.size ?? 0, options.change);
  t.after(() => (http.close(), room.close(), notes.close()));
  const enter = async (person = "p1", { language = "zh-hans", viewport = { width: 1280, height: 864 }, colorScheme = "light", context } = {}) => {
    const own = context ?? (await browser.newContext({ viewport, colorScheme }));
    t.after(() => own.close());
    const page = await own.newPage();
    const wrong = [];
    page.on("pageerror", (error) => wrong.push(String(error)));
    page.on("console", (message) => message.type() === "error" && !/WebSocket|ERR_/.test(message.text()) && wrong.push(message.text()));
    t.after(() => assert.deepEqual(wrong, []));
    await page.goto(`${url}/?as=${person}&language=${language}`);
    await page.waitForSelector(SAVED);
    return page;
  };
  const texts = () => Object.fromEntries([...room.doc.getMap("nodes")].map(([id, node]) => [String(node.get("t")), { id, ...node.toJSON() }]));
  return { room, notes, url, enter, texts };
}

/** Nothing serious on the page as it stands. */
export async function axe(page, screen) {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: AXE });
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(serious.map(({ id, nodes }) => [screen, id, nodes.map((node) => node.html.slice(0, 160))]), []);
}
