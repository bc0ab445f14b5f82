// A product's page has one quantity: the form to ask is about what stands in the field above it, at once and not only when
// the server has answered with the price.
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || field.id !== "quantity") return;
  const follower = document.querySelector("#ask-quantity");
  const value = follower?.querySelector("input");
  const words = follower?.querySelector("output");
  if (value) value.value = field.value;
  if (words) words.textContent = field.value;
});
