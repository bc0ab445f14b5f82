import { isTyping, readCookie, setCookie } from "../util.ts";

/**
 * Shortcuts of a page: an element with data-key="a" is clicked (a field is
 * focused) when that key is pressed outside fields; "g o" is two keys in a row, "shift+a" a capital.
 * "?" opens the dialog, which lists every shortcut found on the page. Single
 * keys can be switched off there; Ctrl or Cmd with K always opens the palette.
 */
class KeyMap extends HTMLElement {
  private first = "";
  private timer = 0;

  connectedCallback(): void {
    document.addEventListener("keydown", this.onKey);
    this.addEventListener("change", (event) => {
      const box = event.target as HTMLInputElement;
      if (box.matches("[data-keys-on]")) setCookie("keys", box.checked ? "on" : "off");
    });
    document.querySelector("[data-keys-help]")?.addEventListener("click", () => this.help());
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onKey);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (isTyping(event.target)) {
      // Out of a field of the desk, so that its letters work again; a search box closes its list first.
      if (event.key === "Escape" && event.target instanceof HTMLElement && event.target.closest(".decide")) event.target.blur();
      return;
    }
    if (event.key === "?") {
      event.preventDefault();
      this.help();
      return;
    }
    if (readCookie("keys") === "off" || event.key.length > 1) return;
    const key = event.key.toLowerCase();
    // Shift makes a key of its own where the page has one: shift+a for what takes a second thought.
    const shifted = event.shiftKey ? this.find(`shift+${key}`) : undefined;
    const both = this.first ? `${this.first} ${key}` : "";
    this.first = "";
    clearTimeout(this.timer);
    const target = shifted || (both && this.find(both)) || this.find(key);
    if (target) {
      event.preventDefault();
      this.use(target);
    } else if (document.querySelector(`[data-key^="${CSS.escape(key)} "]`)) {
      this.first = key;
      this.timer = window.setTimeout(() => (this.first = ""), 900);
    }
  };

  private find(key: string): HTMLElement | undefined {
    return [...document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)].find(
      (element) => element.checkVisibility() && !element.matches(":disabled, [aria-disabled=true]"),
    );
  }

  private use(target: HTMLElement): void {
    if (target.matches("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select")) {
      target.focus();
      if (target instanceof HTMLInputElement) target.select();
    } else target.click();
  }

  private help(): void {
    const dialog = this.querySelector("dialog");
    const list = this.querySelector("[data-key-list]");
    if (!dialog || !list) return;
    list.replaceChildren();
    const seen = new Set<string>();
    for (const element of document.querySelectorAll<HTMLElement>("[data-key], [data-key-also]")) {
      const key = element.dataset["key"] ?? element.dataset["keyAlso"] ?? "";
      if (seen.has(key)) continue;
      seen.add(key);
      const row = document.createElement("div");
      const name = document.createElement("dt");
      const keys = document.createElement("dd");
      name.textContent = this.label(element);
      for (const part of key.split(" ")) {
        const cap = document.createElement("kbd");
        cap.textContent = part.toUpperCase();
        keys.append(cap, " ");
      }
      row.append(name, keys);
      list.append(row);
    }
    const on = this.querySelector<HTMLInputElement>("[data-keys-on]");
    if (on) on.checked = readCookie("keys") !== "off";
    dialog.showModal();
  }

  private label(element: HTMLElement): string {
    const named = element.dataset["keyLabel"] ?? element.ariaLabel;
    if (named) return named.replace(/:$/, "");
    if (element instanceof HTMLInputElement && element.labels?.[0]) return element.labels[0].textContent?.trim() ?? "";
    const copy = element.cloneNode(true) as HTMLElement;
    copy.querySelectorAll("kbd, svg, .count").forEach((part) => part.remove());
    return copy.textContent?.trim().replace(/\s+/g, " ") ?? "";
  }
}

customElements.define("key-map", KeyMap);
