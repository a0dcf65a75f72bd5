// SPDX-License-Identifier: Apache-2.0
// The clock is reckoned from instants, so a tab that slept knows the time; the plan of what remains from the facts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Facts } from "../node_modules/.room/facts.mjs";

const START = Date.parse("2026-03-02T06:00:00Z");
const instant = (minutes) => new Date(START + minutes * 60_000).toISOString();

/** Five topics of 5, 15, 20, 30 and 10 minutes; the third runs since minute 22. */
function meeting(change = () => undefined) {
  const clock = { at: START + 30 * 60_000 };
  const facts = new Facts(() => clock.at);
  const topics = [5, 15, 20, 30, 10].map((minutes, at) => ({
    id: `t${at + 1}`, title: `T${at + 1}`, minutes, extra_minutes: 0, skipped: false, spent_seconds: [300, 1020, 0, 0, 0][at],
    started_at: at < 3 ? instant(at * 10) : null, ended_at: at < 2 ? instant(22) : null, running_since: at === 2 ? instant(22) : null,
  }));
  change(topics);
  facts.take("meeting", { ...facts.parts.meeting, stage: "in_session", starts_at: instant(0), started_at: instant(0), planned_minutes: 80 });
  facts.take("topics", topics);
  return { facts, clock, topics };
}

const minutes = (instant) => (instant - START) / 60_000;

test("the end is reckoned from what is left of the running topic and the plan of those to come", () => {
  const { facts, clock } = meeting();
  assert.deepEqual([...facts.ends()].map(([id, end]) => [id, minutes(end)]), [["t3", 42], ["t4", 72], ["t5", 82]]);
  assert.equal(facts.ahead(), -120);
  clock.at += 17 * 60_000; // five minutes over: all that follows moves along
  assert.deepEqual([...facts.ends()].map(([id, end]) => [id, minutes(end)]), [["t3", 47], ["t4", 77], ["t5", 87]]);
  assert.equal(facts.spent(facts.current), 25 * 60);
});

test("skipped topics take no time, and a late start is told in minutes", () => {
  const { facts } = meeting((topics) => (topics[3].skipped = true));
  assert.equal(minutes(facts.projectedEnd()), 52);
  facts.take("meeting", { ...facts.parts.meeting, started_at: instant(6.9) });
  assert.equal(facts.delay, 6);
  assert.equal(minutes(facts.plannedEnd), 80);
  facts.take("meeting", { ...facts.parts.meeting, starts_at: instant(7_000) }); // held days before its time
  assert.equal(facts.plannedEnd, START + 86.9 * 60_000);
});

test("more time is taken from later topics in proportion, each keeping a minute; what they cannot give, nobody gives", () => {
  const { facts, topics } = meeting();
  const taken = (minutes) => facts.taken(topics[2], minutes).map((one) => [one.topic.id, one.minutes]);
  assert.deepEqual(taken(5), [["t4", 3], ["t5", 2]]);
  assert.deepEqual(taken(10), [["t4", 7], ["t5", 3]]);
  assert.deepEqual(taken(100), [["t4", 29], ["t5", 9]]);
  assert.deepEqual(taken(0), []);
  topics[3].skipped = true;
  assert.deepEqual(taken(5), [["t5", 5]]);
});

test("a turn lasts from its instant, whatever the tab did meanwhile; the server's clock counts", () => {
  const { facts, clock } = meeting();
  facts.take("turns", { ...facts.parts.turns, speaker: "p3", since: instant(28) });
  assert.equal(facts.spoken, 120);
  clock.at += 3_600_000;
  assert.equal(facts.spoken, 3720);
  facts.take("now", instant(29));
  assert.equal(facts.spoken, 60);
});
