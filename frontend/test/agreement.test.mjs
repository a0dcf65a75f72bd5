// SPDX-License-Identifier: Apache-2.0
// Agreeing in the room: consensus calls, parked entries, read-back, retrospective; in a real browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { aRoom, axe, launch, SAVED, skip } from "./in-browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const entry = (page, id) => page.locator(`[data-entry="${id}"]`);

async function called(t, options) {
  const room = await aRoom(t, browser, options);
  const host = await room.enter("p1");
  await entry(host, "solution0001").focus();
  await host.keyboard.press("Alt+v");
  await host.waitForSelector("[data-call=solution0001]");
  return { ...room, host };
}

test("a call is opened, answered by key with a reason where one is needed, closed, and its decision written by key", { skip }, async (t) => {
  const { enter, texts, room, host } = await called(t);
  const [tech, sales] = [await enter("p3"), await enter("p5", { viewport: { width: 390, height: 844 } })];
  await tech.keyboard.press("Alt+u");
  await tech.keyboard.type("容量要同步扣减");
  await tech.keyboard.press("Enter");
  await sales.locator("[data-do=voice-agree]").click();
  await host.keyboard.press("Alt+y");
  await host.waitForSelector(".call .silent:text('还没表态：客服部')");
  assert.equal(await sales.locator("[data-do=voice-agree]").getAttribute("aria-pressed"), "true");
  await host.keyboard.press("Alt+q");
  await tech.waitForSelector("[data-entry=solution0001] [data-outcome=majority]");
  assert.match(await entry(tech, "solution0001").locator(".reasons").textContent(), /保留技术部 容量要同步扣减/);
  assert.equal(await host.locator(".call").count(), 0);
  await host.keyboard.press("Alt+q");
  await host.waitForSelector(SAVED);
  const decision = Object.values(texts()).find((node) => node.k === "decision" && node.p === "solution0001");
  assert.equal(decision.t, "说明 2.0 版区分核心与可选功能，技术同步评估");
  await tech.waitForSelector(`[data-entry="${decision.id}"] [data-outcome=majority]`);
  assert.equal(room.parts.calls.solution0001.voices.length, 3);
  await host.keyboard.press("Alt+c");
  await host.keyboard.type("行动：输出说明");
  await host.keyboard.press("Enter");
  await host.waitForSelector(SAVED);
  assert.equal(texts()["输出说明"].p, "solution0001", "an action stands beside the decision it follows from");
  assert.equal(await entry(host, decision.id).getAttribute("data-dangling"), null);
});

test("an answer may change while the call is open; who fills no seat is asked for none", { skip }, async (t) => {
  const { enter, room } = await called(t);
  const [sales, recorder] = [await enter("p5"), await enter("p2")];
  await sales.locator("[data-do=voice-object]").click();
  await sales.locator("[data-do=voice-send]").click();
  assert.equal(await sales.evaluate(() => document.activeElement.matches(".why input")), true, "an objection without a reason is not sent");
  assert.equal(room.parts.calls.solution0001.voices.length, 0);
  await sales.keyboard.type("客户等不到");
  await sales.keyboard.press("Enter");
  await sales.waitForSelector("[data-do=voice-object][aria-pressed=true]");
  await sales.keyboard.press("Alt+y");
  await sales.waitForSelector("[data-do=voice-agree][aria-pressed=true]");
  assert.deepEqual(room.parts.calls.solution0001.voices.map(({ answer }) => answer), ["agree"]);
  assert.equal(await recorder.locator("[data-do=voice-agree]").isVisible(), false);
  assert.equal(await recorder.locator("[data-do=call-close]").isVisible(), false);
});

test("a call that was not reached closes once somebody is named to decide", { skip }, async (t) => {
  const { room, enter, host } = await called(t);
  await host.keyboard.press("Alt+i");
  await host.keyboard.type("口径没定");
  await host.keyboard.press("Enter");
  await host.waitForSelector("[data-do=voice-object][aria-pressed=true]");
  await host.keyboard.press("Alt+q");
  await host.waitForSelector(".decide .warn");
  await host.keyboard.type("许");
  await host.waitForSelector(".decide .options li:text('许衡之')");
  await host.keyboard.press("Enter");
  await host.keyboard.type("12042026");
  await host.keyboard.press("Enter");
  const other = await enter("p4");
  await other.waitForSelector("[data-entry=solution0001] [data-outcome=not_reached]");
  await other.waitForSelector("[data-entry=solution0001] .chip:text('12-04 周五 前由 许衡之 决定')");
  assert.deepEqual([room.parts.calls.solution0001.decider, room.parts.calls.solution0001.decide_by], ["p3", "2026-12-04"]);
  assert.equal(await other.locator("[data-do=call-decide]").count(), 0);
});

test("a call taken back leaves no trace on the entry", { skip }, async (t) => {
  const { room, host } = await called(t);
  await host.locator("[data-do=call-drop]").click();
  await host.waitForFunction(() => !document.querySelector("[data-call]"));
  assert.deepEqual(room.parts.calls, {});
  assert.equal(await entry(host, "solution0001").locator(".chip").count(), 0);
});

test("one key parks an entry and asks for its owner", { skip }, async (t) => {
  const { enter, texts } = await aRoom(t, browser);
  const page = await enter("p2");
  await entry(page, "note00000001").focus();
  await page.keyboard.press("Alt+o");
  await page.waitForSelector("[data-entry=note00000001][data-kind=parked] .fields");
  assert.equal(await page.locator(".fields .part").count(), 1);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("赵");
  await page.waitForSelector(".fields .options li:text('赵宁安')");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[data-entry=note00000001] [data-do=field-owner]:text('销售部 · 赵宁安')");
  await page.waitForSelector(SAVED);
  const parked = Object.values(texts()).find((node) => node.id === "note00000001");
  assert.deepEqual([parked.k, parked.own, parked.dep], ["parked", "p5", "d3"]);
});

test("a line typed as parked belongs to whoever leads the topic until somebody else is named", { skip }, async (t) => {
  const { enter } = await aRoom(t, browser);
  const page = await enter("p2");
  await page.locator("#capture").fill("暂存：明年的团建");
  await page.locator("#capture").press("Enter");
  await page.waitForSelector("[data-kind=parked] [data-do=field-owner]:text('技术部 · 许衡之')");
});

test("the read-back tells outcomes with their reasons, support by department, what is open, and what is parked", { skip }, async (t) => {
  const change = ({ parts }) => {
    const voice = (department, answer, reason = "") => ({ department, person: "", answer, reason, at: "" });
    const call = { id: "c", opened_at: "2026-11-22T01:00:00Z", closed_at: null, asked: ["d1", "d2", "d3", "d4"], decider: null, decide_by: "" };
    parts.calls = {
      decision0001: { ...call, state: "closed", closed_at: "2026-11-22T01:10:00Z", outcome: "majority", voices: [voice("d1", "agree"), voice("d2", "agree"), voice("d3", "agree"), voice("d4", "reserve", "人手不够")], silent: [] },
      solution0001: { ...call, state: "open", outcome: "", voices: [], silent: ["d1", "d2", "d3", "d4"] },
    };
  };
  const { enter } = await aRoom(t, browser, { change });
  const page = await enter("p1");
  await page.keyboard.press("Alt+r");
  const read = page.locator("#readback");
  await page.waitForSelector("#readback #dangling li");
  const text = await read.textContent();
  assert.match(text, /多数同意 3\/4/);
  assert.match(text, /保留客服部 人手不够/);
  assert.match(text, /要给的支持销售部 · 客户访谈原始记录/);
  assert.match(text, /带到下次的（暂存）明年展会预算/);
  assert.equal(await page.locator("#dangling li", { hasText: "还在征求共识" }).count(), 1);
  await axe(page, "readback");
});

test("after closing everybody there is asked two questions; the host sees how many said what, and prepares the next meeting", { skip }, async (t) => {
  const change = (options) => {
    const { seed } = options;
    options.seed = (doc) => (seed(doc), doc.getMap("nodes").get("action000002").set("s", "deleted"));
  };
  const { enter, room } = await aRoom(t, browser, { change });
  const [host, other] = [await enter("p1"), await enter("p4", { viewport: { width: 390, height: 844 } })];
  await host.keyboard.press("Alt+r");
  await host.waitForSelector("#gaps .fine");
  await host.locator("input[name=next_when]").fill("2099-03-20T14:00");
  await host.locator("[data-do=close]").click();
  await other.waitForSelector("#retro h2:text('两个问题，7 分钟')");
  assert.equal(await other.locator("#retro-improve").getAttribute("maxlength"), "1000");
  assert.equal(await other.locator("#retro [data-met=yes]").count(), 0);
  await other.locator("#retro .segment", { hasText: "部分达到" }).click();
  await other.locator("#retro-improve").fill("材料早一天发");
  await other.locator("[data-do=retro-send]").click();
  await host.waitForSelector("#retro .chip[data-met=partly]:text('部分达到 1')");
  await other.waitForSelector("#retro .fine:text('已收到')");
  assert.deepEqual(room.parts.retro({ person: "p4" }).mine, { met: "partly", improve: "材料早一天发" });
  await axe(other, "retrospective");
  await host.locator("[data-do=next-plan]").click();
  await host.waitForSelector("#closed a[data-do=next-meeting]");
  assert.equal(room.planned, "2099-03-20T14:00");
  assert.equal(await host.locator("#closed a[data-do=next-meeting]").getAttribute("href"), "/meetings/m2/");
});

test("support given by my department is told to me", { skip }, async (t) => {
  const { enter } = await aRoom(t, browser);
  const page = await enter("p5");
  await page.locator(".support-mine summary").click();
  await page.waitForSelector(".support-mine li:has-text('客户访谈原始记录')");
});

test("axe finds nothing serious on a call, open for member and host, in the three languages", { skip }, async (t) => {
  const { enter, host } = await called(t);
  await axe(host, "host");
  await host.keyboard.press("Alt+i");
  await host.keyboard.type("口径没定");
  await host.keyboard.press("Enter");
  await host.waitForSelector("[data-do=voice-object][aria-pressed=true]");
  await host.keyboard.press("Alt+q");
  await host.waitForSelector(".decide .warn");
  await axe(host, "decider");
  for (const [language, viewport, colorScheme] of [["zh-hant", { width: 1280, height: 864 }, "dark"], ["en", { width: 390, height: 844 }, "dark"], ["en", { width: 390, height: 844 }, "light"]]) {
    const page = await enter("p3", { language, viewport, colorScheme });
    await page.locator("[data-do=voice-reserve]").click();
    await axe(page, `${language} ${colorScheme}`);
    assert.equal(await page.evaluate(() => [...document.querySelectorAll(".calls *")].every((one) => one.getBoundingClientRect().right <= innerWidth + 1)), true);
  }
});
