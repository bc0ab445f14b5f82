/** Wraps <code> and a hidden button: copies the code, and says so for a moment. */
class CopyCode extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    const code = this.querySelector("code, .sku, samp");
    if (!button || !code || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent?.trim() ?? "");
      const label = button.ariaLabel;
      button.dataset["done"] = "";
      if (this.dataset["done"]) button.ariaLabel = this.dataset["done"];
      setTimeout(() => {
        delete button.dataset["done"];
        button.ariaLabel = label;
      }, 1600);
    });
  }
}

customElements.define("copy-code", CopyCode);
