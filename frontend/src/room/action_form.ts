// SPDX-License-Identifier: Apache-2.0
// Owner, date and support of an action: the same small form below an entry and below the capture line.

import type { App } from "./app.ts";
import { button, h, show } from "./dom.ts";
import { Picker } from "./picker.ts";
import type { Fields, Support } from "./record.ts";

export type Part = "owner" | "due" | "support";

export interface FormOptions {
  read(): Fields;
  write(values: Partial<Fields>): void;
  done(): void;
  /** Only the owner is asked for, and nobody is to be named later: a parked entry. */
  ownerOnly?: boolean;
}

export class ActionForm {
  readonly root: HTMLElement;
  private readonly ownerPart = h("fieldset", { class: "part owner" });
  private readonly duePart = h("fieldset", { class: "part due" });
  private readonly supportPart = h("fieldset", { class: "part support" });

  constructor(
    private readonly app: App,
    private readonly options: FormOptions,
  ) {
    const done = button(app.say("fields.done"), "fields-done", () => options.done(), { class: "btn s primary" });
    this.root = h(
      "div",
      { class: "fields card", role: "group", "aria-label": app.say("fields.title"), on: { keydown: (event: KeyboardEvent) => this.onKey(event) } },
      this.ownerPart, ...(options.ownerOnly ? [] : [this.duePart, this.supportPart]), h("div", { class: "end" }, done),
    );
    this.drawOwner();
    if (options.ownerOnly) return;
    this.drawDue();
    this.drawSupport();
  }

  focus(part: Part): void {
    const field = { owner: this.ownerPart, due: this.duePart, support: this.supportPart }[part];
    const wanted = part === "owner" ? ".lab:not([hidden]) input, .line:not([hidden]) .picker input" : "input, select";
    const fields = [...field.querySelectorAll<HTMLElement>(wanted)];
    (fields.find((one) => one.offsetParent !== null) ?? fields[0])?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.altKey && event.code.startsWith("Key")) return; // the room's keys: answering a call, the next topic
    if (event.key !== "Escape" && !(event.key === "Enter" && (event.target as HTMLElement).matches("input, select"))) {
      event.stopPropagation();
      return;
    }
    if (event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    (event.target as HTMLElement).blur(); // a text not yet taken over is, now
    this.options.done();
  }

  // -- owner

  private drawOwner(): void {
    const { app } = this;
    const fields = this.options.read();
    const department = this.departments(fields.dep, (dep) => this.write({ dep }));
    const person = new Picker(app, {
      label: app.say("owner.person"),
      value: app.personName(fields.own),
      department: () => this.options.read().dep,
      pick: (found) => {
        this.write({ own: found.id, name_by: null, dep: found.department || this.options.read().dep });
        this.drawOwner();
        if (this.options.ownerOnly) this.options.done();
        else this.focus("due");
      },
    });
    person.input.addEventListener("change", () => person.input.value === "" && this.write({ own: "" }));
    const open = h("input", { type: "checkbox", checked: fields.name_by !== null });
    const later = this.namedLater(fields);
    const choose = () => {
      show(later, open.checked);
      show(personLabel, !open.checked);
      this.write(open.checked ? { own: "" } : { name_by: null });
    };
    open.addEventListener("change", choose);
    const personLabel = labelled(app.say("owner.person"), person.root);
    show(later, open.checked);
    show(personLabel, !open.checked);
    this.ownerPart.replaceChildren(
      h("legend", {}, app.say("owner")),
      h("div", { class: "line" }, labelled(app.say("owner.department"), department), personLabel, later,
        this.options.ownerOnly ? null : h("label", { class: "tick" }, open, " ", app.say("owner.open"))),
    );
  }

  /** The legal open owner: named by a date, by the head of the department. */
  private namedLater(fields: Fields): HTMLElement {
    const { app } = this;
    const head = () => app.facts.parts.departments.find((one) => one.id === this.options.read().dep)?.head ?? "";
    const when = h("input", { type: "date", value: fields.name_by?.date ?? "", "aria-label": app.say("owner.open_when") });
    let by = fields.name_by?.person ?? "";
    const write = () => {
      const person = by || head();
      if (when.value && person) this.write({ name_by: { date: when.value, person }, own: "" });
    };
    const picker = new Picker(app, {
      label: app.say("owner.open_by"),
      value: app.personName(by || head()),
      department: () => this.options.read().dep,
      pick: (found) => {
        by = found.id;
        write();
      },
    });
    when.addEventListener("change", write);
    return h("div", { class: "line" }, labelled(app.say("owner.open_by"), picker.root), labelled(app.say("owner.open_when"), when));
  }

  private departments(chosen: string, pick: (id: string) => void, label = this.app.say("owner.department")): HTMLSelectElement {
    const select = h("select", { "aria-label": label }, h("option", { value: "" }, this.app.say("choose")));
    for (const one of this.app.facts.parts.departments) {
      select.append(h("option", { value: one.id, selected: one.id === chosen }, one.name));
    }
    select.addEventListener("change", () => pick(select.value));
    return select;
  }

  // -- due

  private drawDue(): void {
    const input = h("input", { type: "date", "aria-label": this.app.say("due"), value: this.options.read().due });
    const rest = h("span", { class: "chip soon" }, this.app.say("due.rest"));
    show(rest, !!input.value && this.app.format.isRestDay(input.value));
    input.addEventListener("change", () => {
      show(rest, !!input.value && this.app.format.isRestDay(input.value));
      this.write({ due: input.value });
    });
    this.duePart.replaceChildren(h("legend", {}, this.app.say("due")), h("div", { class: "line" }, input, rest));
  }

  // -- support

  private drawSupport(): void {
    const { app } = this;
    const { sup } = this.options.read();
    const lines = Array.isArray(sup) ? sup : [];
    const none = h("input", { type: "checkbox", checked: sup === "none" });
    none.addEventListener("change", () => {
      this.write({ sup: none.checked ? "none" : "" });
      this.drawSupport();
      this.focus("support");
    });
    const add = button(lines.length > 0 ? app.say("support.add") : app.say("support.some"), "support-add", () => {
      this.write({ sup: [...this.supports(), { dep: "", person: "", what: "", due: "" }] });
      this.drawSupport();
      this.supportPart.querySelector<HTMLElement>(".one:last-of-type select")?.focus();
    });
    this.supportPart.replaceChildren(
      h("legend", {}, app.say("support")),
      h("div", { class: "line" }, h("label", { class: "tick" }, none, " ", app.say("support.none")), add),
      ...lines.map((line, place) => this.supportLine(line, place)),
    );
  }

  private supportLine(line: Support, place: number): HTMLElement {
    const { app } = this;
    const put = (values: Partial<Support>) => this.write({ sup: this.supports().map((one, at) => (at === place ? { ...one, ...values } : one)) });
    const what = h("input", { type: "text", value: line.what, "aria-label": app.say("support.what"), placeholder: app.say("support.what"), maxlength: 2000 });
    what.addEventListener("change", () => put({ what: what.value.trim() }));
    const due = h("input", { type: "date", value: line.due, "aria-label": app.say("support.due") });
    due.addEventListener("change", () => put({ due: due.value }));
    const remove = button("×", "support-remove", () => {
      const rest = this.supports().filter((_one, at) => at !== place);
      this.write({ sup: rest.length > 0 ? rest : "" });
      this.drawSupport();
      this.focus("support");
    }, { "aria-label": app.say("support.remove"), class: "btn s quiet" });
    return h("div", { class: "line one" }, this.departments(line.dep, (dep) => put({ dep })), what, due, remove);
  }

  private supports(): Support[] {
    const { sup } = this.options.read();
    return Array.isArray(sup) ? sup : [];
  }

  private write(values: Partial<Fields>): void {
    this.options.write(values);
  }
}

function labelled(words: string, field: HTMLElement): HTMLElement {
  return h("div", { class: "lab" }, h("span", { "aria-hidden": "true" }, words), field);
}
