// SPDX-License-Identifier: Apache-2.0
// One entry of the record: its kind, its words (edited in place), what an action needs, who is writing in it.

import { ActionForm, type Part } from "./action_form.ts";
import type { App } from "./app.ts";
import { awaitsDecision, callChips, callOf, reasons, writeDecision } from "./calls.ts";
import { button, h, put, say, show } from "./dom.ts";
import { initial } from "./format.ts";
import { EntryMenu } from "./menu.ts";
import type { Fields, Node } from "./record.ts";
import { Typing } from "./typing.ts";

const GROWS = typeof CSS !== "undefined" && CSS.supports("field-sizing", "content");
export const MAX_TEXT = 20_000;

export interface Stage {
  /** Moves the keyboard to an entry. */
  select(id: string): void;
  /** Tells the others where this person writes; null when nowhere. */
  writing(id: string | null): void;
  remove(id: string): void;
  moved(id: string): void;
  /** An entry that an act on another has made. */
  written(id: string): void;
}

export class Entry {
  readonly root: HTMLElement;
  private readonly kind: HTMLButtonElement;
  private readonly words = h("div", { class: "words" });
  private readonly chips = h("div", { class: "chips" });
  private readonly by = h("div", { class: "by small muted" });
  private readonly seen = h("span", { class: "seen" });
  private readonly at = h("time", { class: "faint small" });
  private readonly body: HTMLElement;
  private readonly menu: EntryMenu;
  private typing: Typing | null = null;
  private form: ActionForm | null = null;
  private shownChips = "";
  private parking = false;
  private node: Node;

  constructor(
    private readonly app: App,
    node: Node,
    private readonly stage: Stage,
  ) {
    this.node = node;
    this.menu = new EntryMenu(app, () => this.node, this, stage);
    this.kind = h("button", { type: "button", class: "kind", "data-do": "kind", tabindex: -1, on: { click: () => this.menu.open(this.kind, true) } });
    const more = button("⋯", "more", () => this.menu.open(more, false), { class: "btn s quiet more", tabindex: -1, "aria-haspopup": "menu" });
    this.words.addEventListener("click", (event) => this.onClick(event));
    this.body = h("div", { class: "body" }, this.words, this.chips, this.by);
    this.root = h(
      "div",
      { class: "entry", role: "treeitem", tabindex: -1, "data-entry": node.id },
      this.kind, this.body, h("div", { class: "side" }, this.seen, this.at, more),
    );
    this.more = more;
    this.drawText();
    this.drawAuthor();
  }

  private readonly more: HTMLButtonElement;

  get id(): string {
    return this.node.id;
  }

  get editing(): boolean {
    return this.typing !== null;
  }

  // -- drawing, each part by itself

  place(node: Node, dangling: string | null): void {
    this.node = node;
    const label = this.app.label(node);
    put(this.root, "data-kind", node.kind);
    put(this.root, "data-depth", Math.min(node.depth, 6));
    put(this.root, "aria-level", node.depth + 1);
    put(this.root, "data-dangling", dangling);
    say(this.kind, label);
    put(this.kind, "aria-label", this.app.say("entry.kind", { kind: label }));
    put(this.more, "aria-label", this.app.say("entry.more", { kind: label }));
    this.drawChips();
    this.drawLock();
    this.openParked();
  }

  drawText(): void {
    if (!this.typing) {
      const text = this.app.record.words(this.id);
      say(this.words, text || this.app.say("entry.empty"));
      this.words.classList.toggle("faint", text === "");
    }
  }

  drawAuthor(): void {
    const { app } = this;
    const by = (app.record.field(this.id, "by") as string) ?? "";
    const at = (app.record.field(this.id, "at") as string) ?? "";
    say(this.at, at ? app.format.time(at) : "");
    put(this.at, "datetime", at || null);
    put(this.at, "title", app.personName(by) || null);
    const department = app.facts.departmentName(app.departmentOf(by));
    const problem = this.node.kind === "problem" && department !== "";
    say(this.by, problem ? app.say("entry.by", { department }) : "");
    show(this.by, problem);
  }

  drawLock(): void {
    put(this.root, "data-locked", !this.app.canType);
    put(this.root, "data-late", this.app.device.late.includes(this.id));
  }

  drawSeen(names: string[]): void {
    put(this.root, "data-seen", names.length > 0 ? names.length : null);
    const title = names.length > 0 ? this.app.say("entry.editing", { names: names.join("、") }) : "";
    if (this.seen.getAttribute("title") === title) return;
    put(this.seen, "title", title);
    this.seen.replaceChildren(...names.slice(0, 3).map((name) => h("span", { class: "avatar tiny", "aria-hidden": "true" }, initial(name))),
      h("span", { class: "visually-hidden" }, title));
  }

  // -- chips

  drawChips(): void {
    const facts = this.node.kind === "action" || this.node.kind === "parked" ? this.app.record.fields(this.id) : null;
    const call = callOf(this.app, this.id);
    const decides = awaitsDecision(this.app, this.id);
    const accepted = this.app.facts.parts.acceptances[this.id];
    const state = JSON.stringify([facts, accepted, this.root.dataset.dangling, this.app.canType, this.node.kind, this.app.facts.parts.you.person,
      facts && this.app.personName(facts.own), this.app.facts.parts.departments.length, this.app.device.late.includes(this.id),
      call, decides, this.node.children.length, call && this.app.personName(call.decider)]);
    if (state === this.shownChips) return;
    this.shownChips = state;
    const write = () => this.stage.written(writeDecision(this.app, this.id));
    this.chips.replaceChildren(...(!facts ? [] : this.node.kind === "parked" ? this.parkedChips(facts) : this.actionChips(facts)), ...callChips(this.app, call),
      ...(decides ? [button(`＋${this.app.say("kind.decision")}`, "call-decide", write, { class: "btn s accept", tabindex: -1, title: this.app.say("call.decide") })] : []), ...this.warnings());
    this.body.querySelector(".reasons")?.remove();
    const told = this.node.kind === "solution" && this.node.children.some((one) => one.kind === "decision"); // the decision has them
    const why = reasons(this.app, call?.state === "closed" && !told ? call : undefined);
    if (why) this.by.before(why);
    show(this.chips, this.chips.childElementCount > 0);
  }

  private warnings(): HTMLElement[] {
    const { app } = this;
    const chips: HTMLElement[] = [];
    if (this.root.dataset.dangling === "solution") chips.push(h("span", { class: "chip late" }, app.say("entry.no_solution")));
    if (this.root.dataset.dangling === "action") chips.push(h("span", { class: "chip soon" }, app.say("entry.no_action")));
    if (app.device.late.includes(this.id)) chips.push(h("span", { class: "chip late" }, app.say("entry.late")));
    return chips;
  }

  private actionChips(fields: Fields): HTMLElement[] {
    const { app } = this;
    const department = app.facts.departmentName(fields.dep);
    const named = fields.name_by && app.say("owner.named", { person: app.personName(fields.name_by.person) || app.say("owner.department"), date: app.format.day(fields.name_by.date) });
    const who = [department, app.personName(fields.own) || named || ""].filter(Boolean).join(" · ");
    const whole = !!fields.dep && (!!fields.own || !!fields.name_by);
    const support = fields.sup === "none" ? app.say("support.none")
      : Array.isArray(fields.sup) ? fields.sup.map((one) => [app.facts.departmentName(one.dep), one.what].filter(Boolean).join("：")).join("；") : "";
    return [
      this.chip("owner", who, whole, named ? "soon" : ""),
      this.chip("due", fields.due && app.format.day(fields.due), !!fields.due, "soon"),
      this.chip("support", support, fields.sup !== "", ""),
      ...this.acceptance(fields),
    ];
  }

  /** Who takes a parked entry to the next meeting. */
  private parkedChips(fields: Fields): HTMLElement[] {
    const who = [this.app.facts.departmentName(fields.dep), this.app.personName(fields.own)].filter(Boolean).join(" · ");
    return who || this.app.canType ? [this.chip("owner", who, !!who, "")] : [];
  }

  /** A field of the action as a button; what is missing asks for itself. */
  private chip(part: Part, words: string, whole: boolean, tone: string): HTMLElement {
    const label = this.app.say(part);
    const text = whole ? words : [words, this.app.say("field.add", { field: label })].filter(Boolean).join(" ");
    return h("button", {
      type: "button", class: `chip ${whole ? tone : "missing"}`, tabindex: -1, "data-do": `field-${part}`, "data-missing": !whole,
      "aria-label": whole ? `${label} ${words}` : null, on: { click: () => this.openForm(part) },
    }, text);
  }

  private acceptance(fields: Fields): HTMLElement[] {
    const { app } = this;
    const state = app.facts.parts.acceptances[this.id];
    const chips: HTMLElement[] = [];
    if (state?.state === "accepted") chips.push(h("span", { class: "chip ok" }, app.say("accepted")));
    if (state?.state === "contested") chips.push(h("span", { class: "chip late" }, app.say("contested", { reason: state.reason })));
    return fields.own && fields.own === app.facts.parts.you.person && state?.state !== "accepted" && !app.closed
      ? [...chips, button(app.say("accept"), "accept", () => void app.act("accept", { entry: this.id }), { class: "btn s accept" })]
      : chips;
  }

  // -- editing

  private onClick(event: MouseEvent): void {
    if (this.typing || document.getSelection()?.toString()) return;
    const caret = caretAt(event, this.words);
    this.edit(caret);
  }

  edit(caret?: number): void {
    const text = this.app.record.text(this.id);
    if (this.typing || !text || !this.app.canType) return;
    const area = h("textarea", {
      class: "edit", rows: 1, maxlength: MAX_TEXT, spellcheck: "false", "aria-label": this.app.say("entry.text", { kind: this.app.label(this.node) }),
      on: { keydown: (event: KeyboardEvent) => this.onKey(event), blur: () => this.leave(false), input: () => grow(area), resized: () => grow(area) },
    });
    this.typing = new Typing(area, text);
    this.words.replaceChildren(area);
    this.words.classList.remove("faint");
    this.root.classList.add("open");
    this.stage.select(this.id);
    area.focus();
    const at = caret ?? area.value.length;
    area.setSelectionRange(at, at);
    grow(area);
    this.stage.writing(this.id);
  }

  /** Back to plain words; with `stay` the entry keeps the keyboard. */
  leave(stay: boolean): void {
    if (!this.typing) return;
    const typing = this.typing;
    this.typing = null;
    typing.close();
    this.root.classList.remove("open");
    typing.area.remove();
    this.drawText();
    if (stay) this.root.focus();
    this.stage.writing(null);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229) return;
    if ((event.key === "Enter" && !event.shiftKey && !event.altKey) || event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.leave(true);
    }
  }

  // -- the form of an action

  /** Off the agenda, with somebody who brings it to the next one. */
  async park(): Promise<void> {
    if (!this.app.canType) return;
    this.parking = true;
    if (this.node.kind === "parked") this.openParked();
    else if (!(await this.app.act("park", { entry: this.id }))) this.parking = false;
  }

  /** The new kind may come before or after the reply to the command. */
  private openParked(): void {
    if (!this.parking || this.node.kind !== "parked") return;
    this.parking = false;
    this.openForm("owner");
  }

  openForm(part: Part): void {
    const parked = this.node.kind === "parked";
    if (!this.app.canType || (this.node.kind !== "action" && !parked)) return;
    if (!this.form) {
      this.form = new ActionForm(this.app, {
        read: () => this.app.record.fields(this.id),
        write: (values) => this.app.record.set(this.id, values),
        done: () => this.closeForm(),
        ownerOnly: parked,
      });
      this.body.append(this.form.root);
      this.root.classList.add("raised");
      this.stage.select(this.id);
      this.stage.writing(this.id);
    }
    this.form.focus(parked ? "owner" : part);
  }

  firstGap(): Part {
    const gap = this.app.record.gaps(this.id).find((what) => what !== "task");
    return (gap as Part | undefined) ?? "owner";
  }

  closeForm(): void {
    this.form?.root.remove();
    this.form = null;
    this.root.classList.remove("raised");
    this.stage.writing(null);
    this.root.focus();
  }
}

/** The field is as tall as its words, where the browser does not see to it. */
function grow(area: HTMLTextAreaElement): void {
  if (GROWS) return;
  area.style.setProperty("height", "auto");
  area.style.setProperty("height", `${area.scrollHeight}px`);
}

function caretAt(event: MouseEvent, within: HTMLElement): number | undefined {
  const page = document as Document & { caretPositionFromPoint?(x: number, y: number): { offsetNode: Node_; offset: number } | null };
  const position = page.caretPositionFromPoint?.(event.clientX, event.clientY);
  return position && within.contains(position.offsetNode as unknown as globalThis.Node) ? position.offset : undefined;
}

type Node_ = globalThis.Node;
