// Keys for every page: "/" goes to the search box, "?" to the list of keys. Pages add their own in their own files.
const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("q")?.select();
  } else if (event.key === "?") {
    window.location.href = "/about#keys";
  }
});
