// Where a held session would be: a cell and a minute, drawn on the board, and the server's verdict of it.

import { ask } from "./http.js";
import { refuse, say } from "./verdict.js";

const WAIT = 60; // milliseconds on one spot before the server is asked

/** A spot on the board: `who`, `day`, `minute`. Newer questions end older ones. */
export class Aim {
  constructor(board, held) {
    this.board = board;
    this.held = held;
    this.mark = document.createElement("div");
    this.spot = null;
    this.asked = null;
  }

  cell(spot) {
    return [...this.board.querySelectorAll("td.cell")].find(
      (cell) => cell.dataset.who === spot.who && cell.dataset.day === spot.day);
  }

  /** Aim at a spot; nothing happens when it is the same. */
  at(spot) {
    const { first, last } = this.limits();
    spot.minute = Math.max(first, Math.min(last - this.held.minutes, spot.minute));
    if (this.spot && ["who", "day", "minute"].every((name) => this.spot[name] === spot[name])) return;
    this.spot = spot;
    this.verdict = null;
    this.draw("");
    clearTimeout(this.timer);
    this.asked?.abort();
    this.answer = new Promise((done) => { this.timer = setTimeout(() => done(this.question(spot)), WAIT); });
  }

  limits() {
    const { first, units, unit } = this.board.dataset;
    return { first: Number(first), last: Number(first) + Number(units) * Number(unit), unit: Number(unit) };
  }

  body(spot = this.spot) {
    const time = `${pad(Math.floor(spot.minute / 60))}:${pad(spot.minute % 60)}`;
    const where = this.board.dataset.view === "rooms" ? { room: spot.who } : { clinician: spot.who };
    return { item: this.held.id, to: `${spot.day}T${time}`, ...where };
  }

  async question(spot) {
    this.asked = new AbortController();
    try {
      const { code, version } = this.board.dataset;
      const began = performance.now();
      const found = await ask(`/weeks/${code}/check`, {
        method: "POST", body: this.body(spot), version: Number(version), signal: this.asked.signal });
      if (this.spot !== spot) return null;
      this.board.dataset.took = String(Math.round(performance.now() - began));
      this.verdict = found;
      this.draw(found.state);
      say(found);
      return found;
    } catch (error) {
      if (error.name !== "AbortError") refuse(error);
      return null;
    }
  }

  draw(state) {
    const cell = this.cell(this.spot);
    if (!cell) return;
    const { first, unit } = this.limits();
    const lane = cell.querySelector(".lane");
    this.mark.className = `aim ${state} r${(this.spot.minute - first) / unit} h${Math.max(1, this.held.minutes / unit)}`;
    this.mark.textContent = `${pad(Math.floor(this.spot.minute / 60))}:${pad(this.spot.minute % 60)} ${this.held.text}`;
    if (this.mark.parentElement !== lane) lane.append(this.mark);
  }

  end() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.mark.remove();
  }
}

export function pad(number) { return String(number).padStart(2, "0"); }
