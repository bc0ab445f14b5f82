// Menus are <details class="menu">; script only closes them politely.
function close(menu: HTMLDetailsElement, refocus: boolean): void {
  menu.open = false;
  if (refocus) menu.querySelector("summary")?.focus();
}

const openMenus = (): HTMLDetailsElement[] => [...document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")];

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target as Node)) close(menu, false);
});
document.addEventListener("focusin", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target as Node)) close(menu, false);
});
document.addEventListener("keydown", (event) => {
  const menu = (event.target as Element).closest?.<HTMLDetailsElement>("details.menu[open]");
  if (event.key === "Escape") {
    // Opened by the pointer, a menu may be open while the focus is nowhere.
    const open = menu ?? (document.querySelector("dialog[open]") ? undefined : openMenus().at(-1));
    if (!open || event.defaultPrevented) return;
    close(open, true);
    event.stopPropagation();
    return;
  }
  if (!menu) return;
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const items = [...menu.querySelectorAll<HTMLElement>(".menu-body :is(a[href], button, input)")];
  if (items.length === 0) return;
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = event.key === "ArrowDown" ? at + 1 : at < 0 ? items.length - 1 : at - 1;
  items[(next + items.length) % items.length]?.focus();
  event.preventDefault();
});
