// The button that prints the sheet that is shown.

document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
