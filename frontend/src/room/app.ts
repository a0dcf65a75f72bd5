// SPDX-License-Identifier: Apache-2.0
// What the parts of the room share: the record, the facts, the words, the acts, and where the person is working.

import type { Device } from "./device.ts";
import type { Facts, Role, Topic } from "./facts.ts";
import type { Format, Offset } from "./format.ts";
import type { Notices } from "./notices.ts";
import { type Provider, Refusal } from "./provider.ts";
import type { Kind, Node, RoomRecord } from "./record.ts";
import { Sound } from "./sound.ts";
import type { Say } from "./speak.ts";

export interface Setup {
  meeting: string;
  title: string;
  person: string;
  name: string;
  language: string;
  socket: string;
  home: string;
  sign_in: string;
  /** Of the meeting, now. */
  offset?: Offset;
}

export interface Place {
  parent: string;
  /** The topic or entry it hangs under, for people. */
  label: string;
}

const MOST_NAMES = 100;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export class App {
  /** The entry new ones are placed by: the one selected, or the last one added. */
  context: string | null = null;
  private contextListeners: (() => void)[] = [];
  readonly sound = new Sound();
  readonly names = new Map<string, { name: string; department: string }>();
  /** What else keeps something on this device. */
  readonly clearing: (() => Promise<void>)[] = [];
  /** Called when names asked for have come. */
  onNames: () => void = () => undefined;
  private unknown: string[] = [];

  constructor(
    readonly setup: Setup,
    readonly say: Say,
    readonly format: Format,
    readonly facts: Facts,
    readonly record: RoomRecord,
    readonly provider: Provider,
    readonly device: Device,
    readonly notices: Notices,
  ) {}

  // -- rights

  get closed(): boolean {
    const { closed_at, stage } = this.facts.parts.meeting;
    return !!closed_at || (stage !== "" && !["preparing", "invited", "in_session"].includes(stage));
  }

  get canType(): boolean {
    return this.facts.may("type") && !this.closed;
  }

  get hosting(): boolean {
    return this.facts.may("host") && !this.closed;
  }

  get recording(): boolean {
    return (this.facts.may("record") || this.facts.may("host")) && !this.closed;
  }

  /** May open and close consensus calls. */
  get calling(): boolean {
    return (this.facts.may("call") || this.facts.may("host")) && this.facts.running && !this.closed;
  }

  get me(): string {
    return this.facts.parts.you.person || this.setup.person;
  }

  /** May take the floor and raise a hand. */
  get speaks(): boolean {
    return this.facts.running && (this.canType || this.givesFloor);
  }

  get givesFloor(): boolean {
    return this.facts.may("floor") && this.facts.running && !this.closed;
  }

  // -- acts

  /** Does a command; a refusal becomes a notice in the reader's words and undefined. */
  async act(name: string, facts: object = {}): Promise<{ [key: string]: unknown } | undefined> {
    try {
      return ((await this.provider.ask(name, facts)) ?? {}) as { [key: string]: unknown };
    } catch (refusal) {
      this.explain(refusal);
      return undefined;
    }
  }

  explain(refusal: unknown): void {
    if (!(refusal instanceof Refusal)) throw refusal;
    const offline = refusal.code === "offline";
    this.notices.tell(offline ? this.say("notice.offline") : this.say("notice.refused", { text: refusal.message }), "late");
  }

  async clearDevice(): Promise<void> {
    await Promise.all([this.device.clear(), ...this.clearing.map((clear) => clear())]);
    this.notices.tell(this.say("notice.cleared"), "ok");
  }

  async convert(id: string, kind: Kind): Promise<void> {
    if (this.record.index.get(id)?.kind !== kind) await this.act("convert", { entry: id, kind });
  }

  // -- names

  /** Somebody who is not at the meeting is asked for once, together with others not known yet. */
  personName(id: string | null | undefined): string {
    if (!id) return "";
    const name = this.facts.person(id)?.name ?? this.names.get(id)?.name;
    if (name === undefined && this.facts.ready) this.wonder(id);
    return name ?? "";
  }

  private wonder(id: string): void {
    this.names.set(id, { name: "", department: "" });
    this.unknown.push(id);
    if (this.unknown.length === 1) setTimeout(() => void this.askNames(), 50);
  }

  private async askNames(): Promise<void> {
    const ids = this.unknown.splice(0).slice(0, MOST_NAMES);
    try {
      const found = (await this.provider.ask("names", { ids })) as { [id: string]: { name: string; department: string } };
      for (const [id, one] of Object.entries(found)) this.names.set(id, one);
      this.onNames();
    } catch {
      for (const id of ids) this.names.delete(id); // asked again when next drawn
    }
  }

  /** Who leads a topic: a person, or whom the plan names instead. */
  leadOf(topic: Topic): string {
    const role = topic.lead_role;
    if (topic.lead || !role) return topic.lead;
    if (role === "everyone" || role === "representatives") return this.say(`lead.${role}`);
    return this.personName(this.facts.parts.roles[role as Role]) || this.say(`role.${role}` as "role.host");
  }

  departmentOf(person: string): string {
    return this.facts.person(person)?.department ?? this.names.get(person)?.department ?? "";
  }

  /** "问题 2", "方案 A"; letters stand for solutions. */
  label(node: Node): string {
    const kind = this.say(`kind.${node.kind}`);
    if (node.kind === "note" || node.kind === "parked" || node.kind === "topic") return kind;
    const number = node.kind === "solution" && node.number <= 26 ? LETTERS[node.number - 1]! : String(node.number);
    return `${kind} ${number}`;
  }

  topicTitle(id: string): string {
    const number = this.facts.parts.topics.findIndex((topic) => topic.id === id) + 1;
    const title = this.facts.parts.topics[number - 1]?.title ?? this.record.words(id);
    return number ? `${number} · ${title}` : title;
  }

  // -- where new entries go

  onContext(listener: () => void): void {
    this.contextListeners.push(listener);
  }

  setContext(id: string | null): void {
    if (this.context === id) return;
    this.context = id;
    for (const listener of this.contextListeners) listener();
  }

  get currentTopic(): string {
    return this.facts.current?.id ?? this.facts.parts.topics[0]?.id ?? this.record.roots[0]?.id ?? "";
  }

  /** A solution belongs below its problem, a decision and an action below either; everything else under the topic. */
  place(kind: Kind): Place {
    const context = this.context ? this.record.index.get(this.context) : undefined;
    const topic = (context && this.record.topicOf(context.id)?.id) ?? this.currentTopic;
    const under = context && ["solution", "decision", "action"].includes(kind) ? this.host(context, kind) : null;
    if (under) return { parent: under.id, label: this.label(under) };
    return { parent: topic, label: this.topicTitle(topic) };
  }

  private host(context: Node, kind: Kind): Node | null {
    let highest: Node | null = null;
    for (let node: Node | undefined = context; node && node.kind !== "topic"; node = this.record.index.get(node.parent)) {
      const above = this.record.index.get(node.parent);
      if (kind === "action" && (node.kind === "decision" || node.kind === "action") && above?.kind === "solution") return above; // beside the decision it follows from
      if (node.kind === "problem") return node;
      if (node.kind === "solution" || node.kind === "decision") highest = node;
    }
    return kind === "solution" || highest?.kind === kind ? null : highest;
  }
}
