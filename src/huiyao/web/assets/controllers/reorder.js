// SPDX-License-Identifier: Apache-2.0
// data-controller="reorder": rows dragged by their grip, or moved with Alt and the arrow keys. The row's own move form
// is sent, so the server decides; without JavaScript the same form has buttons.
window.huiyao.register("reorder", class extends Stimulus.Controller {
  static targets = ["row"];
  connect() {
    this.element.classList.add("live-list");
    this.element.addEventListener("dragstart", (event) => {
      if (!event.target.classList?.contains("grip")) return;
      this.dragged = event.target.closest("li");
      this.dragged.classList.add("dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", this.dragged.id);
    });
    this.element.addEventListener("dragover", (event) => {
      if (!this.dragged) return;
      event.preventDefault();
      this.rowTargets.forEach((row) => row.classList.toggle("target", row === this.over(event)));
    });
    this.element.addEventListener("drop", (event) => {
      if (!this.dragged) return;
      event.preventDefault();
      const rows = this.rowTargets, from = rows.indexOf(this.dragged), target = this.over(event);
      let to = target ? rows.indexOf(target) : rows.length;
      if (to > from) to -= 1;
      if (to !== from) this.send(this.dragged, to + 1);
    });
    this.element.addEventListener("dragend", () => {
      this.rowTargets.forEach((row) => row.classList.remove("dragged", "target"));
      this.dragged = null;
    });
    this.element.addEventListener("keydown", (event) => {
      if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      const row = event.target.closest("li"), way = event.key === "ArrowUp" ? "up" : "down";
      const button = row?.querySelector(`[data-move] button[value="${way}"]`);
      if (button && !button.disabled) { button.focus(); button.click(); }
    });
  }
  over(event) {
    return this.rowTargets.find((row) => { const box = row.getBoundingClientRect(); return event.clientY < box.top + box.height / 2; });
  }
  send(row, place) {
    const form = row.querySelector("[data-move]"), field = document.createElement("input");
    field.type = "hidden";
    field.name = "to";
    field.value = String(place);
    form.append(field);
    form.requestSubmit();
  }
});
