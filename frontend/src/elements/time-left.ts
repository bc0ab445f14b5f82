import { language } from "../util.ts";

const MINUTE = 60_000;

/**
 * Wraps <time datetime>: adds 'in 38 min' beside it and keeps it true, to the
 * minute. The last half hour and the time after it are marked for the style.
 */
class TimeLeft extends HTMLElement {
  private timer = 0;
  private rest: HTMLElement | null = null;

  connectedCallback(): void {
    this.rest = this.querySelector("[data-rest]") ?? this.appendChild(Object.assign(document.createElement("span"), { className: "rest" }));
    this.rest.dataset["rest"] = "";
    this.tick();
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
  }

  private tick(): void {
    const due = Date.parse(this.querySelector("time")?.dateTime ?? "");
    if (Number.isNaN(due) || !this.rest) return;
    const left = due - Date.now();
    const minutes = left >= 0 ? Math.ceil(left / MINUTE) : Math.floor(left / MINUTE);
    const words = new Intl.RelativeTimeFormat(language(), { numeric: "always", style: "short" });
    const size = Math.abs(minutes);
    const said =
      size < 90 ? words.format(minutes, "minute")
      : size < 36 * 60 ? words.format(Math.round(minutes / 60), "hour")
      : words.format(Math.round(minutes / 1440), "day");
    this.rest.textContent = ` · ${said}`;
    this.dataset["state"] = left < 0 ? "late" : left < 30 * MINUTE ? "soon" : "ample";
    this.timer = window.setTimeout(() => this.tick(), size < 90 ? MINUTE / 2 : 10 * MINUTE);
  }
}

customElements.define("time-left", TimeLeft);
