// The keyboard of a combobox: the field keeps focus, the options light up.
let serial = 0;

export class Listbox {
  constructor(private readonly input: HTMLInputElement | HTMLTextAreaElement, private readonly list: HTMLElement) {
    list.id ||= `list-${++serial}`;
    // A text area may have no other role; it says what it has in the words of a text field.
    if (input instanceof HTMLInputElement) input.setAttribute("role", "combobox");
    else input.setAttribute("aria-haspopup", "listbox");
    input.setAttribute("aria-autocomplete", "list");
    this.expanded(false);
    input.setAttribute("aria-controls", list.id);
    input.autocomplete = "off";
  }

  get options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  get current(): HTMLElement | undefined {
    return this.options.find((option) => option.ariaSelected === "true");
  }

  select(option: HTMLElement | undefined): void {
    for (const other of this.options) other.ariaSelected = String(other === option);
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.id ||= `option-${++serial}`;
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  /** Moves by one and round the ends. */
  move(by: 1 | -1): void {
    const options = this.options;
    if (options.length === 0) return;
    const at = options.findIndex((option) => option.ariaSelected === "true");
    const next = at < 0 && by < 0 ? options.length - 1 : (at + by + options.length) % options.length;
    this.select(options[next]);
  }

  private expanded(open: boolean): void {
    if (this.input instanceof HTMLInputElement) this.input.setAttribute("aria-expanded", String(open));
  }

  show(open: boolean): void {
    this.expanded(open);
    if (!open) this.select(undefined);
  }
}
