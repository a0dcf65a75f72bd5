// SPDX-License-Identifier: Apache-2.0
// Keeps one document in step with the room: numbered updates, acknowledgements, reconnection, commands, facts.
// "Saved" means: everything of ours has been acknowledged, which the server does only after it is on disk.

import * as awarenessProtocol from "y-protocols/awareness";
import * as Y from "yjs";
import type { Begun } from "./begin.ts";
import * as wire from "./wire.ts";

export type Link = "connecting" | "open" | "closed" | "stopped";

export interface Status {
  link: Link;
  synced: boolean;
  /** Ids of entries with changes not yet acknowledged. */
  unsaved: string[];
  /** How often in a row a connection failed before anything was acknowledged. */
  failed: number;
}

export interface Hooks {
  status(status: Status): void;
  fact(name: string, value: unknown): void;
  /** The server will not take these entries' changes: frozen (kept for the recorder) or bad. */
  refused(reason: string, entries: string[]): void;
  /** A permanent refusal of the connection, 4400-4499. */
  stopped(code: number, reason: string): void;
}

export interface Options {
  url: string;
  doc: Y.Doc;
  hooks: Hooks;
  /** Where a change not typed here came from: another tab (it sends its own) or this device's store. */
  foreign: (origin: unknown) => "tab" | "store" | null;
  touched: (transaction: Y.Transaction) => string[];
  /** Unacknowledged entries remembered from the last visit. */
  remembered?: string[];
  socket?: (url: string) => WebSocket;
  /** A connection the page began before this script was here. */
  begun?: Begun | null;
  /** When what this device kept is in the document: only then does the room hear what we have. */
  kept?: Promise<unknown>;
  /** Scales every delay; tests make it small. */
  pace?: number;
}

interface Sent {
  n: number;
  entries: string[];
}

interface Asked {
  resolve(value: unknown): void;
  reject(refusal: Refusal): void;
}

export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly facts: Record<string, unknown> = {},
    text = "",
  ) {
    super(text || code);
  }
}

const SILENCE = 75_000; // the server speaks at least every 30 s (its clock)
const UNANSWERED = 12_000;
const RESYNC_LIMIT = 5;

export class Provider {
  readonly awareness: awarenessProtocol.Awareness;
  seq = 0;
  private socket: WebSocket | null = null;
  private link: Link = "closed";
  private received = false; // all that the server had
  private answered = false; // the server has (or has refused) all that we had
  private asked = false; // the room was asked for everything when the connection was begun
  private live = false; // the server's state vector has been answered: updates may follow
  private n = 0;
  private sent: Sent[] = [];
  private waiting = new Set<string>();
  private outgoing: Uint8Array[] = [];
  private attempts = 0;
  private resyncs = 0;
  private timer = 0;
  private watch = 0;
  private heard = 0;
  private oldest = 0; // when the oldest unacknowledged frame left
  private questions = new Map<number, Asked>();
  private question = 0;
  private awarenessTimer = 0;
  private readonly pace: number;

  constructor(private readonly options: Options) {
    this.pace = options.pace ?? 1;
    this.awareness = new awarenessProtocol.Awareness(options.doc);
    for (const id of options.remembered ?? []) this.waiting.add(id);
    options.doc.on("afterTransaction", this.onTransaction);
    this.awareness.on("update", this.onAwareness);
  }

  connect(): void {
    if (this.socket || this.link === "stopped") return;
    clearTimeout(this.timer);
    this.setLink("connecting");
    const open = this.options.socket ?? ((url: string) => new WebSocket(url, wire.SUBPROTOCOL));
    const begun = this.options.begun;
    this.options.begun = null;
    const socket = begun?.socket ?? open(this.options.url);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => this.onOpen(socket);
    socket.onmessage = (event) => this.onMessage(socket, event.data as ArrayBuffer);
    socket.onclose = (event) => this.onClose(socket, event.code, event.reason);
    socket.onerror = () => undefined; // a close always follows
    if (begun) this.catchUp(begun);
  }

  /** What happened on a connection before it was ours. */
  private catchUp({ socket, heard, closed, whole }: Begun): void {
    this.asked = whole;
    if (socket.readyState === WebSocket.OPEN) this.onOpen(socket);
    for (const event of heard) this.onMessage(socket, event.data as ArrayBuffer);
    if (closed) this.onClose(socket, closed.code, closed.reason);
  }

  /** Drops the connection, if any, and makes a new one at once. */
  reconnect(): void {
    const socket = this.socket;
    this.detach();
    socket?.close();
    this.connect();
  }

  /** The device says the network is gone: no waiting for the connection to notice. */
  interrupt(): void {
    const socket = this.socket;
    if (!socket) return;
    this.onClose(socket, 1006, "");
    socket.close();
  }

  /** Opens again what a permanent refusal had stopped (after signing in, after reopening). */
  resume(): void {
    if (this.link === "stopped") this.link = "closed";
    this.attempts = 0;
    this.reconnect();
  }

  destroy(): void {
    this.options.doc.off("afterTransaction", this.onTransaction);
    this.awareness.destroy();
    const socket = this.socket;
    this.detach();
    this.link = "stopped";
    socket?.close();
  }

  get status(): Status {
    const unsaved = new Set(this.waiting);
    for (const frame of this.sent) for (const id of frame.entries) unsaved.add(id);
    return { link: this.link, synced: this.received && this.answered, unsaved: [...unsaved], failed: this.attempts };
  }

  /** Sends a command; rejects with a Refusal, code "offline" when the room cannot be reached. */
  ask(name: string, facts: object = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.link !== "open" || !this.socket) {
        reject(new Refusal("offline"));
        return;
      }
      const id = ++this.question;
      this.questions.set(id, { resolve, reject });
      this.socket.send(wire.command({ id, do: name, ...facts }));
    });
  }

  private onOpen(socket: WebSocket): void {
    if (socket !== this.socket) return;
    this.n = 0;
    this.heard = Date.now();
    this.setLink("open");
    if (!this.asked) this.whenKept(socket, () => socket.send(wire.step1(Y.encodeStateVector(this.options.doc))));
    this.asked = false;
    if (this.awareness.getLocalState() !== null) this.sendAwareness();
    this.watch = every(() => this.look(), 5_000 * this.pace);
  }

  private onMessage(socket: WebSocket, data: ArrayBuffer): void {
    if (socket !== this.socket) return;
    this.heard = Date.now();
    const frame = wire.read(data);
    switch (frame.type) {
      case "step1":
        return this.whenKept(socket, () => this.answer(frame.vector));
      case "update":
        Y.applyUpdate(this.options.doc, frame.update, this);
        if (frame.answer) this.received = true;
        return frame.answer ? this.tell() : undefined;
      case "awareness":
        return awarenessProtocol.applyAwarenessUpdate(this.awareness, frame.update, this);
      case "acknowledged":
        return this.acknowledged(frame.n);
      case "refused":
        return this.onRefused(frame.n, frame.reason);
      case "fact":
        return this.options.hooks.fact(frame.fact, frame.value);
      case "reply":
        return this.onReply(frame.reply);
      case "seq":
        this.seq = frame.seq;
    }
  }

  /** At once, or when the copy of this device has been read, if the connection is still the same then. */
  private whenKept(socket: WebSocket, run: () => void): void {
    if (this.options.kept) void this.options.kept.then(() => socket === this.socket && run());
    else run();
  }

  /** The whole offline merge: one difference against what the server has. Sending it twice is harmless. */
  private answer(vector: Uint8Array): void {
    const entries = this.status.unsaved;
    this.waiting.clear();
    this.outgoing = [];
    this.sent = [];
    this.goLive(true);
    this.send(wire.step2(Y.encodeStateAsUpdate(this.options.doc, vector)), entries);
  }

  private send(frame: Uint8Array<ArrayBuffer>, entries: string[]): void {
    this.n += 1;
    if (this.sent.length === 0) this.oldest = Date.now();
    this.sent.push({ n: this.n, entries });
    this.socket?.send(frame);
    this.tell();
  }

  private acknowledged(n: number): void {
    this.sent = this.sent.filter((frame) => frame.n > n);
    this.oldest = Date.now();
    this.answered = true;
    this.attempts = this.resyncs = 0;
    this.tell();
  }

  private onRefused(n: number, reason: string): void {
    const entries = this.sent.filter((frame) => frame.n === n).flatMap((frame) => frame.entries);
    if (reason === "resync" && this.resyncs < RESYNC_LIMIT) {
      this.resyncs += 1; // what was refused stays unsaved and goes out with the next answer
      this.reconnect();
      return;
    }
    this.sent = this.sent.filter((frame) => frame.n !== n);
    this.answered = true;
    this.options.hooks.refused(reason, entries);
    this.tell();
  }

  private onReply(reply: wire.Reply): void {
    const asked = this.questions.get(reply.id);
    this.questions.delete(reply.id);
    if (!asked) return;
    if (reply.ok) asked.resolve(reply.value);
    else asked.reject(new Refusal(reply.code ?? "refused", reply.facts, reply.text));
  }

  private onClose(socket: WebSocket, code: number, reason: string): void {
    if (socket !== this.socket) return;
    this.detach();
    if (code >= 4400 && code < 4500) {
      this.setLink("stopped");
      this.options.hooks.stopped(code, reason);
      return;
    }
    this.setLink("closed");
    const ceiling = code === 1012 ? 3_000 : Math.min(15_000, 400 * 2 ** this.attempts);
    this.attempts += 1;
    this.timer = later(() => this.connect(), (100 + Math.random() * ceiling) * this.pace);
  }

  private detach(): void {
    clearTimeout(this.timer);
    clearInterval(this.watch);
    this.socket = null;
    this.link = this.link === "stopped" ? "stopped" : "closed";
    this.received = this.answered = false;
    this.goLive(false);
    this.outgoing = [];
    for (const frame of this.sent) for (const id of frame.entries) this.waiting.add(id);
    this.sent = [];
    const others = [...this.awareness.getStates().keys()].filter((id) => id !== this.options.doc.clientID);
    awarenessProtocol.removeAwarenessStates(this.awareness, others, this);
    for (const asked of this.questions.values()) asked.reject(new Refusal("offline"));
    this.questions.clear();
  }

  /** A half-open connection never reports itself: silence, or an update nobody answers, ends it. */
  private look(): void {
    const now = Date.now();
    const silent = now - this.heard > SILENCE * this.pace;
    const stuck = this.sent.length > 0 && now - this.oldest > UNANSWERED * this.pace;
    if (silent || stuck) this.reconnect();
  }

  /** While nothing may go out nobody asks for updates: making one of the whole document as it arrives takes time. */
  private goLive(live: boolean): void {
    if (live !== this.live) this.options.doc[live ? "on" : "off"]("update", this.onUpdate);
    this.live = live;
  }

  /** Whether a change is for us to send: typed here, or kept by this device and read late. */
  private ours(origin: unknown): boolean {
    const foreign = this.options.foreign(origin);
    return origin !== this && foreign !== "tab" && !(foreign === "store" && !this.live);
  }

  private readonly onTransaction = (transaction: Y.Transaction) => {
    if (transaction.changed.size === 0 || !this.ours(transaction.origin)) return;
    for (const id of this.options.touched(transaction)) this.waiting.add(id);
    this.tell();
  };

  private readonly onUpdate = (data: Uint8Array, origin: unknown) => {
    if (this.ours(origin) && this.outgoing.push(data) === 1) queueMicrotask(() => this.flush());
  };

  /** What one act changed, however many transactions it took, goes out as one frame. */
  private flush(): void {
    const updates = this.outgoing.splice(0);
    if (!this.live || updates.length === 0) return; // the answer to the server's next step 1 will carry it
    const entries = [...this.waiting];
    this.waiting.clear();
    this.send(wire.update(updates.length > 1 ? Y.mergeUpdates(updates) : updates[0]!), entries);
  }

  private readonly onAwareness = (_changes: unknown, origin: unknown) => {
    if (origin !== "local" || this.awarenessTimer) return;
    this.awarenessTimer = later(() => this.sendAwareness(), 220 * this.pace);
  };

  private sendAwareness(): void {
    clearTimeout(this.awarenessTimer);
    this.awarenessTimer = 0;
    if (this.link !== "open") return;
    const mine = [this.options.doc.clientID];
    this.socket?.send(
      wire.awareness(awarenessProtocol.encodeAwarenessUpdate(this.awareness, mine)) as Uint8Array<ArrayBuffer>,
    );
  }

  private setLink(link: Link): void {
    this.link = link;
    this.tell();
  }

  private tell(): void {
    this.options.hooks.status(this.status);
  }
}

// Browser and node disagree on what a timer is; a number is all we need.
function later(run: () => void, delay: number): number {
  return setTimeout(run, delay) as unknown as number;
}

function every(run: () => void, delay: number): number {
  return setInterval(run, delay) as unknown as number;
}
