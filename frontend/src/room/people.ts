// SPDX-License-Identifier: Apache-2.0
// People on the right: who is here, walk-ins, and the roles, which may change hands in the middle.

import type { App } from "./app.ts";
import { button, h, Kept, put, say, show } from "./dom.ts";
import type { Attendance, Person, Role } from "./facts.ts";
import { initial } from "./format.ts";
import { Picker } from "./picker.ts";
import type { Key } from "./speak.ts";

const STATES: Attendance[] = ["present", "left", "absent"];
const ROLES: Role[] = ["host", "facilitator", "recorder"];

class PersonRow {
  private readonly avatar = h("span", { class: "avatar", "aria-hidden": "true" });
  private readonly name = h("b", {});
  private readonly about = h("span", { class: "small muted" });
  private readonly online = h("span", { class: "dot" });
  private readonly select: HTMLSelectElement;
  private readonly state = h("span", { class: "small muted" });
  readonly root: HTMLElement;

  constructor(
    private readonly app: App,
    person: Person,
  ) {
    this.select = h("select", { class: "state", "data-do": "attend" }, h("option", { value: "expected", disabled: true }, app.say("attendance.expected")),
      ...STATES.map((state) => h("option", { value: state }, app.say(`attendance.${state}`))));
    this.select.addEventListener("change", () => void app.act("attend", { person: person.id, state: this.select.value }).then((done) => done ?? this.draw(person)));
    put(this.online, "title", app.say("people.online"));
    this.root = h("li", { class: "p", "data-person": person.id }, h("span", { class: "face" }, this.avatar, this.online), h("div", { class: "who" }, this.name, " ", this.about), this.select, this.state);
  }

  draw(person: Person): void {
    const { app } = this;
    const seat = (`seat.${person.seat}`) as Key;
    const special = ["guest", "informed", "walk_in", "optional"].includes(person.seat) ? app.say(seat) : "";
    const you = person.id === app.facts.parts.you.person ? app.say("people.you") : "";
    say(this.avatar, initial(person.name));
    say(this.name, person.name);
    say(this.about, [app.facts.departmentName(person.department), special, you].filter(Boolean).join(" · "));
    put(this.root, "data-attendance", person.attendance);
    show(this.online, app.facts.parts.online.includes(person.id));
    show(this.select, app.recording);
    show(this.state, !app.recording && person.attendance !== "present");
    say(this.state, app.say(`attendance.${person.attendance}`));
    this.select.value = person.attendance;
    put(this.select, "aria-label", app.say("people.arrive", { name: person.name, state: app.say(`attendance.${person.attendance}`) }));
  }
}

class Group {
  private readonly title = h("h3", {});
  private readonly list = h("ul", { class: "plain" });
  private readonly rows: Kept<Person, PersonRow>;
  readonly root = h("section", {}, this.title, this.list);

  constructor(
    private readonly app: App,
    private readonly label: Key,
  ) {
    this.rows = new Kept(this.list, (person) => person.id, (person) => new PersonRow(app, person), (row, person) => row.draw(person));
  }

  draw(people: Person[]): void {
    say(this.title, `${this.app.say(this.label)} ${people.length}`);
    show(this.root, people.length > 0);
    this.rows.show(people);
  }
}

export class People {
  readonly root: HTMLElement;
  private readonly here: Group;
  private readonly waiting: Group;
  private readonly gone: Group;
  private readonly roles = h("ul", { class: "plain roles" });
  private readonly walkIn: HTMLElement;
  private readonly rolesTitle: HTMLElement;
  private drawnRoles = "";

  constructor(private readonly app: App) {
    this.here = new Group(app, "people.here");
    this.waiting = new Group(app, "people.waiting");
    this.gone = new Group(app, "people.gone");
    this.walkIn = this.makeWalkIn();
    this.rolesTitle = h("h3", {}, app.say("people.roles"));
    this.root = h("aside", { class: "col right", id: "people", "aria-label": app.say("people") }, this.here.root, this.waiting.root, this.gone.root, this.walkIn, this.rolesTitle, this.roles);
  }

  draw(): void {
    const { people } = this.app.facts.parts;
    const invited = people.filter((person) => person.seat !== "informed" || person.attendance !== "expected");
    this.here.draw(invited.filter((person) => person.attendance === "present"));
    this.waiting.draw(invited.filter((person) => person.attendance === "expected"));
    this.gone.draw(invited.filter((person) => person.attendance === "left" || person.attendance === "absent"));
    show(this.walkIn, this.app.recording);
    this.drawRoles();
  }

  // -- walk-ins

  private makeWalkIn(): HTMLElement {
    const { app } = this;
    const department = h("select", { "aria-label": app.say("people.department") });
    const extra = h("div", { class: "line", hidden: true });
    let name = "";
    const done = () => {
      picker.input.value = "";
      show(extra, false);
      picker.input.focus();
    };
    const picker = new Picker(app, {
      label: app.say("people.walk_in_hint"),
      free: true,
      pick: (found) => {
        if (found.id) {
          void app.act("walk_in", { person: found.id }).then((value) => value && done());
          return;
        }
        name = found.name;
        department.replaceChildren(h("option", { value: "" }, app.say("seat.guest")),
          ...app.facts.parts.departments.map((one) => h("option", { value: one.id }, one.name)));
        show(extra, true);
        department.focus();
      },
    });
    const add = button(app.say("people.add"), "walk-in", () => void app.act("walk_in", { name, department: department.value }).then((value) => value && done()));
    extra.append(department, add);
    return h("section", { class: "walk-in" }, h("h3", {}, app.say("people.walk_in")), picker.root, extra);
  }

  // -- roles

  private drawRoles(): void {
    const { app } = this;
    const { roles, people } = app.facts.parts;
    const may = !app.closed && (app.facts.may("host") || app.facts.may("name"));
    const state = JSON.stringify([roles, may, people.map((person) => [person.id, person.name])]);
    if (state === this.drawnRoles || this.roles.contains(document.activeElement)) return;
    this.drawnRoles = state;
    this.roles.replaceChildren(...ROLES.map((role) => this.roleRow(role, may)));
  }

  private roleRow(role: Role, may: boolean): HTMLElement {
    const { app } = this;
    const holder = app.facts.parts.roles[role] ?? "";
    const label = app.say(`role.${role}`);
    const name = app.personName(holder) || app.say("opening.nobody");
    if (!may) return h("li", {}, h("span", { class: "small muted" }, label), h("span", {}, name));
    const select = h("select", { "data-do": `role-${role}`, "aria-label": app.say("people.change", { role: label }) });
    const candidates = app.facts.parts.people.filter((person) => person.seat !== "informed");
    if (!candidates.some((person) => person.id === holder)) select.append(h("option", { value: holder, selected: true }, name));
    for (const person of candidates) select.append(h("option", { value: person.id, selected: person.id === holder }, person.name));
    select.addEventListener("change", () => void this.change(role, select.value));
    return h("li", {}, h("span", { class: "small muted" }, label), select);
  }

  private async change(role: Role, person: string): Promise<void> {
    const done = await this.app.act("role", { role, person });
    if (done) this.app.notices.tell(this.app.say("notice.role", { role: this.app.say(`role.${role}`), name: this.app.personName(person) }), "ok");
    this.drawnRoles = "";
    (document.activeElement as HTMLElement | null)?.matches(`[data-do="role-${role}"]`) && (document.activeElement as HTMLElement).blur();
    this.drawRoles();
  }
}
