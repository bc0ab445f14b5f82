import { Listbox } from "../listbox.ts";
import { fragment } from "../util.ts";

/**
 * Ctrl or Cmd with K: go anywhere. Commands are the options in <template>;
 * from the second letter on, what the shop's search suggests follows them.
 */
class CommandPalette extends HTMLElement {
  private dialog: HTMLDialogElement | null = null;
  private input: HTMLInputElement | null = null;
  private list: HTMLElement | null = null;
  private box: Listbox | null = null;
  private asked: AbortController | null = null;
  private timer = 0;

  connectedCallback(): void {
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    if (!this.dialog || !this.input || !this.list) return;
    this.box = new Listbox(this.input, this.list);
    document.addEventListener("keydown", this.onPageKey);
    document.addEventListener("click", this.onOpener);
    this.input.addEventListener("input", () => this.fill());
    this.dialog.addEventListener("keydown", (event) => this.onKey(event));
    this.list.addEventListener("click", () => this.dialog?.close());
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onPageKey);
    document.removeEventListener("click", this.onOpener);
  }

  private readonly onPageKey = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    this.open();
  };

  private readonly onOpener = (event: Event): void => {
    if (!(event.target as Element).closest("[data-palette]")) return;
    event.preventDefault();
    this.open();
  };

  private open(): void {
    if (!this.dialog || !this.input || this.dialog.open) return;
    this.input.value = "";
    this.fill();
    this.dialog.showModal();
    this.input.focus();
    this.box?.show(true);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.box?.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = this.box?.current ?? this.box?.options[0];
      if (!option) return;
      this.dialog?.close();
      this.run(option);
    }
  }

  /** A link is followed; data-press presses the element with that selector. */
  private run(option: HTMLElement): void {
    const press = option.dataset["press"];
    if (press) document.querySelector<HTMLElement>(press)?.click();
    else option.click();
  }

  private fill(): void {
    const template = this.querySelector("template");
    if (!this.list || !template || !this.input) return;
    const words = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const copy = template.content.cloneNode(true) as DocumentFragment;
    for (const option of copy.querySelectorAll<HTMLElement>("[role=option]")) {
      const text = `${option.textContent} ${option.dataset["words"] ?? ""}`.toLowerCase();
      if (!words.every((word) => text.includes(word))) option.remove();
    }
    for (const group of copy.querySelectorAll("[role=group]")) if (!group.querySelector("[role=option]")) group.remove();
    this.list.replaceChildren(copy);
    this.box?.select(this.box.options[0]);
    this.asked?.abort();
    clearTimeout(this.timer);
    const href = this.dataset["href"];
    if (href && words.join("").length > 1) this.timer = window.setTimeout(() => void this.search(href), 120);
  }

  private async search(href: string): Promise<void> {
    this.asked = new AbortController();
    const html = await fragment(`${href}?q=${encodeURIComponent(this.input?.value ?? "")}`, this.asked.signal);
    if (!html || !this.list) return;
    const had = this.box?.current;
    this.list.insertAdjacentHTML("beforeend", html);
    if (!had) this.box?.select(this.box.options[0]);
  }
}

customElements.define("command-palette", CommandPalette);
