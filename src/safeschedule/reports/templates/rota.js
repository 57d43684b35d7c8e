"use strict";
(() => {
  const all = (pattern) => [...document.querySelectorAll(pattern)];
  for (const node of all(".tools")) node.hidden = false;

  // A search field hides what does not carry the text in its code.
  const filter = (field, output, patterns) => {
    const shown = document.getElementById(output);
    document.getElementById(field).addEventListener("input", (event) => {
      const wanted = event.target.value.trim().toLowerCase();
      const fits = (node) => node.dataset.code.toLowerCase().includes(wanted);
      for (const node of patterns.flatMap(all)) node.hidden = !fits(node);
      const first = all(patterns[0]);
      shown.textContent = wanted ? `${first.filter(fits).length} of ${first.length} shown` : "";
    });
  };
  filter("filter", "shown", ["details.person", "table.load tr[data-code]"]);
  filter("find-client", "clients-shown", ["table.clients tr[data-code]"]);
  for (const button of all("button[data-open]")) {
    button.addEventListener("click", () => {
      for (const node of all("details.person")) node.open = button.dataset.open === "1";
    });
  }

  // One view at a time; a link into another view shows that one, and opens what it points to.
  const views = all("section.view");
  const show = (view) => {
    for (const node of views) node.hidden = node !== view;
    for (const link of all("a[data-view]")) {
      if (link.hash === `#${view.id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const follow = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) return;
    const view = target.closest("section.view");
    if (view) show(view);
    for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    target.scrollIntoView();
  };
  show(views[0]);
  addEventListener("hashchange", follow);
  follow();

  // Today, where the reader's calendar has a date of this week.
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  for (const node of all(`.col[data-day="${date}"]`)) node.classList.add("today");
  const day = document.querySelector(`details.day[data-day="${date}"]`);
  if (day) {
    const link = document.getElementById("today");
    link.hash = day.id;
    link.hidden = false;
  }

  // Paper shows everything; afterwards the page is as it was.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const node of closed) node.open = true;
  });
  addEventListener("afterprint", () => {
    for (const node of closed) node.open = false;
  });
})();
