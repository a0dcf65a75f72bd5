// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import * as Y from "yjs";
import { splitLines, splitPrefix } from "../node_modules/.room/capture_text.mjs";
import { orderBetween, RoomRecord } from "../node_modules/.room/record.mjs";

const TOPIC = "topic0000001";

function aRecord() {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const [id, order] of [[TOPIC, "a0"], ["topic0000002", "a1"]]) {
      const node = new Y.Map();
      for (const [key, value] of [["k", "topic"], ["p", ""], ["o", order], ["t", new Y.Text(id)]]) node.set(key, value);
      doc.getMap("nodes").set(id, node);
    }
  });
  return new RoomRecord(doc, () => ({ person: "p1", at: "2026-03-02T09:00:00Z" }));
}

const outline = (record) => record.all().map((node) => `${" ".repeat(node.depth)}${node.kind} ${record.words(node.id)}`);

test("entries stand in the order they were added, numbered by kind through the whole meeting", () => {
  const record = aRecord();
  const problem = record.add("problem", TOPIC, "one");
  record.add("solution", problem, "way");
  record.add("problem", "topic0000002", "two");
  const between = record.add("note", TOPIC, "said", {}, problem);
  assert.deepEqual(outline(record).slice(1, 4), ["problem one", " solution way", "note said"]);
  assert.equal(record.index.get(between).number, 1);
  assert.deepEqual(record.all().filter((n) => n.kind === "problem").map((n) => n.number), [1, 2]);
});

test("adding is undone by hiding the entry, and redone", () => {
  const record = aRecord();
  const id = record.add("note", TOPIC, "said");
  record.undoing.undo();
  assert.equal(record.index.has(id), false);
  assert.equal(record.nodes.has(id), true);
  record.undoing.redo();
  assert.equal(record.words(id), "said");
  assert.equal(record.index.has(id), true);
});

test("a removed entry leaves what hung below it in its place; undo brings everything back", () => {
  const record = aRecord();
  const problem = record.add("problem", TOPIC, "one");
  record.add("solution", problem, "a");
  record.add("action", problem, "b");
  record.add("note", TOPIC, "after");
  const before = outline(record);
  record.remove(problem);
  assert.deepEqual(outline(record).slice(1, 4), ["solution a", "action b", "note after"]);
  record.undoing.undo();
  assert.deepEqual(outline(record), before);
});

test("undo takes back only what was done here", () => {
  const record = aRecord();
  const id = record.add("note", TOPIC, "");
  record.text(id).doc.transact(() => record.text(id).insert(0, "theirs "), "elsewhere");
  record.set(id, { due: "2026-03-05" });
  record.undoing.undo();
  assert.equal(record.fields(id).due, "");
  assert.equal(record.words(id), "theirs ");
});

test("moving up, down, in and out keeps the tree below", () => {
  const record = aRecord();
  const [a, b, c] = ["a", "b", "c"].map((words) => record.add("problem", TOPIC, words));
  record.add("solution", b, "b1");
  assert.equal(record.move(b, "up"), true);
  assert.deepEqual(outline(record).slice(1, 5), ["problem b", " solution b1", "problem a", "problem c"]);
  assert.equal(record.move(b, "up"), false);
  assert.equal(record.move(c, "in"), true);
  assert.equal(record.index.get(c).parent, a);
  assert.equal(record.move(c, "out"), true);
  assert.equal(record.move(b, "down"), true);
  assert.deepEqual(outline(record).slice(1, 5), ["problem a", "problem b", " solution b1", "problem c"]);
});

test("a circle of parents, made by two people at once, is shown and not lost", () => {
  const record = aRecord();
  const a = record.add("problem", TOPIC, "a");
  const b = record.add("problem", TOPIC, "b");
  record.set(a, { p: b });
  record.set(b, { p: a });
  assert.deepEqual(new Set(record.roots.map((node) => node.id)), new Set([TOPIC, "topic0000002", a, b]));
});

test("an order key lies between its neighbours, equal or foreign ones too", () => {
  assert.ok(orderBetween("a0.x", "a1.y", "me") > "a0.x");
  assert.ok(orderBetween("a0.x", "a1.y", "me") < "a1.y");
  assert.ok(orderBetween("a1.x", "a1.y", "me") > "a1.x");
  assert.ok(orderBetween(undefined, "a0", "me") < "a0");
  assert.ok(orderBetween("0001", undefined, "me") > "0001");
});

test("an action says what it lacks: task, owner (named, or to be named by a head), date, support", () => {
  const record = aRecord();
  const id = record.add("action", TOPIC, "");
  assert.deepEqual(record.gaps(id), ["task", "owner", "due", "support"]);
  record.text(id).insert(0, "write it");
  record.set(id, { dep: "d1", name_by: { date: "2026-03-05", person: "p9" }, due: "2026-03-09", sup: "none" });
  assert.deepEqual(record.gaps(id), []);
  record.set(id, { name_by: "", own: "" });
  assert.deepEqual(record.gaps(id), ["owner"]);
});

test("listeners hear which entries changed and whether the tree did", () => {
  const record = aRecord();
  const id = record.add("note", TOPIC, "x");
  const heard = [];
  record.listen((change) => heard.push([change.structure, [...change.touched]]));
  record.text(id).insert(1, "y");
  record.set(id, { due: "2026-03-05" });
  record.move(id, "in");
  record.set(id, { p: "topic0000002" });
  assert.deepEqual(heard, [[false, [id]], [false, [id]], [true, [id]]]);
});

test("a line names its own kind in three languages, with either colon", () => {
  assert.deepEqual(splitPrefix("问题：口径不清"), { kind: "problem", text: "口径不清" });
  assert.deepEqual(splitPrefix("行動 2: 寫文件"), { kind: "action", text: "寫文件" });
  assert.deepEqual(splitPrefix("Action: write"), { kind: "action", text: "write" });
  assert.deepEqual(splitPrefix("问题在于口径"), { kind: null, text: "问题在于口径" });
  assert.deepEqual(splitLines("1. 一\n- 二\n\n三"), ["一", "二", "三"]);
});
