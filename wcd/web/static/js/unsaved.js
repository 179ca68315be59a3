// Whoever leaves a page with something typed and not saved is asked first; nothing else depends on this script.
const forms = [...document.querySelectorAll("form[data-unsaved]")];
const changed = new Set();

for (const form of forms) {
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("submit", () => changed.clear());
}

addEventListener("beforeunload", (event) => {
  if (changed.size > 0) event.preventDefault();
});
