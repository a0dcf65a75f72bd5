// SPDX-License-Identifier: Apache-2.0
// Instants, civil dates and durations as people read them, in the page's language and the meeting's zone.

const LOCALES: { [language: string]: string } = { "zh-hans": "zh-Hans-CN", "zh-hant": "zh-Hant-TW", en: "en-GB" };

export class Format {
  private readonly locale: string;
  private readonly weekday: Intl.DateTimeFormat;
  private clocks = new Map<string, Intl.DateTimeFormat>();

  constructor(
    private readonly language: string,
    private readonly zone: () => string,
  ) {
    this.locale = LOCALES[language] ?? "zh-Hans-CN";
    this.weekday = new Intl.DateTimeFormat(this.locale, { weekday: "short", timeZone: "UTC" });
  }

  /** 14:31 in the meeting's zone. */
  time(instant: string | number): string {
    const zone = this.zone() || undefined;
    let clock = this.clocks.get(zone ?? "");
    if (!clock) {
      clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone, hour12: false });
      this.clocks.set(zone ?? "", clock);
    }
    const at = typeof instant === "number" ? instant : Date.parse(instant);
    return Number.isNaN(at) ? "" : clock.format(at);
  }

  /** 12-04 周五, or Fri 4 Dec; a civil date has no zone. */
  day(date: string): string {
    const at = Date.parse(`${date}T00:00:00Z`);
    if (Number.isNaN(at)) return date;
    if (this.language === "en") {
      return new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(at);
    }
    return `${date.slice(5)} ${this.weekday.format(at)}`;
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
