// SPDX-License-Identifier: Apache-2.0
// What this device keeps: the document in IndexedDB, which entries are unsaved, texts set aside; and sister tabs.

import { IndexeddbPersistence } from "y-indexeddb";
import * as Y from "yjs";
import { storeName } from "./begin.ts";
import { Provider } from "./provider.ts";

const TIDY = 500;
const PATIENCE = 2_000; // a browser that refuses IndexedDB may never answer

export interface SetAside {
  kind: string;
  text: string;
}

export class Device {
  private store: IndexeddbPersistence | null = null;
  private readonly tabs: BroadcastChannel | null;
  private readonly name: string;
  private noted: Set<string>;
  private lateOnes: string[] | null = null;
  private tidying = 0;
  works = false;

  constructor(
    private readonly doc: Y.Doc,
    person: string,
    meeting: string,
  ) {
    this.name = storeName(person, meeting);
    this.noted = new Set(this.unsaved);
    this.tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(this.name);
    if (this.tabs) this.tabs.onmessage = (event) => Y.applyUpdate(doc, event.data as Uint8Array, this.tabs);
  }

  /** Loads what an earlier visit left; gives up waiting, but not storing, after two seconds. */
  async load(): Promise<void> {
    this.doc.on("update", (update, origin) => {
      const typedHere = !(origin instanceof Provider) && this.foreign(origin) === null;
      if (typedHere) this.tabs?.postMessage(update);
    });
    try {
      const store = new IndexeddbPersistence(this.name, this.doc);
      this.store = store;
      const loaded = store.whenSynced.then(() => {
        this.works = true;
        this.write("kept", true);
      });
      await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
      void navigator.storage?.persist?.();
    } catch {
      this.store = null;
    }
  }

  /** Whether a change came from a sister tab, from the store, or from neither. */
  foreign = (origin: unknown): "tab" | "store" | null => {
    if (origin !== null && origin === this.tabs) return "tab";
    return origin !== null && origin === this.store ? "store" : null;
  };

  get unsaved(): string[] {
    return this.read<string[]>("unsaved") ?? [];
  }

  /** A new one is noted at once, one that was saved is taken off a little later: typing does not write at each key. */
  set unsaved(ids: string[]) {
    const grown = ids.some((id) => !this.noted.has(id));
    clearTimeout(this.tidying);
    const note = () => {
      this.noted = new Set(ids);
      this.write("unsaved", ids.length > 0 ? ids : null);
    };
    if (grown) note();
    else if (ids.length < this.noted.size) this.tidying = setTimeout(note, TIDY) as unknown as number;
  }

  get late(): string[] {
    return (this.lateOnes ??= this.read<string[]>("late") ?? []);
  }

  set late(ids: string[]) {
    this.lateOnes = ids;
    this.write("late", ids.length > 0 ? ids : null);
  }

  /** What was decided before this person came has been read. */
  get caughtUp(): boolean {
    return this.read<boolean>("caught-up") ?? false;
  }

  set caughtUp(read: boolean) {
    this.write("caught-up", read || null);
  }

  get aside(): SetAside[] {
    return this.read<SetAside[]>("aside") ?? [];
  }

  set aside(texts: SetAside[]) {
    this.write("aside", texts.length > 0 ? texts : null);
  }

  /** Removes the document's copy and the marks; texts set aside stay. */
  async clear(): Promise<void> {
    clearTimeout(this.tidying);
    this.write("unsaved", null);
    this.write("kept", null);
    this.late = [];
    await this.store?.clearData();
  }

  private read<T>(what: string): T | null {
    try {
      return JSON.parse(localStorage.getItem(`${this.name}:${what}`) ?? "null") as T | null;
    } catch {
      return null;
    }
  }

  private write(what: string, value: unknown): void {
    try {
      const key = `${this.name}:${what}`;
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // A full or forbidden store only costs the memory of the count; the document itself is elsewhere.
    }
  }
}
