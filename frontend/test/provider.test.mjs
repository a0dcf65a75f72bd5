// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { after, test } from "node:test";
import WebSocket from "ws";
import * as Y from "yjs";
import { Provider, Refusal } from "../node_modules/.room/provider.mjs";
import { RoomRecord } from "../node_modules/.room/record.mjs";
import { FakeRoom } from "./fake-server.mjs";

const open = [];
after(async () => {
  for (const thing of open.reverse()) await thing();
});

async function aRoom(options) {
  const room = new FakeRoom(options);
  await room.listening;
  open.push(() => room.close());
  return room;
}

/** A person in the room, with promises for what happens to him. */
function aPerson(room, { person = "p1", doc = new Y.Doc(), remembered = [], pace = 0.02 } = {}) {
  const waits = [];
  const seen = { facts: {}, refused: [], stopped: [], status: { link: "closed", synced: false, unsaved: [] } };
  const check = () => {
    for (const wait of [...waits]) {
      if (!wait.until()) continue;
      waits.splice(waits.indexOf(wait), 1);
      wait.resolve();
    }
  };
  const record = new RoomRecord(doc, () => ({ person, at: "2026-03-02T09:00:00Z" }));
  const provider = new Provider({
    url: `${room.url}?as=${person}`,
    doc,
    foreign: (origin) => (origin === "store" || origin === "tab" ? origin : null),
    touched: record.touched,
    remembered,
    pace,
    socket: (url) => new WebSocket(url),
    hooks: {
      status: (status) => ((seen.status = status), check()),
      fact: (name, value) => ((seen.facts[name] = value), check()),
      refused: (reason, entries) => (seen.refused.push({ reason, entries }), check()),
      stopped: (code) => (seen.stopped.push(code), check()),
    },
  });
  doc.on("update", check);
  open.push(() => provider.destroy());
  const until = (condition) => new Promise((resolve) => (waits.push({ until: condition, resolve }), check()));
  const saved = () =>
    until(() => seen.status.link === "open" && seen.status.synced && seen.status.unsaved.length === 0);
  return { provider, doc, record, seen, until, saved };
}

function seeded(room) {
  const seed = new RoomRecord(room.doc, () => ({ person: "server", at: "" }));
  room.doc.transact(() => {
    const node = new Y.Map();
    for (const [key, value] of [["k", "topic"], ["p", ""], ["o", "a0"], ["t", new Y.Text("Topic")]]) node.set(key, value);
    room.doc.getMap("nodes").set("topic0000001", node);
  });
  return seed;
}

const TOPIC = "topic0000001";

test("an entry is saved only once the server has acknowledged it", async () => {
  const room = await aRoom();
  seeded(room);
  const one = aPerson(room);
  one.provider.connect();
  await one.saved();
  room.holding = true;
  const id = one.record.add("note", TOPIC, "hello");
  assert.deepEqual(one.seen.status.unsaved, [id]);
  await new Promise((resolve) => {
    const before = room.received;
    room.received = (...args) => (before?.(...args), room.held.length === 0 && setImmediate(resolve));
  });
  assert.deepEqual(one.seen.status.unsaved, [id]);
  room.release();
  await one.saved();
  assert.equal(room.doc.getMap("nodes").get(id).get("t").toString(), "hello");
});

test("numbers count every update of the connection, the answer to step 1 being the first, even when empty", async () => {
  const room = await aRoom();
  seeded(room);
  const numbers = [];
  room.received = (_member, n) => numbers.push(n);
  const one = aPerson(room);
  one.provider.connect();
  await one.saved();
  const id = one.record.add("note", TOPIC, "");
  one.record.text(id).insert(0, "x");
  await one.saved();
  one.record.text(id).insert(1, "y");
  await one.saved();
  assert.deepEqual(numbers, [1, 2, 3]);
});

test("what two people typed offline merges when they come back, and both see the same", async () => {
  const room = await aRoom();
  seeded(room);
  const [one, two] = [aPerson(room), aPerson(room, { person: "p2" })];
  one.provider.connect();
  two.provider.connect();
  await Promise.all([one.saved(), two.saved()]);
  const shared = one.record.add("problem", TOPIC, "slow");
  await two.until(() => two.record.index.has(shared));
  await one.saved();
  await room.close();
  await one.until(() => one.seen.status.link !== "open");
  one.record.text(shared).insert(4, "er");
  const mine = one.record.add("note", TOPIC, "from one");
  const his = two.record.add("note", TOPIC, "from two");
  assert.deepEqual(new Set(one.seen.status.unsaved), new Set([shared, mine]));
  const again = await aRoom();
  Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(room.doc));
  for (const person of [one, two]) {
    person.provider.options.url = `${again.url}?as=x`;
    person.provider.resume();
  }
  await Promise.all([one.saved(), two.saved()]);
  await Promise.all([one, two].map((p) => p.until(() => p.record.index.has(mine) && p.record.index.has(his))));
  assert.equal(one.record.words(shared), "slower");
  assert.deepEqual(one.doc.toJSON(), two.doc.toJSON());
  assert.deepEqual(one.doc.getMap("nodes").toJSON(), again.doc.getMap("nodes").toJSON());
});

test("a connection cut in the middle comes back by itself and nothing is lost or doubled", async () => {
  const room = await aRoom();
  seeded(room);
  const one = aPerson(room);
  one.provider.connect();
  await one.saved();
  room.holding = true; // stored, but the acknowledgement never arrives
  const id = one.record.add("note", TOPIC, "once");
  await one.until(() => room.held.length === 1 || one.seen.status.link === "open");
  room.held = [];
  room.holding = false;
  room.cut();
  await one.saved();
  assert.equal(room.doc.getMap("nodes").get(id).get("t").toString(), "once");
});

test("people typing over connections that break at random converge on the same record", async () => {
  const room = await aRoom();
  seeded(room);
  const people = ["p1", "p2", "p3"].map((person) => aPerson(room, { person, pace: 0.005 }));
  for (const one of people) one.provider.connect();
  await Promise.all(people.map((one) => one.saved()));
  const shared = people[0].record.add("note", TOPIC, "");
  await Promise.all(people.map((one) => one.until(() => one.record.index.has(shared))));
  let dice = 7;
  const roll = (sides) => (dice = (dice * 1103515245 + 12345) % 2147483648) % sides;
  let typed = 0;
  for (let round = 0; round < 300; round++) {
    const one = people[roll(3)];
    if (roll(3) > 0) {
      const text = one.record.text(shared);
      text.insert(roll(text.length + 1), "abc"[roll(3)]);
      typed += 1;
    } else if (roll(2)) one.record.add("note", TOPIC, `line ${round}`);
    if (roll(12) === 0) room.cut();
    if (roll(9) === 0) [...room.members][roll(3)]?.socket.terminate();
    if (roll(4) === 0) await new Promise(setImmediate);
  }
  await Promise.all(people.map((one) => one.saved()));
  const lines = room.doc.getMap("nodes").size;
  await Promise.all(people.map((one) => one.until(() => one.doc.getMap("nodes").size === lines && one.record.words(shared).length === typed)));
  for (const one of people) assert.deepEqual(one.doc.toJSON(), room.doc.toJSON());
});

test("many entries at once go out as one frame", async () => {
  const room = await aRoom();
  seeded(room);
  const one = aPerson(room);
  one.provider.connect();
  await one.saved();
  let frames = 0;
  room.received = () => (frames += 1);
  for (let line = 0; line < 200; line++) one.record.add("note", TOPIC, `line ${line}`);
  assert.equal(one.seen.status.unsaved.length, 200);
  await one.saved();
  assert.equal(frames, 1);
  assert.deepEqual(room.doc.getMap("nodes").toJSON(), one.doc.getMap("nodes").toJSON());
});

test("an update that comes twice changes nothing", async () => {
  const room = await aRoom();
  seeded(room);
  const one = aPerson(room);
  one.provider.connect();
  await one.saved();
  const member = [...room.members][0];
  const words = new Y.Doc();
  Y.applyUpdate(words, Y.encodeStateAsUpdate(room.doc));
  words.getMap("nodes").get(TOPIC).get("t").insert(0, "A ");
  const update = Y.encodeStateAsUpdate(words, Y.encodeStateVector(room.doc));
  member.send(0, 2, update);
  member.send(0, 2, update);
  await one.until(() => one.record.words(TOPIC).startsWith("A "));
  assert.equal(one.record.words(TOPIC), "A Topic");
});

test("frozen: the entries are named, nothing more is called unsaved, the text stays on this device", async () => {
  const room = await aRoom();
  seeded(room);
  const one = aPerson(room);
  one.provider.connect();
  await one.saved();
  room.frozen = true;
  const id = one.record.add("note", TOPIC, "too late");
  await one.until(() => one.seen.refused.length === 1);
  assert.deepEqual(one.seen.refused[0], { reason: "frozen", entries: [id] });
  assert.equal(one.record.words(id), "too late");
  assert.equal(room.late.length, 1);
  await one.saved();
});

test("resync: the connection is made anew and the whole difference goes out again", async () => {
  const room = await aRoom();
  seeded(room);
  const one = aPerson(room);
  one.provider.connect();
  await one.saved();
  room.refuse = "resync";
  const id = one.record.add("note", TOPIC, "again");
  await one.until(() => one.seen.status.link !== "open" || one.seen.status.synced === false);
  room.refuse = null;
  await one.saved();
  assert.equal(room.doc.getMap("nodes").get(id).get("t").toString(), "again");
  assert.deepEqual(one.seen.refused, []);
});

test("bad: the entries concerned are handed over, and the person is told", async () => {
  const room = await aRoom();
  seeded(room);
  const one = aPerson(room);
  one.provider.connect();
  await one.saved();
  room.refuse = "bad";
  const id = one.record.add("note", TOPIC, "strange");
  await one.until(() => one.seen.refused.length > 0);
  assert.deepEqual(one.seen.refused[0], { reason: "bad", entries: [id] });
});

test("a permanent refusal of the connection is not retried", async () => {
  const room = await aRoom();
  const one = aPerson(room);
  let joined = 0;
  room.onJoin = () => (joined += 1);
  one.provider.connect();
  await one.until(() => one.seen.status.synced);
  room.cut(4403);
  await one.until(() => one.seen.stopped.length === 1);
  assert.equal(one.seen.status.link, "stopped");
  one.provider.connect();
  assert.equal(joined, 1);
});

test("a change not acknowledged on the last visit counts as unsaved until the server has it", async () => {
  const room = await aRoom();
  seeded(room);
  const offline = new Y.Doc();
  Y.applyUpdate(offline, Y.encodeStateAsUpdate(room.doc));
  const id = new RoomRecord(offline, () => ({ person: "p1", at: "" })).add("note", TOPIC, "on the train");
  const doc = new Y.Doc();
  const one = aPerson(room, { doc, remembered: [id] });
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(offline), "store");
  assert.deepEqual(one.provider.status.unsaved, [id]);
  one.provider.connect();
  await one.saved();
  assert.equal(room.doc.getMap("nodes").get(id).get("t").toString(), "on the train");
});

test("what another tab of the same person typed is not sent twice while both are connected", async () => {
  const room = await aRoom();
  seeded(room);
  const one = aPerson(room);
  one.provider.connect();
  await one.saved();
  let frames = 0;
  room.received = () => (frames += 1);
  const tab = new Y.Doc();
  Y.applyUpdate(tab, Y.encodeStateAsUpdate(room.doc));
  tab.getMap("nodes").get(TOPIC).get("t").insert(0, "Tab ");
  Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(tab), "tab");
  one.record.add("note", TOPIC, "mine");
  await one.until(() => one.seen.status.unsaved.length === 0 && one.seen.status.synced);
  assert.equal(one.record.words(TOPIC), "Tab Topic");
  assert.equal(frames, 1);
});

test("a command is answered, refused with its code and words, or fails at once when offline", async () => {
  const commands = {
    start: () => ({ started: true }),
    close: () => {
      throw Object.assign(new Error("Not yet."), { code: "record_incomplete", facts: { gaps: [1] } });
    },
  };
  const room = await aRoom({ commands });
  const one = aPerson(room);
  await assert.rejects(one.provider.ask("start"), (refusal) => refusal.code === "offline");
  one.provider.connect();
  await one.until(() => one.seen.status.synced);
  assert.deepEqual(await one.provider.ask("start"), { started: true });
  await assert.rejects(one.provider.ask("close"), (refusal) => {
    assert.ok(refusal instanceof Refusal);
    assert.deepEqual([refusal.code, refusal.facts, refusal.message], ["record_incomplete", { gaps: [1] }, "Not yet."]);
    return true;
  });
});

test("facts replace their named part; the clock difference comes from the server", async () => {
  const room = await aRoom({ parts: { topics: [{ id: "a" }] } });
  const one = aPerson(room);
  one.provider.connect();
  await one.until(() => one.seen.facts.ready === true);
  assert.deepEqual(one.seen.facts.topics, [{ id: "a" }]);
  room.fact("topics", [{ id: "b" }]);
  await one.until(() => one.seen.facts.topics[0].id === "b");
});

test("who is where reaches the others and is forgotten when the connection ends", async () => {
  const room = await aRoom();
  const [one, two] = [aPerson(room), aPerson(room, { person: "p2" })];
  let changed = () => undefined;
  two.provider.awareness.on("change", () => changed());
  const others = () => [...two.provider.awareness.getStates().values()].filter((state) => state.user === "p1");
  const seen = (count) =>
    new Promise((resolve) => {
      changed = () => others().length === count && resolve();
      changed();
    });
  one.provider.connect();
  two.provider.connect();
  await Promise.all([one, two].map((p) => p.until(() => p.seen.status.synced)));
  one.provider.awareness.setLocalState({ user: "p1", entry: "e1" });
  await seen(1);
  assert.equal(others()[0].entry, "e1");
  [...room.members].find((member) => member.person === "p2").socket.terminate();
  await seen(0);
});
