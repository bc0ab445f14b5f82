// Enter in a field of [data-enter] presses the button that belongs to those fields, not the form's first one.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.defaultPrevented || event.isComposing) return;
  const field = event.target;
  if (!(field instanceof HTMLInputElement)) return;
  const id = field.closest<HTMLElement>("[data-enter]")?.dataset["enter"];
  const button = id ? document.getElementById(id) : null;
  if (!button) return;
  event.preventDefault();
  button.click();
});

// Ctrl or Cmd with Enter sends the form of a dialog, so that a reason is typed and given without the mouse.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.defaultPrevented || !(event.ctrlKey || event.metaKey)) return;
  const field = event.target;
  if (!(field instanceof HTMLTextAreaElement) || !field.closest("dialog")) return;
  event.preventDefault();
  field.form?.requestSubmit();
});
