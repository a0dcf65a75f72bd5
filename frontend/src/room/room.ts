// SPDX-License-Identifier: Apache-2.0
// The live room: reads what the page says, puts the parts together, keeps them drawn.

import { begun } from "./begin.ts"; // before all others
import * as Y from "yjs";
import type { Part } from "./action_form.ts";
import { Agenda } from "./agenda.ts";
import { App, type Setup } from "./app.ts";
import { Calls } from "./calls.ts";
import { Capture } from "./capture.ts";
import { Closed, LateJoiner, Mine, Opening } from "./cards.ts";
import { Device } from "./device.ts";
import { h, put, show } from "./dom.ts";
import { Facts } from "./facts.ts";
import { Format } from "./format.ts";
import { Header } from "./header.ts";
import { helpDialog, Keys } from "./keys.ts";
import { Notes } from "./notes.ts";
import { Notices } from "./notices.ts";
import { People } from "./people.ts";
import { Presence } from "./presence.ts";
import { Projector } from "./projector.ts";
import { Provider, type Status } from "./provider.ts";
import { Readback } from "./readback.ts";
import { type Kind, RoomRecord } from "./record.ts";
import { RecordView } from "./record_view.ts";
import { Retrospective } from "./retro.ts";
import { type Key, speaker } from "./speak.ts";

declare const roomWords: { [key in Key]: string };

type Tab = "record" | "agenda" | "people";

const BLOCKED_AFTER = 4; // failed connections in a row
const FACTS_WITHIN = 400; // then the record is shown without them

class Room {
  private readonly app: App;
  private readonly header: Header;
  private readonly agenda: Agenda;
  private readonly record: RecordView;
  private readonly people: People;
  private readonly capture: Capture;
  private readonly readback: Readback;
  private readonly cards: { draw(): void }[];
  private readonly opening: Opening;
  private readonly late: HTMLElement;
  private readonly mine: Mine;
  private readonly calls: Calls;
  private readonly notes: Notes;
  private readonly parts: HTMLElement;
  private readonly presence: Presence;
  private readonly help: HTMLDialogElement;
  private readonly tabs = new Map<Tab, HTMLButtonElement>();
  private readonly facts = new Facts();
  private stage = "";
  private topic = "";
  private pending = false;
  private reached = false;
  private readonly wall: Projector | null = null;

  constructor(
    setup: Setup,
    doc: Y.Doc,
    device: Device,
    place: HTMLElement,
    private readonly kept: Promise<void>,
  ) {
    const say = speaker(roomWords);
    const { facts } = this;
    const format = new Format(setup.language, () => facts.parts.meeting.zone || setup.offset?.zone || "", setup.offset);
    const record = new RoomRecord(doc, () => ({ person: facts.parts.you.person || setup.person, at: new Date(facts.now()).toISOString() }));
    const notices = new Notices(say("close"));
    const provider = new Provider({
      url: socketUrl(setup.socket), doc, foreign: device.foreign, touched: record.touched, remembered: device.unsaved, kept,
      begun,
      hooks: { status: (status) => this.onStatus(status), fact: (name, value) => this.onFact(name, value), refused: (reason, entries) => this.onRefused(reason, entries), stopped: (code) => this.onStopped(code) },
    });
    const app = new App(setup, say, format, facts, record, provider, device, notices);
    this.app = app;
    this.presence = new Presence(provider, setup);
    this.help = helpDialog(app);
    this.header = new Header(app, () => this.wrapUp(), () => this.help.showModal());
    this.record = new RecordView(app, this.presence);
    this.agenda = new Agenda(app, (id) => this.showTopic(id), (id) => this.showEntry(id), () => this.wrapUp(), () => this.show("agenda"));
    this.people = new People(app);
    this.capture = new Capture(app, (id) => this.onAdded(id));
    this.readback = new Readback(app, (id, part) => this.showEntry(id, part), () => this.back());
    const opening = new Opening(app);
    this.opening = opening;
    this.mine = new Mine(app, (id) => this.showEntry(id));
    this.calls = new Calls(app, (id) => this.showEntry(id));
    this.notes = new Notes(app);
    this.capture.beside(this.notes.opener);
    const closed = new Closed(app);
    const retro = new Retrospective(app);
    const late = new LateJoiner(app, (id) => this.showEntry(id), () => this.record.showTopic(this.topic));
    this.late = late.root;
    this.cards = [opening, this.mine, closed, late, this.calls, this.notes, retro];
    this.record.above(closed.root, retro.root, opening.root, late.root);
    const strip = h("div", { class: "strip" }, this.mine.root);
    const wide = matchMedia("(min-width: 901px)");
    const seat = () => wide.matches ? this.people.turns.root.after(this.calls.root, this.notes.root) : strip.prepend(this.calls.root, this.notes.root);
    wide.addEventListener("change", seat);
    seat();
    this.parts = h("main", { class: "room", id: "content", "data-tab": "record", tabindex: -1 }, this.agenda.root, this.record.root, this.readback.root, this.people.root);
    place.replaceChildren(this.header.root, this.agenda.head, this.tabBar(), this.parts, strip, this.people.turns.bar, this.capture.root, notices.root, notices.voice, this.help);
    if (new URLSearchParams(location.search).get("view") === "projector") {
      this.wall = new Projector(app);
      place.replaceChildren(this.wall.root, this.header.state);
      document.body.classList.add("on-wall");
    } else new Keys(app, { capture: this.capture, record: this.record, agenda: this.agenda, people: this.people, reveal: () => this.show("people"), calls: this.calls, notes: () => this.notes.toggle(), wrapUp: () => this.wrapUp(), back: () => this.back(), help: () => this.help.showModal() });
    this.listen();
  }

  /** Resolves when the record has been on the screen. */
  start(): Promise<void> {
    this.app.provider.connect();
    this.draw();
    void this.kept.then(() => this.onKept());
    setTimeout(() => this.record.release(), FACTS_WITHIN);
    return this.record.shown;
  }

  private onKept(): void {
    if (!begun?.whole && this.app.record.roots.length > 0) this.record.release();
    if (!this.app.device.works) this.app.notices.tell(this.app.say("notice.no_storage"), "soon", { stay: true });
    this.offerAside();
  }

  private listen(): void {
    const { app } = this;
    app.record.listen(({ structure }) => {
      if (structure) this.agenda.drawParked();
      this.soon();
    });
    app.onContext(() => this.record.mark());
    app.onNames = () => this.draw();
    this.presence.listen(() => this.drawSeen());
    setInterval(() => this.tick(), 1_000);
    addEventListener("online", () => app.provider.connect());
    addEventListener("offline", () => app.provider.interrupt());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && app.provider.connect());
    addEventListener("beforeunload", (event) => {
      if (app.provider.status.unsaved.length > 0 && !app.device.works) event.preventDefault();
    });
  }

  // -- drawing

  private draw(): void {
    this.header.draw();
    this.agenda.draw();
    this.record.refresh();
    this.people.draw();
    this.capture.draw();
    this.readback.draw();
    for (const card of this.cards) card.draw();
    this.wall?.draw();
    put(this.parts, "data-closed", this.app.closed);
  }

  /** Many facts or edits at once are drawn once. */
  private soon(): void {
    if (this.pending) return;
    this.pending = true;
    setTimeout(() => {
      this.pending = false;
      this.mine.draw();
    }, 250);
  }

  private tick(): void {
    this.header.tick();
    this.agenda.tick();
    this.people.turns.tick();
    this.opening.tick();
  }

  private drawSeen(): void {
    this.record.seen(this.presence.writers((id) => this.app.personName(id)));
  }

  // -- what the room says

  private onStatus(status: Status): void {
    this.header?.take(status);
    if (!this.app) return;
    this.app.device.unsaved = status.unsaved;
    if (status.link === "open") this.reached = true;
    if (this.reached) this.app.notices.drop("plain");
    else if (status.link === "closed" && status.failed === BLOCKED_AFTER) this.offerPlain();
  }

  /** The connection does not come about: something on the way may not let websockets through. */
  private offerPlain(): void {
    const { notices, say, setup } = this.app;
    const run = () => location.assign(`${setup.home}record/`);
    notices.tell(say("notice.plain"), "soon", { key: "plain", stay: true, acts: [{ label: say("do.plain"), name: "plain", run }] });
  }

  private onFact(name: string, value: unknown): void {
    this.facts.take(name, value);
    if (!this.facts.ready || name === "now") return;
    if (name === "ready") this.header.take(this.app.provider.status);
    if (name === "topics" || name === "ready" || name === "meeting") this.onProgress();
    this.draw();
  }

  /** The meeting went on: to another topic, to its end, or back to life. */
  private onProgress(): void {
    const { app } = this;
    const stage = app.closed ? "closed" : this.facts.running ? "running" : "before";
    if (this.stage === "closed" && stage === "running") {
      app.device.late = [];
      app.notices.tell(app.say("notice.reopened"), "ok");
      app.provider.resume();
    }
    if (this.stage === "running" && stage === "closed") {
      this.back();
      this.record.root.scrollTop = 0;
    }
    this.stage = stage;
    const topic = this.facts.current?.id ?? "";
    if (topic && topic !== this.topic) {
      const writing = document.activeElement?.matches(".edit");
      if (!writing) app.setContext(null);
      if (this.topic) app.notices.tell(app.say("notice.topic", { title: this.facts.current?.title ?? "" }), "", { key: "topic" });
      this.topic = topic;
      if (!writing) requestAnimationFrame(() => this.late.hidden && this.record.showTopic(topic));
    }
  }

  private onRefused(reason: string, entries: string[]): void {
    const { app } = this;
    if (reason === "frozen") {
      const known = app.device.late.length;
      const late = new Set([...app.device.late, ...entries.filter((id) => app.record.index.has(id))]);
      app.device.late = [...late];
      if (late.size > known) app.notices.tell(app.say("late.kept", { n: late.size }), "soon", { key: "late", stay: true });
      this.record.refresh();
      return;
    }
    void this.startAfresh(entries);
  }

  /** The room will never take these changes: their words are set aside, the copy on this device is made anew. */
  private async startAfresh(entries: string[]): Promise<void> {
    const { app } = this;
    const texts = entries.map((id) => ({ kind: app.record.index.get(id)?.kind ?? "note", text: app.record.words(id) })).filter((one) => one.text !== "");
    app.device.aside = [...app.device.aside, ...texts];
    app.provider.destroy();
    await app.device.clear();
    location.reload();
  }

  private onStopped(code: number): void {
    const { app } = this;
    if (code === 4409 || code === 4413 || code === 4400) return void this.startAfresh(app.provider.status.unsaved);
    const retry = { label: app.say("notice.retry"), name: "retry", run: () => app.provider.resume() };
    const signIn = { label: app.say("notice.sign_in"), name: "sign-in", run: () => location.assign(app.setup.sign_in) };
    this.facts.take("you", { ...this.facts.parts.you, may: [] });
    this.draw();
    if (code === 4429) return void setTimeout(() => app.provider.resume(), 5_000 + Math.random() * 3_000);
    const key = code === 4401 ? "notice.stopped_signin" : code === 4403 ? "notice.stopped_access" : code === 4404 ? "notice.stopped_gone" : "notice.stopped_other";
    app.notices.tell(app.say(key, { code }), "late", { key: "stopped", stay: true, acts: code === 4401 ? [signIn] : [retry] });
  }

  /** Words the room refused on an earlier visit: to copy, or to add again. */
  private offerAside(): void {
    const { app } = this;
    const texts = app.device.aside;
    if (texts.length === 0) return;
    const again = () => {
      for (const one of texts) app.record.add(one.kind as Kind, app.place(one.kind as Kind).parent, one.text);
      app.device.aside = [];
    };
    const list = h("ul", {}, ...texts.map((one) => h("li", {}, one.text)));
    app.notices.tell(app.say("notice.set_aside", { n: texts.length }), "soon", {
      key: "aside", stay: true, more: list,
      acts: [{ label: app.say("notice.again"), name: "aside-again", run: again }, { label: app.say("notice.forget"), name: "aside-forget", run: () => (app.device.aside = []) }],
    });
  }

  // -- going about

  private onAdded(id: string): void {
    this.record.draw();
    this.record.select(id);
    this.record.entry(id)?.root.scrollIntoView({ block: "nearest" });
  }

  private showTopic(id: string): void {
    this.back();
    this.show("record");
    this.record.showTopic(id);
  }

  private showEntry(id: string, part?: Part): void {
    this.back();
    this.show("record");
    this.record.focus(id);
    if (part) this.record.entry(id)?.openForm(part);
    else if (this.app.record.words(id) === "") this.record.entry(id)?.edit();
  }

  private wrapUp(): void {
    if (this.app.closed || !this.facts.running) return;
    this.show("record");
    show(this.record.root, this.readback.open);
    this.readback.toggle(!this.readback.open);
  }

  /** Leaves the read-back; false when it was not open. */
  private back(): boolean {
    if (!this.readback.open) return false;
    this.readback.toggle(false);
    show(this.record.root, true);
    return true;
  }

  // -- the three parts on a phone

  private tabBar(): HTMLElement {
    const { app } = this;
    const bar = h("div", { class: "tabs phone-tabs", role: "tablist", "aria-label": app.say("tabs") });
    for (const tab of ["record", "agenda", "people"] as const) {
      const one = h("button", { type: "button", role: "tab", "data-tab": tab, "aria-controls": tab, "aria-selected": String(tab === "record"), tabindex: tab === "record" ? 0 : -1, on: { click: () => this.show(tab), keydown: (event: KeyboardEvent) => this.onTabKey(event) } }, app.say(`tab.${tab}`));
      this.tabs.set(tab, one);
      bar.append(one);
    }
    return bar;
  }

  private onTabKey(event: KeyboardEvent): void {
    const names = [...this.tabs.keys()];
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!by || event.altKey) return;
    const next = names[(names.indexOf((event.target as HTMLElement).dataset.tab as Tab) + by + names.length) % names.length]!;
    this.show(next);
    this.tabs.get(next)?.focus();
  }

  private show(tab: Tab): void {
    put(this.parts, "data-tab", tab);
    for (const [name, one] of this.tabs) {
      put(one, "aria-selected", String(name === tab));
      put(one, "tabindex", name === tab ? 0 : -1);
    }
  }
}

function socketUrl(path: string): string {
  return new URL(path, location.href.replace(/^http/, "ws")).href;
}

function open(): void {
  const setup = JSON.parse(document.getElementById("room-setup")?.textContent ?? "{}") as Setup;
  const place = document.getElementById("room");
  if (!place || !setup.socket) return;
  const doc = new Y.Doc();
  const device = new Device(doc, setup.person, setup.meeting);
  // A device that keeps nothing of the room begins to keep after the first drawing.
  let onShown = (): void => undefined;
  const shown = new Promise<void>((resolve) => (onShown = resolve));
  if (!begun?.whole) onShown();
  const room = new Room(setup, doc, device, place, shown.then(() => device.load()));
  void room.start().then(onShown);
}

open();
