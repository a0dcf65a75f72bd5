// SPDX-License-Identifier: Apache-2.0
// Binds a textarea to a shared text: minimal changes out, remote changes in without moving the caret,
// and nothing at all in either direction while an input method is composing.

import type * as Y from "yjs";
import { TYPED } from "./record.ts";

export interface Change {
  at: number;
  removed: number;
  inserted: string;
}

type Delta = { retain?: number; insert?: unknown; delete?: number }[];

const low = (code: number) => code >= 0xdc00 && code <= 0xdfff;

/** The smallest single replacement that makes `after` of `before`, placed at the caret, never inside a surrogate pair. */
export function difference(before: string, after: string, caret: number): Change | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  const suffixLimit = Math.min(shorter, after.length - Math.min(caret, after.length));
  let suffix = 0;
  while (suffix < suffixLimit && before[before.length - 1 - suffix] === after[after.length - 1 - suffix]) suffix++;
  let start = 0;
  while (start < shorter - suffix && before[start] === after[start]) start++;
  while (suffix < shorter - start && before[before.length - 1 - suffix] === after[after.length - 1 - suffix]) suffix++;
  if (start > 0 && (low(before.charCodeAt(start)) || low(after.charCodeAt(start)))) start--;
  const cut = (text: string) => suffix > 0 && low(text.charCodeAt(text.length - suffix));
  if (cut(before) || cut(after)) suffix--;
  return { at: start, removed: before.length - suffix - start, inserted: after.slice(start, after.length - suffix) };
}

/** Where position `index` lies after a change; null when the character at it was removed and `character` is asked. */
function through(delta: Delta, index: number, character: boolean): number | null {
  let old = 0;
  let now = 0;
  for (const step of delta) {
    if (step.retain !== undefined) {
      if (old + step.retain > index) return now + index - old;
      old += step.retain;
      now += step.retain;
    } else if (step.delete !== undefined) {
      if (old + step.delete > index) return character ? null : now;
      old += step.delete;
    } else {
      const length = typeof step.insert === "string" ? step.insert.length : 1;
      if (old === index && !character) return now;
      now += length;
    }
  }
  return now + index - old;
}

export class Typing {
  private base: string;
  private composing = false;
  private arrived: Delta[] = [];
  private writing = false;

  constructor(
    readonly area: HTMLTextAreaElement,
    readonly text: Y.Text,
  ) {
    this.base = text.toString();
    area.value = this.base;
    area.addEventListener("input", this.onInput);
    area.addEventListener("compositionstart", this.onStart);
    area.addEventListener("compositionend", this.onEnd);
    text.observe(this.onRemote);
  }

  /** Ends the binding; what an input method has not finished is kept as it stands. */
  close(): void {
    if (this.composing) this.onEnd();
    this.text.unobserve(this.onRemote);
    this.area.removeEventListener("input", this.onInput);
    this.area.removeEventListener("compositionstart", this.onStart);
    this.area.removeEventListener("compositionend", this.onEnd);
  }

  private readonly onStart = () => {
    this.composing = true;
  };

  private readonly onEnd = () => {
    this.composing = false;
    this.flush();
  };

  private readonly onInput = () => {
    if (!this.composing) this.flush();
  };

  private flush(): void {
    const typed = this.area.value;
    const caret = this.area.selectionEnd;
    const change = difference(this.base, typed, caret);
    const where = change ? this.write(change) : null;
    if (this.arrived.length > 0) {
      const from = change && where !== null && caret >= change.at ? where - change.at : 0;
      this.show(caret + from, caret + from);
    }
    this.arrived = [];
    this.base = this.area.value;
  }

  /** Writes our change into the text as it is now, carried over what arrived while composing. */
  private write(change: Change): number {
    let at = change.at;
    for (const delta of this.arrived) at = through(delta, at, false) ?? at;
    const doomed = this.survivors(change);
    this.writing = true;
    this.text.doc?.transact(() => {
      for (const [index, length] of doomed) this.text.delete(index, length);
      const before = doomed.filter(([index]) => index < at).reduce((sum, [, length]) => sum + length, 0);
      at -= before;
      if (change.inserted) this.text.insert(at, change.inserted);
    }, TYPED);
    this.writing = false;
    return at;
  }

  /** The characters we removed that still exist, as ranges from the last to the first. */
  private survivors(change: Change): [number, number][] {
    const ranges: [number, number][] = [];
    for (let index = change.at; index < change.at + change.removed; index++) {
      let now: number | null = index;
      for (const delta of this.arrived) now = now === null ? null : through(delta, now, true);
      if (now === null) continue;
      const last = ranges[0];
      if (last && last[0] + last[1] === now) last[1] += 1;
      else ranges.unshift([now, 1]);
    }
    return ranges;
  }

  private readonly onRemote = (event: Y.YTextEvent) => {
    if (this.writing) return;
    const delta = event.delta as Delta;
    if (this.composing) {
      this.arrived.push(delta);
      return;
    }
    const start = through(delta, this.area.selectionStart, false) ?? 0;
    const end = through(delta, this.area.selectionEnd, false) ?? 0;
    this.show(start, end);
    this.base = this.area.value;
  };

  private show(start: number, end: number): void {
    const now = this.text.toString();
    if (this.area.value === now) return;
    const focused = this.area.ownerDocument.activeElement === this.area;
    this.area.value = now;
    if (focused) this.area.setSelectionRange(start, end);
    this.area.dispatchEvent(new Event("resized"));
  }
}
