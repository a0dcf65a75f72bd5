// SPDX-License-Identifier: Apache-2.0
// What can be done with an entry: change its kind, move it, fill its fields, delete it.

import type { App } from "./app.ts";
import { mayCall } from "./calls.ts";
import { h } from "./dom.ts";
import type { Entry, Stage } from "./entry.ts";
import { KINDS, type Node } from "./record.ts";

interface Item {
  label: string;
  name: string;
  key?: string;
  run(): void;
}

export const KIND_KEYS: { [kind: string]: string } = { note: "N", problem: "P", solution: "S", decision: "D", action: "A", parked: "O" };

export class EntryMenu {
  private root: HTMLElement | null = null;
  private opener: HTMLElement | null = null;

  constructor(
    private readonly app: App,
    private readonly node: () => Node,
    private readonly entry: Entry,
    private readonly stage: Stage,
  ) {}

  open(opener: HTMLElement, kindsOnly: boolean): void {
    if (this.root) return this.close(true);
    if (!this.app.canType) return;
    this.opener = opener;
    const items = kindsOnly ? this.kinds() : [...this.acts(), ...this.kinds()];
    this.root = h(
      "div",
      { class: "menu card", role: "menu", "aria-label": this.app.say("menu"), on: { keydown: (event: KeyboardEvent) => this.onKey(event), focusout: (event: FocusEvent) => this.onLeave(event) } },
      ...items.map((item) => this.item(item)),
    );
    opener.parentElement?.append(this.root);
    opener.closest(".entry")?.classList.add("raised");
    (this.root.firstElementChild as HTMLElement).focus();
  }

  private item({ label, name, key, run }: Item): HTMLElement {
    const click = () => {
      this.close(true);
      run();
    };
    return h("button", { type: "button", role: "menuitem", tabindex: -1, "data-do": name, on: { click } }, h("span", { class: "grow" }, label), key ? h("kbd", {}, key) : null);
  }

  private kinds(): Item[] {
    const now = this.node().kind;
    return KINDS.filter((kind) => kind !== now).map((kind) => ({
      label: this.app.say("menu.kind", { kind: this.app.say(`kind.${kind}`) }),
      name: `kind-${kind}`,
      key: `Alt ${KIND_KEYS[kind]}`,
      run: () => void (kind === "parked" ? this.entry.park() : this.app.convert(this.node().id, kind)),
    }));
  }

  private acts(): Item[] {
    const { id, kind } = this.node();
    const { app } = this;
    const move = (way: "up" | "down" | "in" | "out", key: string): Item => ({
      label: app.say(`menu.${way}`), name: `move-${way}`, key,
      run: () => app.record.move(id, way) && this.stage.moved(id),
    });
    const fields: Item = { label: app.say("menu.fields"), name: "fields", key: "E", run: () => this.entry.openForm(this.entry.firstGap()) };
    return [
      { label: app.say("entry.edit"), name: "edit", key: "Enter", run: () => this.entry.edit() },
      ...(kind === "action" ? [fields] : kind === "parked" ? [{ ...fields, label: app.say("menu.park") }] : []),
      ...(mayCall(app, id) ? [{ label: app.say("call"), name: "call", key: "Alt V", run: () => void app.act("call", { entry: id }) }] : []),
      move("up", "Alt ↑"), move("down", "Alt ↓"), move("in", "Alt →"), move("out", "Alt ←"),
      { label: app.say("menu.remove"), name: "remove", key: "Del", run: () => this.stage.remove(id) },
    ];
  }

  private onKey(event: KeyboardEvent): void {
    const items = [...(this.root?.children ?? [])] as HTMLElement[];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const go: { [key: string]: number } = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
    if (event.key in go) items[(go[event.key]! + items.length) % items.length]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") this.close(true);
    else if (event.key !== "Enter" && event.key !== " ") return;
    else {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private onLeave(event: FocusEvent): void {
    if (!this.root?.contains(event.relatedTarget as Element | null)) this.close(false);
  }

  private close(back: boolean): void {
    const root = this.root;
    this.root = null;
    root?.closest(".entry")?.classList.remove("raised");
    root?.remove();
    if (back) (this.opener?.closest<HTMLElement>(".entry") ?? this.opener)?.focus();
  }
}
