// SPDX-License-Identifier: Apache-2.0
// Several lines at once: how each will be read, to be corrected or left out before one Enter adds them all.

import type { App } from "./app.ts";
import { splitPrefix } from "./capture_text.ts";
import { button, h, Kept, put, say, show } from "./dom.ts";
import { type Kind, KINDS } from "./record.ts";

/** What is understood of a line, as far as the preview shows it. */
interface Understood {
  kind: Kind | null;
  text: string;
}

export interface Pasted<U> {
  line: string;
  kind: Kind;
  found: U | null;
}

export interface PasteOptions<U extends Understood> {
  understand(line: string): Promise<U | null>;
  chips(found: U): string[];
  add(): void;
  cancel(): void;
}

const AT_ONCE = 4;
const MOST_READ = 80; // lines beyond it are read by their prefix alone
const BELOW: Kind[] = ["solution", "decision", "action"];

interface Item {
  key: string;
  line: string;
}

class Row<U extends Understood> {
  readonly root: HTMLElement;
  private readonly select: HTMLSelectElement;
  private readonly words = h("span", { class: "words" });
  private readonly chips = h("span", { class: "chips" });
  private readonly drop: HTMLButtonElement;

  constructor(
    private readonly app: App,
    private readonly paste: Paste<U>,
    private item: Item,
  ) {
    this.select = h("select", { on: { change: () => paste.correct(this.item.key, this.select.value as Kind) } }, ...KINDS.map((kind) => h("option", { value: kind }, app.say(`kind.${kind}`))));
    this.drop = button("×", "paste-drop", () => paste.leaveOut(this.item.key), { class: "btn s quiet" });
    this.root = h("li", { class: "paste-row" }, this.select, h("div", {}, this.words, this.chips), this.drop);
  }

  draw(item: Item, place: number, under: boolean): void {
    this.item = item;
    const kind = this.paste.kindOf(item);
    const found = this.paste.found.get(item.line);
    this.select.value = kind;
    put(this.select, "aria-label", this.app.say("paste.kind", { n: place + 1 }));
    put(this.drop, "aria-label", this.app.say("paste.drop", { n: place + 1 }));
    put(this.root, "data-kind", kind);
    put(this.root, "data-under", under);
    say(this.words, kind === "action" && found?.text ? found.text : splitPrefix(item.line).text || item.line);
    const chips = kind === "action" && found ? this.paste.options.chips(found) : [];
    if (chips.join("\n") !== [...this.chips.children].map((chip) => chip.textContent).join("\n")) this.chips.replaceChildren(...chips.map((words) => h("span", { class: "chip" }, words)));
  }
}

export class Paste<U extends Understood> {
  readonly root: HTMLElement;
  readonly found = new Map<string, U>();
  private readonly title = h("h3", {});
  private readonly rows: Kept<Item, Row<U>>;
  private items: Item[] = [];
  private whole = "";
  private corrected = new Map<string, Kind>();
  private left = new Set<string>();
  private asked = new Set<string>();
  private queue: string[] = [];
  private busy = 0;

  constructor(
    private readonly app: App,
    readonly options: PasteOptions<U>,
  ) {
    const list = h("ol", { class: "plain" });
    this.rows = new Kept(list, (item) => item.key, (item) => new Row(app, this, item), (row, item, place) => row.draw(item, place, this.under(place)));
    const add = button(app.say("paste.add"), "paste-add", () => options.add(), { class: "btn s primary" });
    add.append(h("kbd", { "aria-hidden": "true" }, "Enter"));
    const cancel = button(app.say("cancel"), "paste-cancel", () => options.cancel());
    cancel.append(h("kbd", { "aria-hidden": "true" }, "Esc"));
    this.root = h("section", { class: "card paste", hidden: true, "aria-label": app.say("capture"), on: { keydown: (event: KeyboardEvent) => this.onKey(event) } },
      this.title, list, h("div", { class: "line" }, add, cancel));
  }

  /** Shows these lines; corrections of lines that stay where they are stay. */
  show(lines: string[]): void {
    if (lines.join("\n") !== this.whole) {
      this.whole = lines.join("\n");
      this.items = lines.map((line, place) => ({ key: `${place}:${line}`, line }));
      for (const line of lines.slice(0, MOST_READ)) {
        if (this.asked.has(line)) continue;
        this.asked.add(line);
        this.queue.push(line);
      }
      this.read();
    }
    this.draw();
  }

  clear(): void {
    this.items = [];
    this.whole = "";
    this.corrected.clear();
    this.left.clear();
    this.asked.clear();
    this.found.clear();
    this.queue = [];
    show(this.root, false);
  }

  get chosen(): Pasted<U>[] {
    return this.kept.map((item) => ({ line: item.line, kind: this.kindOf(item), found: this.found.get(item.line) ?? null }));
  }

  kindOf({ key, line }: Item): Kind {
    return this.corrected.get(key) ?? splitPrefix(line).kind ?? this.found.get(line)?.kind ?? "note";
  }

  correct(key: string, kind: Kind): void {
    this.corrected.set(key, kind);
    this.draw();
  }

  leaveOut(key: string): void {
    this.left.add(key);
    this.draw();
    this.root.querySelector<HTMLElement>("select, button")?.focus();
  }

  private get kept(): Item[] {
    return this.items.filter((item) => !this.left.has(item.key));
  }

  private under(place: number): boolean {
    const kinds = this.kept.slice(0, place + 1).map((item) => this.kindOf(item));
    return BELOW.includes(kinds[place]!) && kinds.lastIndexOf("problem") >= 0;
  }

  private draw(): void {
    const { kept } = this;
    show(this.root, this.items.length > 1);
    say(this.title, this.app.say("paste", { n: kept.length }));
    this.rows.show(kept);
  }

  private read(): void {
    while (this.busy < AT_ONCE && this.queue.length > 0) {
      const line = this.queue.shift()!;
      this.busy += 1;
      void this.options.understand(line).then((found) => {
        this.busy -= 1;
        if (found && this.asked.has(line)) {
          this.found.set(line, found);
          this.draw();
        }
        this.read();
      });
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.altKey) return;
    const pressed = event.key === "Enter" && !(event.target as HTMLElement).matches("button");
    if (event.key !== "Escape" && !pressed) return;
    event.preventDefault();
    event.stopPropagation();
    if (pressed) this.options.add();
    else this.options.cancel();
  }
}
