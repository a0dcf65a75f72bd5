// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { speaker } from "../node_modules/.room/speak.mjs";
import { TABLES } from "../node_modules/.room/words.mjs";

const blanks = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

test("every word is there in the three languages, with the same blanks", () => {
  const { "zh-hans": hans, ...others } = TABLES;
  assert.deepEqual(Object.keys(TABLES).sort(), ["en", "zh-hans", "zh-hant"]);
  for (const table of Object.values(others)) {
    assert.deepEqual(Object.keys(table), Object.keys(hans));
    for (const [key, text] of Object.entries(table)) {
      assert.notEqual(text.trim(), "");
      assert.deepEqual(blanks(text), blanks(hans[key]), key);
    }
  }
});

test("English has no Chinese in it, traditional none of the commonest simplified characters", () => {
  for (const text of Object.values(TABLES.en)) assert.doesNotMatch(text, /[\u4e00-\u9fff]/);
  for (const text of Object.values(TABLES["zh-hant"])) assert.doesNotMatch(text, /[议题录这长责门问动认识为现还没点钟储]/u);
});

test("facts fill the blanks, a missing one leaves nothing", () => {
  const say = speaker(TABLES.en);
  assert.equal(say("state.unsaved", { n: 3 }), "3 unsaved");
  assert.equal(say("stage.starts", {}), "starts ");
});
