// SPDX-License-Identifier: Apache-2.0
// The room from the keyboard alone. Letters are taken by their place on the keyboard, so that macOS and IMEs agree.

import type { Agenda } from "./agenda.ts";
import type { App } from "./app.ts";
import type { Calls } from "./calls.ts";
import type { Capture } from "./capture.ts";
import { button, h } from "./dom.ts";
import type { People } from "./people.ts";
import type { Kind } from "./record.ts";
import type { RecordView } from "./record_view.ts";

const KINDS: { [code: string]: Kind } = { KeyN: "note", KeyP: "problem", KeyS: "solution", KeyD: "decision", KeyA: "action", KeyO: "parked" };
const WAYS: { [key: string]: "up" | "down" | "in" | "out" } = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };

interface Parts {
  capture: Capture;
  record: RecordView;
  agenda: Agenda;
  people: People;
  reveal(): void;
  calls: Calls;
  notes(): void;
  wrapUp(): void;
  back(): boolean;
  help(): void;
}

export class Keys {
  constructor(
    private readonly app: App,
    private readonly parts: Parts,
  ) {
    document.addEventListener("keydown", (event) => {
      if (!event.isComposing && event.keyCode !== 229 && this.take(event)) event.preventDefault();
    });
  }

  private take(event: KeyboardEvent): boolean {
    const target = event.target as HTMLElement;
    const writing = target.matches("input, textarea, select");
    const control = event.ctrlKey || event.metaKey;
    if (control && !event.altKey && ["z", "y"].includes(event.key.toLowerCase())) return this.undo(event, target);
    if (control) return false;
    if (event.altKey) return this.withAlt(event, target);
    if (writing || target.closest("dialog, [role=menu], .fields")) return false;
    return this.plain(event);
  }

  private undo(event: KeyboardEvent, target: HTMLElement): boolean {
    if (target.matches("input, textarea, select") && !target.matches(".edit")) return false; // the field's own undo
    if (!this.app.canType) return false;
    const redo = event.key.toLowerCase() === "y" || event.shiftKey;
    const done = redo ? this.app.record.undoing.redo() : this.app.record.undoing.undo();
    if (done && !target.matches(".edit")) this.app.notices.tell(this.app.say(redo ? "notice.redone" : "notice.undone"), "", { key: "undone" });
    return true;
  }

  private withAlt(event: KeyboardEvent, target: HTMLElement): boolean {
    const entry = this.parts.record.focused;
    const kind = KINDS[event.code];
    if (kind && !event.shiftKey) {
      if (entry && !target.closest(".fields")) void (kind === "parked" ? entry.park() : this.app.convert(entry.id, kind));
      else this.parts.capture.choose(kind);
      return true;
    }
    const way = WAYS[event.key];
    if (way && entry && this.app.canType && !target.closest(".fields")) return this.move(entry.id, way, target);
    const { turns } = this.parts.people;
    const nth = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (nth && !event.shiftKey && this.app.givesFloor) {
      this.parts.people.giveTo(Number(nth));
      return true;
    }
    const acts: { [code: string]: () => void } = {
      KeyT: () => this.parts.agenda.goNext(), KeyM: () => this.parts.agenda.addMinutes(event.shiftKey ? 10 : 5), KeyK: () => this.parts.agenda.skip(), KeyB: () => this.parts.agenda.toggleSound(),
      KeyH: () => turns.hand(), KeyF: () => turns.main(), KeyG: () => turns.giveNext() || this.toPeople(), KeyR: () => this.parts.wrapUp(), KeyC: () => this.parts.capture.focus(),
      KeyE: () => entry?.openForm(entry.firstGap()), KeyL: () => this.parts.notes(),
      KeyV: () => this.parts.calls.callOrGo(this.app.context), KeyQ: () => this.parts.calls.closeOrDecide(this.app.context),
      KeyY: () => this.parts.calls.answer("agree"), KeyU: () => this.parts.calls.answer("reserve"), KeyI: () => this.parts.calls.answer("object"),
    };
    acts[event.code]?.();
    return event.code in acts;
  }

  /** Nobody waits: the host chooses among those present. */
  private toPeople(): void {
    if (!this.app.givesFloor) return;
    this.parts.reveal();
    this.parts.people.focusFloor();
  }

  /** Moves the entry; where its words were being edited, they still are. */
  private move(id: string, way: "up" | "down" | "in" | "out", target: HTMLElement): boolean {
    if (!this.app.record.move(id, way)) return true;
    this.parts.record.draw();
    if (!target.isConnected || document.activeElement !== target) this.parts.record.focus(id);
    this.parts.record.entry(id)?.root.scrollIntoView({ block: "nearest" });
    return true;
  }

  private plain(event: KeyboardEvent): boolean {
    const entry = this.parts.record.focused;
    const own = entry && event.target === entry.root;
    if (event.key === "Escape") {
      if (!this.parts.back()) this.parts.capture.focus();
      return true;
    }
    if (event.key === "/") {
      this.parts.capture.focus();
      return true;
    }
    if (event.key === "?") {
      this.parts.help();
      return true;
    }
    if (!entry || !own) return false;
    const acts: { [key: string]: () => void } = {
      ArrowDown: () => this.parts.record.step(1), ArrowUp: () => this.parts.record.step(-1), Home: () => this.parts.record.step(-1e6), End: () => this.parts.record.step(1e6),
      Enter: () => entry.edit(), F2: () => entry.edit(), e: () => entry.openForm(entry.firstGap()), Delete: () => this.parts.record.remove(entry.id), Backspace: () => this.parts.record.remove(entry.id),
    };
    acts[event.key]?.();
    return event.key in acts;
  }
}

/** The list of keys, and the way to leave nothing on a shared computer. */
export function helpDialog(app: App): HTMLDialogElement {
  const rows: [string, Parameters<App["say"]>[0]][] = [
    ["/", "help.capture"], ["Enter", "help.add"], ["Alt N P S D A O", "help.kinds"], ["↑ ↓ Home End", "help.walk"], ["Enter, F2", "help.edit"], ["Esc", "help.leave"],
    ["E, Alt E", "help.fields"], ["Alt ↑ ↓", "help.move"], ["Alt ← →", "help.indent"], ["Del", "help.remove"], ["Ctrl Z, Ctrl Y", "help.undo"],
    ["Alt T", "help.next"], ["Alt M, Alt Shift M", "help.extend"], ["Alt K", "help.skip"], ["Alt ↑ ↓, Del", "help.plan"],
    ["Alt F", "help.floor"], ["Alt H", "help.hand"], ["Alt G", "help.give"], ["Alt 1–9", "help.give_n"], ["Alt B", "help.sound"], ["Alt V", "help.call"], ["Alt Y, U, I", "help.answer"], ["Alt Q", "help.call_close"], ["Alt O", "help.park"], ["Alt L", "help.notes"], ["Alt R", "help.readback"], ["?", "help.help"],
  ];
  const clear = button(app.say("help.clear"), "clear-device", () => void app.clearDevice(), { class: "btn s danger" });
  const dialog = h("dialog", { class: "card help", "aria-label": app.say("help.title") },
    h("h2", {}, app.say("help.title")),
    h("dl", {}, ...rows.flatMap(([keys, key]) => [h("dt", {}, h("kbd", {}, keys)), h("dd", {}, app.say(key))])),
    h("div", { class: "line" }, clear, h("span", { class: "small muted" }, app.say("help.clear_hint"))),
    h("form", { method: "dialog" }, h("button", { class: "btn", "data-do": "help-close", autofocus: true }, app.say("close"))));
  return dialog;
}
