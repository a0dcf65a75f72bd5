// SPDX-License-Identifier: Apache-2.0
// data-controller="copy" on a read-only field: a click selects it all, and where the browser allows, a second tap copies.
window.huiyao.register("copy", class extends Stimulus.Controller {
  connect() {
    this.take = () => { this.element.select(); if (navigator.clipboard) navigator.clipboard.writeText(this.element.value).catch(() => {}); };
    this.element.addEventListener("click", this.take);
  }
  disconnect() { this.element.removeEventListener("click", this.take); }
});
