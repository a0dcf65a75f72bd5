// SPDX-License-Identifier: Apache-2.0
// The room in a real browser, against the small room. Without Chromium these are skipped, except in CI.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { serve } from "./room-page.mjs";

const CHROMIUM = process.env.HUIYAO_CHROMIUM ?? "/usr/bin/chromium";
const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const skip = existsSync(CHROMIUM) || process.env.CI === "true" ? false : `no browser at ${CHROMIUM}`;

let browser;
before(async () => {
  if (!skip) browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
});
after(() => browser?.close());

const SAVED = "[data-state=saved]";

async function aRoom(t, options = {}) {
  const { room, http, url } = await serve(0, options.size ?? 0, options.change);
  t.after(() => (http.close(), room.close()));
  const enter = async (person = "p1", { language = "zh-hans", viewport = { width: 1280, height: 864 }, colorScheme = "light", context } = {}) => {
    const own = context ?? (await browser.newContext({ viewport, colorScheme }));
    t.after(() => own.close());
    const page = await own.newPage();
    const wrong = [];
    page.on("pageerror", (error) => wrong.push(String(error)));
    page.on("console", (message) => message.type() === "error" && !/WebSocket|ERR_/.test(message.text()) && wrong.push(message.text()));
    t.after(() => assert.deepEqual(wrong, []));
    await page.goto(`${url}/?as=${person}&language=${language}`);
    await page.waitForSelector(options.state ?? SAVED);
    return page;
  };
  const texts = () => Object.fromEntries([...room.doc.getMap("nodes")].map(([id, node]) => [String(node.get("t")), { id, ...node.toJSON() }]));
  return { room, enter, texts };
}

const words = (page, id) => page.locator(`[data-entry="${id}"] .words`);

test("a line is added with Enter, its kind set by prefix or key, below the problem it belongs to", { skip }, async (t) => {
  const { enter, texts } = await aRoom(t);
  const page = await enter("p2");
  const line = page.locator("#capture");
  await line.fill("问题：交付口径不一");
  await line.press("Enter");
  await line.press("Alt+s");
  await line.fill("两个部门共用一份说明");
  await line.press("Enter");
  await line.press("Alt+d");
  await line.fill("周一起用同一份");
  await line.press("Enter");
  await page.waitForSelector(SAVED);
  const all = texts();
  const problem = all["交付口径不一"];
  assert.deepEqual([problem.k, problem.p], ["problem", "topic0000003"]);
  assert.deepEqual([all["两个部门共用一份说明"].k, all["两个部门共用一份说明"].p], ["solution", problem.id]);
  assert.deepEqual([all["周一起用同一份"].k, all["周一起用同一份"].p], ["decision", problem.id]);
  assert.equal(all["周一起用同一份"].by, "p2");
});

test("what is recognised in a line stands below it and goes in with the action", { skip }, async (t) => {
  const { enter, texts } = await aRoom(t);
  const page = await enter("p2");
  await page.locator("#capture").fill("行动：许衡之评估方案，下周三前，支持：市场部提供访谈记录");
  await page.waitForSelector("[data-do=read-owner]");
  await page.locator("[data-do=read-due]").press("Delete");
  await page.waitForSelector("[data-do=read-due].missing");
  await page.locator("#capture").press("Enter");
  await page.waitForSelector(SAVED);
  const action = texts()["评估方案"];
  assert.deepEqual([action.k, action.own, action.dep, action.due, action.sup[0].what], ["action", "p3", "d2", undefined, "访谈记录"]);
});

test("an owner who is not at the meeting is shown by name", { skip }, async (t) => {
  const { room, enter } = await aRoom(t);
  room.doc.getMap("nodes").get("action000002").set("own", "p7");
  const page = await enter("p2");
  await page.waitForSelector("[data-entry=action000002] [data-do=field-owner]:text('销售部 · 王临')");
});

test("several pasted lines become several entries", { skip }, async (t) => {
  const { enter, texts } = await aRoom(t);
  const page = await enter("p2");
  await page.locator("#capture").fill("1. 第一点\n2. 第二点\n问题：第三点");
  await page.locator("#capture").press("Enter");
  await page.waitForSelector(SAVED);
  assert.deepEqual(["第一点", "第二点", "第三点"].map((text) => texts()[text].k), ["note", "note", "problem"]);
});

test("two people type in one entry at once; each keeps the caret and sees the other's words and name", { skip }, async (t) => {
  const { room, enter } = await aRoom(t);
  const [one, two] = [await enter("p2"), await enter("p4")];
  for (const page of [one, two]) await words(page, "problem00002").click();
  const [first, second] = [one, two].map((page) => page.locator("[data-entry=problem00002] textarea"));
  await one.waitForSelector("[data-entry=problem00002][data-seen]");
  await first.press("Home");
  await second.press("End");
  await Promise.all([first.pressSequentially("【急】"), second.pressSequentially("，本周")]);
  const whole = "【急】销售侧紧急需求与迭代计划冲突，本周";
  await one.waitForFunction((text) => document.querySelector("[data-entry=problem00002] textarea").value === text, whole);
  await two.waitForFunction((text) => document.querySelector("[data-entry=problem00002] textarea").value === text, whole);
  assert.equal(String(room.doc.getMap("nodes").get("problem00002").get("t")), whole);
  assert.equal(await first.evaluate((area) => area.selectionStart), 3);
});

test("an input method composing loses nothing while somebody else types in the same entry", { skip }, async (t) => {
  const { room, enter } = await aRoom(t);
  const page = await enter("p2");
  await words(page, "solution0001").click();
  const area = page.locator("[data-entry=solution0001] textarea");
  await area.press("End");
  const browserSession = await page.context().newCDPSession(page);
  await browserSession.send("Input.imeSetComposition", { text: "ni'hao", selectionStart: 6, selectionEnd: 6 });
  const shared = room.doc.getMap("nodes").get("solution0001").get("t");
  const before = String(shared);
  room.doc.once("update", (update) => [...room.members].forEach((member) => member.send(0, 2, update)));
  shared.insert(0, "甲：");
  await page.waitForFunction(() => performance.now() > 0);
  assert.equal(await area.inputValue(), `${before}ni'hao`);
  await browserSession.send("Input.insertText", { text: "你好" });
  await page.waitForFunction((text) => document.querySelector("[data-entry=solution0001] textarea").value === text, `甲：${before}你好`);
  await page.waitForSelector(SAVED);
  assert.equal(String(shared), `甲：${before}你好`);
});

test("the record is worked from the keyboard alone: walk, edit, move, indent, change kind, delete, undo", { skip }, async (t) => {
  const { enter, room } = await aRoom(t);
  const page = await enter("p2");
  const node = (id) => room.doc.getMap("nodes").get(id);
  await page.locator("[data-entry=problem00002]").focus();
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.entry), "action000002");
  await page.keyboard.press("Enter");
  await page.keyboard.type("（含报价）");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Alt+ArrowRight");
  await page.waitForSelector(SAVED);
  assert.equal(node("action000002").get("p"), "problem00002");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.entry), "action000002");
  await page.keyboard.press("Alt+ArrowLeft");
  await page.keyboard.press("Alt+p");
  await page.waitForSelector("[data-entry=action000002][data-kind=problem]");
  await page.keyboard.press("Delete");
  await page.waitForSelector("[data-entry=action000002]", { state: "detached" });
  await page.keyboard.press("Control+z");
  await page.waitForSelector("[data-entry=action000002]");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.id), "capture");
  await page.waitForSelector(SAVED);
  assert.deepEqual([node("action000002").get("p"), node("action000002").get("s"), String(node("action000002").get("t"))], ["topic0000003", "", "与重点客户沟通延期安排（含报价）"]);
});

test("offline the count of unsaved entries is shown; after a reload they are there, and go out when the room is back", { skip }, async (t) => {
  const { room, enter, texts } = await aRoom(t);
  const context = await browser.newContext();
  const page = await enter("p4", { context });
  room.onJoin = (member) => member.socket.terminate();
  room.cut();
  await page.waitForSelector("[data-state=offline]");
  await page.locator("#capture").fill("路上记的一条");
  await page.locator("#capture").press("Enter");
  await page.waitForSelector("[data-state=offline][data-unsaved='1']");
  await page.reload();
  await page.waitForSelector("text=路上记的一条");
  await page.waitForSelector("[data-state=offline][data-unsaved='1']");
  assert.equal(texts()["路上记的一条"], undefined);
  room.onJoin = null;
  await page.waitForSelector(SAVED, { timeout: 20_000 });
  assert.equal(texts()["路上记的一条"].p.startsWith("topic"), true);
  await context.close();
});

test("the device says the network is gone: offline at once, saved again once it is back", { skip }, async (t) => {
  const { enter, texts } = await aRoom(t);
  const page = await enter("p4");
  await page.context().setOffline(true);
  await page.waitForSelector("[data-state=offline]");
  await page.locator("#capture").fill("没有网的一条");
  await page.locator("#capture").press("Enter");
  await page.waitForSelector("[data-unsaved='1']");
  await page.context().setOffline(false);
  await page.waitForSelector(SAVED);
  assert.equal(texts()["没有网的一条"].k, "note");
});

test("a second tab of the same person sees what the first typed even with no network", { skip }, async (t) => {
  const { room, enter } = await aRoom(t);
  const context = await browser.newContext();
  const [one, two] = [await enter("p4", { context }), await enter("p4", { context })];
  room.onJoin = (member) => member.socket.terminate();
  room.cut();
  await one.waitForSelector("[data-state=offline]");
  await one.locator("#capture").fill("两个标签页");
  await one.locator("#capture").press("Enter");
  await two.waitForSelector("text=两个标签页");
});

test("closing names what is missing, takes to it, and succeeds once it is filled; then nobody can type", { skip }, async (t) => {
  const { enter } = await aRoom(t);
  const [host, other] = [await enter("p1"), await enter("p4")];
  await host.keyboard.press("Alt+r");
  await host.waitForSelector("#readback [data-gap=owner]");
  await host.locator("[data-do=close]").click();
  await host.waitForSelector("#readback .warn:not([hidden])");
  await host.keyboard.press("Enter"); // the first gap has the keyboard
  await host.waitForSelector("[data-entry=action000002] .fields");
  await host.keyboard.type("赵");
  await host.waitForSelector("[data-entry=action000002] .options li");
  await host.keyboard.press("Enter");
  await host.keyboard.type("12042026");
  await host.keyboard.press("Escape");
  await host.locator("[data-entry=action000002] [data-do=field-support]").click();
  await host.keyboard.press("Space");
  await host.keyboard.press("Escape");
  await host.waitForSelector(SAVED);
  await host.locator("[data-do=readback]").click();
  await host.waitForSelector("#gaps .fine");
  await host.locator("input[name=next_focus]").fill("跟进报价");
  await host.locator("[data-do=close]").click();
  for (const page of [host, other]) {
    await page.waitForSelector("#closed [data-do=minutes]");
    assert.equal(await page.locator("#capture").isDisabled(), true);
  }
  assert.equal(await other.locator("[data-do=reopen]").count(), 0);
  await host.locator("#closed input").fill("漏了一项");
  await host.locator("[data-do=reopen]").click();
  await other.waitForSelector("#capture:not([disabled])");
});

test("lines that arrive after the closing are marked, kept, and said to be offered as an amendment", { skip }, async (t) => {
  const { room, enter } = await aRoom(t);
  const page = await enter("p4");
  room.onJoin = (member) => member.socket.terminate();
  room.cut();
  await page.waitForSelector("[data-state=offline]");
  await page.locator("#capture").fill("来晚的一条");
  await page.locator("#capture").press("Enter");
  room.frozen = true;
  room.onJoin = null;
  await page.waitForSelector("[data-late]");
  assert.equal(await page.locator("[data-late] .words").textContent(), "来晚的一条");
  assert.equal(room.late.length > 0, true);
});

test("words the room will not take are set aside, offered again after a fresh start, and not lost", { skip }, async (t) => {
  const { room, enter, texts } = await aRoom(t);
  const page = await enter("p4");
  room.refuse = "bad";
  await page.locator("#capture").fill("被拒的一条");
  const again = page.waitForNavigation();
  await page.locator("#capture").press("Enter");
  room.received = () => (room.received = null);
  await again;
  room.refuse = null;
  await page.waitForSelector("[data-do=aside-again]");
  await page.waitForSelector(SAVED);
  await page.locator("[data-do=aside-again]").click();
  await page.waitForFunction(() => !document.querySelector("[data-do=aside-again]"));
  await page.waitForSelector(SAVED);
  assert.equal(texts()["被拒的一条"].k, "note");
});

test("the host starts, goes on to the next topic, gives it time; the others see it", { skip }, async (t) => {
  const change = (options) => {
    Object.assign(options.parts.meeting, { stage: "invited", started_at: null });
    options.parts.topics = options.parts.topics.map((topic) => ({ ...topic, started_at: null, ended_at: null, running_since: null, spent_seconds: 0 }));
  };
  const { room, enter } = await aRoom(t, { change });
  const [host, other] = [await enter("p1"), await enter("p4")];
  await other.waitForSelector("#opening");
  assert.equal(await other.locator("[data-do=start]").isVisible(), false);
  await host.locator("[data-do=start]").click();
  await other.waitForSelector("[data-topic=topic0000001][data-state=running]");
  await host.keyboard.press("Alt+t");
  await other.waitForSelector("[data-topic=topic0000002][data-state=running]");
  await host.locator("[data-do=extend]").click();
  await host.locator("[data-do=extend-confirm]").click();
  await other.waitForSelector("[data-topic=topic0000002] .m:text('20′')");
  assert.equal(room.parts.topics[1].extra_minutes, 5);
});

test("an owner accepts on a phone; parts are tabs there", { skip }, async (t) => {
  const { room, enter } = await aRoom(t);
  const page = await enter("p4", { viewport: { width: 390, height: 844 } });
  await page.locator("[data-mine] [data-do=accept]").click();
  await page.waitForSelector("[data-entry=action000001] .chip.ok");
  assert.equal(room.parts.acceptances.action000001.state, "accepted");
  assert.equal(await page.locator("#agenda").isVisible(), false);
  await page.locator("[role=tab][data-tab=agenda]").click();
  assert.equal(await page.locator("#agenda").isVisible(), true);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
});

test("the projector shows the topic's clock, what is decided and what is open, and nothing to press", { skip }, async (t) => {
  const { enter } = await aRoom(t);
  const host = await enter("p1");
  const [wall] = await Promise.all([host.context().waitForEvent("page"), host.locator("[data-do=project]").click()]);
  await wall.waitForSelector(".wall h2:text('问题聚焦')");
  assert.match(await wall.locator(".decided").textContent(), /2\.0 版由市场部牵头输出/);
  assert.match(await wall.locator(".open-problems").textContent(), /销售侧紧急需求/);
  assert.doesNotMatch(await wall.locator(".open-problems").textContent(), /口径不一/);
  assert.equal(await wall.locator("button, input, textarea, select").count(), 0);
  await host.keyboard.press("Alt+t");
  await wall.waitForSelector(".wall h2:text('方案研讨与共识')");
});

test("the running topic stands at the top of the record when one enters", { skip }, async (t) => {
  const { enter } = await aRoom(t);
  const page = await enter("p3");
  await page.waitForFunction(() => {
    const top = (selector) => document.querySelector(selector).getBoundingClientRect().top;
    return Math.abs(top("[data-topic=topic0000003] > header") - top("#record")) < 2 && top("[data-entry=problem00001]") >= document.querySelector("[data-topic=topic0000003] > header").getBoundingClientRect().bottom - 1;
  });
});

test("nothing is wider than a phone in any language, offline either", { skip }, async (t) => {
  const { enter } = await aRoom(t);
  for (const language of ["zh-hans", "zh-hant", "en"]) {
    const page = await enter("p1", { viewport: { width: 390, height: 844 }, language });
    const wide = () => page.evaluate(() => [...document.querySelectorAll("#room *")].filter((one) => one.getClientRects().length > 0 && !one.closest(".keys, .visually-hidden, .notices") && one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 90)));
    for (const tab of ["agenda", "people", "record"]) {
      await page.locator(`[role=tab][data-tab=${tab}]`).click();
      assert.deepEqual(await wide(), [], `${language} ${tab}`);
    }
    await page.locator("[data-entry=action000002] [data-do=field-owner]").click();
    await page.locator(".fields .tick input").first().check();
    assert.deepEqual(await wide(), [], `${language} fields`);
    await page.context().setOffline(true);
    await page.waitForSelector("[data-state=offline]");
    assert.deepEqual(await wide(), [], `${language} offline`);
    await page.context().close();
  }
});

test("axe finds nothing serious on any screen, light or dark, wide or narrow", { skip }, async (t) => {
  const { enter } = await aRoom(t);
  for (const [viewport, colorScheme, language] of [[{ width: 1280, height: 864 }, "light", "zh-hans"], [{ width: 390, height: 844 }, "dark", "en"], [{ width: 1280, height: 864 }, "dark", "zh-hant"]]) {
    const page = await enter("p1", { viewport, colorScheme, language });
    const session = await page.context().newCDPSession(page);
    await session.send("Runtime.enable");
    const look = async (screen) => {
      await session.send("Runtime.evaluate", { expression: AXE });
      const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      assert.deepEqual(serious.map(({ id, nodes }) => [screen, id, nodes.map((node) => node.html.slice(0, 120))]), []);
    };
    await page.locator("#capture").fill("行动：许衡之评估方案，下周三前");
    await page.waitForSelector("[data-do=read-owner]");
    await look("record");
    await page.locator("[data-entry=action000002] [data-do=field-owner]").click();
    await look("fields");
    await page.keyboard.press("Escape");
    await page.locator("[data-entry=problem00001] .more").click({ force: true });
    await look("menu");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Alt+r");
    await page.waitForSelector("#readback:not([hidden])");
    await look("readback");
    await page.context().close();
  }
});
