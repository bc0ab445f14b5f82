import { Listbox } from "../listbox.ts";
import { post } from "../util.ts";

interface Suggestion {
  insert: string;
  kind: string;
  replace_from: number;
  replace_to: number;
}

interface Examined {
  is_never: boolean;
  error: { message: string } | null;
}

const BASE = "/office/policy/conditions/";

/**
 * Wraps a text area for CEL: what could come next, by keyboard, and what is
 * wrong at which column. Enter is a new line unless an option is lit.
 */
class ConditionField extends HTMLElement {
  private area: HTMLTextAreaElement | null = null;
  private list: HTMLElement | null = null;
  private says: HTMLElement | null = null;
  private box: Listbox | null = null;
  private asked: AbortController | null = null;
  private found: Suggestion[] = [];
  private timer = 0;

  connectedCallback(): void {
    this.area = this.querySelector("textarea");
    if (!this.area || this.list) return;
    this.says = this.querySelector(".condition-says");
    this.list = document.createElement("div");
    this.list.className = "suggest";
    this.list.role = "listbox";
    this.list.ariaLabel = this.area.labels?.[0]?.textContent?.trim() ?? "";
    this.list.hidden = true;
    this.area.after(this.list);
    this.area.spellcheck = false;
    this.box = new Listbox(this.area, this.list);
    this.area.addEventListener("input", () => this.later());
    this.area.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("focusout", (event) => {
      if (!this.contains(event.relatedTarget as Node | null)) this.show(false);
    });
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option) this.choose(option);
    });
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      void this.suggest();
      void this.examine();
    }, 150);
  }

  private show(open: boolean): void {
    if (this.list) this.list.hidden = !open;
    this.box?.show(open);
  }

  private onKey(event: KeyboardEvent): void {
    const open = !this.list?.hidden;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.box?.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      void this.suggest();
    } else if (open && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.show(false);
    } else if (open && (event.key === "Enter" || event.key === "Tab") && this.box?.current) {
      event.preventDefault();
      this.choose(this.box.current);
    }
  }

  /** Columns are counted in characters, as the server counts them. */
  private body(): { subject: string; text: string; column: number } {
    const text = this.area?.value ?? "";
    const before = text.slice(0, this.area?.selectionStart ?? text.length);
    return { subject: this.dataset["subject"] ?? "customer", text, column: [...before].length + 1 };
  }

  private async suggest(): Promise<void> {
    this.asked?.abort();
    this.asked = new AbortController();
    const found = await post<Suggestion[]>(`${BASE}completion`, this.body(), this.asked.signal);
    if (!found || !this.list) return;
    this.found = found;
    this.list.replaceChildren(...found.map((one, at) => this.option(one, at)));
    this.show(found.length > 0 && this.contains(document.activeElement));
  }

  private option(one: Suggestion, at: number): HTMLElement {
    const option = document.createElement("div");
    option.role = "option";
    option.dataset["at"] = String(at);
    const text = document.createElement("code");
    text.textContent = one.insert;
    const kind = document.createElement("span");
    kind.className = "end";
    kind.textContent = this.word(one.kind);
    option.append(text, kind);
    return option;
  }

  /** 'field:field|operator:operator' holds the words of the page's language. */
  private word(kind: string): string {
    const pairs = (this.dataset["kinds"] ?? "").split("|").map((pair) => pair.split(":"));
    return pairs.find(([name]) => name === kind)?.[1] ?? kind;
  }

  private choose(option: HTMLElement): void {
    const one = this.found[Number(option.dataset["at"])];
    if (!one || !this.area) return;
    const letters = [...this.area.value];
    const head = letters.slice(0, one.replace_from - 1).join("") + one.insert;
    this.area.value = head + letters.slice(one.replace_to - 1).join("");
    this.area.setSelectionRange(head.length, head.length);
    this.show(false);
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private async examine(): Promise<void> {
    const { subject, text } = this.body();
    if (!this.says || !this.area) return;
    const examined = text.trim() ? await post<Examined>(`${BASE}examination`, { subject, text }) : undefined;
    if (text !== this.area.value) return;
    this.says.textContent = examined?.error?.message ?? "";
    this.area.ariaInvalid = examined?.error ? "true" : "false";
  }
}

customElements.define("condition-field", ConditionField);
