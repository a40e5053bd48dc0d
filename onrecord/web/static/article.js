// The reading view, quicker: an entry opens in the margin without a new page; keys; swipes; layers.
const desk = document.querySelector(".desk");
const chosen = document.getElementById("chosen");
const page = `/page/${desk.dataset.page}`;
const quick = new Map();

async function open(entry, { focus = false } = {}) {
  if (!quick.has(entry)) {
    const answer = await fetch(`${page}/entry/${encodeURIComponent(entry)}`, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    quick.set(entry, await answer.text());
  }
  const part = new DOMParser().parseFromString(quick.get(entry), "text/html").body;
  chosen.replaceChildren(...part.childNodes);
  mark(entry);
  const address = new URL(window.location.href);
  address.searchParams.set("entry", entry);
  address.hash = "";
  history.replaceState(null, "", address);
  if (focus) document.getElementById("entry")?.focus({ preventScroll: true });
}

function close() {
  chosen.replaceChildren();
  mark(null);
  const address = new URL(window.location.href);
  address.searchParams.delete("entry");
  address.hash = "";
  history.replaceState(null, "", address);
}

function mark(entry) {
  for (const words of desk.querySelectorAll(".w")) {
    const held = words.dataset.entry === entry || words.dataset.within?.split(" ").includes(entry);
    words.classList.toggle("chosen", entry !== null && held);
  }
  for (const note of desk.querySelectorAll(".notes li")) {
    note.classList.toggle("chosen", entry !== null && note.querySelector("[data-entry]")?.dataset.entry === entry);
  }
}

desk.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (event.target.closest("[data-close]")) {
    event.preventDefault();
    close();
    return;
  }
  const layer = event.target.closest("[data-layer]");
  if (layer) {
    event.preventDefault();
    toggle(layer);
    return;
  }
  const words = event.target.closest("[data-entry]");
  if (!words || !words.dataset.entry || window.getSelection()?.toString()) return;
  event.preventDefault();
  open(words.dataset.entry, { focus: words.tagName === "A" && event.detail === 0 });
  if (words.closest(".margin")) {
    desk.querySelector(`.sheet .w[data-entry="${CSS.escape(words.dataset.entry)}"]`)?.scrollIntoView({ block: "center" });
  }
});

function toggle(layer) {
  const shown = layer.getAttribute("aria-checked") !== "true";
  layer.setAttribute("aria-checked", String(shown));
  desk.classList.toggle(`hide-${layer.dataset.layer}`, !shown);
  const on = [...desk.querySelectorAll("[data-layer]")]
    .filter((one) => one.getAttribute("aria-checked") === "true")
    .map((one) => one.dataset.layer);
  const address = new URL(window.location.href);
  address.searchParams.set("layers", on.join(",") || "none");
  history.replaceState(null, "", address);
}

function turn(where) {
  const to = desk.dataset[where];
  if (to) window.location.href = to;
}

function step(by) {
  const numbers = [...desk.querySelectorAll(".sheet a.n")];
  const entry = new URL(window.location.href).searchParams.get("entry");
  const at = numbers.findIndex((number) => number.dataset.entry === entry);
  const next = numbers[at < 0 ? (by > 0 ? 0 : numbers.length - 1) : at + by];
  if (!next) return;
  open(next.dataset.entry);
  next.scrollIntoView({ block: "center" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "ArrowLeft" || event.key === "p") turn("before");
  else if (event.key === "ArrowRight" || event.key === "n") turn("after");
  else if (event.key === "Escape") close();
});

let from = null;
desk.addEventListener("touchstart", (event) => {
  from = event.touches.length === 1 ? event.touches[0] : null;
}, { passive: true });
desk.addEventListener("touchend", (event) => {
  if (!from) return;
  const to = event.changedTouches[0];
  const across = to.clientX - from.clientX;
  const down = to.clientY - from.clientY;
  if (Math.abs(across) > 90 && Math.abs(down) < 40 && !window.getSelection()?.toString()) turn(across > 0 ? "before" : "after");
  from = null;
}, { passive: true });
