// SPDX-License-Identifier: Apache-2.0
// Instants, civil dates and durations as people read them, in the page's language and the meeting's zone.

const WEEKDAYS: { [language: string]: string[] } = {
  "zh-hans": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  "zh-hant": ["週日", "週一", "週二", "週三", "週四", "週五", "週六"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
};
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const HALF_A_DAY = 12 * 3_600_000;

/** How far a zone is from UTC around an instant, as the page was told: the browser's own formatter takes its time to make. */
export interface Offset {
  zone: string;
  minutes: number;
  at: number;
}

export class Format {
  private clocks = new Map<string, Intl.DateTimeFormat>();

  constructor(
    private readonly language: string,
    private readonly zone: () => string,
    private readonly offset: Offset | null = null,
  ) {}

  /** 14:31 in the meeting's zone. */
  time(instant: string | number): string {
    const zone = this.zone() || undefined;
    const at = typeof instant === "number" ? instant : Date.parse(instant);
    if (Number.isNaN(at)) return "";
    const { offset } = this;
    if (offset && offset.zone === zone && Math.abs(at - offset.at) < HALF_A_DAY) {
      return new Date(at + offset.minutes * 60_000).toISOString().slice(11, 16);
    }
    let clock = this.clocks.get(zone ?? "");
    if (!clock) {
      clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone, hour12: false });
      this.clocks.set(zone ?? "", clock);
    }
    return clock.format(at);
  }

  /** 12-04 周五, or Fri 4 Dec; a civil date has no zone. */
  day(date: string): string {
    const at = new Date(`${date}T00:00:00Z`);
    if (Number.isNaN(at.getTime())) return date;
    const weekday = (WEEKDAYS[this.language] ?? WEEKDAYS["zh-hans"]!)[at.getUTCDay()]!;
    return this.language === "en" ? `${weekday} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}` : `${date.slice(5)} ${weekday}`;
  }

  /** The time; with its day where that is not today. */
  when(instant: string, now: number): string {
    const day = this.today(Date.parse(instant));
    return day === this.today(now) ? this.time(instant) : `${this.day(day)} ${this.time(instant)}`;
  }

  isRestDay(date: string): boolean {
    const day = new Date(`${date}T00:00:00Z`).getUTCDay();
    return day === 0 || day === 6;
  }

  /** Today's civil date in the meeting's zone. */
  today(now: number): string {
    const zone = this.zone() || undefined;
    return new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone }).format(now);
  }
}

/** 12:24, 1:02:03; whole seconds. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const tail = `${String(minutes).padStart(hours ? 2 : 1, "0")}:${String(rest).padStart(2, "0")}`;
  return hours ? `${hours}:${tail}` : tail;
}

/** First letter of a name for its avatar: the family name in Chinese, the initial otherwise. */
export const initial = (name: string) => Array.from(name.trim())[0]?.toUpperCase() ?? "?";
