// SPDX-License-Identifier: Apache-2.0
// A short tone for what the clock says. Off until somebody asks for it, remembered on this device.

const NAME = "huiyao-sound";
const TONE = 0.18; // seconds
const PITCH = 660;

export class Sound {
  private context: AudioContext | null = null;
  on = false;

  constructor() {
    try {
      this.on = localStorage.getItem(NAME) === "on";
    } catch {
      // A device that remembers nothing is silent.
    }
    // A browser lets a page sound only after somebody has touched it.
    if (this.on) for (const event of ["pointerdown", "keydown"]) document.addEventListener(event, () => this.wake(), { once: true });
  }

  toggle(): void {
    this.on = !this.on;
    try {
      localStorage.setItem(NAME, this.on ? "on" : "off");
    } catch {
      // Then it holds for this visit.
    }
    if (this.on) this.play(1);
  }

  /** One tone: soon; two: time is up. */
  play(times: number): void {
    if (!this.on) return;
    const context = this.wake();
    if (!context) return;
    for (let at = 0; at < times; at++) {
      const [tone, volume] = [context.createOscillator(), context.createGain()];
      const start = context.currentTime + at * TONE * 1.5;
      tone.frequency.value = PITCH;
      volume.gain.setValueAtTime(0.12, start);
      volume.gain.linearRampToValueAtTime(0, start + TONE);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + TONE);
    }
  }

  private wake(): AudioContext | null {
    if (typeof AudioContext === "undefined") return null;
    this.context ??= new AudioContext();
    void this.context.resume().catch(() => undefined);
    return this.context;
  }
}
