import { setCookie } from "./util.ts";

/**
 * A group of buttons that sets one attribute of the page and remembers it in a
 * cookie, so that the server writes it into <html> next time. Without script
 * the buttons send the form they are in.
 */
export function defineSwitch(tag: string, name: string): void {
  customElements.define(
    tag,
    class extends HTMLElement {
      connectedCallback(): void {
        this.addEventListener("click", (event) => {
          const button = (event.target as Element).closest("button");
          if (!button) return;
          event.preventDefault();
          setCookie(name, button.value);
          if (button.value === "auto") delete document.documentElement.dataset[name];
          else document.documentElement.dataset[name] = button.value;
          this.mark();
        });
        this.mark();
      }

      private mark(): void {
        const now = document.documentElement.dataset[name] ?? this.dataset["default"] ?? "auto";
        for (const button of this.querySelectorAll("button")) button.ariaPressed = String(button.value === now);
      }
    },
  );
}
