// The week: take a session into the hand by pointer or by keys, hear what a move breaks, drop it, undo.

import { Aim } from "./aim.js";
import { ask, part, Refusal } from "./http.js";
import { runJob } from "./job.js";
import { hush, refuse, say } from "./verdict.js";

const page = document.getElementById("week");
const dialog = document.getElementById("panel");
const THRESHOLD = 6; // pixels before a press becomes a drag
let held = null;
let pressed = null;
let dragged = false;
let busy = 0; // changes of one's own that are on their way: they are no news

const board = () => document.getElementById("board");
const code = page.dataset.code;
const version = () => Number(board().dataset.version);
const mayChange = () => board().dataset.change === "1";

/** Show the week as it is now, and keep the place. */
export async function refresh(focus) {
  const at = focus || document.activeElement?.id;
  const scrolled = [board().scrollLeft, board().scrollTop];
  page.innerHTML = await part(`/weeks/${code}/board${location.search}`);
  [board().scrollLeft, board().scrollTop] = scrolled;
  showDay(shownDay);
  if (at) document.getElementById(at)?.focus({ preventScroll: true });
}

async function doing(path, body, done) {
  busy += 1;
  try {
    const made = await ask(`/weeks/${code}/${path}`, { method: "POST", body, version: version() });
    await refresh();
    say({ state: "fits", sentence: done(made) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.problem.type?.endsWith(":stale")) await refresh();
    refuse(error);
  } finally { busy -= 1; }
}

// ---- a session in the hand -------------------------------------------------------------------------------

function hold(button, by) {
  letGo();
  const cell = button.closest("td.cell");
  const start = Number(button.dataset.start);
  held = {
    id: button.dataset.id, minutes: Number(button.dataset.minutes), text: button.dataset.client, button, by,
    home: { who: cell.dataset.who, day: cell.dataset.day, minute: start },
  };
  held.aim = new Aim(board(), held);
  button.classList.add("held");
  button.setAttribute("aria-pressed", "true");
  if (by === "keys") {
    held.aim.at({ ...held.home });
    say({ sentence: `${held.text} is in your hand. Arrow keys: time and day. Page up and down: clinician. Enter: put it down. Escape: leave it.` });
  }
}

function letGo() {
  if (!held) return;
  held.aim.end();
  held.ghost?.remove();
  held.button.classList.remove("held");
  held.button.removeAttribute("aria-pressed");
  held = null;
}

async function drop() {
  const { aim, home, button } = held;
  const { spot } = aim;
  if (!spot || ["who", "day", "minute"].every((name) => spot[name] === home[name])) { letGo(); hush(); return; }
  const body = aim.body();
  const verdict = aim.verdict || await aim.answer;
  const focus = button.id;
  letGo();
  if (!verdict) return;
  const make = (all) => doing("move", all ? { ...body, all_the_same: true } : body,
    () => `Moved: ${verdict.where}. Undo takes it back.`).then(() => document.getElementById(focus)?.focus());
  if (verdict.allowed) await make(false);
  else say(verdict, () => make(true));
}

// ---- by pointer ----------------------------------------------------------------------------------------

function spotUnder(x, y) {
  const cell = document.elementsFromPoint(x, y).map((found) => found.closest("td.cell")).find(Boolean);
  if (!cell) return null;
  const lane = cell.querySelector(".lane").getBoundingClientRect();
  const { first, units, unit, grid } = board().dataset;
  const minute = Number(first) + ((y - lane.top - pressed.grip) / lane.height) * Number(units) * Number(unit);
  return { who: cell.dataset.who, day: cell.dataset.day, minute: Math.round(minute / grid) * Number(grid) };
}

page.addEventListener("pointerdown", (event) => {
  const item = event.target.closest("button.item.session, li[data-request]");
  if (!item || event.button !== 0 || !mayChange() || event.target.closest("li button, li a")) return;
  pressed = { item, x: event.clientX, y: event.clientY, grip: event.clientY - item.getBoundingClientRect().top };
});

document.addEventListener("pointermove", (event) => {
  if (!pressed) return;
  if (!dragged) {
    if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < THRESHOLD) return;
    dragged = true;
    if (pressed.item.dataset.request) { showSlots(pressed.item.dataset.request); pressed.grip = 0; } else hold(pressed.item, "pointer");
    ghost(pressed.item.dataset.client);
  }
  event.preventDefault();
  pressed.ghost.style.transform = `translate(${event.clientX + 10}px, ${event.clientY + 8}px)`;
  const spot = held && spotUnder(event.clientX, event.clientY);
  if (spot) held.aim.at(spot);
});

document.addEventListener("pointerup", async (event) => {
  if (!pressed) return;
  const { item } = pressed;
  pressed.ghost?.remove();
  pressed = null;
  if (!dragged) return;
  setTimeout(() => { dragged = false; });
  if (held) { await drop(); return; }
  const slot = document.elementFromPoint(event.clientX, event.clientY)?.closest(".slot");
  if (slot) slot.click(); else if (item.dataset.request) say({ sentence: "Drop it on one of the green slots, or choose one." });
});

document.addEventListener("pointercancel", () => { pressed?.ghost?.remove(); pressed = null; dragged = false; letGo(); });

function ghost(text) {
  pressed.ghost = document.createElement("div");
  pressed.ghost.className = "ghost";
  pressed.ghost.textContent = text;
  document.body.append(pressed.ghost);
}

// ---- by keys -------------------------------------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  if (dialog.open || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!held) {
    const item = event.target.closest?.("button.item.session");
    if (item && event.key === "m" && mayChange()) { event.preventDefault(); hold(item, "keys"); }
    if (event.key === "Escape") { clearSlots(); hush(); }
    return;
  }
  if (event.key === "Escape") { letGo(); hush(); event.preventDefault(); return; }
  if (event.key === "Enter") { event.preventDefault(); drop(); return; }
  const spot = step(event.key, { ...held.aim.spot });
  if (spot) { event.preventDefault(); held.aim.at(spot); held.aim.cell(spot)?.scrollIntoView({ block: "nearest", inline: "nearest" }); }
});

function step(key, spot) {
  const grid = Number(board().dataset.grid);
  const cells = [...board().querySelectorAll("td.cell")];
  const days = [...new Set(cells.map((cell) => cell.dataset.day))];
  const people = [...new Set(cells.map((cell) => cell.dataset.who))];
  const next = (list, value, by) => list[Math.max(0, Math.min(list.length - 1, list.indexOf(value) + by))];
  const moves = {
    ArrowUp: () => { spot.minute -= grid; }, ArrowDown: () => { spot.minute += grid; },
    ArrowLeft: () => { spot.day = next(days, spot.day, -1); }, ArrowRight: () => { spot.day = next(days, spot.day, 1); },
    PageUp: () => { spot.who = next(people, spot.who, -1); }, PageDown: () => { spot.who = next(people, spot.who, 1); },
  };
  if (!moves[key]) return null;
  moves[key]();
  return spot;
}

// ---- what can be chosen ----------------------------------------------------------------------------------

async function showPanel(query) {
  dialog.innerHTML = await part(`/weeks/${code}/panel?${query}`);
  if (!dialog.open) dialog.showModal();
}

async function showSlots(request) {
  clearSlots();
  const found = await ask(`/weeks/${code}/slots?request=${encodeURIComponent(request)}&n=40`);
  const { first, unit } = board().dataset;
  for (const slot of found.slots) {
    const [day, time] = slot.start.split("T");
    const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    const cell = [...board().querySelectorAll("td.cell")].find(
      (each) => each.dataset.who === slot.clinicians[0] && each.dataset.day === day);
    if (!cell) continue;
    const mark = document.createElement("button");
    mark.type = "button";
    mark.className = `slot r${(minute - first) / unit} h${slot.minutes / unit}`;
    mark.textContent = `${time} take`;
    mark.setAttribute("aria-label", `Take ${day} ${time} with ${slot.clinicians.join(" and ")}`);
    Object.assign(mark.dataset, { act: "take", slot: slot.slot, request });
    cell.querySelector(".lane").append(mark);
  }
  const count = found.slots.length;
  say({ state: count ? "fits" : "breaks", sentence: count ? `${count} slot${count === 1 ? "" : "s"} on the board.` : `No slot. ${found.reason}` });
}

function clearSlots() { for (const mark of page.querySelectorAll(".slot")) mark.remove(); }

const acts = {
  undo: () => doing("undo", undefined, (made) => `Undone. ${made.why}.`),
  panel: (data) => showPanel(data.request ? `request=${encodeURIComponent(data.request)}` : `item=${encodeURIComponent(data.id)}`),
  slots: (data) => showSlots(data.request),
  hold: (data) => { dialog.close(); const button = page.querySelector(`button.item[data-id="${CSS.escape(data.id)}"]`); button?.focus(); if (button) hold(button, "keys"); },
  pin: (data) => { dialog.close(); return doing("pin", { item: data.id }, (made) => `${made.action === "pinned" ? "Pinned" : "No longer pinned"}: ${made.why}.`); },
  cancel: (data) => { dialog.close(); return doing("cancel", { item: data.id }, (made) => `Cancelled: ${made.why}. Undo takes it back.`); },
  take: (data) => { dialog.close(); const whose = data.request ? { request: data.request } : { item: data.id }; return doing("take", { ...whose, slot: data.slot }, (made) => `Done: ${made.why}. Undo takes it back.`); },
  close: () => dialog.close(),
  job: (data) => runJob(code, version(), { kind: data.kind }).catch(refuse),
  day: (data) => showDay(Number(data.day)),
};

document.addEventListener("click", (event) => {
  if (dragged) { event.preventDefault(); return; }
  const item = event.target.closest("button.item.session");
  if (item && held) { event.preventDefault(); return; }
  const chosen = event.target.closest("[data-act]");
  if (chosen && acts[chosen.dataset.act]) {
    event.preventDefault();
    Promise.resolve(acts[chosen.dataset.act](chosen.dataset)).catch(refuse);
  }
});

let shownDay = 0;
function showDay(number) {
  shownDay = number;
  board().className = board().className.replace(/\bonly-\d/, `only-${number}`);
  for (const tab of document.querySelectorAll("[data-act=day]")) tab.setAttribute("aria-pressed", String(Number(tab.dataset.day) === number));
}

// Somebody else's change is shown soon, unless something is in the hand.
setInterval(async () => {
  const away = () => held || pressed || busy || dialog.open || document.hidden;
  if (away()) return;
  try {
    const now = await ask(`/weeks/${code}/version`);
    if (!away() && now.version > version()) { await refresh(); say({ sentence: `${now.by} changed this week: ${now.why}.` }); }
  } catch { /* the next look tells */ }
}, 5000);
page.dataset.ready = "1";
