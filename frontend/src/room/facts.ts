// SPDX-License-Identifier: Apache-2.0
// What the server states about the meeting: named parts, each replaced as a whole, and the server's clock.

export type Role = "organiser" | "host" | "facilitator" | "recorder" | "coordinator";
export type Attendance = "expected" | "present" | "left" | "absent";

export interface You {
  person: string;
  department: string;
  roles: Role[];
  may: string[];
  guest: boolean;
}

export interface Meeting {
  id: string;
  title: string;
  objective: string;
  stage: string;
  starts_at: string;
  planned_minutes: number;
  started_at: string | null;
  closed_at: string | null;
  closed_seq: number | null;
  language: string;
  zone: string;
  place: string;
  online: string;
  turn_minutes: number;
  minutes_url: string | null;
  reopen_until: string | null;
  /** A plan already prepared from this meeting. */
  next_meeting?: string | null;
  next_when?: string;
  next_focus?: string;
}

export interface Person {
  id: string;
  name: string;
  department: string;
  seat: string;
  attendance: Attendance;
  arrived_at: string | null;
  /** The first meeting of this chain for this person. */
  newcomer?: boolean;
}

export interface Department {
  id: string;
  name: string;
  head: string | null;
}

export interface Topic {
  id: string;
  title: string;
  kind: string;
  lead: string;
  lead_role?: string;
  minutes: number;
  outcome: string;
  started_at: string | null;
  ended_at: string | null;
  spent_seconds: number;
  running_since: string | null;
  extra_minutes: number;
  skipped: boolean;
  /** Comes from an entry parked at the meeting before. */
  carried?: boolean;
}

/** Who has the floor since when, who waits for it (oldest first), who had it at least once. */
export interface Turns {
  speaker: string | null;
  since: string | null;
  topic: string | null;
  seconds: number;
  queue: { person: string; at: string }[];
  spoken: string[];
}

/** Speaking time by department; the server tells it to the host alone. */
export interface Shares {
  total: number;
  departments: { department: string; seconds: number }[];
  quiet: string[];
}

export interface Acceptance {
  state: "accepted" | "contested";
  by: string;
  at: string;
  reason: string;
}

export type Answer = "agree" | "reserve" | "object";

export interface Voice {
  department: string;
  person: string;
  answer: Answer;
  reason: string;
  at: string;
}

/** The newest consensus call of an entry; `asked` and `silent` are departments. */
export interface Call {
  id: string;
  state: "open" | "closed";
  opened_at: string;
  closed_at: string | null;
  asked: string[];
  voices: Voice[];
  silent: string[];
  outcome: "" | "unanimous" | "majority" | "not_reached";
  decider: string | null;
  decide_by: string;
}

/** The two questions after closing; `met` is told to host and organiser alone. */
export interface Retro {
  open: boolean;
  /** Until when the answers are wanted: the minutes the policy gives after the end. */
  due_at: string;
  met: { yes: number; partly: number; no: number } | null;
  answered: number;
  mine: { met: string; improve: string } | null;
}

export interface Parts {
  you: You;
  meeting: Meeting;
  roles: { [role in Role]?: string | null };
  people: Person[];
  departments: Department[];
  topics: Topic[];
  acceptances: { [entry: string]: Acceptance };
  /** By entry. */
  calls: { [entry: string]: Call };
  retro: Retro | null;
  turns: Turns;
  shares: Shares | null;
  /** Ids of those connected now. */
  online: string[];
}

export type PartName = keyof Parts;

const EMPTY: Parts = {
  you: { person: "", department: "", roles: [], may: [], guest: false },
  meeting: {
    id: "", title: "", objective: "", stage: "", starts_at: "", planned_minutes: 0, started_at: null,
    closed_at: null, closed_seq: null, language: "", zone: "", place: "", online: "", turn_minutes: 3,
    minutes_url: null, reopen_until: null,
  },
  roles: {},
  people: [],
  departments: [],
  topics: [],
  acceptances: {},
  calls: {},
  retro: null,
  turns: { speaker: null, since: null, topic: null, seconds: 180, queue: [], spoken: [] },
  shares: null,
  online: [],
};

export class Facts {
  readonly parts: Parts = { ...EMPTY };
  ready = false;
  /** Server time minus ours, in milliseconds. */
  offset = 0;
  private listeners: ((name: string) => void)[] = [];

  constructor(private readonly clock: () => number = Date.now) {}

  listen(listener: (name: string) => void): void {
    this.listeners.push(listener);
  }

  take(name: string, value: unknown): void {
    if (name === "now") this.offset = Date.parse(value as string) - this.clock();
    else if (name === "ready") this.ready = value === true;
    else (this.parts as unknown as { [name: string]: unknown })[name] = value;
    for (const listener of this.listeners) listener(name);
  }

  now(): number {
    return this.clock() + this.offset;
  }

  may(act: string): boolean {
    return this.parts.you.may.includes(act);
  }

  get running(): boolean {
    return this.parts.meeting.stage === "in_session";
  }

  person(id: string | null | undefined): Person | undefined {
    return this.parts.people.find((person) => person.id === id);
  }

  departmentName(id: string | null | undefined): string {
    return this.parts.departments.find((department) => department.id === id)?.name ?? "";
  }

  get current(): Topic | undefined {
    return this.parts.topics.find((topic) => topic.running_since !== null);
  }

  /** Seconds spent on a topic so far. */
  spent(topic: Topic): number {
    const running = topic.running_since ? (this.now() - Date.parse(topic.running_since)) / 1000 : 0;
    return topic.spent_seconds + Math.max(0, running);
  }

  /** Seconds the topic has in the plan, extensions included. */
  planned(topic: Topic): number {
    return (topic.minutes + topic.extra_minutes) * 60;
  }

  /** Those here, as they stand in the list: who only reads counts once here. */
  get present(): Person[] {
    return this.parts.people.filter((person) => person.attendance === "present");
  }

  /** Seconds the running turn has lasted. */
  get spoken(): number {
    const { since } = this.parts.turns;
    return since ? Math.max(0, (this.now() - Date.parse(since)) / 1000) : 0;
  }

  /** Topics neither begun nor skipped, in order. */
  get remaining(): Topic[] {
    return this.parts.topics.filter((topic) => !topic.started_at && !topic.skipped);
  }

  /** Whose turn is next: the first to come after the running topic, else the first to come. */
  get following(): Topic | undefined {
    const { topics } = this.parts;
    const { remaining } = this;
    return remaining.find((topic) => topics.indexOf(topic) > topics.findIndex((one) => one.running_since !== null)) ?? remaining[0];
  }

  /** Minutes between the planned and the real start; negative when early. */
  get delay(): number {
    const { started_at, starts_at } = this.parts.meeting;
    return started_at ? Math.trunc((Date.parse(started_at) - Date.parse(starts_at)) / 60_000) : 0;
  }

  /** When the meeting should end; one held wholly before its time is measured from its real start. */
  get plannedEnd(): number {
    const { starts_at, started_at, planned_minutes } = this.parts.meeting;
    const early = started_at && -this.delay > planned_minutes;
    return Date.parse(early ? started_at : starts_at) + planned_minutes * 60_000;
  }

  /**
   * When the running and each remaining topic will end if each takes its planned time from now on, in milliseconds; the
   * last is the end of the meeting. Reckoned here because it moves every second while a topic runs over.
   */
  ends(): Map<string, number> {
    const ends = new Map<string, number>();
    const { current } = this;
    let at = this.now();
    if (current) ends.set(current.id, (at += Math.max(0, this.planned(current) - this.spent(current)) * 1000));
    for (const topic of this.remaining) if (topic !== current) ends.set(topic.id, (at += Math.max(0, this.planned(topic)) * 1000));
    return ends;
  }

  projectedEnd(): number {
    return [...this.ends().values()].pop() ?? this.now();
  }

  /** Seconds the meeting will end before (positive) or after its planned end. */
  ahead(): number {
    return this.parts.meeting.started_at ? (this.plannedEnd - this.projectedEnd()) / 1000 : 0;
  }

  /** What later topics give up so that `topic` gets `minutes` more: in proportion, each keeps one (as domain.pacing on the server). */
  taken(topic: Topic, minutes: number): { topic: Topic; minutes: number }[] {
    const { topics } = this.parts;
    const later = topics.slice(topics.indexOf(topic) + 1).filter((one) => !one.started_at && !one.skipped);
    const spare = later.map((one) => Math.max(0, one.minutes + one.extra_minutes - 1));
    const all = spare.reduce((sum, one) => sum + one, 0);
    const wanted = Math.min(Math.max(0, minutes), all);
    const given = spare.map((have) => (all ? Math.floor((wanted * have) / all) : 0));
    let left = wanted - given.reduce((sum, one) => sum + one, 0);
    for (let place = spare.length - 1; place >= 0; place--) {
      const more = Math.min(left, spare[place]! - given[place]!);
      given[place]! += more;
      left -= more;
    }
    return later.map((one, place) => ({ topic: one, minutes: given[place]! })).filter((one) => one.minutes > 0);
  }
}
