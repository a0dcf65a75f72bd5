// SPDX-License-Identifier: Apache-2.0
// Making and keeping elements. Text is only ever set as text; styles only through classes and attributes.

type Child = Node | string | null | undefined | false;
type Handler<E extends Event = Event> = (event: E) => void;
export interface Props {
  [name: string]: string | number | boolean | null | undefined | { [event: string]: Handler<never> };
}

function fill<E extends Element>(element: E, props: Props, children: Child[]): E {
  for (const [name, value] of Object.entries(props)) {
    if (value && typeof value === "object") {
      for (const [event, run] of Object.entries(value)) element.addEventListener(event, run as Handler);
    } else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]) {
  return fill(document.createElement(tag), props, children);
}

export function svg(tag: string, props: Props = {}, ...children: Child[]): SVGElement {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), props, children);
}

/** Sets an attribute only if it differs; false, null and undefined take it away. */
export function put(element: Element, name: string, value: unknown): void {
  if (value === false || value === null || value === undefined) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
    return;
  }
  const text = value === true ? "" : String(value);
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function fillWith(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((child): child is Node | string => !!child));
}

export function show(element: HTMLElement, visible: boolean): void {
  if (element.hidden === visible) element.hidden = !visible;
}

interface Movable extends Element {
  moveBefore?(node: Node, before: Node | null): void;
}

/** A list whose elements stay the same while their items do: focus, caret and input methods survive a change. */
export class Kept<T, V extends { root: HTMLElement }> {
  readonly views = new Map<string, V>();

  constructor(
    private readonly parent: Movable,
    private readonly key: (item: T) => string,
    private readonly make: (item: T) => V,
    private readonly update: (view: V, item: T, place: number) => void,
  ) {}

  show(items: T[]): void {
    const wanted = new Set(items.map(this.key));
    for (const [key, view] of this.views) {
      if (wanted.has(key)) continue;
      view.root.remove();
      this.views.delete(key);
    }
    let next = this.parent.firstElementChild;
    items.forEach((item, place) => {
      const key = this.key(item);
      let view = this.views.get(key);
      if (!view) {
        view = this.make(item);
        this.views.set(key, view);
        this.parent.insertBefore(view.root, next);
      } else if (view.root === next) next = next.nextElementSibling;
      else if (this.parent.moveBefore) this.parent.moveBefore(view.root, next);
      else this.carry(view.root, next);
      this.update(view, item, place);
    });
  }

  private carry(root: HTMLElement, before: Element | null): void {
    const focused = root.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
    this.parent.insertBefore(root, before);
    focused?.focus();
  }
}

export function button(label: string, act: string, run: Handler<MouseEvent>, more: Props = {}): HTMLButtonElement {
  return h("button", { type: "button", class: "btn s", "data-do": act, on: { click: run as Handler<never> }, ...more }, label);
}
