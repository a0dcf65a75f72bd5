// SPDX-License-Identifier: Apache-2.0
// People on the right: who is here, walk-ins, and the roles, which may change hands in the middle.

import type { App } from "./app.ts";
import { button, h, Kept, put, say, show } from "./dom.ts";
import type { Attendance, Person } from "./facts.ts";
import { initial } from "./format.ts";
import { Picker } from "./picker.ts";
import { Roles } from "./roles.ts";
import type { Key } from "./speak.ts";
import { Turns } from "./turns.ts";

const STATES: Attendance[] = ["present", "left", "absent"];

class PersonRow {
  private readonly avatar = h("span", { class: "avatar", "aria-hidden": "true" });
  private readonly name = h("b", {});
  private readonly about = h("span", { class: "small muted" });
  private readonly online = h("span", { class: "dot" });
  private readonly select: HTMLSelectElement;
  private readonly state = h("span", { class: "small muted" });
  private readonly mark = h("span", { class: "chip" });
  private readonly give: HTMLButtonElement;
  readonly root: HTMLElement;

  constructor(
    private readonly app: App,
    person: Person,
    turns: Turns,
  ) {
    this.give = button(app.say("turn.take_short"), "floor-to", () => turns.give(person.id), { class: "btn s quiet give" });
    this.select = h("select", { class: "state", "data-do": "attend" }, h("option", { value: "expected", disabled: true }, app.say("attendance.expected")),
      ...STATES.map((state) => h("option", { value: state }, app.say(`attendance.${state}`))));
    this.select.addEventListener("change", () => void app.act("attend", { person: person.id, state: this.select.value }).then((done) => done ?? this.draw(person)));
    put(this.online, "title", app.say("people.online"));
    this.root = h("li", { class: "p", "data-person": person.id }, h("span", { class: "face" }, this.avatar, this.online), h("div", { class: "who" }, this.name, " ", this.about, " ", this.mark), this.give, this.select, this.state);
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
    this.drawTurn(person);
    put(this.select, "aria-label", app.say("people.arrive", { name: person.name, state: app.say(`attendance.${person.attendance}`) }));
  }

  /** Speaking, waiting, or not heard yet: the last only once somebody has spoken. */
  private drawTurn(person: Person): void {
    const { app } = this;
    const { turns } = app.facts.parts;
    const here = app.facts.running && !app.closed && person.attendance === "present";
    const place = turns.queue.findIndex((one) => one.person === person.id) + 1;
    const speaking = turns.speaker === person.id;
    const silent = turns.spoken.length > 0 && !turns.spoken.includes(person.id);
    const words = !here ? "" : speaking ? app.say("turn") : place ? app.say("turn.place", { n: place }) : silent ? app.say("turn.silent") : "";
    say(this.mark, words);
    put(this.mark, "class", speaking || place ? "chip now" : "chip soon");
    show(this.mark, words !== "");
    put(this.root, "data-turn", !here ? null : speaking ? "speaking" : place ? "waiting" : silent ? "silent" : null);
    show(this.give, here && app.givesFloor && !speaking);
    const at = here ? app.facts.present.indexOf(person) + 1 : 0;
    const label = app.say("turn.give", { name: person.name });
    put(this.give, "aria-label", label);
    put(this.give, "title", at && at <= 9 ? `${label} (Alt ${at})` : label);
    put(this.give, "aria-keyshortcuts", at && at <= 9 ? `Alt+${at}` : null);
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
    turns: Turns,
  ) {
    this.rows = new Kept(this.list, (person) => person.id, (person) => new PersonRow(app, person, turns), (row, person) => row.draw(person));
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
  readonly turns: Turns;
  private readonly roles: Roles;
  private readonly walkIn: HTMLElement;
  private readonly rolesTitle: HTMLElement;

  constructor(private readonly app: App) {
    this.turns = new Turns(app);
    this.here = new Group(app, "people.here", this.turns);
    this.waiting = new Group(app, "people.waiting", this.turns);
    this.gone = new Group(app, "people.gone", this.turns);
    this.roles = new Roles(app);
    this.walkIn = this.makeWalkIn();
    this.rolesTitle = h("h3", {}, app.say("people.roles"));
    this.root = h("aside", { class: "col right", id: "people", "aria-label": app.say("people") }, this.turns.root, this.turns.shares, this.here.root, this.waiting.root, this.gone.root, this.walkIn, this.rolesTitle, this.roles.root);
    this.root.addEventListener("keydown", (event) => this.onKey(event));
  }

  draw(): void {
    const { people } = this.app.facts.parts;
    this.turns.draw();
    const invited = people.filter((person) => person.seat !== "informed" || person.attendance !== "expected");
    this.here.draw(this.app.facts.present);
    this.waiting.draw(invited.filter((person) => person.attendance === "expected"));
    this.gone.draw(invited.filter((person) => person.attendance === "left" || person.attendance === "absent"));
    show(this.walkIn, this.app.recording);
    this.roles.draw();
    // Before the start they stand on the opening card.
    for (const one of [this.rolesTitle, this.roles.root]) show(one, !!this.app.facts.parts.meeting.started_at);
  }

  /** Gives the floor to the n-th of those present, as they stand in the list. */
  giveTo(place: number): void {
    const person = this.app.facts.present[place - 1];
    if (person) this.turns.give(person.id);
  }

  /** Takes the keyboard to the first who may be given the floor. */
  focusFloor(): void {
    this.root.querySelector<HTMLElement>(".give:not([hidden])")?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const all = [...this.root.querySelectorAll<HTMLElement>(".give:not([hidden])")];
    const at = all.indexOf(event.target as HTMLElement);
    if (!by || at < 0 || event.altKey) return;
    event.preventDefault();
    all[(at + by + all.length) % all.length]!.focus();
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
}
