// SPDX-License-Identifier: Apache-2.0
// data-controller="upload" on a form with a file: it is sent with a bar, and the answer takes the page's place.
// Without it the form is sent as any other.
window.huiyao.register("upload", class extends Stimulus.Controller {
  static targets = ["bar", "checking"];
  static values = { broken: String };
  connect() {
    this.send = (event) => { event.preventDefault(); this.submit(); };
    this.element.addEventListener("submit", this.send);
  }
  disconnect() { this.element.removeEventListener("submit", this.send); }
  submit() {
    const request = new XMLHttpRequest();
    const button = this.element.querySelector("button");
    button.disabled = true;
    this.barTarget.hidden = false;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) this.barTarget.value = (100 * event.loaded) / event.total;
    });
    request.upload.addEventListener("load", () => { this.barTarget.hidden = true; this.checkingTarget.hidden = false; });
    request.addEventListener("load", () => this.show(request));
    request.addEventListener("error", () => {
      button.disabled = false;
      this.barTarget.hidden = this.checkingTarget.hidden = true;
      this.say(this.brokenValue);
    });
    request.open("POST", this.element.action || location.href);
    request.send(new FormData(this.element));
  }
  show(request) {
    if (request.status < 400 && request.responseURL !== location.href) { location.assign(request.responseURL); return; }
    const sheet = new DOMParser().parseFromString(request.responseText, "text/html").querySelector(".sheet");
    if (!sheet) { this.say(this.brokenValue); return; }
    document.querySelector(".sheet").replaceWith(document.adoptNode(sheet));
    sheet.querySelector("[role=alert]")?.scrollIntoView({ block: "center" });
  }
  say(text) {
    this.element.querySelector(":scope > .error")?.remove();
    const line = document.createElement("p");
    line.className = "error";
    line.setAttribute("role", "alert");
    line.textContent = text;
    this.element.append(line);
  }
});
