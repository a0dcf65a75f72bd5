// SPDX-License-Identifier: Apache-2.0
// The words of the page's one language, which a script of its own has brought (words.ts has all three).

import type { Key } from "./words.ts";

export type { Key };
export type Say = (key: Key, facts?: { [name: string]: string | number }) => string;

/** Words by key, with `{name}` filled from the facts. */
export function speaker(table: { [key in Key]: string }): Say {
  return (key, facts) =>
    facts ? table[key].replace(/\{(\w+)\}/g, (_whole, name: string) => String(facts[name] ?? "")) : table[key];
}
