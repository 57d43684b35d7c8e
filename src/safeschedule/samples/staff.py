"""The clinicians of a generated team: hours, skills, supervision, leave, meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

import numpy as np

from safeschedule.samples.assumptions import Assumptions
from safeschedule.samples.cells import CELL, CELLS, DAYS, WEEKDAYS, Bools, Floats, clock, moment
from safeschedule.samples.places import Entry

ROLES = ("therapist", "psychologist", "social_worker", "nurse", "psychiatrist", "case_manager")
ROLE_SHARES = (0.38, 0.27, 0.18, 0.08, 0.04, 0.05)  # assumption
LEAD_ROLES = ("psychologist", "therapist", "social_worker")

# Somebody with less than this left of the week gets no leave: the protected blocks would not fit.
LEAST_FREE = 6 * 60
LEAST_TOGETHER = 4 * 60


@dataclass
class Staff:
    """The team while it is drawn.

    Parameters
    ----------
    entries
        The clinicians as plain data.
    fte
        Full-time equivalents.
    hours
        Working cells by clinician, day and cell, as the rota says.
    free
        The same without leave and meetings.
    meeting
        Cells of meetings.
    away
        Who has no working time free of leave.
    leads
        How many, from the front, are supervisors.
    team
        Whose meeting each one attends.
    remote
        Cells in which each one is there by telehealth alone.
    """

    entries: list[Entry]
    fte: Floats
    hours: Bools
    free: Bools
    meeting: Bools
    away: Bools
    leads: int
    team: list[int]
    remote: Bools

    def skills(self, index: int) -> set[str]:
        """Return the skills of a clinician."""
        return set(self.entries[index]["skills"])


def draw_staff(count: int, sites: list[str], given: Assumptions, rng: np.random.Generator) -> Staff:
    """Return the clinicians with hours, skills and supervisors, before leave and meetings."""
    teams = ceil(count / given.team_size)
    leads = 1 if count < 6 else max(2, ceil(count / given.supervisees))
    fte = rng.choice(given.fte, size=count, p=given.fte_shares)
    fte[:leads] = 1.0
    roles = list(rng.choice(ROLES, size=count, p=ROLE_SHARES))
    roles[:leads] = [LEAD_ROLES[i % len(LEAD_ROLES)] for i in range(leads)]
    if count > 1:
        roles[-1] = "psychiatrist"  # somebody has to prescribe
    new = rng.random(count) < given.new_in_post
    new[:leads] = False
    width = max(2, len(str(count)))
    entries: list[Entry] = [
        {
            "id": f"C{i + 1:0{width}d}",
            "role": str(roles[i]),
            "fte": float(fte[i]),
            "new_in_post": bool(new[i]),
        }
        for i in range(count)
    ]
    team = [i % teams for i in range(count)]
    hours = np.zeros((count, given.days, CELLS), dtype=bool)
    for i, entry in enumerate(entries):
        entry["is_supervisor"] = i < leads
        entry["supervisor"] = _supervisor_of(i, leads, teams, entries)
        entry["teams"] = [f"team-{team[i] + 1}"]
        entry["skills"] = _skills(entry["role"], given, rng)
        _limit_sessions(entry, given)
        _set_hours(entry, i < leads, sites, given, rng, hours[i])
        _set_habits(entry, given, rng)
    if not any("emdr" in entry["skills"] for entry in entries):
        entries[0]["skills"].append("emdr")
    none = np.zeros_like(hours)
    away = np.zeros(count, dtype=bool)
    return Staff(entries, fte, hours, hours.copy(), none, away, leads, team, none.copy())


def _supervisor_of(index: int, leads: int, teams: int, entries: list[Entry]) -> str | None:
    if index < leads:
        return str(entries[(index + 1) % leads]["id"]) if leads > 1 else None
    own = [lead for lead in range(leads) if lead % teams == index % teams]
    return str(entries[own[index // teams % len(own)]]["id"])


def _skills(role: str, given: Assumptions, rng: np.random.Generator) -> list[str]:
    luck = rng.random(5)
    found = ["child"] if luck[0] < given.child else []
    if role in ("psychologist", "therapist") and luck[1] < given.emdr:
        found.append("emdr")
    if role == "psychiatrist" or (role == "nurse" and luck[2] < 0.5):
        found.append("prescribing")
    found += ["spanish"] if luck[3] < given.spanish else []
    found += ["sign_language"] if luck[4] < given.sign_language else []
    return found


def _limit_sessions(entry: Entry, given: Assumptions) -> None:
    if entry["is_supervisor"]:
        entry["weekly_sessions"] = given.supervisor_sessions
    elif entry["new_in_post"]:
        entry["weekly_sessions"] = int(given.new_sessions * entry["fte"])


def _set_hours(
    entry: Entry, lead: bool, sites: list[str], given: Assumptions, rng: np.random.Generator, hours: Bools
) -> None:
    """Draw the working periods; supervisors work five full days so that everyone can meet them."""
    luck = rng.random(4)
    start = 540 if lead else int(rng.choice(given.shift_starts, p=given.shift_shares))
    order = rng.permutation(DAYS)
    short = not lead and entry["fte"] < 1 and luck[0] < given.short_days
    days = DAYS if short else round(DAYS * entry["fte"])
    length = ceil(given.shift_minutes * entry["fte"] / 30) * 30 if short else given.shift_minutes
    split = not lead and not short and luck[1] < given.split_day
    home = int(rng.integers(len(sites)))
    other = int(order[0]) if len(sites) > 1 and luck[2] < given.second_site else None
    working = []
    for day in sorted(int(d) for d in order[:days]):
        site = sites[(home + 1) % len(sites)] if day == other else sites[home]
        spans = [(start, 750), (780, start + length)] if split else [(start, start + length)]
        for a, b in spans:
            working.append({"day": WEEKDAYS[day], "start": clock(a), "end": clock(b), "site": site})
            hours[day, a // CELL : b // CELL] = True
    entry["working"] = working
    entry["sites"] = sorted({period["site"] for period in working})
    if luck[3] < given.contracted:
        entry["contracted_minutes"] = int(hours.sum()) * CELL - (0 if split else 30 * days)


def _set_habits(entry: Entry, given: Assumptions, rng: np.random.Generator) -> None:
    luck = rng.random(3)
    entry["telehealth"] = bool(luck[0] < given.telehealth)
    if luck[1] < given.clinician_preference:
        start, end = ("08:00", "13:00") if luck[2] < 0.6 else ("12:00", "18:00")
        entry["preferred"] = [{"day": day, "start": start, "end": end} for day in WEEKDAYS[:DAYS]]


def make_meetings(staff: Staff, week_start: date, given: Assumptions) -> list[Entry]:
    """Return a weekly meeting of each team, with those at work then, and take its time."""
    cells = slice(600 // CELL, (600 + given.meeting_minutes) // CELL)
    meetings: list[Entry] = []
    for team in range(max(staff.team) + 1):
        day = (2 + team) % DAYS
        there = [i for i, own in enumerate(staff.team) if own == team and staff.free[i, day, cells].all()]
        staff.free[there, day, cells] = False
        staff.meeting[there, day, cells] = True
        meetings.append(
            {
                "id": f"meeting-team-{team + 1}" if len(staff.entries) > 1 else "peer-consultation",
                "start": moment(week_start, day, 600),
                "minutes": given.meeting_minutes,
                "clinicians": [staff.entries[i]["id"] for i in there],
                "weekly": True,
            }
        )
    return [meeting for meeting in meetings if meeting["clinicians"]]


def draw_leave(staff: Staff, week_start: date, given: Assumptions, rng: np.random.Generator) -> None:
    """Draw leave, where it leaves room for the protected blocks; each one away has a named cover."""
    index_of = {entry["id"]: i for i, entry in enumerate(staff.entries)}
    for i, entry in enumerate(staff.entries):
        luck, first, length = rng.random(3), int(rng.integers(DAYS)), int(rng.integers(1, 3))
        lead = i < staff.leads
        if luck[0] < given.leave_week and not lead:
            first, last, begins = 0, given.days, 0
        elif luck[0] < given.leave_week + given.leave_days:
            last = min(DAYS, first + (1 if lead or luck[1] < 0.2 else length))
            begins = CELLS // 2 if luck[1] < 0.2 else 0
        else:
            continue
        after = staff.hours[i].copy()
        after[first:last, begins:] = False
        boss = index_of.get(entry["supervisor"])
        if after.any() and not _enough(after, staff, i, boss):
            continue
        staff.free[i], staff.away[i] = after, not after.any()
        away = {"start": moment(week_start, first, begins * CELL), "end": moment(week_start, last, 0)}
        entry["leave"] = [{**away, "kind": "annual leave"}]
    for i, entry in enumerate(staff.entries):
        if "leave" in entry and len(staff.entries) > 1:
            entry["cover"] = staff.entries[_cover_for(i, staff)]["id"]


def _enough(after: Bools, staff: Staff, index: int, boss: int | None) -> bool:
    """Whether the protected blocks still fit, with the supervisor and with those supervised."""
    if after.sum() * CELL < LEAST_FREE:
        return False
    others = [boss] if boss is not None else []
    code = staff.entries[index]["id"]
    others += [
        i for i, entry in enumerate(staff.entries) if entry["supervisor"] == code and not staff.away[i]
    ]
    return all((after & staff.free[i]).sum() * CELL >= LEAST_TOGETHER for i in others)


def _cover_for(index: int, staff: Staff) -> int:
    """Return a colleague of the same team where there is one, otherwise the next clinician."""
    count = len(staff.entries)
    order = [(index + step) % count for step in range(1, count)]
    here = [i for i in order if not staff.away[i]]
    return next((i for i in here if staff.team[i] == staff.team[index]), (here or order)[0])
