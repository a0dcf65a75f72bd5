// SPDX-License-Identifier: Apache-2.0
// The capture line: one place to write, understood while it is typed, added with Enter.

import { ActionForm, type Part } from "./action_form.ts";
import type { App } from "./app.ts";
import { splitLines, splitPrefix } from "./capture_text.ts";
import { button, h, put, say, show } from "./dom.ts";
import { KIND_KEYS } from "./menu.ts";
import { Paste } from "./paste.ts";
import { type Fields, type Kind, KINDS } from "./record.ts";
import type { Key } from "./speak.ts";

/** What the server reads in a line. */
interface Reading {
  kind: Kind | null;
  text: string;
  department: string;
  person: string;
  due: string;
  support: Fields["sup"];
  name_by?: Fields["name_by"];
  /** Owners the line may mean, where it means more than one: pairs of person and department. */
  choices: [string, string][];
}

const PAUSE = 150;
const FOLD = 400;
const EMPTY: Fields = { dep: "", own: "", name_by: null, due: "", sup: "" };

export class Capture {
  readonly root: HTMLElement;
  readonly input: HTMLTextAreaElement;
  private readonly kindChip = h("span", { class: "chip kind-chip" });
  private readonly into = h("button", { type: "button", class: "into small muted", "data-do": "place-reset" });
  private readonly chips = h("div", { class: "chips", "aria-live": "polite" });
  private readonly keys: HTMLElement;
  private readonly popover = h("div", { class: "popover" });
  private chosen: Kind | null = null;
  private reading: { line: string; found: Reading } | null = null;
  private corrected: Partial<Fields> = {};
  private form: ActionForm | null = null;
  private readonly paste: Paste<Reading>;
  private before = ""; // what stood here before several lines were pasted
  private timer = 0;
  private folding = 0;

  constructor(
    private readonly app: App,
    private readonly added: (id: string) => void,
  ) {
    this.input = h("textarea", {
      id: "capture", rows: 1, spellcheck: "false", autocomplete: "off", maxlength: 20_000, enterkeyhint: "done", "aria-label": app.say("capture"),
      placeholder: app.say("capture.hint"), on: { input: () => this.onInput(), keydown: (event: KeyboardEvent) => this.onKey(event) },
    });
    this.input.addEventListener("paste", () => (this.before = this.line.includes("\n") ? this.before : this.line));
    this.paste = new Paste<Reading>(app, {
      understand: (line) => this.understand(line, null),
      chips: (found) => this.wordsOf(this.fieldsOf(found)).filter(Boolean),
      add: () => this.add(),
      cancel: () => this.cancelPaste(),
    });
    const add = button(app.say("do.add"), "add", () => this.add(), { class: "btn s primary add" });
    this.into.addEventListener("click", () => this.app.setContext(null));
    put(this.into, "title", app.say("capture.where_reset"));
    this.keys = h("div", { class: "keys", role: "group", "aria-label": app.say("capture.kind") }, h("kbd", { "aria-hidden": "true" }, "Alt"), ...KINDS.map((kind) => this.kindKey(kind)));
    this.popover.append(this.paste.root);
    this.root = h(
      "footer", { class: "cap" }, this.popover,
      h("div", { class: "in" }, this.kindChip, this.input, h("kbd", { "aria-hidden": "true" }, "Enter"), add),
      h("div", { class: "under small muted" }, this.chips, this.into, h("span", { class: "grow" }), this.keys),
    );
    this.root.addEventListener("focusin", () => this.unfold(true));
    this.root.addEventListener("focusout", () => this.unfold(false));
    app.onContext(() => this.draw());
    this.draw();
  }

  /** On a phone the line folds when it is left, a moment later, so that nothing moves under a finger on its way. */
  private unfold(open: boolean): void {
    clearTimeout(this.folding);
    if (open) this.root.classList.add("unfolded");
    else this.folding = setTimeout(() => this.root.classList.remove("unfolded"), FOLD) as unknown as number;
  }

  private kindKey(kind: Kind): HTMLElement {
    const label = this.app.say(`kind.${kind}`);
    return h("button", { type: "button", class: "kind-key", "data-do": `capture-${kind}`, "data-of": kind, "aria-pressed": "false", "aria-keyshortcuts": `Alt+${KIND_KEYS[kind]}`, on: { click: () => this.choose(kind) } },
      label, h("kbd", { "aria-hidden": "true" }, KIND_KEYS[kind]!));
  }

  focus(): void {
    this.input.focus();
  }

  /** Another thing to write on, offered at the end of the line below. */
  beside(opener: HTMLElement): void {
    this.keys.after(opener);
  }

  /** Sets the kind; the same key again takes the choice back. */
  choose(kind: Kind): void {
    this.chosen = this.chosen === kind ? null : kind;
    this.focus();
    this.draw();
    this.later();
  }

  /** The kind a line would get now: chosen, named by its prefix, understood, or a note. */
  private kindOf(line: string): Kind {
    return this.chosen ?? splitPrefix(line).kind ?? this.understood?.kind ?? "note";
  }

  private get line(): string {
    return this.input.value;
  }

  private get understood(): Reading | null {
    return this.reading && this.reading.line === this.line.trim() ? this.reading.found : null;
  }

  // -- typing

  private onInput(): void {
    if (this.line.trim() === "") this.corrected = {};
    this.grow();
    this.draw();
    this.later();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.add();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (this.form) this.closeForm();
      else if (splitLines(this.line).length > 1) this.cancelPaste();
      else if (this.chosen) this.choose(this.chosen);
      else this.app.setContext(null);
    }
  }

  private grow(): void {
    if (CSS.supports("field-sizing", "content")) return;
    this.input.style.setProperty("height", "auto");
    this.input.style.setProperty("height", `${this.input.scrollHeight}px`);
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.read(), PAUSE) as unknown as number;
  }

  private async read(): Promise<void> {
    const line = this.line.trim();
    if (line === "" || line.includes("\n")) return this.draw();
    const found = await this.understand(line, this.chosen);
    if (!found) return;
    this.reading = { line, found };
    this.draw();
  }

  private async understand(line: string, kind: Kind | null): Promise<Reading | null> {
    try {
      const found = (await this.app.provider.ask("read", { text: line, kind: kind ?? splitPrefix(line).kind })) as Partial<Reading> | null;
      if (!found) return null;
      return {
        kind: found.kind ?? null, text: found.text ?? line, department: found.department ?? "", person: found.person ?? "",
        due: found.due ?? "", support: found.support ?? "", name_by: found.name_by ?? null,
        choices: (found as { owners?: { choices?: [string, string][] }[] }).owners?.[0]?.choices ?? [],
      };
    } catch {
      return null; // Offline: the line goes in as it stands.
    }
  }

  // -- adding

  private add(): void {
    if (!this.app.canType) return;
    const lines = splitLines(this.line);
    if (lines.length === 0) return;
    if (lines.length === 1) this.addOne(this.line.trim(), this.kindOf(this.line), this.understood, this.corrected);
    else for (const { line, kind, found } of this.paste.chosen) this.addOne(line, kind, found, {});
    this.empty("");
  }

  /** What was pasted goes, what stood there before comes back. */
  private cancelPaste(): void {
    this.empty(this.before);
  }

  private empty(left: string): void {
    this.paste.clear();
    this.before = "";
    this.input.value = left;
    this.chosen = null;
    this.reading = null;
    this.corrected = {};
    this.closeForm();
    this.grow();
    this.draw();
    this.focus();
  }

  private addOne(line: string, kind: Kind, understood: Reading | null, corrected: Partial<Fields>): void {
    const words = splitPrefix(line).text || line;
    const text = kind === "action" && understood?.text ? understood.text : words;
    const fields = kind === "action" ? { ...this.fieldsOf(understood), ...corrected } : {};
    const id = this.app.record.add(kind, this.app.place(kind).parent, text, fields);
    this.app.setContext(id);
    this.added(id);
    // The server knows who leads the topic: that is who brings a parked entry back, until somebody else is named.
    if (kind === "parked") setTimeout(() => this.app.provider.ask("park", { entry: id }).catch(() => undefined));
    if (kind === "action" && !understood) void this.fill(id, line, text, corrected);
  }

  /** Enter came before the reading did: what it finds is filled in where nobody has written meanwhile. */
  private async fill(id: string, line: string, text: string, corrected: Partial<Fields>): Promise<void> {
    const found = await this.understand(line, "action");
    const { record } = this.app;
    if (!found || record.words(id) !== text) return;
    const now = record.fields(id);
    const values: Partial<Fields> = {};
    for (const [key, value] of Object.entries({ ...this.fieldsOf(found), ...corrected })) {
      const empty = now[key as keyof Fields] === "" || now[key as keyof Fields] === null;
      if (empty) Object.assign(values, { [key]: value });
    }
    record.set(id, values);
    const shared = record.text(id);
    if (found.text && found.text !== text && shared) {
      const at = text.indexOf(found.text);
      shared.doc?.transact(() => {
        if (at < 0) {
          shared.delete(0, shared.length);
          shared.insert(0, found.text);
        } else {
          shared.delete(at + found.text.length, shared.length - at - found.text.length);
          shared.delete(0, at);
        }
      });
    }
  }

  private fieldsOf(found: Reading | null): Partial<Fields> {
    if (!found) return {};
    const dep = found.department || (found.person ? this.app.departmentOf(found.person) : "");
    return { dep, own: found.person, due: found.due, sup: found.support, name_by: found.name_by ?? null };
  }

  // -- drawing

  draw(): void {
    const { app } = this;
    put(this.root, "data-off", !app.canType);
    this.input.disabled = !app.canType;
    this.input.placeholder = app.say(this.hint());
    const lines = splitLines(this.line);
    const kind = this.kindOf(this.line);
    if (lines.length > 1) this.paste.show(lines);
    else this.paste.clear();
    say(this.kindChip, app.say(`kind.${kind}`));
    put(this.kindChip, "data-of", kind);
    for (const key of this.keys.querySelectorAll("button")) put(key, "aria-pressed", String(key.dataset.of === this.chosen));
    say(this.into, app.say("capture.into", { place: app.place(kind).label }));
    show(this.into, app.canType);
    this.drawChips(lines, kind);
  }

  private hint(): Key {
    const { app } = this;
    if (app.canType) return matchMedia("(max-width: 900px)").matches ? "capture" : "capture.hint";
    if (app.closed) return "capture.closed";
    return app.facts.parts.meeting.started_at || !app.facts.ready ? "capture.readonly" : "capture.before";
  }

  private drawChips(lines: string[], kind: Kind): void {
    const { app } = this;
    if (lines.length > 1) {
      this.chips.replaceChildren(h("span", {}, app.say("capture.lines", { n: this.paste.chosen.length })));
      return;
    }
    const found = this.understood;
    if (!found || kind !== "action") {
      this.chips.replaceChildren();
      return;
    }
    const fields = { ...EMPTY, ...this.fieldsOf(found), ...this.corrected };
    const [who, due, support] = this.wordsOf(fields);
    this.chips.replaceChildren(
      h("span", {}, app.say("capture.read")),
      h("span", { class: "chip task" }, `${app.say("task")} ${found.text}`),
      ...(who ? [] : found.choices.slice(0, 4).map(([own, dep]) => this.choice(own, dep))),
      this.chip("owner", who, "", { dep: "", own: "", name_by: null }),
      this.chip("due", due, "soon", { due: "" }),
      this.chip("support", support, "", { sup: "" }),
    );
  }

  /** Owner, date and support in words, each empty where it is not said. */
  private wordsOf({ dep = "", own = "", due = "", sup = "" }: Partial<Fields>): [string, string, string] {
    const { app } = this;
    const who = [app.facts.departmentName(dep), app.personName(own)].filter(Boolean).join(" · ");
    const support = sup === "none" ? app.say("support.none") : Array.isArray(sup)
      ? sup.map((one) => [app.facts.departmentName(one.dep) || app.personName(one.person), one.what].filter(Boolean).join("：")).join("；") : "";
    return [who, due && app.format.day(due), support];
  }

  /** One of several people a name may mean. */
  private choice(own: string, dep: string): HTMLElement {
    const { app } = this;
    const pick = () => {
      Object.assign(this.corrected, { own, dep, name_by: null });
      this.draw();
      this.focus();
    };
    const words = [app.facts.departmentName(dep), app.personName(own)].filter(Boolean).join(" · ");
    return h("button", { type: "button", class: "chip now", "data-do": "read-choice", on: { click: pick } }, `${words}?`);
  }

  /** Enter opens the form at this field, Delete empties it. */
  private chip(part: Part, words: string, tone: string, cleared: Partial<Fields>): HTMLElement {
    const label = this.app.say(part);
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Delete" && event.key !== "Backspace") return;
      event.preventDefault();
      Object.assign(this.corrected, cleared);
      this.draw();
      (this.chips.querySelector(`[data-do="read-${part}"]`) as HTMLElement | null)?.focus();
    };
    return h("button", { type: "button", class: `chip ${words ? tone : "missing"}`, "data-do": `read-${part}`, on: { click: () => this.openForm(part), keydown: onKey } },
      words ? `${label} ${words}` : this.app.say("field.add", { field: label }));
  }

  private openForm(part: Part): void {
    this.form ??= new ActionForm(this.app, {
      read: () => ({ ...EMPTY, ...this.fieldsOf(this.understood), ...this.corrected }),
      write: (values) => {
        Object.assign(this.corrected, values);
        this.draw();
      },
      done: () => {
        this.closeForm();
        this.focus();
      },
    });
    this.popover.replaceChildren(this.form.root, this.paste.root);
    this.form.focus(part);
  }

  private closeForm(): void {
    this.form?.root.remove();
    this.form = null;
  }
}
