// The bar that says what a move would do: seen at the foot of the page, and heard.

const bar = document.getElementById("verdict");

/** Say a verdict, or anything else; `again` offers to do it all the same. */
export function say({ state = "", sentence = "", said = [] }, again) {
  bar.hidden = false;
  bar.className = `verdict ${state}`;
  const head = document.createElement("p");
  head.textContent = sentence;
  const list = document.createElement("ul");
  for (const line of said) {
    const entry = document.createElement("li");
    entry.textContent = line;
    list.append(entry);
  }
  bar.replaceChildren(head, list);
  if (again) bar.append(button("Move all the same", again), button("Leave it", hush));
}

/** Say what was refused. */
export function refuse(error) {
  const { problem } = error;
  if (!problem) { say({ state: "breaks", sentence: "The server cannot be reached." }); return; }
  say({ state: "breaks", sentence: problem.detail || problem.title, said: problem.different || problem.findings || [] });
}

/** Say nothing any more. */
export function hush() { bar.hidden = true; bar.replaceChildren(); }

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}
