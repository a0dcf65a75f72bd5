// SPDX-License-Identifier: Apache-2.0
// Cards above the record: the opening before the start, what falls to you, and what is left after closing.

import type { App } from "./app.ts";
import { button, fillWith, h, put, say, show } from "./dom.ts";

/** Before the start: why we are here, by which rules, who does what. */
export class Opening {
  readonly root = h("section", { class: "card opening", id: "opening", hidden: true });
  private drawn = "";

  constructor(private readonly app: App) {}

  draw(): void {
    const { app } = this;
    const { meeting, roles, topics, people } = app.facts.parts;
    const before = app.facts.ready && !meeting.started_at && !app.closed;
    show(this.root, before);
    if (!before) return;
    const minutes = Math.floor((app.facts.now() - Date.parse(meeting.starts_at)) / 60_000);
    const state = JSON.stringify([meeting, roles, topics.length, people.map((one) => one.name), minutes > 0 ? minutes : 0, app.hosting]);
    if (state === this.drawn) return;
    this.drawn = state;
    fillWith(
      this.root,
      h("h2", {}, meeting.objective || meeting.title),
      h("p", { class: "muted" }, [app.say("stage.starts", { time: app.format.time(meeting.starts_at) }), app.say("opening.minutes", { n: meeting.planned_minutes })].join(" · ")),
      minutes > 0 ? h("p", { class: "warn" }, app.say("opening.late", { n: minutes })) : null,
      h("h3", {}, app.say("opening.rules")),
      h("ul", {}, ...[app.say("opening.rule_turn", { n: meeting.turn_minutes }), app.say("opening.rule_subject"), app.say("opening.rule_record")].map((rule) => h("li", {}, rule))),
      h("h3", {}, app.say("opening.roles")),
      h("dl", {}, ...(["host", "facilitator", "recorder"] as const).flatMap((role) => [h("dt", {}, app.say(`role.${role}`)), h("dd", {}, app.personName(roles[role]) || app.say("opening.nobody"))])),
      this.hint(),
      app.hosting ? button(app.say("do.start"), "start", () => void app.act("start"), { class: "btn primary" }) : h("p", { class: "muted" }, app.say("opening.wait")),
    );
  }

  private hint(): HTMLElement | null {
    const { roles } = this.app.facts.parts;
    if (!roles.recorder) return h("p", { class: "warn" }, this.app.say("opening.no_recorder"));
    return roles.recorder === roles.host ? h("p", { class: "warn" }, this.app.say("opening.recorder_is_host")) : null;
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
    const state = JSON.stringify(mine.map((node) => [node.id, app.record.words(node.id), app.record.fields(node.id)]));
    if (state === this.drawn || this.root.contains(document.activeElement)) return;
    this.drawn = state;
    show(this.root, mine.length > 0);
    this.root.replaceChildren(h("h3", {}, app.say("mine")), ...mine.map((node) => this.one(node.id)));
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
    this.root.replaceChildren(
      h("p", {}, h("b", {}, app.say("closed", { time: meeting.closed_at ? app.format.time(meeting.closed_at) : "" }))),
      h("div", { class: "line" }, minutes, this.reopening()), this.late,
    );
    if (app.facts.may("record")) void this.fetchLate();
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
export class LateJoiner {
  readonly root = h("p", { class: "small muted late-joiner", hidden: true });
  private told = false;

  constructor(private readonly app: App) {}

  draw(): void {
    const { app } = this;
    const { started_at } = app.facts.parts.meeting;
    if (this.told || !app.facts.ready || !started_at) return;
    this.told = true;
    const minutes = Math.floor((app.facts.now() - Date.parse(started_at)) / 60_000);
    if (minutes < 3 || app.closed) return;
    const count = (kind: string) => app.record.all().filter((node) => node.kind === kind).length;
    say(this.root, app.say("late_joiner", { n: minutes, problems: count("problem"), decisions: count("decision"), actions: count("action") }));
    show(this.root, true);
    put(this.root, "role", "note");
  }
}
