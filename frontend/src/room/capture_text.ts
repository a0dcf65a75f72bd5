// SPDX-License-Identifier: Apache-2.0
// The kind a line names itself: "问题：…", "行动: …", "action: …", with full or half width colon.

import type { Kind } from "./record.ts";

const NAMES: { [kind in Exclude<Kind, "topic">]: string[] } = {
  note: ["记要", "记录", "記要", "記錄", "note"],
  problem: ["问题", "問題", "problem", "issue"],
  solution: ["方案", "建议", "建議", "solution", "proposal"],
  decision: ["共识", "共識", "决定", "決定", "决议", "決議", "decision", "decided"],
  action: ["行动项", "行動項", "行动", "行動", "待办", "待辦", "action", "todo"],
  parked: ["暂存", "暫存", "跑题", "離題", "离题", "跑題", "parked"],
};

const KIND_OF = new Map<string, Exclude<Kind, "topic">>();
for (const [kind, names] of Object.entries(NAMES)) {
  for (const name of names) KIND_OF.set(name, kind as Exclude<Kind, "topic">);
}
const LONGEST_FIRST = [...KIND_OF.keys()].sort((a, b) => b.length - a.length).join("|");
const PREFIX = new RegExp(`^\\s*(${LONGEST_FIRST})\\s*\\d*\\s*[：:]\\s*`, "i");

export function splitPrefix(line: string): { kind: Exclude<Kind, "topic"> | null; text: string } {
  const found = PREFIX.exec(line);
  if (!found) return { kind: null, text: line.trim() };
  return { kind: KIND_OF.get(found[1]!.toLowerCase()) ?? null, text: line.slice(found[0].length).trim() };
}

/** The lines of a paste as entries: list marks and numbers at the front go, empty lines go. */
export function splitLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:[-*•·●]|\d{1,2}[.、)）])\s*/, "").trim())
    .filter((line) => line !== "");
}
