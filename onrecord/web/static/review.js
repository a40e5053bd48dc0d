// Review, quicker: one key judges the entry in focus, without a new page; what was said can be undone at once.
const queue = document.getElementById("queue");
const doubts = () => [...queue.querySelectorAll(".doubt:not(.over)")];
let last = null;
let at = doubts()[0] ?? null;

queue.addEventListener("focusin", (event) => {
  const here = event.target.closest(".doubt");
  if (here && !here.classList.contains("over")) at = here;
});
queue.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target, event.submitter);
});
queue.addEventListener("click", (event) => {
  const skip = event.target.closest("[data-skip]");
  if (!skip || !skip.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  step(1);
});

async function send(form, button) {
  const where = form.closest(".doubt");
  const next = neighbour(where, 1);
  const body = new FormData(form, button);
  const answer = await fetch(form.action, { method: "POST", headers: { "x-part": "1" }, body: new URLSearchParams(body) });
  if (!answer.ok) {
    // Let the browser send it, and show what the workbench says.
    const action = document.createElement("input");
    Object.assign(action, { type: "hidden", name: "action", value: body.get("action") });
    form.append(action);
    form.submit();
    return;
  }
  if (body.get("action") === "undo") {
    window.location.reload();
    return;
  }
  const part = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  where.replaceChildren(...part.childNodes);
  where.classList.add("over");
  last = where;
  go(next);
}

function neighbour(from, by) {
  const all = doubts();
  const here = all.indexOf(from);
  return all[here + by] ?? null;
}

function go(to) {
  at = to;
  if (to) {
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "nearest" });
  } else document.getElementById("next")?.focus();
}

function step(by) {
  const to = neighbour(at, by);
  if (to) go(to);
  else if (by > 0) document.getElementById("next")?.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const press = (action) => at?.querySelector(`button[value="${action}"]`)?.click();
  if (event.key === "c" || event.key === "y") press("confirm");
  else if (event.key === "r" || event.key === "x") press("reject");
  else if (event.key === "e") at?.querySelector("[data-amend]")?.click();
  else if (event.key === "s" || event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "u") last?.querySelector('button[value="undo"]')?.click();
});
