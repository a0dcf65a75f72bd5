// SPDX-License-Identifier: Apache-2.0
// The bar on top: what meeting this is, whether it is running, and whether everything typed is saved.

import type { App } from "./app.ts";
import { button, h, put, say, show } from "./dom.ts";
import type { Status } from "./provider.ts";

const PATIENCE = 400; // a saving that takes less is not worth changing words for

export class Header {
  readonly root: HTMLElement;
  readonly state = h("span", { class: "net", id: "state", role: "status", "data-state": "offline" });
  private readonly stateWords = h("span", {});
  private readonly title: HTMLElement;
  private readonly stage = h("span", { class: "chip now" });
  private readonly began = h("span", { class: "muted small began" });
  private readonly objective = h("span", { class: "muted small objective" });
  private readonly present = h("span", { class: "muted small present" });
  readonly wrap: HTMLButtonElement;
  private timer = 0;
  private status: Status = { link: "connecting", synced: false, unsaved: [], failed: 0 };

  constructor(
    private readonly app: App,
    wrapUp: () => void,
    help: () => void,
  ) {
    this.title = h("h1", { class: "title" }, app.setup.title);
    this.state.append(h("span", { class: "dot", "aria-hidden": "true" }), this.stateWords);
    put(this.state, "title", app.say("state.help"));
    this.wrap = button(`${app.say("do.readback")} →`, "readback", wrapUp, { class: "btn s" });
    const keys = button("?", "help", help, { class: "btn s quiet", "aria-label": app.say("do.help"), title: app.say("do.help") });
    const project = h("a", { class: "btn s project", "data-do": "project", href: "?view=projector", target: "_blank" }, app.say("do.project"));
    const home = h("a", { class: "brand", href: app.setup.home, "aria-label": `會要 ${app.say("home")}` }, h("i", { "aria-hidden": "true" }, "會要"));
    this.root = h("header", { class: "bar" }, home, this.title, this.stage, this.began, this.objective, h("span", { class: "grow" }), this.state, this.present, keys, project, this.wrap);
  }

  draw(): void {
    const { app } = this;
    const { meeting, people } = app.facts.parts;
    say(this.title, meeting.title || app.setup.title);
    put(this.title, "title", meeting.title);
    say(this.objective, meeting.objective ? `${app.say("objective")}：${meeting.objective}`.replace("：", app.setup.language === "en" ? ": " : "：") : "");
    put(this.objective, "title", meeting.objective || null);
    say(this.present, app.say("present", { n: people.filter((person) => person.attendance === "present").length }));
    const { delay } = app.facts;
    say(this.began, meeting.started_at ? app.say(delay > 0 ? "stage.began_late" : "stage.began", { time: app.format.time(meeting.started_at), n: delay }) : "");
    put(this.began, "data-late", delay > 0);
    show(this.wrap, !app.closed && app.facts.running && app.facts.ready);
    this.tick();
  }

  tick(): void {
    const { app } = this;
    const { meeting } = app.facts.parts;
    const now = app.format.time(app.facts.now());
    const words = app.closed
      ? app.say("stage.closed")
      : meeting.started_at ? `${app.say("stage.running")} ${now}`
      : meeting.starts_at ? app.say("stage.starts", { time: app.format.when(meeting.starts_at, app.facts.now()) }) : app.say("stage.before");
    say(this.stage, words);
    show(this.stage, app.facts.ready);
  }

  /** The attribute is exact at once; the words wait a moment so that they do not flicker at each key. */
  take(status: Status): void {
    this.status = status;
    const offline = status.link !== "open" || !status.synced || !this.app.facts.ready;
    put(this.state, "data-state", offline ? "offline" : status.unsaved.length > 0 ? "unsaved" : "saved");
    put(this.state, "data-unsaved", status.unsaved.length);
    clearTimeout(this.timer);
    if (!offline && status.unsaved.length > 0) this.timer = setTimeout(() => this.tell(), PATIENCE) as unknown as number;
    else this.tell();
  }

  private tell(): void {
    const { say: words } = this.app;
    const { link, synced, unsaved } = this.status;
    const n = unsaved.length;
    if (link === "stopped") say(this.stateWords, words("state.stopped"));
    else if (link === "open" && synced && this.app.facts.ready) say(this.stateWords, n > 0 ? words("state.unsaved", { n }) : words("state.saved"));
    else if (n > 0) say(this.stateWords, words("state.offline_n", { n }));
    else say(this.stateWords, words(link === "closed" ? "state.offline" : "state.connecting"));
  }
}
