// SPDX-License-Identifier: Apache-2.0
// Cards above the record: the opening before the start, what falls to you, and what is left after closing.

import type { App } from "./app.ts";
import { button, fillWith, h, put, say, show } from "./dom.ts";
import type { Role } from "./facts.ts";
import type { Node, Support } from "./record.ts";
import { Roles } from "./roles.ts";
import type { Key } from "./speak.ts";

/** Before the start: why we are here, by which rules, who is new, who does what. */
export class Opening {
  readonly root: HTMLElement;
  private readonly title = h("h2", {});
  private readonly when = h("p", { class: "muted" });
  private readonly late = h("p", { class: "warn", role: "status" });
  private readonly agenda = h("ol", { class: "plain plan-list" });
  private readonly rules = h("ul", {});
  private readonly newcomersTitle: HTMLElement;
  private readonly newcomers = h("ul", { class: "plain newcomers" });
  private readonly roles: Roles;
  private readonly hint = h("p", { class: "warn" });
  private readonly start: HTMLButtonElement;
  private readonly foot = h("p", { class: "small muted" });

  constructor(private readonly app: App) {
    const title = (key: Key) => h("h3", {}, app.say(key));
    this.roles = new Roles(app, "opening");
    this.newcomersTitle = title("opening.newcomers");
    this.start = button("", "start", () => void app.act("start"), { class: "btn primary" });
    const left = h("div", {}, title("agenda"), this.agenda);
    const right = h("div", {}, title("opening.rules"), this.rules, this.newcomersTitle, this.newcomers, title("opening.roles"), this.roles.root);
    this.root = h("section", { class: "card opening", id: "opening", hidden: true, "aria-label": app.say("opening") },
      this.title, this.when, this.late, h("div", { class: "two" }, left, right), this.hint, h("div", { class: "line" }, this.start, this.foot));
  }

  draw(): void {
    const { app } = this;
    const { meeting, topics, people } = app.facts.parts;
    const before = app.facts.ready && !meeting.started_at && !app.closed;
    show(this.root, before);
    if (!before) return;
    say(this.title, meeting.objective || meeting.title);
    say(this.when, [app.say("stage.starts", { time: meeting.starts_at && app.format.when(meeting.starts_at, app.facts.now()) }), app.say("opening.minutes", { n: meeting.planned_minutes }), meeting.place].filter(Boolean).join(" · "));
    this.agenda.replaceChildren(...topics.map((topic, at) => h("li", {}, h("span", { class: "n" }, String(at + 1)),
      h("span", {}, topic.title, " ", h("span", { class: "small muted" }, app.leadOf(topic))), h("span", { class: "m" }, `${topic.minutes}′`))));
    const rules = [app.say("opening.rule_turn", { n: meeting.turn_minutes }), app.say("opening.rule_subject"), app.say("opening.rule_record")];
    this.rules.replaceChildren(...rules.map((rule) => h("li", {}, rule)));
    const fresh = people.filter((person) => person.newcomer && person.seat !== "informed");
    show(this.newcomersTitle, fresh.length > 0);
    this.newcomers.replaceChildren(...fresh.map((person) => h("li", {}, h("b", {}, person.name), " ", h("span", { class: "muted" }, app.facts.departmentName(person.department) || app.say("seat.guest")))));
    this.roles.draw();
    const warning = this.warning();
    say(this.hint, warning);
    show(this.hint, warning !== "");
    say(this.start, app.say(warning ? "opening.anyway" : "do.start"));
    show(this.start, app.hosting);
    put(this.root, "tabindex", app.hosting ? null : "0"); // who has nothing to press here scrolls it from the keyboard
    say(this.foot, app.say(app.hosting ? "opening.confirm" : "opening.wait"));
    this.tick();
  }

  /** The delay grows by itself. */
  tick(): void {
    const { app } = this;
    if (this.root.hidden) return;
    const minutes = Math.floor((app.facts.now() - Date.parse(app.facts.parts.meeting.starts_at)) / 60_000);
    say(this.late, minutes > 0 ? app.say("opening.late", { n: minutes }) : "");
    show(this.late, minutes > 0);
  }

  /** Nobody records, or who records will be busy speaking (R34, R35). */
  private warning(): string {
    const { app } = this;
    const { roles, topics } = app.facts.parts;
    const recorder = roles.recorder;
    if (!recorder) return app.say("opening.no_recorder");
    if (recorder === roles.host) return app.say("opening.recorder_is_host");
    const name = app.personName(recorder);
    const led = topics.find((topic) => (topic.lead ? topic.lead === name : roles[topic.lead_role as Role] === recorder));
    return led ? app.say("opening.recorder_leads", { name, title: led.title }) : "";
  }
}

/** Actions given to this person and not yet answered: accept, or say why not. */
export class Mine {
  readonly root = h("section", { class: "mine", hidden: true });
  private drawn = "";

  constructor(
    private readonly app: App,
    private readonly open: (id: string) => void,
  ) {}

  draw(): void {
    const { app } = this;
    const { you, acceptances } = app.facts.parts;
    const mine = app.closed || !you.person ? [] : app.record.all().filter((node) => node.kind === "action" && app.record.field(node.id, "own") === you.person && !acceptances[node.id]);
    const support = app.closed || !you.person ? [] : app.record.all().filter((node) => node.kind === "action").flatMap((node) => {
      const { sup } = app.record.fields(node.id);
      return (Array.isArray(sup) ? sup : []).filter((one) => (one.person ? one.person === you.person : !!one.dep && one.dep === you.department)).map((one): [Node, Support] => [node, one]);
    });
    const state = JSON.stringify([mine.map((node) => [node.id, app.record.words(node.id), app.record.fields(node.id)]), support.map(([node, one]) => [node.id, node.number, one])]);
    if (state === this.drawn || this.root.contains(document.activeElement)) return;
    this.drawn = state;
    show(this.root, mine.length + support.length > 0);
    this.root.replaceChildren(...(mine.length > 0 ? [h("h3", {}, app.say("mine")), ...mine.map((node) => this.one(node.id))] : []), ...(support.length > 0 ? [this.support(support)] : []));
  }

  /** What this person or the department has promised to others, folded to one line. */
  private support(lines: [Node, Support][]): HTMLElement {
    const { app } = this;
    const items = lines.map(([node, one]) => {
      const due = one.due || app.record.fields(node.id).due;
      return h("li", { "data-support": node.id }, h("button", { type: "button", class: "link", on: { click: () => this.open(node.id) } }, one.what || app.record.words(node.id)), " ",
        h("span", { class: "small muted" }, [app.label(node), due && app.format.day(due)].filter(Boolean).join(" · ")));
    });
    return h("details", { class: "support-mine" }, h("summary", {}, app.say("mine.support", { n: lines.length })), h("ul", {}, ...items));
  }

  private one(id: string): HTMLElement {
    const { app } = this;
    const { due } = app.record.fields(id);
    const reason = h("input", { type: "text", placeholder: app.say("contest.reason"), "aria-label": app.say("contest.reason"), maxlength: 500 });
    const send = () => {
      if (reason.value.trim()) this.answer("contest", { entry: id, reason: reason.value.trim() });
      else reason.focus();
    };
    const why = h("div", { class: "line", hidden: true }, reason, button(app.say("contest.send"), "contest-send", send));
    const contest = button(app.say("contest"), "contest", () => {
      show(why, true);
      reason.focus();
    });
    return h(
      "div", { class: "one", "data-mine": id },
      h("button", { type: "button", class: "link", on: { click: () => this.open(id) } }, app.record.words(id) || app.say("entry.empty")),
      due ? h("span", { class: "small muted" }, app.format.day(due)) : null,
      h("div", { class: "line" }, button(app.say("accept"), "accept", () => this.answer("accept", { entry: id }), { class: "btn s primary" }), contest), why,
    );
  }

  private answer(name: string, facts: object): void {
    (document.activeElement as HTMLElement | null)?.blur();
    void this.app.act(name, facts);
  }
}

interface LateEdit {
  id: string;
  person?: string;
  name?: string;
  at: string;
  text?: string;
  entries?: { entry: string; text: string }[];
}

/** After closing: the way to the minutes, reopening within its clock, late edits for the recorder. */
export class Closed {
  readonly root = h("section", { class: "card closed", id: "closed", hidden: true });
  private readonly late = h("div", { class: "late" });
  private drawn = "";

  constructor(private readonly app: App) {}

  draw(): void {
    const { app } = this;
    const { meeting } = app.facts.parts;
    show(this.root, app.closed);
    if (!app.closed) {
      this.drawn = "";
      return;
    }
    const state = JSON.stringify([meeting, app.facts.parts.you.may]);
    if (state === this.drawn) return;
    this.drawn = state;
    const minutes = meeting.minutes_url ? h("a", { class: "btn primary", "data-do": "minutes", href: meeting.minutes_url }, app.say("do.minutes")) : null;
    fillWith(
      this.root,
      h("p", {}, h("b", {}, app.say("closed", { time: meeting.closed_at ? app.format.time(meeting.closed_at) : "" }))),
      h("div", { class: "line" }, minutes, this.next()), this.reopening(), this.late,
    );
    if (app.facts.may("record")) void this.fetchLate();
  }

  /** The way to the next meeting, or the act that prepares it. */
  private next(): HTMLElement | null {
    const { app } = this;
    const { meeting, you } = app.facts.parts;
    if (meeting.next_meeting) return h("a", { class: "btn", "data-do": "next-meeting", href: app.setup.home.replace(app.setup.meeting, meeting.next_meeting) }, app.say("closed.next"));
    if (!you.roles.includes("host") && !you.roles.includes("organiser")) return null;
    const prepare = async () => {
      const when = meeting.next_when ?? "";
      const dated = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(when) && when.slice(0, 10) > app.format.today(app.facts.now());
      const made = await app.act("next_plan", dated ? { starts_at: when } : {});
      if (!made) return;
      const link = h("a", { href: String(made.url ?? ""), "data-do": "next-meeting" }, app.say("closed.next"));
      app.notices.tell(app.say("closed.next_ready"), "ok", { key: "next", stay: true, more: h("div", {}, link) });
    };
    return button(app.say("do.next_plan"), "next-plan", () => void prepare(), { class: "btn" });
  }

  private reopening(): HTMLElement | null {
    const { app } = this;
    const until = app.facts.parts.meeting.reopen_until;
    if (!app.facts.may("reopen")) return null;
    const reason = h("input", { type: "text", "aria-label": app.say("reopen.reason"), placeholder: app.say("reopen.reason"), maxlength: 500 });
    const send = () => {
      if (!reason.value.trim()) reason.focus();
      else void app.act("reopen", { reason: reason.value.trim() });
    };
    return h("div", { class: "line" }, reason, button(app.say("do.reopen"), "reopen", send), until ? h("span", { class: "small muted" }, app.say("closed.reopen_until", { time: app.format.time(until) })) : null);
  }

  private async fetchLate(): Promise<void> {
    try {
      const value = (await this.app.provider.ask("late_edits")) as LateEdit[] | { late_edits: LateEdit[] };
      this.drawLate(Array.isArray(value) ? value : (value.late_edits ?? []));
    } catch {
      // Not the recorder's any more, or offline: nothing to show.
    }
  }

  private drawLate(edits: LateEdit[]): void {
    const { app } = this;
    this.late.replaceChildren(...(edits.length > 0 ? [h("h3", {}, app.say("closed.late"))] : []), ...edits.map((edit) => {
      const text = edit.text ?? (edit.entries ?? []).map((one) => one.text).join("\n");
      const done = (name: string) => void app.act(name, { id: edit.id }).then(() => this.fetchLate());
      const by = app.say("late.by", { name: edit.name ?? app.personName(edit.person), time: app.format.time(edit.at) });
      return h("div", { class: "one", "data-late-edit": edit.id }, h("div", { class: "words" }, text), h("div", { class: "small muted" }, by),
        h("div", { class: "line" }, button(app.say("late.amend"), "amend", () => done("amend"), { class: "btn s primary" }), button(app.say("late.dismiss"), "dismiss-late", () => done("dismiss"))));
    }));
  }
}

/** For somebody who comes late: what has been decided so far, once. */
const LATE = 3; // minutes after the start

export class LateJoiner {
  readonly root = h("section", { class: "card late-joiner", id: "late-joiner", hidden: true });
  private drawn = "";

  constructor(
    private readonly app: App,
    private readonly open: (id: string) => void,
    private readonly read: () => void,
  ) {}

  draw(): void {
    const { app } = this;
    const { started_at } = app.facts.parts.meeting;
    const wanted = app.facts.ready && !!started_at && app.facts.running && this.cameLate(Date.parse(started_at)) && !app.device.caughtUp;
    show(this.root, wanted);
    if (!wanted || this.root.contains(document.activeElement)) return;
    const all = app.record.all();
    const [problems, decisions, actions] = ["problem", "decision", "action"].map((kind) => all.filter((node) => node.kind === kind)) as [Node[], Node[], Node[]];
    const topic = app.facts.current;
    const minutes = Math.floor((app.facts.now() - Date.parse(started_at!)) / 60_000);
    const lines = [this.list("late_joiner.decided", decisions), this.list("readback.actions", actions)];
    const state = JSON.stringify([topic?.id, minutes, problems.length, lines.map((one) => one?.textContent)]);
    if (state === this.drawn) return;
    this.drawn = state;
    const close = () => {
      app.device.caughtUp = true;
      show(this.root, false);
      this.read();
    };
    fillWith(this.root, h("p", {}, app.say("late_joiner", { n: minutes, problems: problems.length, decisions: decisions.length, actions: actions.length })),
      topic && h("p", {}, h("b", {}, app.say("late_joiner.now", { title: app.topicTitle(topic.id) }))),
      lines[0] ?? h("p", { class: "muted" }, app.say("late_joiner.none")), lines[1], button(app.say("late_joiner.ok"), "caught-up", close));
  }

  /** By when one first opened the room; where that is not known, by now. */
  private cameLate(started: number): boolean {
    const { app } = this;
    const arrived = app.facts.person(app.me)?.arrived_at;
    return ((arrived ? Date.parse(arrived) : app.facts.now()) - started) / 60_000 >= LATE;
  }

  private list(title: Key, nodes: Node[]): HTMLElement | null {
    const { app } = this;
    if (nodes.length === 0) return null;
    const line = (node: Node) => {
      const { own, dep, due } = node.kind === "action" ? app.record.fields(node.id) : { own: "", dep: "", due: "" };
      const about = [app.personName(own) || app.facts.departmentName(dep), due && app.format.day(due)].filter(Boolean).join(" · ");
      return h("li", {}, h("button", { type: "button", class: "link", on: { click: () => this.open(node.id) } }, app.record.words(node.id) || app.say("entry.empty")), " ", h("span", { class: "small muted" }, about));
    };
    return h("div", {}, h("h3", {}, app.say(title)), h("ul", {}, ...nodes.map(line)));
  }
}
