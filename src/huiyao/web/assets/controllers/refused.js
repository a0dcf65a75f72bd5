// SPDX-License-Identifier: Apache-2.0
// data-controller="refused": a form sent in the background that was refused, or could not be sent, says so below itself.
window.huiyao.register("refused", class extends Stimulus.Controller {
  static values = { offline: String };
  connect() {
    this.refused = (event) => {
      const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
      this.say(event.detail.elt, answer.querySelector("[role=alert]")?.textContent || this.offlineValue);
    };
    this.unsent = (event) => this.say(event.detail.elt, this.offlineValue);
    this.element.addEventListener("htmx:responseError", this.refused);
    this.element.addEventListener("htmx:sendError", this.unsent);
  }
  disconnect() {
    this.element.removeEventListener("htmx:responseError", this.refused);
    this.element.removeEventListener("htmx:sendError", this.unsent);
  }
  say(form, text) {
    if (!form.matches("form")) return;
    form.querySelector(":scope > .field-error")?.remove();
    const line = document.createElement("p");
    line.className = "field-error";
    line.setAttribute("role", "alert");
    line.textContent = text.trim();
    form.append(line);
  }
});
