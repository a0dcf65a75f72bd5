// SPDX-License-Identifier: Apache-2.0
// Frames of the room: standard y-protocols (0 sync, 1 awareness) and our own from 100 on.

import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/** Asked for at the handshake: only then does the server send frames of type 100 and more. */
export const SUBPROTOCOL = "huiyao.1";
export const SYNC = 0;
export const AWARENESS = 1;
export const ACKNOWLEDGED = 100;
export const REFUSED = 101;
export const FACT = 102;
export const COMMAND = 103;
export const SEQ = 104;

const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

export type Frame =
  | { type: "step1"; vector: Uint8Array }
  | { type: "update"; update: Uint8Array; answer: boolean }
  | { type: "awareness"; update: Uint8Array }
  | { type: "acknowledged"; n: number }
  | { type: "refused"; n: number; reason: string }
  | { type: "fact"; fact: string; value: unknown }
  | { type: "reply"; reply: Reply }
  | { type: "seq"; seq: number }
  | { type: "unknown" };

export interface Reply {
  id: number;
  ok: boolean;
  value?: unknown;
  code?: string;
  facts?: Record<string, unknown>;
  text?: string;
}

function frame(...parts: (number | Uint8Array | string)[]): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === "number") encoding.writeVarUint(encoder, part);
    else if (typeof part === "string") encoding.writeVarString(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>;
}

export const step1 = (vector: Uint8Array) => frame(SYNC, STEP_1, vector);
export const step2 = (update: Uint8Array) => frame(SYNC, STEP_2, update);
export const update = (data: Uint8Array) => frame(SYNC, UPDATE, data);
export const awareness = (data: Uint8Array) => frame(AWARENESS, data);
export const command = (body: object) => frame(COMMAND, JSON.stringify(body));

function readSync(decoder: decoding.Decoder): Frame {
  const step = decoding.readVarUint(decoder);
  const data = decoding.readVarUint8Array(decoder);
  if (step === STEP_1) return { type: "step1", vector: data };
  return { type: "update", update: data, answer: step === STEP_2 };
}

export function read(data: ArrayBuffer): Frame {
  const decoder = decoding.createDecoder(new Uint8Array(data));
  switch (decoding.readVarUint(decoder)) {
    case SYNC:
      return readSync(decoder);
    case AWARENESS:
      return { type: "awareness", update: decoding.readVarUint8Array(decoder) };
    case ACKNOWLEDGED:
      return { type: "acknowledged", n: decoding.readVarUint(decoder) };
    case REFUSED:
      return { type: "refused", n: decoding.readVarUint(decoder), reason: decoding.readVarString(decoder) };
    case FACT:
      return { type: "fact", ...(JSON.parse(decoding.readVarString(decoder)) as { fact: string; value: unknown }) };
    case COMMAND:
      return { type: "reply", reply: JSON.parse(decoding.readVarString(decoder)) as Reply };
    case SEQ:
      return { type: "seq", seq: decoding.readVarUint(decoder) };
    default:
      return { type: "unknown" };
  }
}
