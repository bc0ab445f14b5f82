// <a href="/page" data-dialog="id"> opens the dialog with that id; without
// script the link leads to the page. [data-close] closes the dialog it is in.
document.addEventListener("click", (event) => {
  const from = event.target as Element;
  const opener = from.closest<HTMLElement>("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset["dialog"] ?? "");
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    }
    return;
  }
  const dialog = from.closest("dialog");
  if (dialog && (from.closest("[data-close]") || from === dialog)) dialog.close();
});
