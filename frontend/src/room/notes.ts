// SPDX-License-Identifier: Apache-2.0
// The recorder's private notes: a document and a connection of their own, kept on this device like the record.
// They are drawn for nobody else and never on the wall; who is no longer recorder keeps no copy.

import * as Y from "yjs";
import type { App } from "./app.ts";
import { Device } from "./device.ts";
import { button, h, put, say, show } from "./dom.ts";
import { Provider, type Status } from "./provider.ts";
import { orderBetween, randomId, RoomRecord } from "./record.ts";
import { Typing } from "./typing.ts";

const MOST = 20_000;
const NO_ACCESS = [4403, 4404];
const MOST_RESTARTS = 2;
const BROKEN = [4400, 4409, 4413];

class Pad {
  readonly root = h("div", { class: "sheets" });
  readonly device: Device;
  private readonly doc = new Y.Doc();
  private readonly record: RoomRecord;
  private readonly provider: Provider;
  private readonly sheets = new Map<string, Typing>();
  private blank: HTMLTextAreaElement | null = null;

  constructor(
    private readonly app: App,
    name: string,
    tell: (status: Status) => void,
    stopped: (code: number) => void,
  ) {
    this.device = new Device(this.doc, app.setup.person, name);
    this.record = new RoomRecord(this.doc, () => ({ person: app.setup.person, at: "" }));
    this.provider = new Provider({
      url: new URL(app.setup.socket.replace("/ws/room/", "/ws/notes/"), location.href.replace(/^http/, "ws")).href,
      doc: this.doc, foreign: this.device.foreign, touched: this.record.touched, remembered: this.device.unsaved,
      hooks: {
        status: (status) => {
          this.device.unsaved = status.unsaved;
          tell(status);
        },
        fact: () => undefined, refused: () => stopped(BROKEN[0]!), stopped,
      },
    });
    this.record.listen(() => this.draw());
  }

  async open(): Promise<void> {
    await this.device.load();
    this.draw();
    this.provider.connect();
  }

  connect(): void {
    this.provider.connect();
  }

  interrupt(): void {
    this.provider.interrupt();
  }

  destroy(): void {
    for (const typing of this.sheets.values()) typing.close();
    this.provider.destroy();
    this.root.remove();
  }

  get texts(): string[] {
    return [...this.sheets.values()].map((typing) => typing.area.value).filter((text) => text.trim() !== "");
  }

  focus(): void {
    this.root.querySelector("textarea")?.focus();
  }

  /** One sheet to write on; a second only where two devices began one each while apart. */
  private draw(): void {
    for (const node of this.record.roots) {
      const text = this.record.text(node.id);
      if (!text || this.sheets.has(node.id)) continue;
      const area = this.blank ?? this.area();
      const typed = area.value;
      this.blank = null;
      this.sheets.set(node.id, new Typing(area, text));
      if (typed && text.toString() !== typed) text.insert(text.length, typed); // both began at once: both stay
    }
    if (this.sheets.size === 0 && !this.blank) this.blank = this.area();
  }

  private area(): HTMLTextAreaElement {
    const area = h("textarea", { class: "sheet", maxlength: MOST, spellcheck: "false", "aria-label": this.app.say("notes") });
    const begin = (event: Event) => {
      if (area === this.blank && area.value !== "" && !(event as InputEvent).isComposing) this.write(area.value);
    };
    area.addEventListener("input", begin);
    area.addEventListener("compositionend", begin);
    this.root.append(area);
    return area;
  }

  write(words: string): void {
    const node = new Y.Map<unknown>();
    const at = new Date(this.app.facts.now()).toISOString();
    const last = this.record.roots.at(-1)?.order;
    const values = { k: "note", p: "", o: orderBetween(last, undefined, randomId(4)), t: new Y.Text(words), s: "private", by: this.app.setup.person, at };
    this.doc.transact(() => {
      for (const [key, value] of Object.entries(values)) node.set(key, value);
      this.record.nodes.set(randomId(), node);
    });
  }
}

export class Notes {
  readonly root: HTMLElement;
  readonly opener: HTMLButtonElement;
  private readonly state = h("span", { class: "net", role: "status" });
  private readonly words = h("span", {});
  private readonly place = h("div", {});
  private pad: Pad | null = null;
  private restarts = 0;
  private readonly name: string;

  constructor(private readonly app: App) {
    this.name = `notes:${app.setup.meeting}`;
    this.state.append(h("span", { class: "dot", "aria-hidden": "true" }), this.words);
    this.opener = button(app.say("notes"), "notes", () => this.toggle(), { class: "btn s quiet", "aria-keyshortcuts": "Alt+L", "aria-expanded": "false", "aria-controls": "notes", hidden: true });
    this.opener.append(h("kbd", { "aria-hidden": "true" }, "Alt L"));
    const close = button("×", "notes-close", () => this.toggle(), { class: "btn s quiet", "aria-label": app.say("close") });
    this.root = h("section", { class: "notes", id: "notes", hidden: true, "aria-label": app.say("notes"), on: { keydown: (event: KeyboardEvent) => this.onKey(event) } },
      h("header", { class: "line" }, h("h2", {}, app.say("notes")), this.state, h("span", { class: "grow" }), close), h("p", { class: "small muted" }, app.say("notes.hint")), this.place);
    app.clearing.push(() => this.forget());
    addEventListener("online", () => this.pad?.connect());
    addEventListener("offline", () => this.pad?.interrupt());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.pad?.connect());
  }

  private get may(): boolean {
    return this.app.facts.parts.you.roles.includes("recorder");
  }

  draw(): void {
    if (!this.app.facts.ready) return;
    show(this.opener, this.may);
    if (this.may || !this.pad) return;
    this.fold();
    void this.forget();
  }

  toggle(): void {
    if (!this.may) return;
    if (!this.root.hidden) return this.fold();
    show(this.root, true);
    put(this.opener, "aria-expanded", "true");
    if (this.pad) this.pad.focus();
    else void this.start().then(() => this.pad?.focus());
  }

  private fold(): void {
    const within = this.root.contains(document.activeElement);
    show(this.root, false);
    put(this.opener, "aria-expanded", "false");
    if (within) document.getElementById("capture")?.focus();
  }

  private async start(texts: string[] = []): Promise<void> {
    const pad = new Pad(this.app, this.name, (status) => this.tell(status), (code) => void this.stop(code));
    this.pad = pad;
    this.place.replaceChildren(pad.root);
    await pad.open();
    for (const text of texts) pad.write(text);
  }

  private tell({ link, synced, unsaved }: Status): void {
    const { say: words } = this.app;
    const offline = link !== "open" || !synced;
    const n = unsaved.length;
    put(this.state, "data-saved", offline ? "offline" : n > 0 ? "unsaved" : "saved");
    say(this.words, link === "stopped" ? words("state.stopped") : !offline ? words(n > 0 ? "state.unsaved" : "state.saved", { n }) : n > 0 ? words("state.offline_n", { n }) : words(link === "closed" ? "state.offline" : "state.connecting"));
  }

  private async stop(code: number): Promise<void> {
    const texts = this.pad?.texts ?? [];
    if (NO_ACCESS.includes(code)) {
      this.fold();
      await this.forget();
    } else if (BROKEN.includes(code) && this.restarts++ < MOST_RESTARTS) {
      await this.forget();
      await this.start(texts);
    }
  }

  /** Takes the copy off this device. */
  private async forget(): Promise<void> {
    const { pad } = this;
    this.pad = null;
    pad?.destroy();
    const device = pad?.device ?? new Device(new Y.Doc(), this.app.setup.person, this.name);
    if (!pad) await device.load();
    await device.clear();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.fold();
  }
}
