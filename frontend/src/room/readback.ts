// SPDX-License-Identifier: Apache-2.0
// Read-back and closing: what was decided, who does what by when, what is missing, what dangles, when next.

import type { Part } from "./action_form.ts";
import type { App } from "./app.ts";
import { callChips, callOf, reasons } from "./calls.ts";
import { button, h, say, show } from "./dom.ts";
import { Refusal } from "./provider.ts";
import type { Node, Support } from "./record.ts";
import type { Key } from "./speak.ts";

interface Gap {
  entry: string;
  what: string;
  text: string;
}

/** Words for a thread left open; a kind this page does not know yet shows its text alone. */
const THREAD: { [what: string]: Key } = {
  solution: "entry.no_solution", action: "entry.no_action", request: "dangling.request", call: "dangling.call", decider: "dangling.decider", parked: "dangling.parked", core: "dangling.core",
};

export class Readback {
  readonly root: HTMLElement;
  private readonly decided = h("section", {});
  private readonly doing = h("section", {});
  private readonly gaps = h("section", { class: "gaps", id: "gaps" });
  private readonly dangling = h("section", { id: "dangling" });
  private readonly giving = h("section", {});
  private readonly parked = h("section", {});
  private readonly summary = h("p", { class: "muted" });
  private readonly when = h("input", { type: "datetime-local", name: "next_when" });
  private readonly focus: HTMLInputElement;
  private readonly close: HTMLButtonElement;
  private readonly hint = h("p", { class: "small muted" });
  private readonly blocked = h("p", { class: "warn", role: "alert", hidden: true });
  open = false;
  private calls: object | null = null;
  private waiting = 0;

  constructor(
    private readonly app: App,
    private readonly show_: (id: string, part?: Part) => void,
    private readonly leave: () => void,
  ) {
    this.focus = h("input", { type: "text", name: "next_focus", maxlength: 500 });
    this.close = button(app.say("do.close"), "close", () => void this.finish(), { class: "btn primary" });
    const back = button(app.say("do.back"), "back", () => this.leave());
    this.root = h(
      "section", { class: "col readback", id: "readback", hidden: true, tabindex: -1, "aria-label": app.say("readback") },
      h("header", { class: "line" }, h("h2", {}, app.say("readback")), h("span", { class: "grow" }), back),
      this.summary, this.gaps, this.decided, this.doing, this.giving, this.dangling, this.parked,
      h("section", {}, h("h3", {}, app.say("readback.next")), h("div", { class: "line next" },
        h("label", {}, app.say("readback.when"), this.when), h("label", { class: "grow" }, app.say("readback.focus"), this.focus))),
      this.blocked, h("div", { class: "line" }, this.close, this.hint),
    );
    app.record.listen(() => this.later());
  }

  toggle(open: boolean): void {
    this.open = open;
    show(this.root, open);
    if (!open) return;
    const { meeting } = this.app.facts.parts;
    this.when.value ||= (meeting.next_when ?? "").slice(0, 16);
    this.focus.value ||= meeting.next_focus ?? "";
    this.draw();
    void this.check();
    this.root.focus();
  }

  private later(): void {
    if (!this.open || this.waiting) return;
    this.waiting = setTimeout(() => {
      this.waiting = 0;
      this.draw();
      void this.check();
    }, 300) as unknown as number;
  }

  draw(): void {
    const { app } = this;
    if (!this.open) return;
    if (this.calls !== app.facts.parts.calls) this.later();
    this.calls = app.facts.parts.calls;
    const all = app.record.all();
    const decisions = all.filter((node) => node.kind === "decision");
    const actions = all.filter((node) => node.kind === "action");
    const { started_at } = app.facts.parts.meeting;
    const minutes = started_at ? Math.max(0, Math.round((app.facts.now() - Date.parse(started_at)) / 60_000)) : 0;
    say(this.summary, `${app.say("readback.lead")} ${app.say("readback.summary", { decisions: decisions.length, actions: actions.length, minutes })}`);
    this.decided.replaceChildren(h("h3", {}, app.say("readback.decisions")),
      decisions.length > 0 ? h("ol", {}, ...decisions.map((node) => this.decision(node))) : h("p", { class: "muted" }, app.say("readback.no_decisions")));
    this.drawActions(actions);
    this.drawSupport(actions);
    this.drawParked(all.filter((node) => node.kind === "parked"));
    show(this.close, app.facts.may("close") || app.hosting);
    say(this.hint, app.say(this.close.hidden ? "readback.host_closes" : "readback.close_hint"));
  }

  /** A decision with what its call came to, and what was held against it. */
  private decision(node: Node): HTMLElement {
    const { app } = this;
    const call = callOf(app, node.id);
    const chips = callChips(app, call).flatMap((chip) => [" ", chip]);
    return h("li", {}, this.link(node.id, app.record.words(node.id) || app.say("entry.empty")), ...chips, reasons(app, call?.state === "closed" ? call : undefined));
  }

  /** What departments give to each other's actions. */
  private drawSupport(actions: Node[]): void {
    const { app } = this;
    const given = new Map<string, [Node, Support][]>();
    for (const node of actions) {
      const { sup } = app.record.fields(node.id);
      for (const one of Array.isArray(sup) ? sup : []) {
        const who = [app.facts.departmentName(one.dep), app.personName(one.person)].filter(Boolean).join(" · ") || app.say("readback.nobody");
        given.set(who, [...(given.get(who) ?? []), [node, one]]);
      }
    }
    show(this.giving, given.size > 0);
    this.giving.replaceChildren(h("h3", {}, app.say("readback.support")), h("ul", {}, ...[...given].map(([who, lines]) => h("li", {}, h("b", {}, who), ...lines.flatMap(([node, one]) => {
      const due = one.due || app.record.fields(node.id).due;
      return [" · ", this.link(node.id, one.what || app.record.words(node.id)), " ", h("span", { class: "small muted" }, [app.label(node), due && app.format.day(due)].filter(Boolean).join(" "))];
    })))));
  }

  private drawParked(nodes: Node[]): void {
    const { app } = this;
    show(this.parked, nodes.length > 0);
    this.parked.replaceChildren(h("h3", {}, app.say("readback.parked")), h("ul", {}, ...nodes.map((node) => {
      const fields = app.record.fields(node.id);
      const who = [app.facts.departmentName(fields.dep), app.personName(fields.own)].filter(Boolean).join(" · ");
      return h("li", {}, this.link(node.id, app.record.words(node.id)), " ", h("span", { class: `chip ${who ? "" : "soon"}` }, who || app.say("dangling.parked")));
    })));
  }

  private drawActions(actions: Node[]): void {
    const { app } = this;
    const owners = new Map<string, Node[]>();
    for (const node of actions) {
      const fields = app.record.fields(node.id);
      const named = fields.name_by && app.say("owner.named", { person: app.personName(fields.name_by.person), date: app.format.day(fields.name_by.date) });
      const who = [app.facts.departmentName(fields.dep), app.personName(fields.own) || named || ""].filter(Boolean).join(" · ") || app.say("readback.nobody");
      owners.set(who, [...(owners.get(who) ?? []), node]);
    }
    const groups = [...owners].map(([who, nodes]) => h("div", { class: "owner-group" }, h("h4", {}, who), h("ul", {}, ...byDate(app, nodes).map((node) => this.action(node)))));
    this.doing.replaceChildren(h("h3", {}, app.say("readback.actions")), ...(groups.length > 0 ? groups : [h("p", { class: "muted" }, app.say("readback.no_actions"))]));
  }

  private action(node: Node): HTMLElement {
    const { app } = this;
    const accepted = app.facts.parts.acceptances[node.id];
    const fields = app.record.fields(node.id);
    const support = Array.isArray(fields.sup) ? fields.sup.map((one) => [app.facts.departmentName(one.dep), one.what].filter(Boolean).join("：")).join("；") : fields.sup === "none" ? app.say("support.none") : "";
    return h("li", {}, this.link(node.id, app.record.words(node.id) || app.say("entry.empty")), " ",
      fields.due ? h("span", { class: "chip soon" }, app.format.day(fields.due)) : null, " ", accepted ? h("span", { class: `chip ${accepted.state === "accepted" ? "ok" : "late"}` }, app.say(accepted.state, { reason: accepted.reason })) : null, " ", support ? h("span", { class: "small muted" }, support) : null);
  }

  private link(id: string, words: string, part?: Part): HTMLElement {
    return h("button", { type: "button", class: "link", "data-goto": id, on: { click: () => this.show_(id, part) } }, words);
  }

  // -- what is missing

  private async check(): Promise<void> {
    let found = this.here();
    try {
      found = (await this.app.provider.ask("check")) as { gaps: Gap[]; dangling: Gap[] };
    } catch {
      // Offline: what this device can see by itself.
    }
    this.drawGaps(found.gaps ?? []);
    this.drawDangling([...(found.dangling ?? []).filter((one) => one.what !== "parked"), ...this.unsolved(found.dangling ?? [])]); // parked ones have a list of their own
  }

  /** The same rule as the server's, for when it cannot be asked. */
  private here(): { gaps: Gap[]; dangling: Gap[] } {
    const { record } = this.app;
    const actions = record.all().filter((node) => node.kind === "action");
    return { gaps: actions.flatMap((node) => record.gaps(node.id).map((what) => ({ entry: node.id, what, text: record.words(node.id) }))), dangling: [] };
  }

  /** Open calls, and problems with a proposal but neither a decision nor a call that was reached. */
  private unsolved(known: Gap[]): Gap[] {
    const { record, facts } = this.app;
    const { calls } = facts.parts;
    const found: Gap[] = [];
    const tell = (node: Node, what: string) => known.some((one) => one.entry === node.id) || found.push({ entry: node.id, what, text: record.words(node.id) });
    for (const node of record.all()) {
      if (calls[node.id]?.state === "open") tell(node, "call");
      if (node.kind !== "problem") continue;
      const below = record.below(node);
      const settled = below.some((one) => one.kind === "decision" || ["unanimous", "majority"].includes(calls[one.id]?.outcome ?? ""));
      if (!settled && below.some((one) => one.kind === "solution")) tell(node, "core");
    }
    return found;
  }

  private drawGaps(gaps: Gap[]): void {
    const { app } = this;
    const items = gaps.map((gap) => {
      const node = app.record.index.get(gap.entry);
      const label = app.say("readback.gap", { entry: node ? app.label(node) : "", what: app.say(`gap.${gap.what}` as Key) });
      const part = gap.what === "task" ? undefined : (gap.what as Part);
      return h("li", { "data-gap": gap.what }, this.link(gap.entry, label, part), " ", h("span", { class: "small muted" }, gap.text));
    });
    this.gaps.replaceChildren(h("h3", {}, `${app.say("readback.gaps")} ${gaps.length || ""}`.trim()),
      gaps.length > 0 ? h("ul", {}, ...items) : h("p", { class: "fine" }, `✓ ${app.say("readback.no_gaps")}`));
    this.gaps.classList.toggle("has", gaps.length > 0);
    if (gaps.length === 0) show(this.blocked, false);
  }

  private drawDangling(dangling: Gap[]): void {
    const { app } = this;
    const items = dangling.map((one) => {
      const node = app.record.index.get(one.entry);
      return h("li", {}, this.link(one.entry, `${node ? app.label(node) : ""} ${one.text}`.trim()), " ", THREAD[one.what] ? h("span", { class: "chip late" }, app.say(THREAD[one.what]!)) : null);
    });
    this.dangling.replaceChildren(h("h3", {}, app.say("readback.dangling")), dangling.length > 0 ? h("ul", {}, ...items) : h("p", { class: "fine" }, `✓ ${app.say("readback.no_dangling")}`));
  }

  private async finish(): Promise<void> {
    this.close.disabled = true;
    try {
      await this.app.provider.ask("close", { next_when: this.when.value || null, next_focus: this.focus.value.trim() });
      this.leave();
    } catch (refusal) {
      this.onRefused(refusal);
    } finally {
      this.close.disabled = false;
    }
  }

  private onRefused(refusal: unknown): void {
    if (!(refusal instanceof Refusal) || refusal.code !== "record_incomplete") return this.app.explain(refusal);
    const gaps = (refusal.facts.gaps as Gap[] | undefined) ?? [];
    this.drawGaps(gaps);
    say(this.blocked, this.app.say("readback.blocked", { n: gaps.length }));
    show(this.blocked, true);
    this.gaps.scrollIntoView({ block: "nearest" });
    this.gaps.querySelector<HTMLElement>("button")?.focus();
  }
}

/** The earliest first, those without a date last. */
function byDate(app: App, nodes: Node[]): Node[] {
  const due = (node: Node) => app.record.fields(node.id).due || "9999";
  return [...nodes].sort((a, b) => (due(a) < due(b) ? -1 : due(a) > due(b) ? 1 : a.number - b.number));
}
