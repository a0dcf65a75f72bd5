// SPDX-License-Identifier: Apache-2.0
// The record in the middle: topics with their entries. A change touches only the entries it concerns.

import type { App } from "./app.ts";
import { h, Kept, put, say, show } from "./dom.ts";
import { Entry, type Stage } from "./entry.ts";
import type { Role, Topic } from "./facts.ts";
import { isLine, Progress } from "./progress.ts";
import type { Node } from "./record.ts";

class Section {
  readonly root: HTMLElement;
  readonly entries: Kept<Node, Entry>;
  private readonly title = h("h2", {});
  private readonly about = h("p", { class: "small muted" });
  private readonly empty: HTMLElement;
  private readonly tree = h("div", { class: "tree", role: "tree" });
  progress: Progress | null = null;

  constructor(
    private readonly app: App,
    readonly topic: Node,
    private readonly view: RecordView,
  ) {
    this.empty = h("p", { class: "small faint none" }, app.say("record.empty"));
    this.root = h("section", { class: "topic-entries", "data-topic": topic.id }, h("header", {}, this.title, this.about), this.tree, this.empty);
    this.entries = new Kept(
      this.tree,
      (node) => node.id,
      (node) => new Entry(app, node, view),
      (entry, node) => entry.place(node, view.dangling.get(node.id) ?? null),
    );
  }

  draw(topic: Node, nodes: Node[]): void {
    put(this.tree, "aria-label", this.app.topicTitle(topic.id));
    show(this.tree, nodes.length > 0);
    this.entries.show(nodes);
    this.drawHead(topic);
  }

  /** The table of departments, in a topic of that kind. */
  drawProgress(fact: Topic | undefined): void {
    if (fact?.kind !== "progress") return;
    if (!this.progress) {
      this.progress = new Progress(this.app, this.topic.id, this.view);
      this.tree.before(this.progress.root);
    }
    this.progress.draw();
  }

  drawHead(topic: Node): void {
    const { app } = this;
    const fact = app.facts.parts.topics.find((one) => one.id === topic.id);
    const current = app.facts.current?.id === topic.id;
    put(this.root, "data-current", current);
    say(this.title, topic.kind === "topic" ? app.topicTitle(topic.id) : app.say("record.unfiled"));
    const facilitator = current ? app.personName(app.facts.parts.roles.facilitator) : "";
    const led = facilitator ? `${app.say("role.facilitator")} ${facilitator}` : "";
    const role = fact?.lead_role && app.facts.parts.roles[fact.lead_role as Role];
    const lead = fact?.lead || app.personName(role);
    const about = [lead ? app.say("lead", { text: lead }) : led, fact?.outcome ? app.say("outcome", { text: fact.outcome }) : ""];
    say(this.about, about.filter(Boolean).join(" · "));
    this.drawProgress(fact);
    show(this.empty, !this.tree.childElementCount && current && app.canType && !this.progress);
  }
}

export class RecordView implements Stage {
  readonly root: HTMLElement;
  readonly dangling = new Map<string, string>();
  private readonly top = h("div", { class: "record-top" });
  private readonly list = h("div", { class: "record-list" });
  private readonly sections: Kept<Node, Section>;
  private selected: string | null = null;
  private stale = false;
  private held = true;
  private onShown: () => void = () => undefined;
  /** When the record has been on the screen for the first time. */
  readonly shown = new Promise<void>((resolve) => (this.onShown = resolve));
  private waiting = 0;

  constructor(
    private readonly app: App,
    private readonly presence: { at(entry: string | null): void },
  ) {
    this.sections = new Kept(
      this.list,
      (node) => node.id,
      (node) => new Section(app, node, this),
      (section, node) => section.draw(node, node.kind === "topic" ? this.listed(node) : [node, ...app.record.below(node)]),
    );
    this.root = h("div", { class: "col record", id: "record", "aria-label": app.say("record"), role: "region", tabindex: -1 }, this.top, this.list);
    app.record.listen(({ structure, touched }) => {
      if (structure) this.later();
      if (!structure || !this.stale) for (const id of touched) this.drawOne(id);
      else this.touched = [...this.touched, ...touched];
    });
    this.root.addEventListener("focusin", (event) => this.onFocus(event));
  }

  private touched: string[] = [];
  private tabled = "";

  /** What stands below a topic in the list; lines of the progress table stand in the table. */
  private listed(topic: Node): Node[] {
    return this.app.record.below(topic).filter((node) => !isLine(this.app, node));
  }

  /** Cards above the record: opening, closing, read-back. */
  above(...cards: HTMLElement[]): void {
    this.top.append(...cards);
  }

  /** Structure is drawn once a frame however many updates came. */
  private later(): void {
    this.stale = true;
    if (this.waiting || this.held) return;
    this.waiting = requestAnimationFrame(() => this.draw());
    if (document.hidden) setTimeout(() => this.stale && this.draw(), 50);
  }

  draw(): void {
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    this.stale = false;
    if (this.held) requestAnimationFrame(() => setTimeout(this.onShown));
    if (this.held && document.hidden) this.onShown();
    this.held = false;
    this.findDangling();
    this.sections.show(this.app.record.roots);
    for (const id of this.touched.splice(0)) this.drawOne(id);
    if (!this.selected || !this.entry(this.selected)) this.selected = this.order()[0] ?? null;
    this.mark();
  }

  /** A record that comes at the beginning waits for the facts its entries show, so that it is drawn once; no longer. */
  release(): void {
    if (this.held) this.draw();
  }

  /** Everything again: after facts that entries show (names, rights, acceptances) have changed. */
  refresh(): void {
    const tabled = this.app.facts.parts.topics.filter((topic) => topic.kind === "progress").map((topic) => topic.id).join();
    if (this.held) {
      this.tabled = tabled;
      return void (this.app.facts.ready && this.release());
    }
    if (tabled !== this.tabled) {
      this.tabled = tabled;
      this.draw();
    }
    for (const section of this.sections.views.values()) {
      for (const entry of section.entries.views.values()) {
        entry.drawChips();
        entry.drawAuthor();
        entry.drawLock();
      }
      section.drawHead(this.app.record.index.get(section.topic.id) ?? section.topic);
    }
  }

  private drawOne(id: string): void {
    const entry = this.entry(id);
    entry?.drawText();
    entry?.drawChips();
    const node = entry ? undefined : this.app.record.index.get(id);
    if (node) this.sections.views.get(node.parent)?.progress?.draw();
  }

  /** Threads left open: a problem without a solution below it, a decision nothing follows from. */
  private findDangling(): void {
    this.dangling.clear();
    const { record } = this.app;
    const refs = new Set<string>();
    for (const id of record.index.keys()) for (const ref of (record.field(id, "ref") as string[] | undefined) ?? []) refs.add(ref);
    for (const node of record.index.values()) {
      if (refs.has(node.id)) continue;
      const below = () => record.below(node).map((one) => one.kind);
      if (node.kind === "problem" && !below().includes("solution")) this.dangling.set(node.id, "solution");
      if (node.kind === "decision" && !below().includes("action")) {
        const beside = record.index.get(node.parent);
        const followed = beside && beside.kind !== "topic" && beside.children.some((one) => one.kind === "action");
        if (!followed) this.dangling.set(node.id, "action");
      }
    }
  }

  // -- keyboard and selection

  entry(id: string): Entry | undefined {
    for (const section of this.sections.views.values()) {
      const entry = section.entries.views.get(id);
      if (entry) return entry;
    }
    return undefined;
  }

  order(): string[] {
    const ids: string[] = [];
    for (const section of this.app.record.roots) {
      if (section.kind !== "topic") ids.push(section.id);
      for (const node of this.listed(section)) ids.push(node.id);
    }
    return ids;
  }

  /** The entry the keyboard is on, if it is on one (and not in its text). */
  get focused(): Entry | undefined {
    const row = document.activeElement?.closest<HTMLElement>("[data-entry]");
    return row && this.root.contains(row) ? this.entry(row.dataset.entry!) : undefined;
  }

  get last(): string | null {
    return this.selected;
  }

  select(id: string): void {
    this.selected = id;
    this.app.setContext(id);
    this.mark();
  }

  focus(id: string | null | undefined): void {
    if (this.stale) this.draw();
    const entry = id ? this.entry(id) : undefined;
    if (!entry) return void (id && [...this.sections.views.values()].some((section) => section.progress?.focus(id)));
    this.select(entry.id);
    entry.root.focus({ preventScroll: true });
    entry.root.scrollIntoView({ block: "nearest" });
  }

  step(by: number): void {
    const order = this.order();
    const at = order.indexOf(this.focused?.id ?? "");
    this.focus(order[Math.max(0, Math.min(order.length - 1, at + by))]);
  }

  private onFocus(event: FocusEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-entry]");
    if (row) this.select(row.dataset.entry!);
  }

  /** One entry is in the tab order: the selected one, or the first. */
  mark(): void {
    for (const section of this.sections.views.values()) {
      for (const [id, entry] of section.entries.views) {
        put(entry.root, "tabindex", id === this.selected ? "0" : "-1");
        put(entry.root, "aria-selected", id === this.app.context ? "true" : "false");
      }
    }
  }

  showTopic(id: string): void {
    const section = this.list.querySelector(`[data-topic="${CSS.escape(id)}"]`);
    const go = () => section?.scrollIntoView({ block: "start" });
    go();
    requestAnimationFrame(() => requestAnimationFrame(go)); // by then the rows come into view have their own height
  }

  // -- what entries ask for

  writing(id: string | null): void {
    this.presence.at(id);
  }

  remove(id: string): void {
    const { app } = this;
    const node = app.record.index.get(id);
    if (!node || !app.canType) return;
    const order = this.order();
    const next = order[order.indexOf(id) + 1] ?? order[order.indexOf(id) - 1];
    app.record.remove(id);
    this.draw();
    this.focus(next);
    const undo = { label: app.say("do.undo"), name: "undo", run: () => void app.record.undoing.undo() };
    app.notices.tell(app.say("entry.removed", { kind: app.say(`kind.${node.kind}`) }), "", { key: "removed", acts: [undo] });
  }

  moved(id: string): void {
    this.draw();
    this.focus(id);
  }

  written(id: string): void {
    this.draw();
    this.focus(id);
  }

  seen(writers: Map<string, string[]>): void {
    for (const section of this.sections.views.values()) {
      for (const [id, entry] of section.entries.views) entry.drawSeen(writers.get(id) ?? []);
    }
  }
}
