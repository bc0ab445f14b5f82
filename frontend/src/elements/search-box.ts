import { Listbox } from "../listbox.ts";
import { fragment } from "../util.ts";

/**
 * Wraps the search form. Suggestions come from data-href as options
 * (role="option" links); Enter without a choice sends the form as it is.
 */
class SearchBox extends HTMLElement {
  private input: HTMLInputElement | null = null;
  private list: HTMLElement | null = null;
  private box: Listbox | null = null;
  private asked: AbortController | null = null;
  private timer = 0;

  connectedCallback(): void {
    this.input = this.querySelector("input");
    if (!this.input) return;
    this.list = document.createElement("div");
    this.list.className = "suggest";
    this.list.role = "listbox";
    this.list.ariaLabel = this.input.ariaLabel ?? this.input.labels?.[0]?.textContent?.trim() ?? this.input.placeholder;
    this.list.hidden = true;
    this.append(this.list);
    this.box = new Listbox(this.input, this.list);
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.suggest(), 120);
    });
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("focusout", (event) => {
      if (!this.contains(event.relatedTarget as Node | null)) this.show(false);
    });
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  private show(open: boolean): void {
    if (this.list) this.list.hidden = !open;
    this.box?.show(open);
  }

  private onKey(event: KeyboardEvent): void {
    const open = !this.list?.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) this.box?.move(event.key === "ArrowDown" ? 1 : -1);
      else void this.suggest();
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.show(false);
    } else if (event.key === "Enter" && open && this.box?.current) {
      event.preventDefault();
      this.box.current.click();
    }
  }

  private async suggest(): Promise<void> {
    const words = this.input?.value.trim() ?? "";
    this.asked?.abort();
    if (words.length < 2 || !this.list) return this.show(false);
    this.asked = new AbortController();
    const html = await fragment(`${this.dataset["href"] ?? "/search/suggest"}?q=${encodeURIComponent(words)}`, this.asked.signal);
    if (html === undefined) return;
    this.list.innerHTML = html;
    this.show(this.list.querySelector("[role=option]") !== null);
  }
}

customElements.define("search-box", SearchBox);
