// SPDX-License-Identifier: Apache-2.0
// The shared document: reading it as a tree of entries, changing it, undoing.

import { generateKeyBetween } from "fractional-indexing";
import * as Y from "yjs";

export type Kind = "topic" | "note" | "problem" | "solution" | "decision" | "action" | "parked";
export const KINDS: Kind[] = ["note", "problem", "solution", "decision", "action", "parked"];

export interface Support {
  dep: string;
  person: string;
  what: string;
  due: string;
}

export interface Fields {
  dep: string;
  own: string;
  name_by: { date: string; person: string } | null;
  due: string;
  sup: Support[] | "none" | "";
  /** Entries this one answers. */
  ref?: string[];
}

export interface Node {
  id: string;
  kind: Kind;
  parent: string;
  order: string;
  status: string;
  children: Node[];
  depth: number;
  number: number;
}

export type Listener = (change: { structure: boolean; touched: Set<string> }) => void;

export const TYPED = { name: "typed here" }; // origin of what a person does here: undoable
const CREATED = { name: "created here" }; // origin of a new node: undone by hiding it, never by removing it
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export function randomId(length = 16): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => ALPHABET[byte % 62]).join("");
}

const bare = (order: string | undefined) => order?.split(".")[0] || null;

/** An order key between two neighbours; foreign keys that are no fractional index are followed as they are. */
export function orderBetween(before: string | undefined, after: string | undefined, suffix: string): string {
  const low = bare(before);
  const high = bare(after);
  try {
    return `${generateKeyBetween(low, high !== null && low !== null && high <= low ? null : high)}.${suffix}`;
  } catch {
    return `${low ?? ""}V.${suffix}`;
  }
}

const byOrder = (a: Node, b: Node) =>
  a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

export class RoomRecord {
  readonly nodes: Y.Map<Y.Map<unknown>>;
  readonly undoing: Y.UndoManager;
  readonly index = new Map<string, Node>();
  roots: Node[] = [];
  private readonly suffix = randomId(4);
  private listeners: Listener[] = [];

  constructor(
    readonly doc: Y.Doc,
    private readonly author: () => { person: string; at: string },
  ) {
    this.nodes = doc.getMap("nodes");
    doc.getMap("meta");
    this.undoing = new Y.UndoManager(this.nodes, { trackedOrigins: new Set([TYPED]), captureTimeout: 600 });
    this.rebuild();
    this.nodes.observeDeep((events) => this.onEvents(events));
  }

  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Ids of the entries a transaction changed. */
  touched = (transaction: Y.Transaction): string[] => {
    const ids = new Set<string>();
    for (const [type, keys] of transaction.changed) {
      if ((type as unknown) === this.nodes) for (const key of keys) key !== null && ids.add(key);
      else {
        const id = this.owner(type as unknown as Y.AbstractType<unknown>);
        if (id) ids.add(id);
      }
    }
    return [...ids];
  };

  private owner(type: Y.AbstractType<unknown>): string | null {
    let at: Y.AbstractType<unknown> | null = type;
    while (at && (at.parent as unknown) !== this.nodes) at = at.parent as Y.AbstractType<unknown> | null;
    return at?._item?.parentSub ?? null;
  }

  private onEvents(events: Y.YEvent<Y.AbstractType<unknown>>[]): void {
    const touched = new Set<string>();
    let structure = false;
    for (const event of events) {
      const target = event.target as unknown;
      if (target === this.nodes) {
        structure = true;
        for (const key of (event as unknown as Y.YMapEvent<unknown>).keysChanged) touched.add(key);
        continue;
      }
      const id = event.path[0] as string;
      touched.add(id);
      const keys = event instanceof Y.YMapEvent ? (event.keysChanged as Set<string>) : null;
      if (keys && ["k", "p", "o", "s"].some((key) => keys.has(key))) structure = true;
    }
    if (structure) this.rebuild();
    for (const listener of this.listeners) listener({ structure, touched });
  }

  // -- reading

  text(id: string): Y.Text | null {
    const text = this.nodes.get(id)?.get("t");
    return text instanceof Y.Text ? text : null;
  }

  words(id: string): string {
    return this.text(id)?.toString() ?? "";
  }

  field(id: string, key: string): unknown {
    return this.nodes.get(id)?.get(key);
  }

  fields(id: string): Fields {
    const named = this.field(id, "name_by") as Fields["name_by"] | undefined;
    const support = this.field(id, "sup");
    return {
      dep: (this.field(id, "dep") as string) || "",
      own: (this.field(id, "own") as string) || "",
      name_by: named && named.date && named.person ? named : null,
      due: (this.field(id, "due") as string) || "",
      sup: Array.isArray(support) ? (support as Support[]) : support === "none" ? "none" : "",
    };
  }

  /** What an action still lacks; the same rule closes the record on the server. */
  gaps(id: string): string[] {
    const fields = this.fields(id);
    const missing: string[] = [];
    if (!this.words(id).trim()) missing.push("task");
    if (!fields.dep || !(fields.own || fields.name_by)) missing.push("owner");
    if (!fields.due) missing.push("due");
    if (fields.sup === "") missing.push("support");
    return missing;
  }

  /** Living entries below a node, in reading order. */
  below(node: Node): Node[] {
    return node.children.flatMap((child) => [child, ...this.below(child)]);
  }

  all(): Node[] {
    return this.roots.flatMap((root) => [root, ...this.below(root)]);
  }

  topicOf(id: string): Node | null {
    let node = this.index.get(id);
    while (node && node.kind !== "topic") node = this.index.get(node.parent);
    return node ?? null;
  }

  siblings(node: Node): Node[] {
    return this.index.get(node.parent)?.children ?? this.roots;
  }

  private rebuild(): void {
    this.index.clear();
    for (const [id, map] of this.nodes) {
      if (!(map instanceof Y.Map) || map.get("s") === "deleted") continue;
      this.index.set(id, {
        id,
        kind: map.get("k") as Kind,
        parent: (map.get("p") as string) ?? "",
        order: (map.get("o") as string) ?? "",
        status: (map.get("s") as string) ?? "",
        children: [],
        depth: 0,
        number: 0,
      });
    }
    this.roots = [];
    for (const node of this.index.values()) {
      const parent = this.reachesRoot(node) ? this.index.get(node.parent) : undefined;
      (parent?.children ?? this.roots).push(node);
    }
    for (const node of this.index.values()) node.children.sort(byOrder);
    this.roots.sort(byOrder);
    this.number();
  }

  /** False for a node in a circle of parents: it is shown at the root, so nothing typed disappears. */
  private reachesRoot(node: Node): boolean {
    const seen = new Set([node.id]);
    for (let above = this.index.get(node.parent); above; above = this.index.get(above.parent)) {
      if (seen.has(above.id)) return false;
      seen.add(above.id);
    }
    return true;
  }

  private number(): void {
    const counted: { [kind: string]: number } = {};
    const visit = (node: Node, depth: number): void => {
      counted[node.kind] = (counted[node.kind] ?? 0) + 1;
      node.number = counted[node.kind]!;
      node.depth = depth;
      for (const child of node.children) visit(child, node.kind === "topic" ? 0 : depth + 1);
    };
    for (const root of this.roots) visit(root, 0);
  }

  // -- changing

  /** Adds an entry as the last child of `parent`, or right after the sibling `after`. */
  add(kind: Kind, parent: string, words: string, fields: Partial<Fields> = {}, after?: string): string {
    const id = randomId();
    const siblings = this.index.get(parent)?.children ?? [];
    const place = after ? siblings.findIndex((node) => node.id === after) : siblings.length - 1;
    const order = orderBetween(siblings[place]?.order, siblings[place + 1]?.order, this.suffix);
    const { person, at } = this.author();
    this.undoing.stopCapturing();
    // One transaction to the outside; the undo manager sees only the step from hidden to visible.
    this.doc.transact(() => {
      const node = new Y.Map<unknown>();
      const text = new Y.Text();
      if (words) text.insert(0, words);
      const values: [string, unknown][] = Object.entries({
        k: kind, p: parent, o: order, t: text, s: "deleted", by: person, at,
      });
      for (const [key, value] of [...values, ...Object.entries(fields)]) {
        if (value !== "" && value !== null && value !== undefined) node.set(key, value);
      }
      this.nodes.set(id, node);
    }, CREATED);
    this.change(() => this.nodes.get(id)!.set("s", ""));
    this.undoing.stopCapturing();
    return id;
  }

  set(id: string, values: { [key: string]: unknown }): void {
    const node = this.nodes.get(id);
    if (!node) return;
    this.undoing.stopCapturing();
    this.change(() => {
      for (const [key, value] of Object.entries(values)) {
        if (JSON.stringify(node.get(key) ?? "") !== JSON.stringify(value ?? "")) node.set(key, value ?? "");
      }
    });
    this.undoing.stopCapturing();
  }

  /** Hides an entry; what hung below it moves up to its place, so nothing else disappears. */
  remove(id: string): void {
    const node = this.index.get(id);
    if (!node) return;
    const siblings = this.siblings(node);
    const next = siblings[siblings.indexOf(node) + 1];
    const children = [...node.children];
    this.undoing.stopCapturing();
    this.change(() => {
      let before = node.order;
      for (const child of children) {
        before = orderBetween(before, next?.order, this.suffix);
        this.nodes.get(child.id)?.set("p", node.parent);
        this.nodes.get(child.id)?.set("o", before);
      }
      this.nodes.get(id)?.set("s", "deleted");
    });
    this.undoing.stopCapturing();
  }

  /** Moves an entry with what hangs below it. Returns false where there is no place to go. */
  move(id: string, way: "up" | "down" | "in" | "out"): boolean {
    const node = this.index.get(id);
    if (!node || node.kind === "topic") return false;
    const siblings = this.siblings(node);
    const at = siblings.indexOf(node);
    if (way === "up") return at > 0 && this.place(id, node.parent, siblings[at - 2], siblings[at - 1]);
    if (way === "down") {
      return at < siblings.length - 1 && this.place(id, node.parent, siblings[at + 1], siblings[at + 2]);
    }
    if (way === "in") {
      const parent = siblings[at - 1];
      return !!parent && parent.kind !== "topic" && this.place(id, parent.id, parent.children.at(-1), undefined);
    }
    const parent = this.index.get(node.parent);
    if (!parent || parent.kind === "topic") return false;
    const uncles = this.siblings(parent);
    return this.place(id, parent.parent, parent, uncles[uncles.indexOf(parent) + 1]);
  }

  /** Puts an entry below another topic or entry, last. */
  moveUnder(id: string, parent: string): boolean {
    return this.place(id, parent, this.index.get(parent)?.children.at(-1), undefined);
  }

  private place(id: string, parent: string, before: Node | undefined, after: Node | undefined): boolean {
    this.set(id, { p: parent, o: orderBetween(before?.order, after?.order, this.suffix) });
    return true;
  }

  private change(run: () => void): void {
    this.doc.transact(run, TYPED);
  }
}
