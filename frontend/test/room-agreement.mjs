// SPDX-License-Identifier: Apache-2.0
// Consensus calls, parked entries, the next plan and the retrospective for the small room of the tests.
import * as Y from "yjs";

const instant = () => new Date().toISOString();

function refusal(code, facts, text) {
  return Object.assign(new Error(text), { code, facts });
}

/** The shared parts before anybody has called anything. */
export const parts = () => ({ calls: {}, retro: null });

const outcomeOf = (call) => {
  const agreed = call.voices.filter((voice) => voice.answer === "agree").length;
  if (agreed * 2 <= call.voices.length) return "not_reached";
  return agreed === call.asked.length ? "unanimous" : "majority";
};

/** `people` and `departmentOf` come from the demo; the host alone sees the counts. */
export function commands(parts, departmentOf) {
  const answers = new Map();
  const tell = (room, entry, call) => room.fact("calls", call ? { ...parts.calls, [entry]: call } : Object.fromEntries(Object.entries(parts.calls).filter(([id]) => id !== entry)));
  const write = (room, change) => {
    const before = Y.encodeStateVector(room.doc);
    room.doc.transact(change);
    for (const one of room.members) one.send(0, 2, Y.encodeStateAsUpdate(room.doc, before));
  };
  const retro = (member) => ({
    open: true, due_at: new Date(Date.parse(parts.meeting.closed_at ?? instant()) + 7 * 60_000).toISOString(), answered: answers.size, mine: answers.get(member?.person) ?? null,
    met: member?.person === "p1" ? { yes: 0, partly: 0, no: 0, ...Object.fromEntries(["yes", "partly", "no"].map((met) => [met, [...answers.values()].filter((one) => one.met === met).length])) } : null,
  });
  return {
    call: ({ entry }, _member, room) => {
      const asked = [...new Set(parts.people.filter((one) => ["required", "optional"].includes(one.seat)).map((one) => one.department))];
      tell(room, entry, { id: `call-${entry}`, state: "open", opened_at: instant(), closed_at: null, asked, voices: [], silent: asked, outcome: "", decider: null, decide_by: "" });
    },
    voice: ({ entry, answer, reason }, member, room) => {
      const call = parts.calls[entry];
      const department = departmentOf(member.person);
      if (!call.asked.includes(department)) throw refusal("not_allowed", {}, "你没有席位。");
      if (answer !== "agree" && !reason) throw refusal("bad_value", { field: "reason" }, "要写理由。");
      const voices = [...call.voices.filter((voice) => voice.department !== department), { department, person: member.person, answer, reason, at: instant() }];
      tell(room, entry, { ...call, voices, silent: call.asked.filter((one) => !voices.some((voice) => voice.department === one)) });
    },
    call_close: ({ entry, decider, decide_by }, _member, room) => {
      const call = parts.calls[entry];
      const outcome = outcomeOf(call);
      if (outcome === "not_reached" && !decider) throw refusal("bad_value", { field: "decider", reason: "required" }, "要写由谁决定。");
      const next = outcome === "not_reached" ? { decider, decide_by: decide_by ?? "" } : {};
      tell(room, entry, { ...call, ...next, state: "closed", closed_at: instant(), outcome });
    },
    call_drop: ({ entry }, _member, room) => tell(room, entry, null),
    park: ({ entry, person, department }, _member, room) => write(room, () => {
      const node = room.doc.getMap("nodes").get(entry);
      node.set("k", "parked");
      const own = person ?? "p3"; // who leads the topic
      if (!node.get("own")) for (const [key, value] of [["own", own], ["dep", department ?? departmentOf(own)]]) node.set(key, value);
    }),
    next_plan: ({ starts_at }, _member, room) => {
      room.planned = starts_at;
      room.fact("meeting", { ...parts.meeting, next_meeting: "m2" });
      return { meeting: "m2", url: "/meetings/m2/" };
    },
    retro: ({ met, improve }, member, room) => {
      answers.set(member.person, { met, improve });
      parts.retro = retro;
      room.fact("retro");
    },
    /** Not a command of the wire: what closing adds. */
    after_closing: (room) => {
      parts.retro = retro;
      room.fact("retro");
    },
  };
}
