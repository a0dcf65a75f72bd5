// SPDX-License-Identifier: Apache-2.0
// A field that finds a person by name, pinyin or department: a combobox with its list below.

import type { App } from "./app.ts";
import { h, put, show } from "./dom.ts";
import { randomId } from "./record.ts";

export interface Found {
  id: string;
  name: string;
  department: string;
}

export interface PickerOptions {
  label: string;
  value?: string;
  department?: () => string;
  /** Accepts a name nobody has: somebody from outside. */
  free?: boolean;
  pick(found: Found): void;
}

const PAUSE = 120;

export class Picker {
  readonly input: HTMLInputElement;
  readonly root: HTMLElement;
  private readonly list: HTMLUListElement;
  private found: Found[] = [];
  private active = -1;
  private timer = 0;
  private asked = 0;

  constructor(
    private readonly app: App,
    private readonly options: PickerOptions,
  ) {
    const id = `list-${randomId(6)}`;
    this.list = h("ul", { class: "options card", role: "listbox", id, hidden: true, "aria-label": options.label });
    this.input = h("input", {
      type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false",
      "aria-controls": id, "aria-autocomplete": "list", "aria-label": options.label, placeholder: app.say("picker.hint"),
      on: {
        input: () => this.later(),
        focus: () => this.later(),
        keydown: (event: KeyboardEvent) => this.onKey(event),
        blur: () => this.close(),
      },
    });
    this.input.value = options.value ?? "";
    this.root = h("div", { class: "picker" }, this.input, this.list);
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.search(), PAUSE) as unknown as number;
  }

  private async search(): Promise<void> {
    const query = this.input.value.trim();
    const mine = ++this.asked;
    this.offer(this.near(query), query);
    if (query === "") return;
    try {
      const found = (await this.app.provider.ask("find_person", { q: query })) as Found[] | { people: Found[] };
      if (mine === this.asked && document.activeElement === this.input) this.offer(Array.isArray(found) ? found : found.people, query);
    } catch {
      // Offline or refused: those in the room remain to choose from.
    }
  }

  /** Those in the room, the wanted department first. */
  private near(query: string): Found[] {
    const wanted = this.options.department?.() ?? "";
    return this.app.facts.parts.people
      .filter((person) => person.name.toLowerCase().includes(query.toLowerCase()))
      .sort((a, b) => Number(b.department === wanted) - Number(a.department === wanted))
      .slice(0, 12);
  }

  private offer(found: Found[], query: string): void {
    const free = this.options.free && query && !found.some((one) => one.name === query);
    this.found = free ? [...found, { id: "", name: query, department: "" }] : found;
    this.active = this.found.length > 0 ? 0 : -1;
    this.list.replaceChildren(
      ...this.found.map((one, place) => this.option(one, place)),
      ...(this.found.length === 0 ? [h("li", { class: "none muted small", role: "option", "aria-disabled": "true" }, this.app.say("picker.none"))] : []),
    );
    show(this.list, document.activeElement === this.input);
    this.mark();
  }

  private option(one: Found, place: number): HTMLElement {
    const words = one.id ? one.name : this.app.say("picker.free", { name: one.name });
    const pick = (event: Event) => {
      event.preventDefault();
      this.choose(place);
    };
    const department = h("span", { class: "muted small" }, this.app.facts.departmentName(one.department) || one.department);
    return h("li", { role: "option", id: `${this.list.id}-${place}`, on: { mousedown: pick } }, words, " ", department);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && this.found.length > 0) {
      this.active = (this.active + step + this.found.length) % this.found.length;
      this.mark();
    } else if (event.key === "Enter" && !this.list.hidden && this.active >= 0) this.choose(this.active);
    else if (event.key === "Escape" && !this.list.hidden) this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private choose(place: number): void {
    const one = this.found[place];
    if (!one) return;
    this.input.value = one.name;
    if (one.id) this.app.names.set(one.id, { name: one.name, department: one.department });
    this.close();
    this.options.pick(one);
  }

  private mark(): void {
    const options = [...this.list.children];
    options.forEach((option, place) => put(option, "aria-selected", place === this.active ? "true" : "false"));
    const chosen = options[this.active];
    put(this.input, "aria-activedescendant", chosen && this.found.length > 0 ? chosen.id : null);
    put(this.input, "aria-expanded", String(!this.list.hidden));
    chosen?.scrollIntoView?.({ block: "nearest" });
  }

  private close(): void {
    clearTimeout(this.timer);
    this.asked += 1;
    show(this.list, false);
    put(this.input, "aria-expanded", "false");
  }
}
