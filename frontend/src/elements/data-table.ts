import { isTyping } from "../util.ts";

/**
 * Wraps a table: rows by j and k, x chooses, Enter opens; choose all; which
 * columns show is remembered for each table name.
 */
class DataTable extends HTMLElement {
  private table: HTMLTableElement | null = null;

  connectedCallback(): void {
    this.table = this.querySelector("table");
    if (!this.table) return;
    this.addEventListener("keydown", this.onKey);
    this.addEventListener("change", this.onChange);
    document.addEventListener("keydown", this.onPageKey);
    this.columns();
    this.count();
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onPageKey);
  }

  private get rows(): HTMLTableRowElement[] {
    return [...(this.table?.tBodies ?? [])].flatMap((body) => [...body.rows]).filter((row) => row.querySelector("a[href], .pick input"));
  }

  private picks(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("tbody .pick input[type=checkbox]")];
  }

  private readonly onPageKey = (event: KeyboardEvent): void => {
    // The first j on a page enters its first table.
    if (event.key !== "j" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.defaultPrevented || document.querySelector("dialog[open]") || document.querySelector("[data-key=j]")) return;
    if (document.querySelector("data-table") !== this || this.contains(document.activeElement)) return;
    this.focusRow(this.rows[0]);
    event.preventDefault();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const row = (event.target as Element).closest<HTMLTableRowElement>("tbody tr");
    if (!row) return;
    const rows = this.rows;
    const at = rows.indexOf(row);
    if (event.key === "j") this.focusRow(rows[Math.min(at + 1, rows.length - 1)]);
    else if (event.key === "k") this.focusRow(rows[Math.max(at - 1, 0)]);
    else if (event.key === "x") row.querySelector<HTMLInputElement>(".pick input")?.click();
    else if (event.key === "Enter" && event.target === row) row.querySelector<HTMLAnchorElement>("a[data-open], a[href]")?.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private focusRow(row: HTMLTableRowElement | undefined): void {
    if (!row) return;
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  private readonly onChange = (event: Event): void => {
    const box = event.target as HTMLInputElement;
    if (box.matches("thead .pick input")) for (const pick of this.picks()) pick.checked = box.checked;
    if (box.matches(".pick input")) this.count();
  };

  private count(): void {
    const picks = this.picks();
    const chosen = picks.filter((pick) => pick.checked).length;
    const all = this.querySelector<HTMLInputElement>("thead .pick input");
    if (all) {
      all.checked = chosen > 0 && chosen === picks.length;
      all.indeterminate = chosen > 0 && chosen < picks.length;
    }
    const shown = this.querySelector("[data-count]");
    if (shown) shown.textContent = String(chosen);
  }

  /** Fills <div data-columns> with a box for each <th data-col="name">. */
  private columns(): void {
    const place = this.querySelector<HTMLElement>("[data-columns]");
    const menu = place?.closest<HTMLElement>("details");
    if (!place || !menu || !this.table) return;
    const key = `columns:${this.dataset["name"] ?? location.pathname}`;
    const hidden = new Set((localStorage.getItem(key) ?? "").split(",").filter(Boolean));
    const heads = [...(this.table.tHead?.rows[0]?.cells ?? [])];
    place.replaceChildren();
    for (const head of heads.filter((cell) => cell.dataset["col"])) {
      const name = head.dataset["col"] as string;
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = !hidden.has(name);
      box.addEventListener("change", () => {
        if (box.checked) hidden.delete(name);
        else hidden.add(name);
        localStorage.setItem(key, [...hidden].join(","));
        this.showColumn(head.cellIndex, box.checked);
      });
      label.append(box, head.textContent?.trim() ?? name);
      place.append(label);
      if (hidden.has(name)) this.showColumn(head.cellIndex, false);
    }
    menu.hidden = false;
  }

  private showColumn(index: number, show: boolean): void {
    for (const row of this.table?.rows ?? []) {
      const cell = row.cells[index];
      if (cell && row.cells.length > index && cell.colSpan === 1) cell.hidden = !show;
    }
  }
}

customElements.define("data-table", DataTable);
