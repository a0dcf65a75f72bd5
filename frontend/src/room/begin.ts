// SPDX-License-Identifier: Apache-2.0
// The first that runs: begins the connection, so that what the room has to say arrives while the rest of the script is
// evaluated and the page is built. A device that keeps nothing of the room asks for the whole document in the address,
// so that not even its own first frame is waited for. The provider takes the connection over.

import type { Setup } from "./app.ts";

export interface Begun {
  socket: WebSocket;
  heard: MessageEvent[];
  closed: CloseEvent | null;
  /** Whether the room was asked for the whole document. */
  whole: boolean;
}

/** The name under which this device keeps a person's copy of a meeting. */
export const storeName = (person: string, meeting: string) => `huiyao-room:${person}:${meeting}`;

/** Whether this device may keep something of the room; without an answer it may. */
function keeps(name: string): boolean {
  try {
    return localStorage.getItem(`${name}:kept`) !== null;
  } catch {
    return true;
  }
}

function begin(): Begun | null {
  if (typeof document === "undefined" || !navigator.onLine) return null;
  const setup = JSON.parse(document.getElementById("room-setup")?.textContent ?? "{}") as Partial<Setup>;
  if (!setup.socket || !setup.person || !setup.meeting) return null;
  const whole = !keeps(storeName(setup.person, setup.meeting));
  const address = new URL(setup.socket, location.href.replace(/^http/, "ws"));
  if (whole) address.searchParams.set("whole", "1");
  const socket = new WebSocket(address, "huiyao.1");
  socket.binaryType = "arraybuffer";
  const begun: Begun = { socket, heard: [], closed: null, whole };
  socket.onmessage = (event) => begun.heard.push(event);
  socket.onclose = (event) => (begun.closed = event);
  return begun;
}

export const begun = begin();
