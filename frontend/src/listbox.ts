// The keyboard of a combobox: the field keeps focus, the options light up.
let serial = 0;

export class Listbox {
  constructor(private readonly input: HTMLInputElement | HTMLTextAreaElement, private readonly list: HTMLElement) {
    list.id ||= `list-${++serial}`;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
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

  show(open: boolean): void {
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.select(undefined);
  }
}
