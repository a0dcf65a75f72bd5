// SPDX-License-Identifier: Apache-2.0
// data-controller="autosave" on a form: each field is saved by itself a moment after it was typed, with the row's
// version and the value the page showed. What another person saved in between is shown beside it, and one chooses.
(() => {
  const unsaved = new Set();
  let saves = 0;
  function tell() {
    const line = document.getElementById("save-state");
    if (!line) return;
    const kinds = [...unsaved].map((field) => field.dataset.state);
    const worst = ["choose", "refused", "unsaved", "saving"].find((kind) => kinds.includes(kind)) || "saved";
    line.textContent = line.dataset[worst];
    line.classList.toggle("bad", worst !== "saved" && worst !== "saving");
  }
  window.addEventListener("beforeunload", (event) => { if (unsaved.size) event.preventDefault(); });
  // A section refreshed in the background never replaces what somebody has begun to type in it meanwhile, nor does one
  // asked for before the last save: it would show what was there before; each save asks for a newer one.
  document.addEventListener("htmx:beforeRequest", ({ detail }) => { detail.xhr.saves = saves; });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const busy = detail.target.contains(document.activeElement) || [...unsaved].some((field) => detail.target.contains(field));
    const stale = detail.xhr.saves !== saves;
    if (detail.requestConfig.verb === "get" && detail.target.matches("section") && (busy || stale)) detail.shouldSwap = false;
  });
  window.addEventListener("online", () => unsaved.forEach((field) => field.dataset.state === "unsaved" && field.dispatchEvent(new Event("change", { bubbles: true }))));

  window.huiyao.register("autosave", class extends Stimulus.Controller {
    static values = { refresh: String };
    connect() {
      this.element.classList.add("live");
      this.timers = new Map();
      this.queue = Promise.resolve();
      this.typed = (event) => this.plan(event.target, 700);
      this.changed = (event) => this.plan(event.target, 0);
      this.sent = (event) => { event.preventDefault(); [...this.element.elements].forEach((field) => this.plan(field, 0)); };
      this.element.addEventListener("input", this.typed);
      this.element.addEventListener("change", this.changed);
      this.element.addEventListener("submit", this.sent);
      this.element.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && !event.isComposing && event.target.matches("[data-line]")) { event.preventDefault(); this.plan(event.target, 0); }
      });
    }
    disconnect() { for (const [field, timer] of this.timers) { clearTimeout(timer); unsaved.delete(field); } tell(); }
    was(field) { return this.element.elements[`was.${field.name}`]; }
    value(field) { return field.type === "checkbox" ? (field.checked ? field.value : "") : field.value; }
    plan(field, wait) {
      if (!field.name || !this.was(field) || field.name.startsWith("was.")) return;
      clearTimeout(this.timers.get(field));
      this.timers.delete(field);
      if (this.value(field) === this.was(field).value && !unsaved.has(field)) return;
      this.mark(field, "saving");
      this.timers.set(field, setTimeout(() => { this.timers.delete(field); this.queue = this.queue.then(() => this.save(field)); }, wait));
    }
    mark(field, state) {
      if (state === "saved") { unsaved.delete(field); delete field.dataset.state; } else { unsaved.add(field); field.dataset.state = state; }
      tell();
    }
    async save(field) {
      const value = this.value(field), was = this.was(field);
      if (value === was.value) { this.clear(field); return this.mark(field, "saved"); }
      const body = new URLSearchParams({ csrfmiddlewaretoken: this.element.elements.csrfmiddlewaretoken.value, version: this.element.elements.version.value, [field.name]: value, [`was.${field.name}`]: was.value });
      let answer, told;
      try {
        answer = await fetch(this.element.action, { method: "POST", body, headers: { Accept: "application/json" } });
        told = await answer.json();
      } catch {
        this.mark(field, "unsaved");
        this.timers.set(field, setTimeout(() => { this.timers.delete(field); this.save(field); }, 5000));
        return;
      }
      this.clear(field);
      if (answer.ok) {
        saves += 1;
        was.value = value;
        const row = this.element.elements.version.dataset.row;
        document.querySelectorAll(`input[name=version][data-row="${row}"]`).forEach((input) => { input.value = told.version; });
        this.mark(field, this.value(field) === value ? "saved" : "saving");
        if (!this.timers.size) this.refresh();
      } else if (answer.status === 409 && told.code === "conflict") this.choose(field, told.facts);
      else this.refuse(field, told.text);
    }
    refresh() {
      document.body.dispatchEvent(new CustomEvent("plan:saved"));
      if (this.refreshValue && !this.element.contains(document.activeElement)) htmx.ajax("GET", location.pathname, { target: this.refreshValue, select: this.refreshValue, swap: "outerHTML" });
    }
    around(field) { return field.closest(".picker, label, .t-minutes") || field; }
    clear(field) {
      field.removeAttribute("aria-invalid");
      const after = this.around(field).nextElementSibling;
      if (after && after.matches(".conflict, .field-error")) after.remove();
    }
    refuse(field, text) {
      const line = document.createElement("p");
      line.className = "field-error";
      line.setAttribute("role", "alert");
      line.textContent = text;
      this.around(field).after(line);
      field.setAttribute("aria-invalid", "true");
      this.mark(field, "refused");
    }
    shown(field, value) {
      if (field.tagName === "SELECT") return [...field.options].find((option) => option.value === value)?.text || value;
      return value || "—";
    }
    choose(field, facts) {
      const box = document.getElementById("conflict-choice").content.firstElementChild.cloneNode(true);
      box.querySelector("[data-yours]").textContent = this.shown(field, facts.yours);
      box.querySelector("[data-theirs]").textContent = this.shown(field, facts.theirs);
      box.addEventListener("click", (event) => {
        const keep = event.target.dataset.keep;
        if (!keep) return;
        this.was(field).value = facts.theirs;
        this.element.elements.version.value = facts.version;
        if (keep === "theirs") { if (field.type === "checkbox") field.checked = facts.theirs !== ""; else field.value = facts.theirs; }
        this.queue = this.queue.then(() => this.save(field));
      });
      this.around(field).after(box);
      this.mark(field, "choose");
    }
  });
})();
