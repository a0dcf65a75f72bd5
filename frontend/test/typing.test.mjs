// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import * as Y from "yjs";
import { difference, Typing } from "../node_modules/.room/typing.mjs";

/** As much of a textarea as the binding uses. */
class Area extends EventTarget {
  value = "";
  selectionStart = 0;
  selectionEnd = 0;
  ownerDocument = { activeElement: this };
  setSelectionRange(start, end) {
    this.selectionStart = start;
    this.selectionEnd = end;
  }
  type(words, at = this.selectionStart, removed = 0) {
    this.value = this.value.slice(0, at) + words + this.value.slice(at + removed);
    this.setSelectionRange(at + words.length, at + words.length);
    this.dispatchEvent(new Event("input"));
  }
  compose(event) {
    this.dispatchEvent(new Event(`composition${event}`));
  }
}

function bound(words) {
  const doc = new Y.Doc();
  const text = doc.getText("t");
  text.insert(0, words);
  const area = new Area();
  const typing = new Typing(area, text);
  const elsewhere = (run) => doc.transact(() => run(text), "elsewhere");
  return { doc, text, area, typing, elsewhere };
}

const apply = (before, change) =>
  change === null ? before : before.slice(0, change.at) + change.inserted + before.slice(change.at + change.removed);

test("the change found is minimal, stands at the caret, and never splits a surrogate pair", () => {
  assert.equal(difference("abc", "abc", 1), null);
  assert.deepEqual(difference("aaa", "aaaa", 1), { at: 0, removed: 0, inserted: "a" });
  assert.deepEqual(difference("aaa", "aaaa", 4), { at: 3, removed: 0, inserted: "a" });
  assert.deepEqual(difference("会议记录", "会录", 1), { at: 1, removed: 2, inserted: "" });
  assert.deepEqual(difference("x😀y", "x😁y", 3), { at: 1, removed: 2, inserted: "😁" });
  assert.deepEqual(difference("😀😀", "😀", 2), { at: 2, removed: 2, inserted: "" });
});

test("any edit is reproduced by its difference", () => {
  let dice = 3;
  const roll = (sides) => (dice = (dice * 1103515245 + 12345) % 2147483648) % sides;
  const letters = ["a", "b", "会", "😀", "😁"];
  const random = () => Array.from({ length: roll(6) }, () => letters[roll(5)]).join("");
  for (let round = 0; round < 3000; round++) {
    const [before, after] = [random(), random()];
    const change = difference(before, after, roll(after.length + 1));
    assert.equal(apply(before, change), after);
    assert.equal(change?.inserted.isWellFormed?.() ?? true, true);
  }
});

test("typing goes into the shared text; what others type comes in without moving the caret's neighbours", () => {
  const { area, text, elsewhere } = bound("需求文档");
  area.setSelectionRange(4, 4);
  area.type("口径");
  assert.equal(text.toString(), "需求文档口径");
  elsewhere((shared) => shared.insert(0, "新"));
  assert.equal(area.value, "新需求文档口径");
  assert.equal(area.selectionStart, 7);
  elsewhere((shared) => shared.delete(0, 3));
  assert.equal(area.selectionStart, 4);
});

test("while an input method composes nothing goes out and nothing touches the field", () => {
  const { area, text, elsewhere } = bound("需求文档");
  area.setSelectionRange(2, 2);
  area.compose("start");
  area.type("kou");
  elsewhere((shared) => shared.insert(0, "【急】"));
  area.type("kou jing", 2, 3);
  assert.equal(area.value, "需求kou jing文档");
  assert.equal(text.toString(), "【急】需求文档");
  area.type("口径", 2, 8);
  area.compose("end");
  assert.equal(text.toString(), "【急】需求口径文档");
  assert.equal(area.value, "【急】需求口径文档");
  assert.equal(area.selectionStart, 7);
});

test("what another typed inside the words being replaced by a composition survives", () => {
  const { area, text, elsewhere } = bound("abcdef");
  area.setSelectionRange(1, 5);
  area.compose("start");
  area.type("会", 1, 4);
  elsewhere((shared) => shared.insert(3, "XY"));
  elsewhere((shared) => shared.delete(1, 1));
  area.compose("end");
  assert.equal(text.toString().replace(/[会XY]/g, ""), "af");
  for (const kept of ["会", "XY"]) assert.ok(text.toString().includes(kept));
  assert.equal(area.value, text.toString());
});

test("leaving the field in the middle of a composition keeps what stands there", () => {
  const { area, text, typing } = bound("");
  area.compose("start");
  area.type("会议");
  typing.close();
  assert.equal(text.toString(), "会议");
});

test("two people typing in one text at random agree", () => {
  const [one, two] = [bound(""), bound("")];
  const link = (from, to) => from.doc.on("update", (update, origin) => origin !== "link" && to.push(update));
  const toTwo = [];
  const toOne = [];
  link(one, toTwo);
  link(two, toOne);
  const deliver = () => {
    for (const update of toTwo.splice(0)) Y.applyUpdate(two.doc, update, "link");
    for (const update of toOne.splice(0)) Y.applyUpdate(one.doc, update, "link");
  };
  let dice = 11;
  const roll = (sides) => (dice = (dice * 1103515245 + 12345) % 2147483648) % sides;
  const composing = new Set();
  for (let round = 0; round < 800; round++) {
    const side = roll(2) ? one : two;
    if (roll(5) === 0) {
      if (composing.delete(side)) side.area.compose("end");
      else composing.add(side), side.area.compose("start");
    }
    const at = roll(side.area.value.length + 1);
    side.area.type("xyz会"[roll(4)], at, roll(3) === 0 ? Math.min(1, side.area.value.length - at) : 0);
    if (roll(3) === 0) deliver();
  }
  for (const side of composing) side.area.compose("end");
  deliver();
  deliver();
  assert.equal(one.text.toString(), two.text.toString());
  assert.equal(one.area.value, one.text.toString());
  assert.equal(two.area.value, two.text.toString());
});
