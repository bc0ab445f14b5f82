/**
 * Short messages at the corner. They come as <template data-toast> in a swapped
 * fragment, as the event `toast` from an HX-Trigger header
 * ({"toast": {"text": "…", "kind": "deal"}}), or as one of the texts the region
 * carries itself (data-failed, data-offline).
 */
class ToastRegion extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("toast", this.onToast);
    document.addEventListener("htmx:afterSettle", this.collect);
    this.collect();
  }

  disconnectedCallback(): void {
    document.removeEventListener("toast", this.onToast);
    document.removeEventListener("htmx:afterSettle", this.collect);
  }

  private readonly onToast = (event: Event): void => {
    const detail = (event as CustomEvent<{ text?: string; value?: string; kind?: string }>).detail;
    this.show(detail.text ?? detail.value ?? "", detail.kind);
  };

  private readonly collect = (): void => {
    for (const template of document.querySelectorAll<HTMLTemplateElement>("template[data-toast]")) {
      this.show(template.content.cloneNode(true), template.dataset["toast"]);
      template.remove();
    }
  };

  show(content: string | Node, kind = ""): void {
    if (content === "") return;
    const toast = document.createElement("div");
    toast.className = kind ? `toast ${kind}` : "toast";
    const body = document.createElement("div");
    body.append(content);
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "×";
    close.ariaLabel = this.dataset["close"] ?? "Close";
    close.addEventListener("click", () => toast.remove());
    toast.append(body, close);
    this.append(toast);
    while (this.childElementCount > 3) this.firstElementChild?.remove();
    if (kind === "bad") return; // an error stays until it is read
    const leave = (): void => {
      if (toast.matches(":hover, :focus-within")) setTimeout(leave, 2000);
      else toast.remove();
    };
    // What can be undone stays long enough to be read and pressed.
    setTimeout(leave, toast.querySelector("form, a") ? 10_000 : 7_000);
  }
}

customElements.define("toast-region", ToastRegion);

const fallback: Record<string, string> = {
  failed: "This did not work. Nothing was changed.",
  offline: "No connection to the shop. Nothing was changed.",
};

export function toast(name: "failed" | "offline"): void {
  const region = document.querySelector("toast-region");
  if (region instanceof ToastRegion) region.show(region.dataset[name] ?? fallback[name] ?? "", "bad");
}
