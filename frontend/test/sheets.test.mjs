// SPDX-License-Identifier: Apache-2.0
// Further places to write: pasted lines with their preview, the table of departments, the recorder's private notes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { aRoom, axe, launch, SAVED, skip } from "./in-browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const PASTED = "1. 问题：交付口径不一\n2. 方案：共用一份说明\n3. 许衡之评估方案，下周三前\n4. 会后各自回去看";

async function paste(page, text) {
  await page.locator("#capture").focus();
  await page.evaluate((words) => {
    const area = document.getElementById("capture");
    area.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, clipboardData: new DataTransfer() }));
    area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
  }, text);
}

test("pasted lines are shown as they will be read, corrected, left out, and added with one Enter", { skip }, async (t) => {
  const { enter, texts } = await aRoom(t, browser);
  const page = await enter("p2");
  await paste(page, PASTED);
  await page.waitForSelector(".paste-row[data-kind=action] .chip:text('技术部 · 许衡之')");
  const kinds = () => page.locator(".paste-row").evaluateAll((rows) => rows.map((row) => row.dataset.kind));
  assert.deepEqual(await kinds(), ["problem", "solution", "action", "note"]);
  await axe(page, "paste");
  await page.locator(".paste-row").nth(1).locator("select").selectOption("decision");
  await page.locator(".paste-row").nth(3).locator("[data-do=paste-drop]").click();
  await page.locator("#capture").focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector(SAVED);
  const all = texts();
  const problem = all["交付口径不一"];
  assert.deepEqual([all["共用一份说明"].k, all["共用一份说明"].p], ["decision", problem.id]);
  const action = Object.values(all).find((node) => node.own === "p3");
  assert.deepEqual([action.k, action.p, action.due, action.t], ["action", problem.id, "2026-12-02", "评估方案"]);
  assert.equal(all["会后各自回去看"], undefined);
  assert.equal(await page.locator(".paste").isVisible(), false);
  assert.equal(await page.locator("#capture").inputValue(), "");
});

test("a paste is taken back with Escape; what stood in the line stays", { skip }, async (t) => {
  const { enter, texts } = await aRoom(t, browser);
  const page = await enter("p2");
  await page.locator("#capture").fill("写到一半");
  await paste(page, PASTED);
  await page.waitForSelector(".paste-row");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#capture").inputValue(), "写到一半");
  assert.equal(await page.locator(".paste").isVisible(), false);
  assert.equal(texts()["会后各自回去看"], undefined);
});

test("what was added, converted and edited is undone step by step and redone", { skip }, async (t) => {
  const { enter, texts } = await aRoom(t, browser);
  const page = await enter("p2");
  await page.locator("#capture").fill("会被撤销的一条");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[data-entry] .words:text('会被撤销的一条')");
  await page.locator("[data-entry]", { hasText: "会被撤销的一条" }).focus();
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => !document.body.textContent.includes("会被撤销的一条"));
  await page.keyboard.press("Control+y");
  await page.waitForSelector("[data-entry] .words:text('会被撤销的一条')");
  await page.waitForSelector(SAVED);
  assert.equal(texts()["会被撤销的一条"].s, "");
});

const progressing = (options) => {
  const now = Date.now();
  options.parts.topics = options.parts.topics.map((topic, at) => ({ ...topic, running_since: at === 1 ? new Date(now - 60_000).toISOString() : null, ended_at: at > 1 ? null : topic.ended_at, started_at: at > 1 ? null : topic.started_at }));
};

const cell = (page, department, column) => page.locator(`[data-department=${department}] [data-column=${column}] textarea`);

test("each seated department has its row; Enter goes to the next; nothing is written until typed", { skip }, async (t) => {
  const { enter, texts, room } = await aRoom(t, browser, { change: progressing });
  const [page, other] = [await enter("p2"), await enter("p5")];
  assert.deepEqual(await page.locator(".progress-row[data-department] b").allTextContents(), ["市场部", "技术部", "销售部", "客服部"]);
  const before = room.seq;
  await cell(page, "d1", "done").focus();
  await page.keyboard.press("Enter");
  assert.equal(await cell(page, "d2", "done").evaluate((area) => area === document.activeElement), true);
  assert.equal(room.seq, before);
  await page.keyboard.type("与市场部对齐了需求说明");
  await page.keyboard.press("Tab"); // to whom the department asks
  await page.keyboard.press("Tab");
  await page.keyboard.type("请销售部给出优先级");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.closest("[data-department]").dataset.department), "d3");
  await page.waitForSelector(SAVED);
  const all = texts();
  assert.deepEqual([all["与市场部对齐了需求说明"].k, all["与市场部对齐了需求说明"].dep, all["与市场部对齐了需求说明"].p], ["note", "d2", "topic0000002"]);
  assert.equal(all["请销售部给出优先级"].sup[0].dep, "d3");
  await other.waitForSelector("[data-department=d2] [data-request=open]");
  assert.equal(await other.locator("[data-department=d2] [data-column=done] textarea").inputValue(), "与市场部对齐了需求说明");
  assert.equal(await other.locator("[data-entry] .words", { hasText: "请销售部给出优先级" }).count(), 0, "a line of the table is not listed a second time");
});

test("what an input method composes is written once, in the table and in the notes", { skip }, async (t) => {
  const { enter, room, notes } = await aRoom(t, browser, { change: progressing });
  const page = await enter("p2");
  const session = await page.context().newCDPSession(page);
  const compose = async (...steps) => {
    for (const text of steps) await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await session.send("Input.insertText", { text: steps.at(-1) });
  };
  await cell(page, "d1", "done").focus();
  const before = room.seq;
  await session.send("Input.imeSetComposition", { text: "dui", selectionStart: 3, selectionEnd: 3 });
  assert.equal(room.seq, before, "half a word is nobody's business");
  await compose("duiqi", "对齐");
  await compose("ha", "好了");
  await page.waitForSelector(SAVED);
  assert.equal(await cell(page, "d1", "done").inputValue(), "对齐好了");
  await page.keyboard.press("Alt+l");
  await page.waitForSelector("#notes [data-saved=saved]");
  await compose("si", "私下");
  await compose("ji", "记");
  await page.waitForSelector("#notes [data-saved=saved]");
  const lines = (doc) => [...doc.getMap("nodes").values()].map((node) => String(node.get("t")));
  assert.equal(lines(room.doc).filter((text) => text === "对齐好了").length, 1);
  await page.waitForFunction(() => document.querySelector("#notes textarea").value === "私下记");
  await page.keyboard.press("Escape");
  assert.deepEqual(lines(notes.doc), ["私下记"]);
});

test("two who begin the same row at once both keep their words", { skip }, async (t) => {
  const { enter, room } = await aRoom(t, browser, { change: progressing });
  const [one, two] = [await enter("p2"), await enter("p1")];
  for (const page of [one, two]) await page.context().setOffline(true);
  for (const page of [one, two]) await page.waitForSelector("#state[data-state=offline]");
  await cell(one, "d1", "done").fill("甲写的");
  await cell(two, "d1", "done").fill("乙写的");
  for (const page of [one, two]) await page.context().setOffline(false);
  for (const page of [one, two]) {
    await page.waitForFunction(() => document.querySelectorAll("[data-department=d1] [data-column=done] [data-line]").length === 2);
    assert.deepEqual((await page.locator("[data-department=d1] [data-column=done] textarea").evaluateAll((areas) => areas.map((area) => area.value))).sort(), ["乙写的", "甲写的"].sort());
  }
  await one.waitForSelector(SAVED);
  assert.equal([...room.doc.getMap("nodes").values()].filter((node) => node.get("dep") === "d1" && node.get("k") === "note").length, 2);
});

test("a need is open until an action refers to it", { skip }, async (t) => {
  const { enter, room } = await aRoom(t, browser, { change: progressing });
  const page = await enter("p2", { viewport: { width: 390, height: 844 } });
  await page.locator("[data-department=d1] [data-do=need-who]").selectOption("d2");
  await cell(page, "d1", "needs").first().fill("补接口说明");
  await page.locator("[data-department=d1] [data-do=need-action]").click();
  await page.waitForSelector("[data-department=d1] [data-request=answered]");
  await page.waitForSelector(SAVED);
  const nodes = [...room.doc.getMap("nodes")].map(([id, node]) => ({ id, ...node.toJSON() }));
  const [need, action] = ["note", "action"].map((kind) => nodes.find((node) => node.t === "补接口说明" && node.k === kind));
  assert.deepEqual([action.ref, action.dep, need.sup[0].dep], [[need.id], "d2", "d2"]);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
});

test("an emptied line goes", { skip }, async (t) => {
  const { enter, texts } = await aRoom(t, browser, { change: progressing });
  const page = await enter("p2");
  await cell(page, "d1", "done").fill("写错的一条");
  await page.waitForSelector("[data-department=d1] [data-line]");
  await cell(page, "d1", "done").fill("");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !document.querySelector("[data-department=d1] [data-line]"));
  await page.waitForSelector(SAVED);
  assert.equal(Object.values(texts()).some((node) => node.dep === "d1" && node.k === "note" && node.s === ""), false);
});

test("axe finds nothing serious on the table of departments", { skip }, async (t) => {
  const { enter } = await aRoom(t, browser, { change: progressing });
  for (const [language, viewport, colorScheme] of [["zh-hans", { width: 1280, height: 864 }, "light"], ["en", { width: 390, height: 844 }, "dark"]]) {
    const page = await enter("p1", { language, viewport, colorScheme });
    await cell(page, "d1", "needs").first().fill("补接口说明");
    await axe(page, `${language} ${colorScheme}`);
  }
});

test("private notes are the recorder's alone, saved by themselves, kept offline", { skip }, async (t) => {
  const { enter, room, notes } = await aRoom(t, browser);
  const [recorder, host] = [await enter("p2"), await enter("p1")];
  await host.keyboard.press("Alt+l");
  assert.equal(await host.locator("#notes").isVisible(), false);
  assert.equal(notes.members.size, 0);
  await recorder.keyboard.press("Alt+l");
  await recorder.waitForSelector("#notes [data-saved=saved]");
  await recorder.keyboard.type("张三口气不对，会后问");
  await recorder.waitForFunction(() => document.querySelector("#notes .net").dataset.saved === "saved");
  const written = () => [...notes.doc.getMap("nodes").values()].map((node) => [node.get("k"), node.get("s"), String(node.get("t"))]);
  assert.deepEqual(written(), [["note", "private", "张三口气不对，会后问"]]);
  assert.equal([...room.doc.getMap("nodes").values()].some((node) => String(node.get("t")).includes("张三")), false);
  await axe(recorder, "notes");
  const context = recorder.context();
  await context.setOffline(true);
  await recorder.waitForSelector("#notes [data-saved=offline]");
  await recorder.locator("#notes textarea").press("End");
  await recorder.keyboard.type("；再核对");
  await context.setOffline(false);
  await recorder.waitForSelector("#notes [data-saved=saved]");
  assert.equal(written()[0][2], "张三口气不对，会后问；再核对");
  await recorder.keyboard.press("Escape");
  assert.equal(await recorder.locator("#notes").isVisible(), false);
});

test("who hands the role over keeps no copy of the notes", { skip }, async (t) => {
  const { enter, room } = await aRoom(t, browser);
  const page = await enter("p2");
  await page.keyboard.press("Alt+l");
  await page.waitForSelector("#notes [data-saved=saved]");
  await page.keyboard.type("只有我看");
  await page.waitForSelector("#notes [data-saved=saved]");
  const you = room.parts.you;
  room.parts.you = (member) => ({ ...you(member), roles: [], may: ["type", "read"] });
  for (const member of room.members) room.fact("you", undefined, member);
  await page.waitForFunction(() => document.querySelector("#notes").hidden && document.querySelector("[data-do=notes]").hidden);
  await page.waitForFunction(async () => {
    const database = await new Promise((resolve) => (indexedDB.open("huiyao-room:p2:notes:m1").onsuccess = (event) => resolve(event.target.result)));
    const stores = [...database.objectStoreNames];
    const count = stores.includes("updates") ? await new Promise((resolve) => (database.transaction("updates").objectStore("updates").count().onsuccess = (event) => resolve(event.target.result))) : 0;
    database.close();
    return count === 0;
  });
});

test("the wall shows nothing of the notes", { skip }, async (t) => {
  const { enter, url } = await aRoom(t, browser);
  const recorder = await enter("p2");
  await recorder.keyboard.press("Alt+l");
  await recorder.waitForSelector("#notes [data-saved=saved]");
  await recorder.keyboard.type("只有我看");
  const wall = await recorder.context().newPage();
  await wall.goto(`${url}/?as=p2&view=projector`);
  await wall.waitForSelector(".wall h2:text('问题聚焦')");
  await wall.keyboard.press("Alt+l");
  assert.equal(await wall.locator("#notes, [data-do=notes]").count(), 0);
  assert.doesNotMatch(await wall.locator("body").textContent(), /只有我看/);
});
