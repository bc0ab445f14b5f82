import { fragment, readNumber } from "../util.ts";

/**
 * Wraps the quantity form of a cart line that a deal is bound to. Under the
 * deal's minimum (data-min) it first shows what happens to the price, fetched
 * from data-preview-href; only a second, knowing submit goes through.
 */
class ConfirmPrice extends HTMLElement {
  private shownFor = "";
  private timer = 0;

  connectedCallback(): void {
    this.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.preview(false), 250);
    });
    this.addEventListener("submit", (event) => this.guard(event), { capture: true });
    // A request that a change would send by itself waits as well.
    this.addEventListener("change", (event) => { if (this.breaks()) event.stopPropagation(); }, { capture: true });
  }

  private get quantity(): string {
    return this.querySelector<HTMLInputElement>("input[name=quantity]")?.value.trim() ?? "";
  }

  private breaks(): boolean {
    const quantity = readNumber(this.quantity);
    return quantity < Number(this.dataset["min"] ?? 0);
  }

  private guard(event: Event): void {
    if (!this.breaks() || this.shownFor === this.quantity) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void this.preview(true);
  }

  private async preview(focus: boolean): Promise<void> {
    const place = this.querySelector<HTMLElement>("[data-preview]");
    const href = this.dataset["previewHref"];
    if (!place || !href) return;
    if (!this.breaks()) {
      place.replaceChildren();
      this.shownFor = "";
      return;
    }
    const asked = this.quantity;
    const html = await fragment(`${href}${href.includes("?") ? "&" : "?"}quantity=${encodeURIComponent(asked)}`);
    if (asked !== this.quantity) return;
    this.shownFor = asked; // also without an answer: the server still has the last word
    place.innerHTML = html ?? "";
    if (!html && focus) this.querySelector("form")?.requestSubmit();
    else if (focus) {
      place.tabIndex = -1;
      place.focus();
    }
  }
}

customElements.define("confirm-price", ConfirmPrice);
