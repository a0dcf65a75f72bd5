// SPDX-License-Identifier: Apache-2.0
// The agenda on the left with the topic's clock; the same clock in short for the phone's head.

import type { App } from "./app.ts";
import { button, h, Kept, put, say, show, svg } from "./dom.ts";
import type { Topic } from "./facts.ts";
import { clock } from "./format.ts";

const WARN = 0.7;

/** A ring that empties with the time, with the time left inside. */
export class Ring {
  private readonly arc = svg("circle", { class: "arc", cx: 29, cy: 29, r: 26, pathLength: 100, "stroke-dasharray": "100 100" });
  private readonly time = h("b", {});
  readonly root = h("div", { class: "ring" }, svg("svg", { viewBox: "0 0 58 58", "aria-hidden": "true" }, svg("circle", { class: "track", cx: 29, cy: 29, r: 26 }), this.arc) as unknown as HTMLElement, this.time);

  draw(share: number, words: string): void {
    put(this.arc, "stroke-dasharray", `${Math.max(0, Math.min(1, share)) * 100} 100`);
    say(this.time, words);
  }
}

/** A thin bar of how much is used. */
class Plan {
  private readonly fill = svg("rect", { class: "fill", x: 0, y: 0, width: 0, height: 4 });
  readonly root = svg("svg", { class: "plan", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" }, this.fill);

  draw(share: number): void {
    put(this.fill, "width", Math.round(Math.min(1, share) * 1000) / 10);
    put(this.root, "data-over", share > 1.005);
  }
}

class TopicRow {
  private readonly number = h("span", { class: "n", "aria-hidden": "true" });
  private readonly title = h("span", { class: "t" });
  private readonly state = h("span", { class: "visually-hidden" });
  private readonly minutes = h("span", { class: "m" });
  private readonly plan = new Plan();
  private readonly go: HTMLButtonElement;
  readonly root: HTMLElement;

  constructor(
    private readonly app: App,
    topic: Topic,
    show_: (id: string) => void,
  ) {
    this.go = button("▶", "topic", () => void app.act("topic", { topic: topic.id }), { class: "btn s quiet go" });
    const open = h("button", { type: "button", class: "open", on: { click: () => show_(topic.id) } }, this.number, this.title, this.minutes, this.state, this.plan.root);
    this.root = h("li", { class: "topic", "data-topic": topic.id }, open, this.go);
  }

  draw(topic: Topic, place: number): void {
    const { app } = this;
    const running = topic.running_since !== null;
    const over = !running && (topic.ended_at !== null || topic.spent_seconds > 0);
    put(this.root, "data-state", running ? "running" : topic.skipped ? "skipped" : over ? "done" : "coming");
    put(this.root, "aria-current", running ? "step" : null);
    say(this.number, running || !over ? (topic.skipped ? "–" : String(place + 1)) : "✓");
    say(this.title, topic.title);
    say(this.state, running ? app.say("agenda.now") : topic.skipped ? app.say("agenda.skipped") : over ? app.say("agenda.done") : "");
    say(this.minutes, `${topic.minutes + topic.extra_minutes}′`);
    put(this.minutes, "title", app.say("agenda.minutes", { n: topic.minutes + topic.extra_minutes }));
    put(this.go, "aria-label", app.say("agenda.goto", { title: topic.title }));
    put(this.go, "title", app.say("agenda.goto", { title: topic.title }));
    show(this.go, app.hosting && app.facts.running && !running);
    this.tick(topic);
  }

  tick(topic: Topic): void {
    const planned = this.app.facts.planned(topic);
    const spent = this.app.facts.spent(topic);
    this.plan.root.toggleAttribute("data-empty", spent === 0);
    this.plan.draw(planned > 0 ? spent / planned : 0);
  }
}

export class Agenda {
  readonly root: HTMLElement;
  readonly head: HTMLElement;
  private readonly ring = new Ring();
  private readonly title = h("b", { class: "now-title" });
  private readonly left = h("div", { class: "small muted" });
  private readonly ahead = h("div", { class: "small ahead" });
  private readonly clockBox: HTMLElement;
  private readonly topics: Kept<Topic, TopicRow>;
  private readonly list = h("ol", { class: "topics" });
  private readonly acts: HTMLElement;
  private readonly extend: HTMLButtonElement;
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
    showTopic: (id: string) => void,
    private readonly showEntry: (id: string) => void,
    private readonly wrapUp: () => void,
  ) {
    this.topics = new Kept(this.list, (topic) => topic.id, (topic) => new TopicRow(app, topic, showTopic), (row, topic, place) => row.draw(topic, place));
    this.extend = button(app.say("do.extend"), "extend", () => this.addMinutes(), { title: app.say("do.extend_long") });
    this.next = button(app.say("do.next"), "next", () => this.goNext(), { class: "btn s primary" });
    this.next.append(h("kbd", { "aria-hidden": "true" }, "Alt T"));
    this.acts = h("div", { class: "acts" }, this.extend, this.next);
    this.clockBox = h("div", { class: "clock" }, this.ring.root, h("div", {}, this.title, this.left, this.ahead));
    this.root = h("nav", { class: "col left", id: "agenda", "aria-label": app.say("agenda") }, this.clockBox, this.list, this.acts, this.parkedTitle, this.parked);
    this.head = h("div", { class: "phone-head" }, h("div", { class: "line" }, this.headTitle, this.headTime), this.headPlan.root as unknown as HTMLElement, this.headAbout);
  }

  draw(): void {
    const { app } = this;
    this.topics.show(app.facts.parts.topics);
    show(this.acts, app.hosting && app.facts.running);
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
    show(this.clockBox, !!facts.parts.meeting.started_at && !this.app.closed);
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
    this.ring.draw(planned > 0 ? rest / planned : 0, rest >= 0 ? clock(rest) : `+${clock(-rest)}`);
    put(this.ring.root, "data-tone", rest < 0 ? "late" : rest < planned * (1 - WARN) ? "soon" : null);
    say(this.title, topic.title);
    say(this.left, rest >= 0 ? words("agenda.left", { left: clock(rest), minutes }) : words("agenda.over", { over: clock(-rest), minutes }));
    this.drawAhead();
    this.warn(topic, rest, planned);
    this.drawHead(topic, rest, planned);
  }

  private drawAhead(): void {
    const minutes = Math.trunc(this.app.facts.ahead() / 60);
    const key = minutes > 0 ? "agenda.ahead" : minutes < 0 ? "agenda.behind" : "agenda.on_time";
    say(this.ahead, this.app.say(key, { n: Math.abs(minutes) }));
    put(this.ahead, "data-tone", minutes < 0 ? "late" : minutes > 0 ? "soon" : "ok");
  }

  /** The product says when time runs out, so that the host need not; once for each step. */
  private warn(topic: Topic, rest: number, planned: number): void {
    if (!this.app.hosting || planned <= 0) return;
    const step = rest <= 0 ? "100" : rest <= planned * (1 - WARN) ? "70" : "";
    const state = `${topic.id}:${planned}:${step}`;
    if (state === this.warned) return;
    this.warned = state;
    if (step) this.app.notices.tell(this.app.say(step === "100" ? "agenda.warn100" : "agenda.warn70"), step === "100" ? "late" : "soon", { key: "clock" });
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
    const next = topics[at + 1];
    say(this.headAbout, [topic.outcome && app.say("outcome", { text: topic.outcome }), next && app.say("agenda.next_is", { title: next.title })].filter(Boolean).join(" · "));
  }

  // -- the host's acts

  addMinutes(): void {
    const topic = this.app.facts.current;
    if (topic && this.app.hosting) void this.app.act("extend", { topic: topic.id, minutes: 2 });
  }

  goNext(): void {
    const { topics } = this.app.facts.parts;
    const now = topics.findIndex((topic) => topic.running_since !== null);
    const next = topics[now + 1];
    if (!this.app.hosting) return;
    if (next) void this.app.act("topic", { topic: next.id });
    else this.wrapUp();
  }
}
