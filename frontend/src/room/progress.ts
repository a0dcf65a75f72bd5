// SPDX-License-Identifier: Apache-2.0
// The progress topic: a row for each seated department with what was done together and what it needs from whom.
// A line is a note of the department (`dep`); a need also names whom it asks (`sup`). Nothing is written until typed.

import type { App } from "./app.ts";
import { button, h, Kept, put, say, show } from "./dom.ts";
import type { Stage } from "./entry.ts";
import type { Node, Support } from "./record.ts";
import { Typing } from "./typing.ts";

type Column = "done" | "needs";

/** Whether an entry stands in the table of its topic instead of among the entries below it. */
export function isLine(app: App, node: Node): boolean {
  return node.kind === "note" && app.facts.parts.topics.some((topic) => topic.kind === "progress" && topic.id === node.parent) && !!app.record.field(node.id, "dep");
}

const supportOf = (app: App, id: string): Support[] => {
  const { sup } = app.record.fields(id);
  return Array.isArray(sup) ? sup : [];
};

const isNeed = (app: App, id: string) => supportOf(app, id).length > 0;

/** The action that answers a need: one that refers to it or hangs below it. */
export function answerTo(app: App, id: string): Node | undefined {
  return [...app.record.index.values()].find((node) => node.kind === "action" && (node.parent === id || ((app.record.field(node.id, "ref") as string[] | undefined) ?? []).includes(id)));
}

class Line {
  readonly root: HTMLElement;
  readonly area: HTMLTextAreaElement;
  private readonly who: HTMLSelectElement | null;
  private readonly follow = h("span", { class: "follow" });
  private typing: Typing | null = null;

  constructor(
    private readonly app: App,
    private readonly cell: Cell,
    public entry: string | null,
  ) {
    const label = app.say("progress.cell", { department: app.facts.departmentName(cell.department), column: app.say(`progress.${cell.column}`) });
    this.area = h("textarea", {
      class: "edit cell", rows: 1, maxlength: 20_000, spellcheck: "false", "aria-label": label, placeholder: app.say(`progress.${cell.column}`), enterkeyhint: "next",
      on: {
        input: (event: Event) => this.begin(event), compositionend: (event: Event) => this.begin(event), keydown: (event: KeyboardEvent) => this.onKey(event),
        focus: () => cell.table.stage.writing(this.entry), blur: () => this.leave(),
      },
    });
    this.who = cell.column === "needs" ? h("select", { "aria-label": app.say("progress.who"), "data-do": "need-who", on: { change: () => this.ask(this.who?.value ?? "") } }) : null;
    this.root = h("div", { class: "cell-line" }, this.who, this.area, this.follow);
    if (entry) this.bind(entry);
  }

  /** What was typed becomes an entry with its first character, or with the first word of an input method. */
  private begin(event: Event): void {
    if (this.entry || !this.area.value.trim() || (event as InputEvent).isComposing) return;
    this.cell.make(this, this.area.value, this.who?.value ?? "");
  }

  bind(entry: string): void {
    const text = this.app.record.text(entry);
    if (!text) return;
    this.entry = entry;
    put(this.root, "data-line", entry);
    this.typing = new Typing(this.area, text);
  }

  close(): void {
    this.typing?.close();
    this.typing = null;
    this.root.remove();
  }

  draw(): void {
    const { app } = this;
    this.area.readOnly = !app.canType;
    put(this.root, "data-late", this.entry !== null && app.device.late.includes(this.entry));
    if (!this.who) return;
    const asked = this.entry ? (supportOf(app, this.entry)[0]?.dep ?? "") : this.who.value;
    const departments = app.facts.parts.departments.filter((one) => one.id !== this.cell.department);
    if (this.who.options.length !== departments.length + 1) this.who.replaceChildren(h("option", { value: "" }, app.say("progress.who")), ...departments.map((one) => h("option", { value: one.id }, one.name)));
    this.who.value = asked;
    this.who.disabled = !app.canType;
    const action = this.entry ? answerTo(app, this.entry) : undefined;
    put(this.root, "data-request", this.entry ? (action ? "answered" : "open") : null);
    this.follow.replaceChildren(...(!this.entry ? [] : action
      ? [h("button", { type: "button", class: "link small", "data-goto": action.id, on: { click: () => this.cell.table.stage.written(action.id) } }, `→ ${app.label(action)}`)]
      : [h("span", { class: "chip late" }, app.say("progress.open")), ...(app.canType ? [button(`＋${app.say("kind.action")}`, "need-action", () => this.act(), { class: "btn s accept" })] : [])]));
  }

  private ask(department: string): void {
    if (this.entry) this.app.record.set(this.entry, { sup: [{ ...(supportOf(this.app, this.entry)[0] ?? { person: "", what: "", due: "" }), dep: department }] });
  }

  /** A department named in the words is the one that is asked, unless another was chosen. */
  private recognise(): void {
    if (!this.entry || !this.who || this.who.value) return;
    const words = this.area.value;
    const others = this.app.facts.parts.departments.filter((one) => one.id !== this.cell.department);
    const named = others.find((one) => words.includes(one.name)) ?? others.find((one) => one.name.length > 2 && one.name.endsWith("部") && words.includes(one.name.slice(0, -1)));
    if (named) this.ask(named.id);
  }

  private act(): void {
    const { record } = this.app;
    const id = this.entry!;
    this.cell.table.stage.written(record.add("action", record.index.get(id)!.parent, record.words(id), { dep: supportOf(this.app, id)[0]?.dep ?? "", ref: [id] }));
  }

  private leave(): void {
    this.cell.table.stage.writing(null);
    if (this.entry && this.app.canType && this.area.value.trim() === "") this.app.record.remove(this.entry);
    else this.recognise();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229 || event.shiftKey || event.altKey || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    this.recognise();
    if (event.key === "Enter") this.cell.table.next(this.cell);
    else document.getElementById("capture")?.focus();
  }
}

class Cell {
  readonly root: HTMLElement;
  private readonly lines = new Map<string, Line>();
  private blank: Line | null = null;
  private making: Line | null = null;

  constructor(
    private readonly app: App,
    readonly table: Progress,
    readonly department: string,
    readonly column: Column,
  ) {
    this.root = h("div", { class: "cells", "data-column": column });
  }

  draw(nodes: Node[]): void {
    const wanted = new Set(nodes.map((node) => node.id));
    for (const [id, line] of this.lines) {
      if (wanted.has(id)) continue;
      line.close();
      this.lines.delete(id);
    }
    for (const { id } of nodes) {
      if (this.lines.has(id)) continue;
      const line = this.making ?? new Line(this.app, this, id);
      if (this.making) this.making.bind(id);
      else this.root.insertBefore(line.root, this.blank?.root ?? null);
      this.making = null;
      this.lines.set(id, line);
    }
    const more = this.app.canType && (this.column === "needs" || this.lines.size === 0);
    if (more && !this.blank) this.root.append((this.blank = new Line(this.app, this, null)).root);
    else if (!more && this.blank && document.activeElement !== this.blank.area) {
      this.blank.close();
      this.blank = null;
    }
    for (const line of [...this.lines.values(), ...(this.blank ? [this.blank] : [])]) line.draw();
  }

  make(line: Line, words: string, asked: string): void {
    this.blank = null;
    this.making = line;
    const need: Support[] = [{ dep: asked, person: "", what: "", due: "" }];
    this.app.record.add("note", this.table.topic, words, { dep: this.department, ...(this.column === "needs" ? { sup: need } : {}) });
    this.table.draw();
  }

  focus(entry?: string): void {
    const line = (entry ? this.lines.get(entry) : undefined) ?? [...this.lines.values()][0] ?? this.blank;
    line?.area.focus();
    line?.root.scrollIntoView({ block: "nearest" });
  }

  has(entry: string): boolean {
    return this.lines.has(entry);
  }
}

class Row {
  readonly root: HTMLElement;
  readonly cells: { [column in Column]: Cell };
  private readonly name = h("b", { role: "rowheader" });

  constructor(
    private readonly app: App,
    table: Progress,
    readonly department: string,
  ) {
    this.cells = { done: new Cell(app, table, department, "done"), needs: new Cell(app, table, department, "needs") };
    for (const cell of Object.values(this.cells)) put(cell.root, "role", "cell");
    this.root = h("div", { class: "progress-row", role: "row", "data-department": department }, this.name, this.cells.done.root, this.cells.needs.root);
  }

  draw(nodes: Node[]): void {
    const { app, department } = this;
    say(this.name, app.facts.departmentName(department));
    const own = nodes.filter((node) => app.record.field(node.id, "dep") === department);
    this.cells.done.draw(own.filter((node) => !isNeed(app, node.id)));
    this.cells.needs.draw(own.filter((node) => isNeed(app, node.id)));
  }
}

export class Progress {
  readonly root: HTMLElement;
  private readonly hint: HTMLElement;
  private readonly rows: Kept<string, Row>;

  constructor(
    private readonly app: App,
    readonly topic: string,
    readonly stage: Stage,
  ) {
    const list = h("div", { role: "rowgroup" });
    this.hint = h("p", { class: "small muted" }, app.say("progress.hint"));
    const head = h("div", { class: "progress-row head small muted", role: "row" }, ...(["people.department", "progress.done", "progress.needs"] as const).map((key) => h("span", { role: "columnheader" }, app.say(key))));
    this.root = h("div", { class: "progress", hidden: true }, this.hint, h("div", { role: "table", "aria-label": app.say("progress") }, head, list));
    this.rows = new Kept(list, (department) => department, (department) => new Row(app, this, department), (row) => row.draw(this.lines));
  }

  private lines: Node[] = [];

  draw(): void {
    const { app } = this;
    this.lines = (app.record.index.get(this.topic)?.children ?? []).filter((node) => isLine(app, node));
    const { people, departments } = app.facts.parts;
    const seated = new Set(people.filter((person) => person.seat === "required" || person.seat === "optional").map((person) => person.department));
    const written = new Set(this.lines.map((node) => app.record.field(node.id, "dep")));
    const shown = departments.map((one) => one.id).filter((id) => written.has(id) || (app.canType && seated.has(id)));
    this.rows.show(shown);
    show(this.root, shown.length > 0);
    show(this.hint, app.canType);
  }

  /** The same column of the next department; after the last, the line below. */
  next(cell: Cell): void {
    const rows = [...this.rows.views.values()].sort((a, b) => (a.root.compareDocumentPosition(b.root) & 4 ? -1 : 1));
    const row = rows[rows.findIndex((one) => one.department === cell.department) + 1];
    if (row) row.cells[cell.column].focus();
    else document.getElementById("capture")?.focus();
  }

  focus(entry: string): boolean {
    const cell = [...this.rows.views.values()].flatMap((row) => Object.values(row.cells)).find((one) => one.has(entry));
    cell?.focus(entry);
    return cell !== undefined;
  }
}
