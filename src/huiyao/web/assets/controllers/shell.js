// SPDX-License-Identifier: Apache-2.0
// The application of small controllers. Every page works without it.
// data-controller="keys" on body: an element with data-key="n" is pressed by that key outside of fields.
window.huiyao = Stimulus.Application.start();
window.huiyao.register("keys", class extends Stimulus.Controller {
  connect() {
    this.press = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target.closest("input, textarea, select, [contenteditable]")) return;
      const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
      if (target) { event.preventDefault(); target.tagName === "INPUT" ? target.focus() : target.click(); }
    };
    document.addEventListener("keydown", this.press);
  }
  disconnect() { document.removeEventListener("keydown", this.press); }
});
