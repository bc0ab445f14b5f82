import { fieldNumber, language, plural, readNumber, showNumber } from "../util.ts";

/**
 * Wraps a plain quantity field: buttons by step, and how many packs and pallets
 * that is. Typing is never hindered; the server says what it thinks of a number.
 */
class QuantityInput extends HTMLElement {
  private input: HTMLInputElement | null = null;
  private output: HTMLOutputElement | null = null;

  connectedCallback(): void {
    this.input = this.querySelector("input");
    if (!this.input || this.querySelector("button")) return;
    this.append(this.button("−", this.dataset["less"] ?? "Less", -1), this.button("+", this.dataset["more"] ?? "More", 1));
    if (this.figure("pack") > 1) {
      this.output = this.querySelector("output") ?? document.createElement("output");
      this.append(this.output);
    }
    this.input.addEventListener("input", () => this.describe());
    // Whoever comes to the field means another figure: typing replaces it, and is never added to what stands there.
    this.input.addEventListener("focus", () => this.input?.select());
    this.input.addEventListener("mousedown", (event) => {
      if (!this.input || document.activeElement === this.input || this.input.disabled) return;
      event.preventDefault();
      this.input.focus();
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      this.move(event.key === "ArrowUp" ? 1 : -1);
    });
    this.describe();
  }

  private figure(name: string): number {
    return Number(this.dataset[name] ?? 0) || 0;
  }

  private button(sign: string, label: string, by: 1 | -1): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.ariaLabel = label;
    button.disabled = this.input?.disabled ?? false;
    button.addEventListener("click", () => this.move(by));
    return button;
  }

  /** To the next whole step, never under the minimum. */
  private move(by: 1 | -1): void {
    const input = this.input;
    if (!input) return;
    const step = this.figure("step") || this.figure("pack") || 1;
    const least = this.figure("min");
    const now = readNumber(input.value);
    const from = Number.isNaN(now) ? 0 : now;
    const steps = by > 0 ? Math.floor(from / step + 1e-9) + 1 : Math.ceil(from / step - 1e-9) - 1;
    input.value = fieldNumber(Math.max(steps * step, least, 0));
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private describe(): void {
    if (!this.output || !this.input) return;
    const quantity = readNumber(this.input.value);
    const pack = this.figure("pack");
    const pallet = this.figure("pallet");
    const parts: string[] = [];
    if (quantity > 0) {
      const packs = quantity / pack;
      parts.push(`${showNumber(packs)} ${plural(this.dataset["packWords"] ?? "one:pack|other:packs", packs)}`);
      if (pallet > 0 && quantity >= pallet) {
        const pallets = quantity / pallet;
        const shown = new Intl.NumberFormat(language(), { maximumFractionDigits: 1 }).format(pallets);
        parts.push(`${shown} ${plural(this.dataset["palletWords"] ?? "one:pallet|other:pallets", pallets)}`);
      }
    }
    this.output.textContent = parts.join(" · ");
  }
}

customElements.define("quantity-input", QuantityInput);
