// SPDX-License-Identifier: Apache-2.0
// Turns, the queue, shares and changes of the running plan, for the small room of the tests.
const instant = () => new Date().toISOString();

/** The parts before anybody has spoken; shares go to the host alone. */
export const parts = (spans = []) => ({
  turns: { speaker: null, since: null, topic: null, seconds: 180, queue: [], spoken: [] },
  shares: (member) => (member.person === "p1" ? sharesOf(spans) : null),
});

function sharesOf(spans) {
  const departments = ["d2", "d1", "d3"].map((department, at) => ({ department, seconds: spans[at] ?? 0 })).filter((one) => one.seconds > 0);
  return { total: spans.reduce((sum, one) => sum + one, 0), departments, quiet: departments.length > 0 ? ["d5"] : [] };
}

export function commands(parts) {
  const tell = (room, change) => room.fact("turns", { ...parts.turns, ...change });
  const without = (person) => parts.turns.queue.filter((one) => one.person !== person);
  const may = (member) => ["p1", "p2"].includes(member.person);
  return {
    floor: ({ person }, member, room) => {
      const own = person === member.person;
      if (own && !may(member) && parts.turns.speaker) return tell(room, { queue: [...without(person), { person, at: instant() }] });
      tell(room, { speaker: person, since: instant(), topic: "topic0000003", queue: without(person), spoken: [...new Set([...parts.turns.spoken, person])] });
    },
    yield: (_facts, _member, room) => tell(room, { speaker: null, since: null }),
    hand: ({ up, person }, member, room) => {
      const whose = person ?? member.person;
      tell(room, { queue: up ? [...without(whose), { person: whose, at: instant() }] : without(whose) });
    },
    skip: ({ topic, reason }, _member, room) => {
      room.skipped = { topic, reason };
      const next = parts.topics[parts.topics.findIndex((one) => one.id === topic) + 1];
      const runs = parts.topics.find((one) => one.id === topic).running_since !== null;
      room.fact("topics", parts.topics.map((one) =>
        one.id === topic ? { ...one, skipped: true, running_since: null, ended_at: runs ? instant() : null }
        : runs && one === next ? { ...one, running_since: instant(), started_at: instant() } : one));
    },
    move_topic: ({ topic, after }, _member, room) => {
      const moved = parts.topics.find((one) => one.id === topic);
      const rest = parts.topics.filter((one) => one !== moved);
      rest.splice(after === null ? 0 : rest.findIndex((one) => one.id === after) + 1, 0, moved);
      room.fact("topics", rest);
    },
  };
}
