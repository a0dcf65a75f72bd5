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
}

export interface Person {
  id: string;
  name: string;
  department: string;
  seat: string;
  attendance: Attendance;
  arrived_at: string | null;
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
}

export interface Acceptance {
  state: "accepted" | "contested";
  by: string;
  at: string;
  reason: string;
}

export interface Parts {
  you: You;
  meeting: Meeting;
  roles: { [role in Role]?: string | null };
  people: Person[];
  departments: Department[];
  topics: Topic[];
  acceptances: { [entry: string]: Acceptance };
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

  /** Seconds the meeting is ahead of (positive) or behind its plan. */
  ahead(): number {
    const { started_at, starts_at } = this.parts.meeting;
    if (!started_at) return 0;
    let ahead = Math.min(0, (Date.parse(starts_at) - Date.parse(started_at)) / 1000);
    for (const topic of this.parts.topics) {
      const spent = this.spent(topic);
      const planned = topic.minutes * 60;
      if (topic.running_since) ahead += Math.min(0, planned - spent);
      else if (topic.ended_at || topic.skipped) ahead += planned - spent;
    }
    return ahead;
  }
}
