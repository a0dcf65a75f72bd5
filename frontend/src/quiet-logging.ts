// SPDX-License-Identifier: Apache-2.0
// Stands for lib0/logging in the built room: Yjs says three kinds of things, all to the console. The library's own
// styles them with a schema validator and a DOM toolkit, a twentieth of the script.

export const print = (...words: unknown[]) => console.log(...words);
export const warn = (...words: unknown[]) => console.warn(...words);
export const BOLD = "";
export const UNBOLD = "";
