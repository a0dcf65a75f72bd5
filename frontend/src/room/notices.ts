// SPDX-License-Identifier: Apache-2.0
// Short messages at the foot of the room, read out politely; one stands until it is answered when it has acts.

import { button, h, say } from "./dom.ts";

type Tone = "ok" | "soon" | "late" | "";

export interface Act {
  label: string;
  name: string;
  run(): void;
}

const STAYS = 6_000;

export class Notices {
  readonly root = h("div", { class: "notices", role: "status", "aria-live": "polite" });
  /** Read out, not shown. */
  readonly voice = h("div", { class: "visually-hidden", id: "voice", "aria-live": "polite" });
  private shown = new Map<string, HTMLElement>();

  constructor(private readonly closeLabel: string) {}

  /** Shows a message; one with the same key replaces its forerunner. `stay` keeps it until closed. */
  tell(text: string, tone: Tone = "", options: { key?: string; acts?: Act[]; stay?: boolean; more?: Node } = {}): void {
    const key = options.key ?? text;
    this.drop(key);
    const drop = () => this.drop(key);
    const acts = (options.acts ?? []).map((act) =>
      button(act.label, act.name, () => {
        drop();
        act.run();
      }),
    );
    const close = button("×", "dismiss", drop, { class: "btn s quiet", "aria-label": this.closeLabel });
    const card = h("div", { class: `toast ${tone}` }, h("div", { class: "grow" }, text, options.more), ...acts, close);
    this.shown.set(key, card);
    this.root.append(card);
    if (!options.stay) setTimeout(() => this.shown.get(key) === card && this.drop(key), STAYS);
  }

  whisper(text: string): void {
    say(this.voice, text);
  }

  drop(key: string): void {
    this.shown.get(key)?.remove();
    this.shown.delete(key);
  }
}
