// SPDX-License-Identifier: Apache-2.0
// data-controller="picker": finding a person by name or pinyin while typing (the ARIA combobox pattern, list only).
window.huiyao.register("picker", class extends Stimulus.Controller {
  static targets = ["id", "shown", "box", "list"];
  static values = { url: String, department: String, submit: Boolean };
  connect() {
    this.listTarget.id ||= `options-${Math.random().toString(36).slice(2)}`;
    this.boxTarget.setAttribute("aria-controls", this.listTarget.id);
    this.at = -1;
    this.element.closest("form").classList.add("live");
    this.boxTarget.addEventListener("input", () => this.search());
    this.boxTarget.addEventListener("focus", () => { this.boxTarget.select(); this.search(this.boxTarget.value === this.shownTarget.value ? "" : undefined); });
    this.boxTarget.addEventListener("keydown", (event) => this.key(event));
    this.boxTarget.addEventListener("blur", () => setTimeout(() => this.leave(), 150));
    this.listTarget.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.take(option);
    });
  }
  search(query = this.boxTarget.value) {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const asked = new URLSearchParams({ q: query.trim(), department: this.departmentValue });
      try {
        const answer = await fetch(`${this.urlValue}?${asked}`, { headers: { Accept: "application/json" } });
        if (answer.ok && document.activeElement === this.boxTarget) this.show((await answer.json()).persons);
      } catch { this.hide(); }
    }, 120);
  }
  show(persons) {
    this.at = -1;
    this.listTarget.replaceChildren(...persons.map((person, n) => {
      const option = document.createElement("li"), place = document.createElement("small");
      option.setAttribute("role", "option");
      option.id = `${this.listTarget.id}-${n}`;
      option.dataset.id = person.id;
      option.dataset.name = person.name;
      place.textContent = [person.department, person.title].filter(Boolean).join(" · ");
      option.append(person.name, place);
      return option;
    }));
    if (!persons.length) {
      const nobody = document.createElement("li");
      nobody.textContent = this.listTarget.dataset.empty;
      this.listTarget.append(nobody);
    }
    this.listTarget.hidden = false;
    this.boxTarget.setAttribute("aria-expanded", "true");
    if (this.boxTarget.value && this.boxTarget.value !== this.shownTarget.value) this.mark(0);
  }
  hide() {
    this.listTarget.hidden = true;
    this.boxTarget.setAttribute("aria-expanded", "false");
    this.boxTarget.removeAttribute("aria-activedescendant");
  }
  mark(n) {
    const options = [...this.listTarget.querySelectorAll("[role=option]")];
    if (!options.length) return;
    this.at = (n + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", i === this.at));
    options[this.at].scrollIntoView({ block: "nearest" });
    this.boxTarget.setAttribute("aria-activedescendant", options[this.at].id);
  }
  key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") return this.hide();
    if (this.listTarget.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); this.mark(this.at + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); this.mark(this.at - 1); }
    if (event.key === "Enter") {
      event.preventDefault();
      const option = this.listTarget.querySelector("[aria-selected=true]");
      if (option) this.take(option);
    }
  }
  take(option) {
    this.idTarget.value = option.dataset.id;
    this.boxTarget.value = this.shownTarget.value = option.dataset.name;
    this.hide();
    if (this.submitValue) this.element.closest("form").requestSubmit();
    else this.idTarget.dispatchEvent(new Event("change", { bubbles: true }));
  }
  leave() {
    this.hide();
    if (this.submitValue || this.boxTarget.value === this.shownTarget.value) return;
    if (this.boxTarget.value.trim() === "") { this.idTarget.value = this.shownTarget.value = ""; this.idTarget.dispatchEvent(new Event("change", { bubbles: true })); }
    else this.boxTarget.value = this.shownTarget.value;
  }
});
