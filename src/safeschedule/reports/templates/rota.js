"use strict";
(() => {
  const people = [...document.querySelectorAll("details.person")];
  const rows = [...document.querySelectorAll("table.load tr[data-code]")];
  const shown = document.getElementById("shown");
  document.querySelector(".tools").hidden = false;
  document.getElementById("filter").addEventListener("input", (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    const fits = (node) => node.dataset.code.toLowerCase().includes(wanted);
    for (const node of [...people, ...rows]) node.hidden = !fits(node);
    shown.textContent = wanted ? `${people.filter(fits).length} of ${people.length} shown` : "";
  });
  for (const button of document.querySelectorAll("button[data-open]")) {
    button.addEventListener("click", () => {
      for (const node of people) node.open = button.dataset.open === "1";
    });
  }
  // A link into a closed part opens it.
  const open = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") target.open = true;
  };
  addEventListener("hashchange", open);
  open();
  // Paper shows everything; afterwards the page is as it was.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const node of closed) node.open = true;
  });
  addEventListener("afterprint", () => {
    for (const node of closed) node.open = false;
  });
})();
