// Forms that ask for a job: their fields are what is asked, and the page is loaded again with what came of it.

import { Refusal } from "./http.js";
import { runJob, watch } from "./job.js";

const reload = () => location.reload();

for (const form of document.querySelectorAll("form[data-job]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const asked = { kind: form.dataset.job };
    for (const [name, value] of new FormData(form)) if (value !== "") asked[name] = asked[name] ? `${asked[name]},${value}` : value;
    for (const name of ["urgent", "sick", "seconds"]) if (asked[name]) asked[name] = Number(asked[name]);
    try {
      await runJob(form.dataset.week, Number(form.dataset.version), asked, form.dataset.then === "reload" ? reload : undefined);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const place = document.getElementById("job");
      place.hidden = false;
      place.textContent = error.message;
    }
  });
}

const running = document.querySelector("[data-running]");
if (running) watch({ job: running.dataset.running, kind: running.dataset.kind }, reload);
