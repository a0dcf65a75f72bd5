// SPDX-License-Identifier: Apache-2.0
// Who hosts, facilitates and records; a role may change hands before the start and in the middle.

import type { App } from "./app.ts";
import { h } from "./dom.ts";
import type { Role } from "./facts.ts";

const ROLES: Role[] = ["host", "facilitator", "recorder"];

export class Roles {
  readonly root = h("ul", { class: "plain roles" });
  private drawn = "";

  constructor(
    private readonly app: App,
    private readonly name = "role",
  ) {}

  draw(): void {
    const { app } = this;
    const { roles, people } = app.facts.parts;
    const may = !app.closed && (app.facts.may("host") || app.facts.may("name"));
    const state = JSON.stringify([roles, may, people.map((person) => [person.id, person.name])]);
    if (state === this.drawn || this.root.contains(document.activeElement)) return;
    this.drawn = state;
    this.root.replaceChildren(...ROLES.map((role) => this.row(role, may)));
  }

  private row(role: Role, may: boolean): HTMLElement {
    const { app } = this;
    const holder = app.facts.parts.roles[role] ?? "";
    const label = app.say(`role.${role}` as "role.host");
    const name = app.personName(holder) || app.say("opening.nobody");
    if (!may) return h("li", {}, h("span", { class: "small muted" }, label), h("span", {}, name));
    const select = h("select", { "data-do": `${this.name}-${role}`, "aria-label": app.say("people.change", { role: label }) });
    const candidates = app.facts.parts.people.filter((person) => person.seat !== "informed");
    if (!candidates.some((person) => person.id === holder)) select.append(h("option", { value: holder, selected: true }, name));
    for (const person of candidates) select.append(h("option", { value: person.id, selected: person.id === holder }, person.name));
    select.addEventListener("change", () => void this.change(role, select));
    return h("li", {}, h("span", { class: "small muted" }, label), select);
  }

  private async change(role: Role, select: HTMLSelectElement): Promise<void> {
    const person = select.value;
    const done = await this.app.act("role", { role, person });
    if (done) this.app.notices.tell(this.app.say("notice.role", { role: this.app.say(`role.${role}` as "role.host"), name: this.app.personName(person) }), "ok");
    this.drawn = "";
    const focused = document.activeElement === select;
    if (focused) select.blur();
    this.draw();
    if (focused) this.root.querySelector<HTMLElement>(`[data-do=${this.name}-${role}]`)?.focus();
  }
}
