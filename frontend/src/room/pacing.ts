// SPDX-License-Identifier: Apache-2.0
// A change of the running plan, said before it is made: more time and who gives it, or a topic left out.

import type { App } from "./app.ts";
import { button, fillWith, h, show } from "./dom.ts";
import type { Topic } from "./facts.ts";

export class Pacing {
  readonly root = h("div", { class: "card pacing", role: "group", hidden: true, on: { keydown: (event: KeyboardEvent) => this.onKey(event) } });
  private opener: HTMLElement | null = null;

  constructor(private readonly app: App) {}

  /** Asks whether the topic shall have more time; the end of the meeting moves only by what later topics cannot give. */
  extend(topic: Topic, minutes: number): void {
    const { app } = this;
    const { facts, say } = app;
    const taken = facts.taken(topic, minutes);
    const longer = minutes - taken.reduce((sum, one) => sum + one.minutes, 0);
    const running = Math.max(0, facts.planned(topic) - facts.spent(topic));
    const grown = Math.max(0, facts.planned(topic) + minutes * 60 - facts.spent(topic));
    const end = facts.projectedEnd() + (grown - running - (minutes - longer) * 60) * 1000;
    const list = taken.map((one) => say("plan.take", { title: one.topic.title, n: `−${one.minutes}` })).join(app.setup.language === "en" ? ", " : "、");
    this.ask(say("plan.extend", { title: topic.title, n: minutes }), [
      list && say("plan.takes", { list }), longer > 0 && say("plan.longer", { n: longer }), say("plan.ends", { time: app.format.time(end) }),
    ], null, button(say("plan.do_extend"), "extend-confirm", () => this.done(app.act("extend", { topic: topic.id, minutes })), { class: "btn s primary" }));
  }

  skip(topic: Topic): void {
    const { app } = this;
    const { facts, say } = app;
    const left = topic.running_since ? Math.max(0, facts.planned(topic) - facts.spent(topic)) : facts.planned(topic);
    const reason = h("input", { type: "text", maxlength: 500, placeholder: say("plan.reason"), "aria-label": say("plan.reason"), on: { keydown: (event: KeyboardEvent) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      confirm.click();
    } } });
    const confirm = button(say("plan.do_skip"), "skip-confirm", () => this.done(app.act("skip", { topic: topic.id, reason: reason.value.trim() })), { class: "btn s primary" });
    this.ask(say("plan.skip", { title: topic.title }), [say("plan.ends", { time: app.format.time(facts.projectedEnd() - left * 1000) })], reason, confirm);
  }

  private ask(title: string, lines: (string | false)[], field: HTMLElement | null, confirm: HTMLElement): void {
    if (this.root.hidden) this.opener = document.activeElement as HTMLElement | null;
    fillWith(this.root, h("b", {}, title), ...lines.map((line) => line && h("div", { class: "small" }, line)), field,
      h("div", { class: "line" }, confirm, button(this.app.say("plan.cancel"), "plan-cancel", () => this.close())));
    this.root.setAttribute("aria-label", title);
    show(this.root, true);
    this.root.scrollIntoView({ block: "nearest" });
    (field ?? confirm).focus();
  }

  private done(act: Promise<unknown>): void {
    void act.then((done) => done && this.close());
  }

  /** Gives the keyboard back to where it was. */
  close(): void {
    if (this.root.hidden) return;
    const inside = this.root.contains(document.activeElement);
    show(this.root, false);
    if (inside && this.opener?.isConnected) this.opener.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }
}
