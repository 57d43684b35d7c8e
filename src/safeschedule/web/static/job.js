// A job: asked for, watched as events, stopped; what it found is shown as a proposal.

import { ask } from "./http.js";

const place = document.getElementById("job");

/** Ask for a job and show how it goes; `done` gets what came of it. */
export async function runJob(code, version, asked, done = propose) {
  const job = await ask(`/weeks/${code}/jobs`, { method: "POST", body: asked, version });
  watch(job, done);
  return job;
}

/** Show how a job goes. */
export function watch(job, done = propose) {
  place.hidden = false;
  place.innerHTML = `<div class="card progress"><h2></h2><progress></progress><p role="status"></p>
    <div class="row"><button type="button">Stop</button></div></div>`;
  const [head, told, stop] = ["h2", "p", "button"].map((name) => place.querySelector(name));
  head.textContent = NAMES[job.kind] || "Working";
  told.textContent = "Waiting for a worker …";
  stop.addEventListener("click", () => { stop.disabled = true; ask(`/jobs/${job.job}/stop`, { method: "POST" }); });
  const source = new EventSource(`/api/v1/jobs/${job.job}/events`);
  source.addEventListener("message", (event) => {
    const { phase, seconds, gap } = JSON.parse(event.data);
    if (phase) told.textContent = `${phase}, ${seconds} s${gap === undefined ? "" : `, at most ${(100 * gap).toFixed(1)} % from the best`}`;
  });
  source.addEventListener("ended", (event) => { source.close(); done(JSON.parse(event.data)); });
}

const NAMES = {
  plan: "Planning anew beside the present week", fill: "Filling the rest", sick: "Planning again with as little changed as can be",
  why: "Looking for what stands against it", safe: "Testing every half-day",
  intake: "Asking who can take the client",
};

function propose(job) {
  const [first] = job.found?.proposals || [];
  if (first) { location.assign(`/weeks/${job.week}/proposals/${first}`); return; }
  const card = document.createElement("div");
  card.className = "note";
  for (const line of job.found?.told?.slice(0, 8) || ["It ended without an answer."]) {
    const entry = document.createElement("p");
    entry.textContent = line;
    card.append(entry);
  }
  place.replaceChildren(card);
}
