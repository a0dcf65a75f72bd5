// SPDX-License-Identifier: Apache-2.0
// The room on the wall: large, nothing private, nothing to press. The same connection, another way of drawing.

import type { App } from "./app.ts";
import { fillWith, h, put, say, show } from "./dom.ts";
import type { Topic } from "./facts.ts";
import { clock } from "./format.ts";
import type { Node } from "./record.ts";
import { Plan, Ring } from "./ring.ts";
import { turnOf } from "./turns.ts";

const SHOWN = 2; // as many lines as can be read from the back of the room

/** Says it, marked long where it would take more than about a line; a Chinese character is two wide. */
function write(element: HTMLElement, text: string, most: number): void {
  say(element, text);
  put(element, "data-long", [...text].reduce((width, one) => width + (one > "\u2e80" ? 2 : 1), 0) > most);
}

export class Projector {
  readonly root: HTMLElement;
  private readonly title = h("div", { class: "muted wall-line" });
  private readonly objective = h("h1", {});
  private readonly now = h("div", { class: "wall-now" });
  private readonly end = h("div", { class: "muted" });
  private readonly place = h("div", { class: "muted" });
  private readonly topic = h("h2", {});
  private readonly left = h("b", { class: "wall-left" });
  private readonly about = h("span", { class: "muted" });
  private readonly plan = new Plan();
  private readonly whole = new Ring();
  private readonly who = h("div", { class: "wall-who" });
  private readonly department = h("div", { class: "muted wall-line" });
  private readonly wholeAbout = h("div", { class: "muted" });
  private readonly then = h("div", { class: "wall-then" });
  private readonly decided = h("section", { class: "card decided" });
  private readonly open = h("section", { class: "card open-problems" });
  private readonly agenda = h("ol", { class: "wall-agenda" });

  constructor(private readonly app: App) {
    const head = h("header", {}, h("div", {}, this.title, this.objective), h("div", { class: "wall-clock" }, this.now, this.end));
    const topic = h("section", { class: "card wall-topic" }, h("div", {}, this.place, this.topic), h("div", { class: "wall-time" }, this.left, this.about), this.plan.root);
    const whole = h("section", { class: "card wall-whole" }, this.wholeAbout, this.whole.root, this.department, this.who, this.then);
    whole.id = "wall-turn";
    this.root = h("main", { class: "wall", id: "content" }, head, h("div", { class: "wall-main" }, topic, whole), h("div", { class: "wall-lists" }, this.decided, this.open), this.agenda);
    app.record.listen(() => this.drawLists());
    setInterval(() => this.tick(), 1_000);
  }

  draw(): void {
    const { meeting } = this.app.facts.parts;
    say(this.title, `${meeting.title} · ${this.app.say("objective")}`);
    write(this.objective, meeting.objective || meeting.title, 40);
    this.drawAgenda();
    this.drawLists();
    this.tick();
  }

  private tick(): void {
    const { facts, format } = this.app;
    const { topics } = facts.parts;
    if (!facts.ready) return;
    say(this.now, format.time(facts.now()));
    say(this.end, this.endWords());
    this.tickTurn();
    this.tickTopic(facts.current, topics);
  }

  private endWords(): string {
    const { facts, say: words, format } = this.app;
    const { meeting } = facts.parts;
    if (this.app.closed) return words("stage.closed");
    if (!meeting.started_at) return words("wall.end", { time: format.time(facts.plannedEnd) });
    return words("agenda.ends", { time: format.time(facts.projectedEnd()), planned: format.time(facts.plannedEnd) });
  }

  /** Who speaks; while nobody does, the time of the whole meeting. */
  private tickTurn(): void {
    const { app } = this;
    const { facts, say: words } = app;
    const { meeting, turns } = facts.parts;
    const turn = facts.running ? turnOf(app) : null;
    const names = facts.running ? turns.queue.slice(0, 3).map((one) => app.personName(one.person)) : [];
    say(this.then, names.length > 0 ? words("turn.next", { names: names.join(" · ") }) : "");
    show(this.who, !!turn);
    show(this.department, !!turn);
    if (turn) {
      write(this.who, app.personName(turns.speaker), 16);
      say(this.department, facts.departmentName(app.departmentOf(turns.speaker!)));
      say(this.wholeAbout, `${words("turn")} · ${turn.words}`);
      return this.whole.draw(turn.share, turn.time, turn.tone);
    }
    const whole = meeting.planned_minutes * 60;
    const used = meeting.started_at ? (facts.now() - Date.parse(meeting.started_at)) / 1000 : 0;
    this.whole.draw(whole > 0 ? 1 - used / whole : 0, clock(Math.abs(whole - used)), used > whole ? "late" : null);
    say(this.wholeAbout, words(used > whole ? "wall.whole_over" : "wall.whole_left", { minutes: meeting.planned_minutes }));
  }

  private tickTopic(topic: Topic | undefined, topics: Topic[]): void {
    const { facts, say: words } = this.app;
    const waiting = facts.parts.meeting.started_at ? words("agenda.idle") : words("opening.wait");
    say(this.place, topic ? [words("wall.topic", { n: topics.indexOf(topic) + 1, all: topics.length }), topic.outcome && words("outcome", { text: topic.outcome })].filter(Boolean).join(" · ") : "");
    write(this.topic, topic ? topic.title : this.app.closed ? words("stage.closed") : waiting, 30);
    show(this.left, !!topic);
    show(this.about, !!topic);
    if (!topic) return this.plan.draw(0);
    const planned = facts.planned(topic);
    const rest = planned - facts.spent(topic);
    say(this.left, `${rest < 0 ? "+" : ""}${clock(Math.abs(rest))}`);
    put(this.left, "data-tone", rest < 0 ? "late" : null);
    say(this.about, words(rest < 0 ? "wall.over" : "wall.left", { minutes: Math.round(planned / 60) }));
    this.plan.draw(planned > 0 ? 1 - rest / planned : 0);
  }

  private drawLists(): void {
    const all = this.app.record.all();
    const decisions = all.filter((node) => node.kind === "decision");
    const problems = all.filter((node) => node.kind === "problem" && !this.app.record.below(node).some((one) => one.kind === "solution" || one.kind === "decision"));
    this.list(this.decided, this.app.say("wall.decided"), decisions, () => "✓");
    this.list(this.open, this.app.say("wall.problems"), problems, (node) => String(node.number));
  }

  /** The newest few; the number tells how many there are. */
  private list(card: HTMLElement, title: string, nodes: Node[], mark: (node: Node) => string): void {
    const lines = nodes.slice(-SHOWN).map((node) => h("li", {}, h("b", {}, mark(node)), h("span", {}, this.app.record.words(node.id))));
    fillWith(card, h("h3", {}, h("span", {}, title), h("span", {}, String(nodes.length))), h("ul", {}, ...lines));
  }

  private drawAgenda(): void {
    this.agenda.replaceChildren(...this.app.facts.parts.topics.map((topic) => {
      const running = topic.running_since !== null;
      const over = !running && (topic.ended_at !== null || topic.spent_seconds > 0);
      const step = h("li", { "data-state": running ? "running" : topic.skipped ? "skipped" : over ? "done" : "coming", "aria-current": running ? "step" : null }, over ? "✓ " : "", topic.title);
      step.style.setProperty("flex-grow", String(Math.max(1, topic.minutes)));
      return step;
    }));
  }
}
