// SPDX-License-Identifier: Apache-2.0
// The retrospective right after closing: two questions, a few minutes, for everybody who was there.

import type { App } from "./app.ts";
import { button, h, put, say, show } from "./dom.ts";
import { clock } from "./format.ts";
import { Ring } from "./ring.ts";

const MET = ["yes", "partly", "no"] as const;
const MOST = 1_000; // characters, as the server takes them

export class Retrospective {
  readonly root: HTMLElement;
  private readonly ring = new Ring();
  private readonly title = h("h2", {});
  private readonly choices: HTMLElement;
  private readonly improve: HTMLTextAreaElement;
  private readonly send: HTMLButtonElement;
  private readonly form: HTMLElement;
  private readonly sent = h("p", { class: "fine", role: "status" });
  private readonly counts = h("div", { class: "line counts" });
  private met = "";
  private known = "";
  private timer = 0;

  constructor(private readonly app: App) {
    this.choices = h("div", { class: "segments", role: "radiogroup", "aria-label": app.say("retro.met") }, ...MET.map((met) =>
      h("label", { class: "segment", "data-tone": { yes: "ok", partly: "soon", no: "late" }[met] }, h("input", { type: "radio", name: "met", value: met, on: { change: () => this.choose(met) } }), app.say(`retro.${met}`))));
    this.improve = h("textarea", { rows: 2, maxlength: MOST, id: "retro-improve", name: "improve" });
    this.send = button(app.say("retro.send"), "retro-send", () => void this.answer(), { class: "btn primary" });
    this.form = h("div", { class: "retro-form" }, h("p", { "aria-hidden": "true" }, app.say("retro.met")), this.choices, h("label", { for: "retro-improve" }, app.say("retro.improve")), this.improve, h("div", { class: "line" }, this.send, this.sent));
    this.root = h("section", { class: "card retro", id: "retro", hidden: true }, h("header", { class: "line" }, this.ring.root, this.title), this.form, this.counts);
  }

  draw(): void {
    const { app } = this;
    const { retro, you } = app.facts.parts;
    const there = ["present", "left"].includes(app.facts.person(you.person)?.attendance ?? "");
    const answers = !!retro?.open && there;
    show(this.root, app.closed && !!retro && (answers || !!retro.met));
    clearInterval(this.timer);
    if (this.root.hidden || !retro) return;
    show(this.form, answers);
    const mine = JSON.stringify(retro.mine);
    if (mine !== this.known && !this.form.contains(document.activeElement)) {
      this.known = mine;
      this.met = retro.mine?.met ?? this.met;
      if (retro.mine) this.improve.value = retro.mine.improve;
    }
    for (const input of this.choices.querySelectorAll("input")) input.checked = input.value === this.met;
    this.send.disabled = this.met === "";
    say(this.sent, retro.mine ? app.say("retro.sent") : "");
    const tally = retro.met;
    this.counts.replaceChildren(h("span", { class: "small muted" }, app.say("retro.answered", { n: retro.answered })),
      ...(tally ? MET.map((met) => h("span", { class: `chip ${{ yes: "ok", partly: "soon", no: "late" }[met]}`, "data-met": met }, `${app.say(`retro.${met}`)} ${tally[met]}`)) : []));
    this.tick();
    if (answers) this.timer = setInterval(() => this.tick(), 1_000) as unknown as number;
  }

  private tick(): void {
    const { facts } = this.app;
    const due = Date.parse(facts.parts.retro?.due_at ?? "");
    const whole = (due - Date.parse(facts.parts.meeting.closed_at ?? "")) / 1_000 || 1;
    const left = Math.max(0, (due - facts.now()) / 1_000) || 0;
    say(this.title, this.app.say("retro", { n: Math.round(whole / 60) }));
    this.ring.draw(Math.min(1, left / whole), clock(left));
    show(this.ring.root, left > 0 && !this.form.hidden);
  }

  private choose(met: string): void {
    this.met = met;
    this.send.disabled = false;
    put(this.send, "data-met", met);
  }

  private async answer(): Promise<void> {
    if (this.met) await this.app.act("retro", { met: this.met, improve: this.improve.value.trim() });
  }
}
