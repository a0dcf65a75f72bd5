// SPDX-License-Identifier: Apache-2.0
// data-controller="countdown": counts down to data-countdown-until-value once that is near; until then, and without
// scripts, the server's words stand.
// data-controller="opened": tells once, when the page is really in front of somebody, that it is being read.
// data-controller="copy": copies the text at data-copy-url-value; the link to that text works without it.
(() => {
  const two = (n) => String(n).padStart(2, "0");

  window.huiyao.register("countdown", class extends Stimulus.Controller {
    static values = { until: String, within: { type: Number, default: 86400 } };
    connect() {
      this.end = Date.parse(this.untilValue);
      this.tick = () => {
        const left = Math.floor((this.end - Date.now()) / 1000);
        if (left < 0 || left > this.withinValue) return;
        this.element.textContent = `${Math.floor(left / 3600)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
      };
      this.tick();
      this.timer = setInterval(this.tick, 1000);
    }
    disconnect() { clearInterval(this.timer); }
  });

  window.huiyao.register("opened", class extends Stimulus.Controller {
    static values = { url: String };
    connect() {
      const tell = () => {
        if (document.visibilityState !== "visible") return;
        document.removeEventListener("visibilitychange", tell);
        this.timer = setTimeout(() => fetch(this.urlValue, { method: "POST", headers: { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "" } }).catch(() => {}), 3000);
      };
      document.addEventListener("visibilitychange", tell);
      tell();
    }
    disconnect() { clearTimeout(this.timer); }
  });

  window.huiyao.register("copy", class extends Stimulus.Controller {
    static values = { url: String, done: String };
    async copy(event) {
      if (!navigator.clipboard) return;
      event.preventDefault();
      const answer = await fetch(this.urlValue);
      if (!answer.ok) return location.assign(this.urlValue);
      await navigator.clipboard.writeText(await answer.text());
      event.target.textContent = this.doneValue;
    }
  });
})();
