// SPDX-License-Identifier: Apache-2.0
// A room for tests of the browser side: the frames of the wire, a log in memory, a simple meeting. Nothing is stored.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebSocketServer } from "ws";
import * as Y from "yjs";

const frame = (...parts) => {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === "number") encoding.writeVarUint(encoder, part);
    else if (typeof part === "string") encoding.writeVarString(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder);
};

class Member {
  constructor(room, socket, person) {
    Object.assign(this, { room, socket, person, n: 0, numbered: 0 });
    socket.on("message", (data) => this.onMessage(new Uint8Array(data)));
    socket.on("close", () => room.leave(this));
  }

  send(...parts) {
    if (this.socket.readyState === 1) this.socket.send(frame(...parts));
  }

  onMessage(data) {
    const decoder = decoding.createDecoder(data);
    const type = decoding.readVarUint(decoder);
    if (type === 103) return this.room.onCommand(this, JSON.parse(decoding.readVarString(decoder)));
    if (type === 1) return this.room.onAwareness(this, decoding.readVarUint8Array(decoder));
    const step = decoding.readVarUint(decoder);
    const body = decoding.readVarUint8Array(decoder);
    if (step === 0) return this.room.onStep1(this, body);
    this.numbered += 1;
    this.room.onUpdate(this, this.numbered, body);
  }
}

export class FakeRoom {
  constructor(options = {}) {
    this.doc = new Y.Doc();
    this.members = new Set();
    this.seq = 0;
    this.late = [];
    this.frozen = false;
    this.refuse = null; // a reason: every numbered frame is refused with it
    this.holding = false; // acknowledgements wait
    this.held = [];
    this.parts = options.parts ?? {};
    this.commands = options.commands ?? {};
    this.server = new WebSocketServer(options.http ? { noServer: true } : { port: options.port ?? 0 });
    // Several rooms may share one server of pages, each on its own path.
    options.http?.on("upgrade", (request, socket, head) => {
      if (!request.url.startsWith(options.path ?? "/ws/room/")) return;
      this.server.handleUpgrade(request, socket, head, (ws) => this.server.emit("connection", ws, request));
    });
    this.server.on("connection", (socket, request) => {
      const { searchParams } = new URL(request.url, "http://x");
      const member = new Member(this, socket, searchParams.get("as") ?? "p1");
      this.join(member);
      if (searchParams.has("whole")) this.onStep1(member, new Uint8Array([0]));
    });
    if (options.http) return;
    this.listening = new Promise((resolve) => this.server.on("listening", resolve));
  }

  get url() {
    return `ws://127.0.0.1:${this.server.address().port}/ws/room/m1`;
  }

  close() {
    for (const member of this.members) member.socket.terminate();
    return new Promise((resolve) => this.server.close(resolve));
  }

  /** Cuts every connection, as a killed server would. */
  cut(code) {
    for (const member of [...this.members]) code ? member.socket.close(code) : member.socket.terminate();
  }

  join(member) {
    this.members.add(member);
    this.onJoin?.(member);
  }

  leave(member) {
    this.members.delete(member);
    this.onLeave?.(member);
  }

  fact(name, value, member) {
    if (member === undefined && value !== undefined) this.parts[name] = value;
    const text = JSON.stringify({ fact: name, value: value ?? this.partFor(name, member) });
    for (const one of member ? [member] : this.members) {
      one.send(102, value === undefined ? JSON.stringify({ fact: name, value: this.partFor(name, one) }) : text);
    }
  }

  partFor(name, member) {
    const part = this.parts[name];
    return typeof part === "function" ? part(member) : part;
  }

  onStep1(member, vector) {
    member.send(0, 1, Y.encodeStateAsUpdate(this.doc, vector));
    member.send(0, 0, Y.encodeStateVector(this.doc));
    member.send(104, this.seq);
    for (const name of Object.keys(this.parts)) this.fact(name, undefined, member);
    member.send(102, JSON.stringify({ fact: "now", value: new Date().toISOString() }));
    member.send(102, JSON.stringify({ fact: "ready", value: true }));
  }

  onUpdate(member, n, update) {
    this.received?.(member, n, update);
    const before = Y.encodeStateVector(this.doc);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.doc));
    Y.applyUpdate(copy, update);
    if (this.refuse) return member.send(101, n, this.refuse);
    if (copy.store.pendingStructs) return member.send(101, n, "resync");
    const change = Y.encodeStateAsUpdate(copy, before);
    const news = change.length > 2 && Y.encodeStateAsUpdate(this.doc, undefined).join() !== Y.encodeStateAsUpdate(copy).join();
    if (this.frozen && news) {
      this.late.push(update);
      return member.send(101, n, "frozen");
    }
    Y.applyUpdate(this.doc, update);
    this.seq += 1;
    const acknowledge = () => member.send(100, n);
    if (this.holding) this.held.push(acknowledge);
    else acknowledge();
    for (const other of this.members) if (other !== member) other.send(0, 2, update);
  }

  /** Sends the acknowledgements held back so far. */
  release() {
    this.holding = false;
    for (const acknowledge of this.held.splice(0)) acknowledge();
  }

  onAwareness(member, update) {
    for (const other of this.members) if (other !== member) other.send(1, update);
  }

  async onCommand(member, { id, do: name, ...facts }) {
    const act = this.commands[name];
    try {
      const value = act ? await act(facts, member, this) : {};
      member.send(103, JSON.stringify({ id, ok: true, value: value ?? {} }));
    } catch (refusal) {
      const { code = "refused", facts: why = {}, message } = refusal;
      member.send(103, JSON.stringify({ id, ok: false, code, facts: why, text: message }));
    }
  }
}
