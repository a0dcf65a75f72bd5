// SPDX-License-Identifier: Apache-2.0
// The room's page on a small server of its own, for looking at it without the product: node test/room-page.mjs [PORT]
// /?as=PERSON&language=zh-hans   people: p1 host, p2 recorder, p3 attendee, p9 guest. /?size=300 makes a long record.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import * as Y from "yjs";
import { FakeRoom } from "./fake-server.mjs";
import * as agreement from "./room-agreement.mjs";
import * as floor from "./room-turns.mjs";

const assets = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "src", "huiyao", "web", "assets");
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const CSP = "default-src 'self'; img-src 'self' data:; connect-src 'self' ws:; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

const PEOPLE = [
  ["p1", "林远", "d1", "required"], ["p2", "周禾", "d5", "role"], ["p3", "许衡之", "d2", "required"], ["p4", "陈默然", "d1", "required"],
  ["p5", "赵宁安", "d3", "required"], ["p6", "何苗", "d4", "optional"], ["p9", "Dana Whitfield", "", "guest"],
];
const DEPARTMENTS = [["d1", "市场部", "p1"], ["d2", "技术部", "p3"], ["d3", "销售部", "p5"], ["d4", "客服部", "p6"], ["d5", "综合管理部", "p2"]];
const TOPICS = [["开场与目标", 5], ["各部门进展", 15], ["问题聚焦", 20], ["方案研讨与共识", 30], ["行动项确认与总结", 10]];

const KINDS_OF_TOPICS = ["opening", "progress", "problems", "solutions", "closing"];

function refusal(code, facts, text) {
  return Object.assign(new Error(text), { code, facts });
}

/** A meeting that has reached its third topic. */
export function demo(size = 0) {
  const now = Date.now();
  const ago = (minutes) => new Date(now - minutes * 60_000).toISOString();
  const topics = TOPICS.map(([title, minutes], at) => ({
    id: `topic000000${at + 1}`, title, kind: KINDS_OF_TOPICS[at], lead: ["林远", "", "许衡之", "林远", ""][at], minutes, outcome: ["", "", "可执行的问题清单", "", ""][at],
    started_at: at < 3 ? ago(28) : null, ended_at: at < 2 ? ago(8) : null, spent_seconds: [270, 940, 0, 0, 0][at], running_since: at === 2 ? ago(7.6) : null, extra_minutes: 0, skipped: false,
  }));
  const parts = {
    you: (member) => ({
      person: member.person, department: PEOPLE.find(([id]) => id === member.person)?.[2] ?? "", guest: member.person === "p9",
      roles: { p1: ["organiser", "host"], p2: ["recorder"] }[member.person] ?? [], may: { p1: ["type", "host", "floor", "vote", "read", "close", "reopen"], p2: ["type", "record", "floor", "read"] }[member.person] ?? ["type", "read", "vote"],
    }),
    meeting: {
      id: "m1", title: "新品上市协调会", objective: "确定上市分工与需求确认流程", stage: "in_session", starts_at: ago(27), planned_minutes: 80, started_at: ago(28), closed_at: null, closed_seq: null,
      language: "zh-hans", zone: "Asia/Shanghai", place: "三层会议室", online: "", turn_minutes: 3, minutes_url: null, reopen_until: null,
    },
    roles: { organiser: "p1", host: "p1", facilitator: "p3", recorder: "p2", coordinator: null },
    people: PEOPLE.map(([id, name, department, seat], at) => ({ id, name, department, seat, attendance: at < 5 ? "present" : "expected", arrived_at: at < 4 ? ago(29) : at === 4 ? ago(6) : null })),
    departments: DEPARTMENTS.map(([id, name, head]) => ({ id, name, head })),
    topics,
    acceptances: {},
    ...agreement.parts(),
    ...floor.parts(),
    online: ["p1", "p2", "p3", "p4"],
  };
  const room = { parts, size };
  return { ...room, commands: commandsOf(parts), seed: (doc) => seed(doc, ago, size) };
}

function seed(doc, ago, size) {
  const nodes = doc.getMap("nodes");
  const put = (id, values, text) => {
    const node = new Y.Map();
    for (const [key, value] of Object.entries({ s: "", ...values, t: new Y.Text(text) })) node.set(key, value);
    nodes.set(id, node);
  };
  doc.transact(() => {
    doc.getMap("meta").set("schema", 1);
    TOPICS.forEach(([title], at) => put(`topic000000${at + 1}`, { k: "topic", p: "", o: `a${at}` }, title));
    const rows = [
      ["note00000001", "note", "topic0000002", "a0", "市场部已完成 38 家客户访谈，需求说明 1.2 版待技术确认。", {}],
      ["problem00001", "problem", "topic0000003", "a0", "需求说明口径不一，技术无法评估排期", {}],
      ["solution0001", "solution", "problem00001", "a0", "说明 2.0 版区分核心与可选功能，技术同步评估", {}],
      ["decision0001", "decision", "problem00001", "a1", "2.0 版由市场部牵头输出，技术部两日内回复评估结论。", {}],
      ["action000001", "action", "problem00001", "a2", "输出需求说明 2.0 版", { dep: "d1", own: "p4", due: "2026-12-04", sup: [{ dep: "d3", person: "", what: "客户访谈原始记录", due: "" }] }],
      ["problem00002", "problem", "topic0000003", "a1", "销售侧紧急需求与迭代计划冲突", {}],
      ["action000002", "action", "topic0000003", "a2", "与重点客户沟通延期安排", { dep: "d3" }],
      ["parked000001", "parked", "topic0000003", "a3", "明年展会预算", {}],
    ];
    for (let at = 0; at < size; at++) {
      const kind = ["note", "problem", "solution", "decision", "action"][at % 5];
      rows.push([`long${String(at).padStart(8, "0")}`, kind, `topic000000${1 + (at % 5)}`, `b${String.fromCharCode(65 + Math.floor(at / 60) % 26)}${String.fromCharCode(65 + (at % 58 > 25 ? 0 : at % 58))}${at % 10}V`, `第 ${at + 1} 条：各部门就交付节奏交换意见，约定下周三之前把依赖关系写清楚并同步给相关同事，避免临近上线才发现缺口。`.slice(0, 67), {}]);
    }
    for (const [id, k, p, o, text, more] of rows) put(id, { k, p, o, by: k === "problem" ? "p3" : "p2", at: ago(6), ...more }, text);
  });
}

function commandsOf(parts) {
  const instant = () => new Date().toISOString();
  const stop = (room) => {
    const topics = parts.topics.map((topic) => topic.running_since ? { ...topic, spent_seconds: topic.spent_seconds + (Date.now() - Date.parse(topic.running_since)) / 1000, running_since: null, ended_at: instant() } : topic);
    room.fact("topics", topics);
    return topics;
  };
  const gaps = (room) => [...room.doc.getMap("nodes")].filter(([, node]) => node.get("k") === "action" && node.get("s") !== "deleted").flatMap(([entry, node]) =>
    [["owner", node.get("dep") && (node.get("own") || node.get("name_by"))], ["due", node.get("due")], ["support", node.get("sup")]].filter(([, there]) => !there).map(([what]) => ({ entry, what, text: String(node.get("t")) })));
  const agreed = agreement.commands(parts, (person) => PEOPLE.find(([id]) => id === person)?.[2] ?? "");
  return {
    ...agreed,
    ...floor.commands(parts),
    topic: ({ topic }, _member, room) => room.fact("topics", stop(room).map((one) => (one.id === topic ? { ...one, running_since: instant(), started_at: one.started_at ?? instant(), ended_at: null } : one))),
    start: (_facts, _member, room) => {
      room.fact("meeting", { ...parts.meeting, stage: "in_session", started_at: instant() });
      room.fact("topics", parts.topics.map((one, at) => (at === 0 ? { ...one, running_since: instant(), started_at: instant() } : one)));
    },
    extend: ({ topic, minutes }, _member, room) => room.fact("topics", parts.topics.map((one) => (one.id === topic ? { ...one, extra_minutes: one.extra_minutes + minutes } : one))),
    attend: ({ person, state }, _member, room) => room.fact("people", parts.people.map((one) => (one.id === person ? { ...one, attendance: state } : one))),
    walk_in: ({ person, name, department }, _member, room) => room.fact("people", [...parts.people, { id: person ?? `w${parts.people.length}`, name: name ?? "王临", department: department ?? "", seat: "walk_in", attendance: "present", arrived_at: instant() }]),
    role: ({ role, person }, _member, room) => room.fact("roles", { ...parts.roles, [role]: person }),
    accept: ({ entry }, member, room) => room.fact("acceptances", { ...parts.acceptances, [entry]: { state: "accepted", by: member.person, at: instant(), reason: "" } }),
    contest: ({ entry, reason }, member, room) => room.fact("acceptances", { ...parts.acceptances, [entry]: { state: "contested", by: member.person, at: instant(), reason } }),
    convert: ({ entry, kind }, _member, room) => {
      const before = Y.encodeStateVector(room.doc);
      room.doc.getMap("nodes").get(entry).set("k", kind);
      for (const one of room.members) one.send(0, 2, Y.encodeStateAsUpdate(room.doc, before));
    },
    find_person: ({ q }) => [...PEOPLE, ["p7", "王临", "d2"]].filter(([, name]) => name.includes(q)).map(([id, name, department]) => ({ id, name, department })),
    names: ({ ids }) => Object.fromEntries(ids.filter((id) => id === "p7").map((id) => [id, { name: "王临", department: "d2" }])),
    read: ({ text, kind }) => {
      const person = PEOPLE.find(([, name]) => text.includes(name));
      const action = kind === "action" || (kind === null && !!person && /前|周/.test(text));
      if (!action) return { kind: null, text };
      const task = text.replace(/^行动[：:]/, "").replace(person?.[1] ?? "\0", "").split(/[，,]/)[0];
      return { kind: "action", text: task, person: person?.[0] ?? "", department: person?.[2] ?? "", due: /周三/.test(text) ? "2026-12-02" : "", support: /支持/.test(text) ? [{ dep: "d1", person: "", what: text.split(/提供/)[1] ?? "", due: "" }] : "" };
    },
    check: (_facts, _member, room) => ({ gaps: gaps(room), dangling: [{ entry: "problem00002", what: "solution", text: "销售侧紧急需求与迭代计划冲突" }] }),
    close: ({ next_when, next_focus }, _member, room) => {
      if (gaps(room).length > 0) throw refusal("record_incomplete", { gaps: gaps(room) }, "还不能结束。");
      room.frozen = true;
      stop(room);
      agreed.after_closing(room);
      room.fact("meeting", { ...parts.meeting, stage: "recorded", closed_at: instant(), closed_seq: room.seq, minutes_url: "/minutes", reopen_until: instant(), next_when: next_when ?? "", next_focus: next_focus ?? "" });
    },
    reopen: (_facts, _member, room) => {
      room.frozen = false;
      room.fact("meeting", { ...parts.meeting, stage: "in_session", closed_at: null, closed_seq: null, minutes_url: null });
    },
    late_edits: () => [],
  };
}

function page(query) {
  const person = query.get("as") ?? "p1";
  const language = query.get("language") ?? "zh-hans";
  const name = PEOPLE.find(([id]) => id === person)?.[1] ?? person;
  const setup = { meeting: "m1", title: "新品上市协调会", person, name, language, socket: `/ws/room/m1?as=${person}`, home: "/meetings/m1/", sign_in: "/" };
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark"><title>Room</title><link rel="stylesheet" href="/static/css/tokens.css"><link rel="stylesheet" href="/static/css/shell.css"><link rel="stylesheet" href="/static/room/room.css">
<script id="room-setup" type="application/json">${JSON.stringify(setup)}</script><script src="/static/room/words.${language}.js" defer></script><script src="/static/room/room.js" defer></script></head>
<body class="in-room"><a class="skip" href="#capture">Skip</a><div id="room"></div></body></html>`;
}

/** Serves the page and its room; `change` may alter the demo before the room opens. */
export async function serve(port = 0, size = 0, change = () => undefined) {
  const http = createServer((request, response) => {
    const url = new URL(request.url, "http://x");
    if (url.pathname.startsWith("/static/")) {
      const path = join(assets, normalize(url.pathname.slice(8)));
      try {
        response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream" }).end(readFileSync(path));
      } catch {
        response.writeHead(404).end();
      }
      return;
    }
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": CSP }).end(page(url.searchParams));
  });
  const options = demo(size);
  change(options);
  const room = new FakeRoom({ http, ...options });
  const notes = new FakeRoom({ http, path: "/ws/notes/" });
  options.seed(room.doc);
  await new Promise((resolve) => http.listen(port, "127.0.0.1", resolve));
  return { room, notes, http, url: `http://127.0.0.1:${http.address().port}` };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve(Number(process.argv[2] ?? 8765), Number(process.argv[3] ?? 0));
  console.log(url);
}
