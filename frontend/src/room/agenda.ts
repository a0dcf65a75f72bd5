// SPDX-License-Identifier: Apache-2.0
// The agenda on the left with the topic's clock; the same clock in short for the phone's head.

import type { App } from "./app.ts";
import { button, h, Kept, put, say, show } from "./dom.ts";
import type { Topic } from "./facts.ts";
import { clock } from "./format.ts";
import { Pacing } from "./pacing.ts";
import { Plan, Ring } from "./ring.ts";

const WARN = 0.7;

class TopicRow {
  private readonly number = h("span", { class: "n", "aria-hidden": "true" });
  private readonly title = h("span", { class: "t" });
  private readonly state = h("span", { class: "visually-hidden" });
  private readonly minutes = h("span", { class: "m" });
  private readonly until = h("span", { class: "small muted until" });
  private readonly plan = new Plan();
  private readonly open: HTMLButtonElement;
  private readonly go: HTMLButtonElement;
  private readonly changes: HTMLButtonElement[];
  readonly root: HTMLElement;

  constructor(
    private readonly app: App,
    private readonly topic: Topic,
    private readonly agenda: Agenda,
  ) {
    const tool = (label: string, name: string, run: () => void, more = {}) => button(label, name, run, { class: "btn s quiet", ...more });
    this.go = tool("▶", "topic", () => void app.act("topic", { topic: topic.id }));
    // The keys do the same on the row, so the tabulator need not stop at each.
    this.changes = [
      tool("↑", "topic-up", () => agenda.move(topic.id, -1), { tabindex: -1 }), tool("↓", "topic-down", () => agenda.move(topic.id, 1), { tabindex: -1 }),
      tool(app.say("plan.do_skip"), "topic-skip", () => agenda.skip(topic.id), { tabindex: -1 }),
    ];
    this.open = h("button", { type: "button", class: "open", on: { click: () => agenda.showTopic(topic.id) } }, this.number, this.title, this.minutes, this.state, this.until, this.plan.root);
    this.root = h("li", { class: "topic", "data-topic": topic.id, on: { keydown: (event: KeyboardEvent) => this.onKey(event) } }, this.open, h("div", { class: "tools" }, ...this.changes, this.go));
  }

  draw(topic: Topic, place: number): void {
    const { app } = this;
    const running = topic.running_since !== null;
    const over = !running && (topic.ended_at !== null || topic.spent_seconds > 0);
    const coming = !running && !over && !topic.skipped;
    const leads = app.hosting && app.facts.running;
    put(this.root, "data-state", running ? "running" : topic.skipped ? "skipped" : over ? "done" : "coming");
    put(this.root, "aria-current", running ? "step" : null);
    say(this.number, topic.skipped ? "–" : over ? "✓" : String(place + 1));
    say(this.title, topic.title);
    if (topic.carried) this.title.append(" ", h("span", { class: "chip" }, app.say("agenda.carried")));
    say(this.state, running ? app.say("agenda.now") : over && !topic.skipped ? app.say("agenda.done") : "");
    this.drawMinutes(topic, over);
    const words: [HTMLElement, "agenda.goto" | "plan.up" | "plan.down" | "plan.skip"][] = [[this.go, "agenda.goto"], [this.changes[0]!, "plan.up"], [this.changes[1]!, "plan.down"], [this.changes[2]!, "plan.skip"]];
    for (const [one, key] of words) for (const name of ["aria-label", "title"]) put(one, name, app.say(key, { title: topic.title }));
    show(this.go, leads && !running);
    for (const one of this.changes) show(one, leads && coming);
    put(this.open, "aria-keyshortcuts", leads && coming ? "Alt+ArrowUp Alt+ArrowDown Delete" : null);
    this.tick(topic);
  }

  /** Planned minutes; once it is over, what it took against them. */
  private drawMinutes(topic: Topic, over: boolean): void {
    const minutes = topic.minutes + topic.extra_minutes;
    const used = Math.round(topic.spent_seconds / 60);
    say(this.minutes, over ? `${used} / ${minutes}′` : `${minutes}′`);
    put(this.minutes, "title", over ? this.app.say("agenda.used", { used, minutes }) : this.app.say("agenda.minutes", { n: minutes }));
  }

  tick(topic: Topic): void {
    const planned = this.app.facts.planned(topic);
    const spent = this.app.facts.spent(topic);
    put(this.plan.root, "hidden", spent === 0);
    this.plan.draw(planned > 0 ? spent / planned : 0);
  }

  /** When it should end now; nothing for a topic that is over. */
  drawEnd(end: number | undefined, skipped: boolean): void {
    say(this.until, skipped ? this.app.say("agenda.skipped") : end === undefined ? "" : this.app.say("agenda.until", { time: this.app.format.time(end) }));
    show(this.until, skipped || end !== undefined);
  }

  private onKey(event: KeyboardEvent): void {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (by && event.altKey) this.agenda.move(this.topic.id, by);
    else if (event.key === "Delete") this.agenda.skip(this.topic.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

export class Agenda {
  readonly root: HTMLElement;
  readonly head: HTMLElement;
  private readonly ring = new Ring();
  private readonly title = h("b", { class: "now-title" });
  private readonly left = h("div", { class: "small muted" });
  private readonly ahead = h("div", { class: "small ahead" });
  private readonly whole = new Plan();
  private readonly wholeUsed = h("div", { class: "small muted" });
  private readonly wholeEnd = h("div", { class: "small muted" });
  private readonly wholeBox: HTMLElement;
  private readonly pacing: Pacing;
  private readonly sound: HTMLButtonElement;
  private readonly clockBox: HTMLElement;
  private readonly topics: Kept<Topic, TopicRow>;
  private readonly list = h("ol", { class: "topics" });
  private readonly acts: HTMLElement;
  private readonly next: HTMLButtonElement;
  private readonly parkedTitle = h("h3", {});
  private readonly parked = h("ul", { class: "parked small" });
  private readonly headTitle = h("b", { class: "head-title" });
  private readonly headTime = h("span", { class: "head-time" });
  private readonly headPlan = new Plan();
  private readonly headAbout = h("div", { class: "small muted head-about" });
  private warned = "";

  constructor(
    private readonly app: App,
    readonly showTopic: (id: string) => void,
    private readonly showEntry: (id: string) => void,
    private readonly wrapUp: () => void,
    private readonly reveal: () => void,
  ) {
    this.pacing = new Pacing(app);
    this.topics = new Kept(this.list, (topic) => topic.id, (topic) => new TopicRow(app, topic, this), (row, topic, place) => row.draw(topic, place));
    const extend = (minutes: number, name: string) => button(app.say("do.extend", { n: minutes }), name, () => this.addMinutes(minutes), { title: app.say("do.extend_long", { n: minutes }) });
    this.next = button(app.say("do.next"), "next", () => this.goNext(), { class: "btn s primary" });
    this.next.append(h("kbd", { "aria-hidden": "true" }, "Alt T"));
    this.acts = h("div", { class: "acts" }, this.next, extend(5, "extend"), extend(10, "extend-more"), button(app.say("plan.do_skip"), "skip", () => this.skip()));
    this.clockBox = h("div", { class: "clock" }, this.ring.root, h("div", {}, this.title, this.left, this.ahead));
    this.wholeBox = h("div", { class: "whole" }, this.whole.root, this.wholeUsed, this.wholeEnd);
    this.sound = button("", "sound", () => this.toggleSound(), { class: "btn s quiet sound", "aria-keyshortcuts": "Alt+B" });
    this.root = h("nav", { class: "col left", id: "agenda", "aria-label": app.say("agenda") }, this.clockBox, this.wholeBox, this.list, this.acts, this.pacing.root, this.parkedTitle, this.parked, this.sound);
    this.head = h("div", { class: "phone-head" }, h("div", { class: "line" }, this.headTitle, this.headTime), this.headPlan.root, this.headAbout);
  }

  draw(): void {
    const { app } = this;
    this.topics.show(app.facts.parts.topics);
    show(this.acts, app.hosting && app.facts.running);
    if (this.acts.hidden) this.pacing.close();
    say(this.sound, app.say(app.sound.on ? "sound.on" : "sound.off"));
    this.tick();
    this.drawParked();
  }

  drawParked(): void {
    const nodes = this.app.record.all().filter((node) => node.kind === "parked");
    say(this.parkedTitle, `${this.app.say("parked")} ${nodes.length || ""}`.trim());
    show(this.parkedTitle, nodes.length > 0);
    this.parked.replaceChildren(...nodes.map((node) =>
      h("li", {}, h("button", { type: "button", class: "link", on: { click: () => this.showEntry(node.id) } }, this.app.record.words(node.id) || this.app.say("entry.empty")))));
  }

  /** Each second: only figures and bars change. */
  tick(): void {
    const { facts, say: words } = this.app;
    const topic = facts.current;
    const held = !!facts.parts.meeting.started_at && !this.app.closed;
    show(this.clockBox, held);
    this.drawWhole(held);
    for (const one of facts.parts.topics) if (one.running_since) this.topics.views.get(one.id)?.tick(one);
    if (!topic) {
      this.ring.draw(0, "–");
      say(this.title, words("agenda.idle"));
      say(this.left, "");
      this.drawHead(null, 0, 0);
      return;
    }
    const planned = facts.planned(topic);
    const rest = planned - facts.spent(topic);
    const minutes = Math.round(planned / 60);
    this.ring.draw(planned > 0 ? rest / planned : 0, rest >= 0 ? clock(rest) : `+${clock(-rest)}`, rest < 0 ? "late" : rest < planned * (1 - WARN) ? "soon" : null);
    say(this.title, topic.title);
    say(this.left, rest >= 0 ? words("agenda.left", { left: clock(rest), minutes }) : words("agenda.over", { over: clock(-rest), minutes }));
    this.drawAhead();
    this.warn(topic, rest, planned);
    this.drawHead(topic, rest, planned);
  }

  /** The whole meeting: time used, and when it will end as things stand against when it should. */
  private drawWhole(held: boolean): void {
    const { facts, say: words, format } = this.app;
    const { started_at, planned_minutes } = facts.parts.meeting;
    const ends = held ? facts.ends() : new Map<string, number>();
    for (const topic of facts.parts.topics) this.topics.views.get(topic.id)?.drawEnd(ends.get(topic.id), topic.skipped);
    show(this.wholeBox, held);
    if (!held) return;
    const used = Math.max(0, facts.now() - Date.parse(started_at!)) / 60_000;
    this.whole.draw(planned_minutes > 0 ? used / planned_minutes : 0);
    say(this.wholeUsed, words("agenda.whole", { used: Math.floor(used), minutes: planned_minutes }));
    say(this.wholeEnd, words("agenda.ends", { time: format.time(facts.projectedEnd()), planned: format.time(facts.plannedEnd) }));
  }

  private drawAhead(): void {
    const minutes = Math.trunc(this.app.facts.ahead() / 60);
    const key = minutes > 0 ? "agenda.ahead" : minutes < 0 ? "agenda.behind" : "agenda.on_time";
    say(this.ahead, this.app.say(key, { n: Math.abs(minutes) }));
    put(this.ahead, "data-tone", minutes < 0 ? "late" : minutes > 0 ? "soon" : "ok");
  }

  /** The product says when time runs out, so that the host need not; once for each step. */
  private warn(topic: Topic, rest: number, planned: number): void {
    if (planned <= 0 || this.app.closed) return;
    const step = rest <= 0 ? "100" : rest <= planned * (1 - WARN) ? "70" : "";
    const state = `${topic.id}:${planned}:${step}`;
    if (state === this.warned) return;
    this.warned = state;
    if (!step) return;
    this.app.sound.play(step === "100" ? 2 : 1);
    if (this.app.hosting) this.app.notices.tell(this.app.say(step === "100" ? "agenda.warn100" : "agenda.warn70"), step === "100" ? "late" : "soon", { key: "clock" });
  }

  private drawHead(topic: Topic | null, rest: number, planned: number): void {
    const { app } = this;
    const topics = app.facts.parts.topics;
    show(this.head, !!topic);
    if (!topic) return;
    const at = topics.indexOf(topic);
    say(this.headTitle, `${at + 1} · ${topic.title}`);
    say(this.headTime, `${rest < 0 ? "+" : ""}${clock(Math.abs(rest))} / ${Math.round(planned / 60)}′`);
    put(this.headTime, "data-tone", rest < 0 ? "late" : null);
    this.headPlan.draw(planned > 0 ? 1 - rest / planned : 0);
    const next = app.facts.following;
    say(this.headAbout, [topic.outcome && app.say("outcome", { text: topic.outcome }), next && app.say("agenda.next_is", { title: next.title })].filter(Boolean).join(" · "));
  }

  // -- the host's acts

  toggleSound(): void {
    this.app.sound.toggle();
    const words = this.app.say(this.app.sound.on ? "sound.on" : "sound.off");
    say(this.sound, words);
    this.app.notices.whisper(words);
  }

  addMinutes(minutes: number): void {
    const topic = this.app.facts.current;
    if (!topic || !this.app.hosting) return;
    this.reveal();
    this.pacing.extend(topic, minutes);
  }

  /** Leaves a topic out: the running one, or one to come. */
  skip(id?: string): void {
    const topic = id ? this.app.facts.remaining.find((one) => one.id === id) : this.app.facts.current;
    if (!topic || !this.app.hosting || !this.app.facts.running) return;
    this.reveal();
    this.pacing.skip(topic);
  }

  /** Changes the order of the topics still to come. */
  move(id: string, by: number): void {
    const { topics } = this.app.facts.parts;
    const { remaining } = this.app.facts;
    const at = remaining.findIndex((topic) => topic.id === id);
    const other = remaining[at + by];
    if (at < 0 || !other || !this.app.hosting || !this.app.facts.running) return;
    const after = by > 0 ? other.id : (topics[topics.indexOf(other) - 1]?.id ?? null);
    void this.app.act("move_topic", { topic: id, after });
  }

  goNext(): void {
    if (!this.app.hosting) return;
    const next = this.app.facts.following;
    this.pacing.close();
    if (next) void this.app.act("topic", { topic: next.id });
    else this.wrapUp();
  }
}
