// Choosing in a list: all on the page, how many are chosen, and keys for what can be done with them.
const picks = () => [...document.querySelectorAll("tbody .pick input")];

function count() {
  const says = document.querySelector("[data-picked]");
  if (!says) return;
  const chosen = picks().filter((box) => box.checked).length;
  says.hidden = chosen === 0;
  says.textContent = says.dataset.says.replace("{n}", chosen);
  const all = document.querySelector("[data-picks-all]");
  all.checked = chosen > 0 && chosen === picks().length;
  all.indeterminate = chosen > 0 && !all.checked;
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-picks-all]")) picks().forEach((box) => (box.checked = event.target.checked));
  if (event.target.closest(".pick")) count();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !picks().some((box) => box.checked)) return;
  document.querySelector(`.bulkbar [data-key="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
});

document.addEventListener("htmx:afterSwap", count);
count();
