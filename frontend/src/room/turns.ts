// SPDX-License-Identifier: Apache-2.0
// Who has the floor, for how long, and who waits for it: beside the record, and at the thumb on a phone.

import type { App } from "./app.ts";
import { button, h, Kept, put, say, show } from "./dom.ts";
import type { Shares, Turns as Fact } from "./facts.ts";
import { clock } from "./format.ts";
import { Ring } from "./ring.ts";

const SOON = 0.7;

/** The running turn as figures, tone and words; null when nobody speaks. */
export function turnOf(app: App): { share: number; time: string; tone: string; words: string } | null {
  const { turns } = app.facts.parts;
  if (!turns.speaker) return null;
  const seconds = app.facts.spoken;
  const share = turns.seconds > 0 ? seconds / turns.seconds : 0;
  const n = Math.round(turns.seconds / 60);
  const tone = share >= 1 ? "late" : share >= SOON ? "soon" : "ok";
  const words = tone === "late" ? app.say("turn.over", { over: clock(seconds - turns.seconds) }) : app.say(tone === "soon" ? "turn.soon" : "turn.of", { n });
  return { share, time: clock(seconds), tone, words };
}

/** What this person may do about the floor just now; the same on each screen. */
class Acts {
  private readonly main: HTMLButtonElement;
  private readonly next: HTMLButtonElement;
  private readonly end: HTMLButtonElement;
  readonly root: HTMLElement;

  constructor(
    private readonly app: App,
    turns: Turns,
  ) {
    this.main = button("", "floor", () => turns.main(), { class: "btn s primary", "aria-keyshortcuts": "Alt+F" });
    this.next = button(app.say("turn.next_one"), "floor-next", () => turns.giveNext(), { class: "btn s primary", "aria-keyshortcuts": "Alt+G" });
    this.end = button(app.say("turn.end"), "floor-end", () => turns.end());
    this.root = h("div", { class: "line floor-acts" }, this.next, this.main, this.end);
  }

  draw(turns: Turns): void {
    const { speaker, queue } = this.app.facts.parts.turns;
    const gives = this.app.givesFloor;
    // Who leads the meeting gives the floor; to wait in the queue a key is enough.
    show(this.main, this.app.speaks && (!gives || turns.step === "take" || turns.step === "end"));
    say(this.main, this.app.say(`turn.${turns.step}`));
    put(this.main, "aria-pressed", turns.step === "lower" ? "true" : null);
    show(this.next, gives && queue.length > 0);
    put(this.main, "class", `btn s ${this.next.hidden || turns.step === "end" ? "primary" : ""}`);
    show(this.end, gives && !!speaker && speaker !== this.app.me);
  }
}

/** One who waits: the host gives the floor by a tap on the name. */
class Waiting {
  private readonly place = h("span", { class: "n" });
  private readonly name = h("span", {});
  private readonly give: HTMLButtonElement;
  private readonly lower: HTMLButtonElement;
  readonly root: HTMLElement;

  constructor(
    private readonly app: App,
    private readonly person: string,
    turns: Turns,
  ) {
    this.give = h("button", { type: "button", class: "link", "data-do": "floor-give", on: { click: () => turns.give(person) } });
    this.lower = button("×", "hand-lower", () => void app.act("hand", { up: false, person }), { class: "btn s quiet" });
    this.root = h("li", { "data-hand": person }, this.place, this.name, this.give, this.lower);
  }

  draw(place: number): void {
    const { app, person } = this;
    const name = app.personName(person);
    const words = [name, app.facts.departmentName(app.departmentOf(person))].filter(Boolean).join(" ");
    say(this.place, String(place + 1));
    for (const one of [this.name, this.give]) say(one, words);
    show(this.name, !app.givesFloor);
    show(this.give, app.givesFloor);
    show(this.lower, app.givesFloor || person === app.me);
    put(this.give, "title", app.say("turn.give", { name }));
    put(this.lower, "aria-label", app.say("turn.lower_of", { name }));
  }
}

export class Turns {
  readonly root: HTMLElement;
  readonly bar: HTMLElement;
  readonly shares = h("section", { class: "shares", hidden: true });
  private readonly faces: { ring: Ring; who: HTMLElement; about: HTMLElement; then: HTMLElement; acts: Acts; root: HTMLElement }[];
  private readonly queueTitle = h("h3", {});
  private readonly queue = h("ol", { class: "plain queue" });
  private readonly waiting: Kept<Fact["queue"][number], Waiting>;
  private heard: string | null | undefined;
  private warned = "";
  private asked = false;

  constructor(private readonly app: App) {
    const make = () => {
      const [ring, who, about, then, acts] = [new Ring(), h("b", {}), h("div", { class: "small muted" }), h("div", { class: "small muted then" }), new Acts(app, this)];
      const root = h("div", { class: "speaker" }, ring.root, h("div", { class: "who" }, h("div", { class: "small muted head" }, app.say("turn")), who, about, then));
      return { ring, who, about, then, acts, root };
    };
    this.faces = [make(), make()];
    const [beside, thumb] = this.faces as [(typeof this.faces)[0], (typeof this.faces)[0]];
    this.waiting = new Kept(this.queue, (one) => one.person, (one) => new Waiting(app, one.person, this), (view, _one, place) => view.draw(place));
    this.root = h("section", { class: "turns", id: "turns", "aria-label": app.say("turn") }, beside.root, beside.acts.root, this.queueTitle, this.queue);
    this.bar = h("div", { class: "floor-bar", role: "group", "aria-label": app.say("turn") }, thumb.root, thumb.acts.root);
  }

  /** What the main button does: end, take, raise or lower. Taking is offered only where nobody would be passed over. */
  get step(): "end" | "take" | "hand" | "lower" {
    const { speaker, queue } = this.app.facts.parts.turns;
    const { me } = this.app;
    if (speaker === me) return "end";
    if (!speaker && (queue.length === 0 || queue[0]!.person === me || this.app.givesFloor)) return "take";
    return queue.some((one) => one.person === me) ? "lower" : "hand";
  }

  draw(): void {
    const { app } = this;
    const { turns, people } = app.facts.parts;
    const running = app.facts.running && !app.closed;
    show(this.root, running);
    show(this.bar, running);
    if (running) this.announce(turns.speaker);
    else this.heard = undefined;
    const names = turns.queue.slice(0, 3).map((one) => app.personName(one.person)).filter(Boolean);
    for (const face of this.faces) {
      const department = app.facts.departmentName(app.departmentOf(turns.speaker ?? ""));
      face.who.replaceChildren(turns.speaker ? app.personName(turns.speaker) : app.say("turn.none"), " ", h("span", { class: "muted" }, turns.speaker ? department : ""));
      say(face.then, names.length > 0 ? app.say("turn.next", { names: names.join(app.setup.language === "en" ? ", " : "、") }) : "");
      put(face.root, "data-idle", !turns.speaker);
      face.acts.draw(this);
    }
    say(this.queueTitle, app.say("turn.queue", { n: turns.queue.length }));
    show(this.queueTitle, turns.queue.length > 0);
    this.waiting.show(turns.queue.filter((one) => people.length > 0 && one.person));
    this.drawShares(running ? app.facts.parts.shares : null);
    this.tick();
  }

  tick(): void {
    const { app } = this;
    const turn = turnOf(app);
    for (const face of this.faces) {
      face.ring.draw(turn?.share ?? 0, turn?.time ?? "–", turn?.tone);
      say(face.about, turn ? turn.words : app.say("turn.limit", { n: Math.round(app.facts.parts.turns.seconds / 60) }));
    }
    const { speaker, since, seconds } = app.facts.parts.turns;
    if (turn?.tone !== "late" || this.warned === since || this.root.hidden) return;
    this.warned = since!;
    if (speaker !== app.me && !app.givesFloor) return;
    app.notices.tell(app.say("turn.time_up", { name: app.personName(speaker), n: Math.round(seconds / 60) }), "late", { key: "turn" });
    app.sound.play(2);
  }

  /** A change of speaker is said, not shown: all see it anyway. One's own turn is shown too. */
  private announce(speaker: string | null): void {
    const { app } = this;
    const before = this.heard;
    this.heard = speaker;
    if (before === undefined || before === speaker) return;
    app.notices.drop("turn");
    if (speaker === app.me && !this.asked) {
      app.notices.tell(app.say("turn.yours"), "ok", { key: "turn" });
      app.sound.play(1);
    } else app.notices.whisper(speaker ? app.say("turn.started", { name: app.personName(speaker) }) : app.say("turn.ended"));
    this.asked = false;
  }

  private drawShares(shares: Shares | null): void {
    const { app } = this;
    show(this.shares, !!shares && shares.departments.length + shares.quiet.length > 0);
    if (!shares) return this.shares.replaceChildren();
    const name = (id: string) => app.facts.departmentName(id) || app.say("seat.guest");
    const rows = [...shares.departments].sort((a, b) => b.seconds - a.seconds).map((one) => {
      const percent = shares.total > 0 ? Math.round((one.seconds / shares.total) * 100) : 0;
      return h("li", { "data-share": one.department }, h("span", {}, name(one.department)), h("span", {}, `${percent}%`), h("meter", { min: 0, max: 100, value: percent, "aria-label": `${name(one.department)} ${percent}%` }));
    });
    const quiet = shares.quiet.map((id) => h("li", {}, h("span", {}, name(id)), h("span", { class: "chip soon" }, app.say("turn.silent"))));
    this.shares.replaceChildren(h("h3", {}, app.say("shares")), h("ul", { class: "plain" }, ...rows, ...quiet), h("p", { class: "small muted" }, app.say("shares.note")));
  }

  // -- acts

  main(): void {
    const { app, step } = this;
    if (!app.speaks) return;
    if (step === "take") this.asked = true;
    if (step === "end") void app.act("yield");
    else if (step === "take") void app.act("floor", { person: app.me });
    else void app.act("hand", { up: step === "hand" });
  }

  hand(): void {
    const { app } = this;
    const { speaker, queue } = app.facts.parts.turns;
    if (app.speaks && speaker !== app.me) void app.act("hand", { up: !queue.some((one) => one.person === app.me) });
  }

  give(person: string): void {
    if (!this.app.givesFloor) return;
    if (person === this.app.me) this.asked = true;
    void this.app.act("floor", { person });
  }

  end(): void {
    if (this.app.givesFloor) void this.app.act("yield");
  }

  /** The next in the queue; where nobody waits, false: the caller takes the keyboard to the people. */
  giveNext(): boolean {
    const next = this.app.facts.parts.turns.queue[0];
    if (next) this.give(next.person);
    return !!next;
  }
}
