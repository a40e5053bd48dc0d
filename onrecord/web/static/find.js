// The search page has a box of its own, which keeps the conditions: "/" goes to that one.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  document.getElementById("words").select();
}, { capture: true });
