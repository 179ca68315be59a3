// Keys of the organisers' pages: "/" goes to the search field.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.querySelector("#search-everywhere");
  if (!field) return;
  event.preventDefault();
  field.focus();
});
