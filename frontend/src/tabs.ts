// On a narrow screen a row of tabs scrolls; the page that one is on is brought into sight.
for (const here of document.querySelectorAll<HTMLElement>(":is(.tabs, .segments) > [aria-current]")) {
  const row = here.parentElement!;
  row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}
