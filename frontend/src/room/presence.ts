// SPDX-License-Identifier: Apache-2.0
// Who is writing in which entry; passes through the server, which stamps the person, and is never stored.

import type { Provider } from "./provider.ts";

interface State {
  /** Stamped by the server. */
  person?: string;
  name?: string;
  entry?: string | null;
}

export class Presence {
  constructor(
    private readonly provider: Provider,
    private readonly me: { person: string; name: string },
  ) {
    this.at(null);
  }

  at(entry: string | null): void {
    const now = this.provider.awareness.getLocalState() as State | null;
    if (now && now.entry === entry) return;
    this.provider.awareness.setLocalState({ name: this.me.name, entry });
  }

  /** Names of the others by the entry they write in. */
  writers(nameOf: (id: string) => string): Map<string, string[]> {
    const writers = new Map<string, string[]>();
    for (const [client, state] of this.provider.awareness.getStates() as Map<number, State>) {
      if (client === this.provider.awareness.clientID || !state.entry) continue;
      const name = nameOf(state.person ?? "") || state.name || "";
      if (!name) continue;
      const names = writers.get(state.entry) ?? [];
      if (!names.includes(name)) names.push(name);
      writers.set(state.entry, names);
    }
    return writers;
  }

  listen(listener: () => void): void {
    this.provider.awareness.on("change", listener);
  }
}
