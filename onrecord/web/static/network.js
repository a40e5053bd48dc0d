// The slider shows its month and fetches the network without a reload; pointing at a party lights up its ties.

const form = document.getElementById("network-form");
const at = document.getElementById("at");
const month = document.getElementById("month");
let waiting = 0;
let latest = 0;

const named = (n) => `${String(Math.floor(n / 12)).padStart(4, "0")}-${String((n % 12) + 1).padStart(2, "0")}`;

async function show() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") asked.append(name, value);
  const to = `/network?${asked}`;
  const mine = ++latest;
  const place = document.getElementById("network");
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(to);
    const made = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("network");
    if (mine !== latest || !made) return;
    place.replaceWith(document.adoptNode(made));
    history.replaceState(null, "", to);
    lights();
  } catch {
    location.assign(to);
  }
}

function lights() {
  const net = document.querySelector(".net");
  if (!net) return;
  const clear = () => {
    net.classList.remove("lit");
    for (const a of net.querySelectorAll(".near")) a.classList.remove("near");
  };
  for (const dot of net.querySelectorAll(".dots a")) {
    dot.addEventListener("pointerenter", () => {
      clear();
      const near = new Set([dot.dataset.key]);
      for (const arrow of net.querySelectorAll(".arrow")) {
        if (arrow.dataset.source !== dot.dataset.key && arrow.dataset.target !== dot.dataset.key) continue;
        arrow.classList.add("near");
        near.add(arrow.dataset.source).add(arrow.dataset.target);
      }
      for (const other of net.querySelectorAll(".dots a")) if (near.has(other.dataset.key)) other.classList.add("near");
      net.classList.add("lit");
    });
    dot.addEventListener("pointerleave", clear);
  }
}

at?.addEventListener("input", () => {
  month.textContent = named(Number(at.value));
  if (form.span.value === "") form.span.value = "1";
  clearTimeout(waiting);
  waiting = setTimeout(show, 250);
});
form?.span?.addEventListener("change", show);
lights();
