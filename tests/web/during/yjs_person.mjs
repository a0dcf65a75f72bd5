// SPDX-License-Identifier: Apache-2.0
// A person with an unmodified Yjs and y-websocket: node yjs_person.mjs FRONTEND ADDRESS MEETING TOKEN PERSON TOPIC
// Makes an entry with an emoji, undoes and redoes, waits for an answer of somebody else, prints what it holds, leaves.
import { createRequire } from "node:module";

const [frontend, address, meeting, token, person, topic] = process.argv.slice(2);
const require = createRequire(`${frontend}/package.json`);
const Y = require("yjs");
const { WebsocketProvider } = require("y-websocket");
const WebSocketPolyfill = require("ws");

const doc = new Y.Doc();
const nodes = doc.getMap("nodes");
const provider = new WebsocketProvider(`${address}/ws/room`, meeting, doc, {
  WebSocketPolyfill, protocols: [`huiyao.token.${token}`], disableBc: true,
});
const until = (reached) => new Promise((resolve) => {
  const look = () => { if (reached()) { doc.off("update", look); provider.awareness.off("change", look); resolve(); } };
  doc.on("update", look);
  provider.awareness.on("change", look);
  provider.on("sync", look);
  look();
});

await until(() => provider.synced && nodes.has(topic));
provider.awareness.setLocalStateField("cursor", { entry: "yjs-entry-0001" });
const text = new Y.Text("会议");
doc.transact(() => {
  const entry = new Y.Map();
  for (const [key, value] of Object.entries({ k: "note", p: topic, o: "a0", s: "", by: person, at: "", t: text })) entry.set(key, value);
  nodes.set("yjs-entry-0001", entry);
});
const undo = new Y.UndoManager(text, { captureTimeout: 0 });
text.insert(1, "😀");
text.insert(text.length, "记录");
text.delete(text.length - 1, 1);
undo.undo(); // the deletion
undo.undo(); // the insertion
undo.redo();
await until(() => nodes.has("answer-000001") && String(nodes.get("answer-000001").get("t")).endsWith("。"));
console.log(JSON.stringify({ own: text.toString(), json: nodes.toJSON(), people: [...provider.awareness.getStates().keys()].length }));
provider.destroy();
setTimeout(() => process.exit(0), 200);
