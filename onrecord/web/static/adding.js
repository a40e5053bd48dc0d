// Adding, quicker: files may be dropped; a job's page asks how far it is without loading anew.
const drop = document.querySelector(".drop");
if (drop) {
  const files = drop.querySelector("input");
  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) files.files = event.dataTransfer.files;
    });
  }
}

const job = document.getElementById("job");
if (job && ["waiting", "reading"].includes(job.dataset.state)) ask();

async function ask() {
  // Without a script the page loads itself anew every three seconds; asking here is quicker and calmer.
  let pause = 700;
  for (;;) {
    await new Promise((done) => setTimeout(done, pause));
    pause = Math.min(pause * 1.3, 2500);
    let answer;
    try {
      answer = await fetch(`/add/${job.dataset.job}/state`);
    } catch {
      continue;
    }
    if (!answer.ok) continue;
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    if (!job.contains(document.activeElement) || part.textContent !== job.textContent) job.replaceChildren(...part.childNodes);
    if (!["waiting", "reading"].includes(answer.headers.get("x-job"))) {
      window.location.replace(window.location.href);
      return;
    }
  }
}
