// SPDX-License-Identifier: Apache-2.0
// Time as a picture: a ring with its figure inside, a thin bar. The figure always says what the picture says.

import { h, put, say, svg } from "./dom.ts";

export class Ring {
  private readonly arc = svg("circle", { class: "arc", cx: 29, cy: 29, r: 26, pathLength: 100, "stroke-dasharray": "100 100" });
  private readonly time = h("b", {});
  readonly root = h("div", { class: "ring" }, svg("svg", { viewBox: "0 0 58 58", "aria-hidden": "true" }, svg("circle", { class: "track", cx: 29, cy: 29, r: 26 }), this.arc) as unknown as HTMLElement, this.time);

  draw(share: number, words: string, tone: string | null = null): void {
    put(this.arc, "stroke-dasharray", `${Math.max(0, Math.min(1, share)) * 100} 100`);
    put(this.root, "data-tone", tone);
    say(this.time, words);
  }
}

export class Plan {
  private readonly fill = svg("rect", { class: "fill", x: 0, y: 0, width: 0, height: 4 });
  readonly root = svg("svg", { class: "plan", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" }, this.fill) as unknown as HTMLElement;

  draw(share: number): void {
    put(this.fill, "width", Math.round(Math.max(0, Math.min(1, share)) * 1000) / 10);
    put(this.root, "data-over", share > 1.005);
  }
}
