// SPDX-License-Identifier: Apache-2.0
// A plain Yjs client of the room, driven by lines of JSON: what tests in other languages use as "a real browser's Yjs".
//
//   node yjs-client.mjs URL [--cookie C] [--origin O] [--protocol P]...
//
// Each line in is {"do": NAME, ...}; each gets one line out, {"ok": true, "value": ...} or {"ok": false, "error": "..."}.
//   connect {}            opens the socket and waits until the room's state is here
//   disconnect {}         closes it; edits go on offline
//   add {id, kind, parent, text, order?}   insert {id, at, text}   erase {id, at, length}   set {id, key, value}
//   undo {} redo {}       of this client's own edits
//   saved {}              waits until every frame sent is acknowledged; value: the number
//   refused {}            waits for a refusal; value: [n, reason]
//   wait {id, text}       waits until the node's text is this     wait_nodes {count}
//   json {}               the nodes as plain values               vector {}  state vector, base64
//   command {body}        sends a command, waits for its reply    facts {}   the facts received, by name
//   await_fact {name, has?}  waits until a fact is there (and its JSON contains `has`)
//   awareness {state}     says where this client is               others {}  the states of the others
//   raw {hex}             sends bytes as they are                 closed {}  waits for the close; value: its code
import { createInterface } from "node:readline";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import WebSocket from "ws";
import * as awarenessProtocol from "y-protocols/awareness";
import * as Y from "yjs";

const [url, ...flags] = process.argv.slice(2);
const flag = (name) => flags[flags.indexOf(name) + 1];
const protocols = flags.flatMap((word, at) => (flags[at - 1] === "--protocol" ? [word] : []));
const headers = flags.includes("--cookie") ? { Cookie: flag("--cookie") } : {};

const doc = new Y.Doc();
const nodes = doc.getMap("nodes");
const undoing = new Y.UndoManager(nodes, { trackedOrigins: new Set(["own"]), captureTimeout: 0 });
const awareness = new awarenessProtocol.Awareness(doc);
const state = { socket: null, n: 0, acknowledged: 0, live: false, synced: false, refused: [], code: null, facts: {}, replies: {}, seq: 0 };
const waits = new Set();

const look = () => {
  for (const wait of waits) if (wait.until()) waits.delete(wait), wait.resolve();
};
const until = (condition) => new Promise((resolve) => (waits.add({ until: condition, resolve }), look()));

function send(...parts) {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === "number") encoding.writeVarUint(encoder, part);
    else if (typeof part === "string") encoding.writeVarString(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  state.socket.send(encoding.toUint8Array(encoder));
}

function onSync(decoder) {
  const step = decoding.readVarUint(decoder);
  const body = decoding.readVarUint8Array(decoder);
  if (step === 0) {
    state.live = true;
    state.n += 1;
    send(0, 1, Y.encodeStateAsUpdate(doc, body));
  } else {
    Y.applyUpdate(doc, body, "room");
    if (step === 1) state.synced = true;
  }
}

function onMessage(data) {
  const decoder = decoding.createDecoder(new Uint8Array(data));
  const type = decoding.readVarUint(decoder);
  if (type === 0) onSync(decoder);
  else if (type === 1) awarenessProtocol.applyAwarenessUpdate(awareness, decoding.readVarUint8Array(decoder), "room");
  else if (type === 100) state.acknowledged = decoding.readVarUint(decoder);
  else if (type === 101) state.refused.push([decoding.readVarUint(decoder), decoding.readVarString(decoder)]);
  else if (type === 102) {
    const { fact, value } = JSON.parse(decoding.readVarString(decoder));
    state.facts[fact] = value;
  } else if (type === 103) {
    const reply = JSON.parse(decoding.readVarString(decoder));
    state.replies[reply.id] = reply;
  } else if (type === 104) state.seq = decoding.readVarUint(decoder);
  look();
}

doc.on("update", (update, origin) => {
  if (origin === "room" || !state.live) return;
  state.n += 1;
  send(0, 2, update);
});
awareness.on("update", (_changes, origin) => {
  if (origin !== "local" || !state.live) return;
  send(1, awarenessProtocol.encodeAwarenessUpdate(awareness, [doc.clientID]));
});

const own = (run) => doc.transact(run, "own");

const acts = {
  async connect() {
    Object.assign(state, { n: 0, acknowledged: 0, live: false, synced: false, code: null });
    const options = { headers, ...(flags.includes("--origin") ? { origin: flag("--origin") } : {}) };
    state.socket = new WebSocket(url, protocols, options);
    state.socket.on("message", onMessage);
    state.socket.on("error", () => undefined);
    state.socket.on("close", (code) => (Object.assign(state, { live: false, code }), look()));
    state.socket.on("open", () => send(0, 0, Y.encodeStateVector(doc)));
    await until(() => (state.synced && state.live) || state.code !== null);
    if (state.code !== null) throw new Error(`closed ${state.code}`);
  },
  async disconnect() {
    state.socket.close();
    await until(() => state.code !== null);
  },
  add({ id, kind, parent, text, order = "a0.x" }) {
    own(() => {
      const node = new Y.Map();
      for (const [key, value] of Object.entries({ k: kind, p: parent, o: order, t: new Y.Text(text ?? "") })) node.set(key, value);
      nodes.set(id, node);
    });
  },
  insert: ({ id, at, text }) => own(() => nodes.get(id).get("t").insert(at, text)),
  erase: ({ id, at, length }) => own(() => nodes.get(id).get("t").delete(at, length)),
  set: ({ id, key, value }) => own(() => void nodes.get(id).set(key, value)),
  undo: () => void undoing.undo(),
  redo: () => void undoing.redo(),
  async saved() {
    await until(() => state.acknowledged >= state.n || state.code !== null);
    if (state.code !== null) throw new Error(`closed ${state.code}`);
    return state.acknowledged;
  },
  async refused() {
    await until(() => state.refused.length > 0 || state.code !== null);
    return state.refused.shift() ?? null;
  },
  wait: ({ id, text }) => until(() => nodes.get(id)?.get("t")?.toString() === text),
  wait_nodes: ({ count }) => until(() => nodes.size >= count),
  json: () => nodes.toJSON(),
  vector: () => Buffer.from(Y.encodeStateVector(doc)).toString("base64"),
  async command({ body }) {
    const id = body.id ?? Object.keys(state.replies).length + 1;
    send(103, JSON.stringify({ id, ...body }));
    await until(() => id in state.replies || state.code !== null);
    return state.replies[id] ?? null;
  },
  facts: () => ({ ...state.facts, seq: state.seq }),
  await_fact: ({ name, has = "" }) => until(() => name in state.facts && JSON.stringify(state.facts[name]).includes(has)),
  awareness: ({ state: mine }) => awareness.setLocalState(mine),
  others: () => [...awareness.getStates()].filter(([id]) => id !== doc.clientID).map(([, one]) => one),
  raw: ({ hex }) => state.socket.send(Buffer.from(hex, "hex")),
  async closed() {
    await until(() => state.code !== null);
    return state.code;
  },
};

const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === "") continue;
  try {
    const { do: name, ...facts } = JSON.parse(line);
    say({ ok: true, value: (await acts[name](facts)) ?? null });
  } catch (error) {
    say({ ok: false, error: String(error.message) });
  }
}
process.exit(0);
