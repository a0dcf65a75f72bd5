// SPDX-License-Identifier: Apache-2.0
// Consensus calls: the card each seat answers on, what the host does with it, and what an entry shows of its call.

import type { App } from "./app.ts";
import { button, h, Kept, put, say, show } from "./dom.ts";
import type { Answer, Call } from "./facts.ts";
import { Picker } from "./picker.ts";
import { Refusal } from "./provider.ts";

const ANSWERS: Answer[] = ["agree", "reserve", "object"];
const TONE: { [answer in Answer]: string } = { agree: "ok", reserve: "soon", object: "late" };
const KEYS: { [answer in Answer]: string } = { agree: "Alt Y", reserve: "Alt U", object: "Alt I" };
const MOST = 500;

const openCall = (app: App, id: string): Call | undefined => {
  const call = app.facts.parts.calls[id];
  return call?.state === "open" ? call : undefined;
};

const said = (call: Call, answer: Answer) => call.voices.filter((voice) => voice.answer === answer).length;

const names = (app: App, departments: string[]) => departments.map((id) => app.facts.departmentName(id)).join(app.setup.language === "en" ? ", " : "、");

/** Whether a call may be opened on an entry by this person now. */
export function mayCall(app: App, id: string): boolean {
  const kind = app.record.index.get(id)?.kind;
  return app.calling && (kind === "solution" || kind === "decision") && !openCall(app, id);
}

/** Whether the decision that followed is still to be written below a solution. */
export function awaitsDecision(app: App, id: string): boolean {
  const call = app.facts.parts.calls[id];
  const node = app.record.index.get(id);
  return !!call && ["unanimous", "majority"].includes(call.outcome) && node?.kind === "solution" && app.canType && !node.children.some((one) => one.kind === "decision");
}

/** Writes what was agreed as the decision below the solution, in its words. */
export function writeDecision(app: App, id: string): string {
  const decision = app.record.add("decision", id, app.record.words(id));
  app.setContext(decision);
  return decision;
}

/** The call whose outcome stands behind an entry: its own, or that of the solution it follows from. */
export function callOf(app: App, id: string): Call | undefined {
  const node = app.record.index.get(id);
  const above = node?.kind === "decision" && app.record.index.get(node.parent)?.kind === "solution" ? app.facts.parts.calls[node.parent] : undefined;
  return app.facts.parts.calls[id] ?? above;
}

export function callChips(app: App, call: Call | undefined): HTMLElement[] {
  if (!call) return [];
  const count = { n: call.voices.length, all: call.asked.length };
  if (call.state === "open") return [h("span", { class: "chip now" }, app.say("call.chip", count))];
  if (!call.outcome) return [];
  const reached = call.outcome !== "not_reached";
  const chips = [h("span", { class: `chip ${reached ? "ok" : "late"}`, "data-outcome": call.outcome }, app.say(`outcome.${call.outcome}`, { ...count, n: said(call, "agree") }))];
  if (!reached && call.decider) {
    const person = app.personName(call.decider);
    chips.push(h("span", { class: "chip soon" }, call.decide_by ? app.say("outcome.decide_by", { person, date: app.format.day(call.decide_by) }) : app.say("outcome.decider", { person })));
  }
  return chips;
}

/** Reservations and objections with their reasons: they go with the decision and never disappear. */
export function reasons(app: App, call: Call | undefined): HTMLElement | null {
  const voices = call?.voices.filter((voice) => voice.answer !== "agree") ?? [];
  if (voices.length === 0) return null;
  return h("ul", { class: "reasons small" }, ...voices.map((voice) =>
    h("li", {}, h("span", { class: `chip ${TONE[voice.answer]}` }, app.say(`answer.${voice.answer}`)), h("span", {}, h("b", {}, app.facts.departmentName(voice.department)), " ", voice.reason))));
}

class CallCard {
  readonly root: HTMLElement;
  private readonly words: HTMLButtonElement;
  private readonly count = h("span", { class: "small muted", role: "status" });
  private readonly answers: HTMLElement;
  private readonly reason: HTMLInputElement;
  private readonly why: HTMLElement;
  private readonly about = h("p", { class: "small muted" });
  private readonly tally = h("div", { class: "line tally" });
  private readonly silent = h("p", { class: "small muted silent" });
  private readonly voices = h("div", {});
  private readonly host: HTMLElement;
  private readonly decide = h("div", { class: "decide", hidden: true });
  private pending: Answer | null = null;

  constructor(
    private readonly app: App,
    private readonly entry: string,
    private readonly panel: Calls,
  ) {
    const title = h("h3", {}, app.say("call"));
    this.words = h("button", { type: "button", class: "link", on: { click: () => panel.go(entry) } });
    this.answers = h("div", { class: "segments", role: "group", "aria-label": app.say("call") }, ...ANSWERS.map((answer) =>
      h("button", { type: "button", class: "segment", "data-do": `voice-${answer}`, "data-tone": TONE[answer], "aria-pressed": "false", "aria-keyshortcuts": KEYS[answer].replace(" ", "+"), title: KEYS[answer], on: { click: () => this.answer(answer) } }, app.say(`answer.${answer}`))));
    this.reason = h("input", { type: "text", maxlength: MOST, "aria-label": app.say("call.reason"), placeholder: app.say("call.reason"), on: { keydown: (event: KeyboardEvent) => this.onKey(event) } });
    this.why = h("div", { class: "line why", hidden: true }, this.reason, button(app.say("contest.send"), "voice-send", () => this.send(), { class: "btn s primary" }));
    this.host = h("div", { class: "line" }, button(app.say("call.close"), "call-close", () => void panel.close(entry), { class: "btn s primary", "aria-keyshortcuts": "Alt+Q" }), button(app.say("call.drop"), "call-drop", () => void app.act("call_drop", { entry })));
    this.root = h("section", { class: "card call", "data-call": entry, "aria-label": app.say("call") }, h("div", { class: "line" }, title, this.count), this.words, this.answers, this.why, this.about, this.tally, this.silent, this.voices, this.host, this.decide);
  }

  draw(call: Call): void {
    const { app } = this;
    const { you } = app.facts.parts;
    const node = app.record.index.get(this.entry);
    const mine = call.voices.find((voice) => voice.department === you.department) ?? call.voices.find((voice) => voice.person === you.person);
    const seat = call.asked.includes(you.department) ? you.department : (mine?.department ?? "");
    const votes = app.facts.may("vote") && !app.closed;
    say(this.words, node ? `${app.label(node)}：${app.record.words(this.entry)}`.replace("：", app.setup.language === "en" ? ": " : "：") : "");
    say(this.count, app.say("call.answered", { n: call.voices.length, all: call.asked.length }));
    show(this.answers, votes);
    for (const one of this.answers.children) put(one, "aria-pressed", String((one as HTMLElement).dataset.do === `voice-${this.pending ?? mine?.answer}`));
    if (!votes) this.pending = null;
    show(this.why, this.pending !== null);
    say(this.about, seat ? app.say("call.for", { department: app.facts.departmentName(seat) }) : "");
    show(this.about, votes && seat !== "");
    const agreed = call.voices.filter((voice) => voice.answer === "agree").map((voice) => voice.department);
    this.tally.replaceChildren(...ANSWERS.flatMap((answer) => [h("span", { class: `chip ${TONE[answer]}` }, `${app.say(`answer.${answer}`)} ${said(call, answer)}`), answer === "agree" ? h("span", { class: "small" }, names(app, agreed)) : null].filter((one) => one !== null)));
    say(this.silent, app.say("call.silent", { names: names(app, call.silent) }));
    show(this.silent, call.silent.length > 0);
    this.voices.replaceChildren(...[reasons(app, call)].filter((one) => one !== null));
    show(this.host, app.calling && this.decide.hidden);
    if (!app.calling) show(this.decide, false);
  }

  answer(answer: Answer): void {
    if (answer === "agree") {
      this.pending = null;
      void this.app.act("voice", { entry: this.entry, answer, reason: "" });
    } else {
      this.pending = answer;
      const { you, calls } = this.app.facts.parts;
      const before = calls[this.entry]?.voices.find((voice) => voice.person === you.person);
      if (!this.reason.value && before?.answer === answer) this.reason.value = before.reason;
    }
    this.panel.draw();
    if (this.pending) this.reason.focus();
  }

  private send(): void {
    const reason = this.reason.value.trim();
    if (!reason || !this.pending) return this.reason.focus();
    void this.app.act("voice", { entry: this.entry, answer: this.pending, reason }).then((done) => {
      if (!done) return;
      this.pending = null;
      this.reason.value = "";
      this.panel.draw();
    });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229 || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") return this.send();
    this.pending = null;
    this.panel.draw();
    this.focus();
  }

  focus(): void {
    const wanted = this.root.querySelector<HTMLElement>('.segments:not([hidden]) [aria-pressed="true"], .segments:not([hidden]) button') ?? this.root.querySelector<HTMLElement>("button");
    wanted?.focus();
    this.root.scrollIntoView({ block: "nearest" });
  }

  /** Not reached: the call closes once it is said who decides next. */
  askDecider(): void {
    const { app } = this;
    let decider = "";
    const when = h("input", { type: "date", "aria-label": app.say("call.decide_by"), min: app.format.today(app.facts.now()) });
    const picker = new Picker(app, {
      label: app.say("call.decider"),
      pick: (found) => {
        decider = found.id;
        when.focus();
      },
    });
    const close = () => {
      if (!decider) return picker.input.focus();
      void this.panel.finish(this.entry, { decider, decide_by: when.value });
    };
    const cancel = () => {
      show(this.decide, false);
      this.panel.draw();
      this.focus();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || !["Enter", "Escape"].includes(event.key) || (event.key === "Enter" && (event.target as HTMLElement).matches("button"))) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Escape") cancel();
      else close();
    };
    this.decide.replaceChildren(h("p", { class: "warn", role: "alert" }, app.say("call.not_reached")),
      h("div", { class: "line", on: { keydown: onKey } }, h("div", { class: "lab" }, h("span", { "aria-hidden": "true" }, app.say("call.decider")), picker.root), h("div", { class: "lab" }, h("span", { "aria-hidden": "true" }, app.say("call.decide_by")), when),
        button(app.say("call.close"), "call-finish", close, { class: "btn s primary" }), button(app.say("cancel"), "call-cancel", cancel)));
    show(this.decide, true);
    show(this.host, false);
    picker.input.focus();
    this.decide.scrollIntoView({ block: "nearest" });
  }
}

export class Calls {
  readonly root = h("div", { class: "calls", hidden: true });
  private readonly cards: Kept<[string, Call], CallCard>;
  private awaited = "";

  constructor(
    private readonly app: App,
    readonly go: (entry: string) => void,
  ) {
    this.cards = new Kept(this.root, ([id]) => id, ([id]) => new CallCard(app, id, this), (card, [, call]) => card.draw(call));
    app.record.listen(({ touched }) => [...touched].some((id) => openCall(app, id)) && this.draw());
  }

  /** Open calls, the oldest first. */
  private get open(): [string, Call][] {
    const { calls } = this.app.facts.parts;
    if (this.app.closed) return [];
    return Object.entries(calls).filter(([id, call]) => call.state === "open" && this.app.record.index.has(id)).sort(([, a], [, b]) => (a.opened_at < b.opened_at ? -1 : 1));
  }

  draw(): void {
    const { open } = this;
    show(this.root, open.length > 0);
    this.cards.show(open);
    if (this.app.facts.parts.calls[this.awaited]?.outcome) {
      this.tell(this.awaited);
      this.awaited = "";
    }
  }

  // -- from the keyboard

  /** Opens a call on the entry, or goes to the one that is open. */
  callOrGo(entry: string | null | undefined): void {
    if (entry && mayCall(this.app, entry)) return void this.app.act("call", { entry });
    const id = entry && openCall(this.app, entry) ? entry : this.next();
    if (id) this.cards.views.get(id)?.focus();
    else this.app.notices.tell(this.app.say("call.none"));
  }

  answer(answer: Answer): void {
    const id = this.next();
    const card = id ? this.cards.views.get(id) : undefined;
    if (!card) return this.app.notices.tell(this.app.say("call.none"));
    if (this.app.facts.may("vote")) card.answer(answer);
  }

  /** Closes the call on the entry or the oldest open one; where it was reached, writes the decision instead. */
  closeOrDecide(entry: string | null | undefined): void {
    const { app } = this;
    if (entry && awaitsDecision(app, entry)) return this.decide(entry);
    if (!app.calling) return;
    const id = entry && openCall(app, entry) ? entry : this.open[0]?.[0];
    if (id) return void this.close(id);
    const newest = Object.entries(app.facts.parts.calls).filter(([one]) => awaitsDecision(app, one)).sort(([, a], [, b]) => ((a.closed_at ?? "") < (b.closed_at ?? "") ? 1 : -1))[0];
    if (newest) this.decide(newest[0]);
    else app.notices.tell(app.say("call.none"));
  }

  /** The open call that waits for this person's seat, or the oldest. */
  private next(): string | null {
    const { you } = this.app.facts.parts;
    const { open } = this;
    return (open.find(([, call]) => call.silent.includes(you.department)) ?? open[0])?.[0] ?? null;
  }

  // -- the host's acts

  async close(entry: string): Promise<void> {
    try {
      this.awaited = entry;
      await this.app.provider.ask("call_close", { entry });
    } catch (refusal) {
      const decider = refusal instanceof Refusal && refusal.code === "bad_value" && refusal.facts.field === "decider";
      if (decider) this.cards.views.get(entry)?.askDecider();
      else this.app.explain(refusal);
    }
  }

  async finish(entry: string, said_: { decider: string; decide_by: string }): Promise<void> {
    this.awaited = entry;
    await this.app.act("call_close", { entry, ...said_ });
  }

  private decide(entry: string): void {
    this.app.notices.drop("outcome");
    this.go(writeDecision(this.app, entry));
  }

  /** The outcome of the call this person has just closed, with the way to the decision. */
  private tell(entry: string): void {
    const { app } = this;
    const call = app.facts.parts.calls[entry]!;
    const act = { label: app.say("call.decide"), name: "call-decide", run: () => this.decide(entry) };
    const text = `${app.record.words(entry)} · ${callChips(app, call).map((chip) => chip.textContent).join(" · ")}`;
    app.notices.tell(text, call.outcome === "not_reached" ? "soon" : "ok", { key: "outcome", acts: awaitsDecision(app, entry) ? [act] : [] });
  }
}
