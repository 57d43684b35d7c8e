"""Shifts of a generated team: late ones, nights over midnight, weeks around the clock; and who comes when."""

from __future__ import annotations

import numpy as np

from safeschedule.samples.assumptions import Assumptions
from safeschedule.samples.caseload import Clients, windows
from safeschedule.samples.cells import CELL, WEEKDAYS, clock
from safeschedule.samples.places import Entry
from safeschedule.samples.staff import Staff

SHIFTS = {"D": (540, 1020), "E": (420, 900), "L": (780, 1260), "N": (1260, 1860)}
"""Day, early, late and night shift: start and end in minutes from the date's midnight; assumption."""

NIGHT_WEEKS = ("NN-LL", "DDNN-")
"""Weeks with two nights, with shifts by day in which their duties have a place."""

_DAY = 24 * 60
_LATE_END = 20 * 60
_NIGHT = "21:00"


def work_shifts(staff: Staff, given: Assumptions) -> None:
    """Give everybody but the supervisors one of the weeks of shifts; who is new gets one without nights."""
    if not given.shift_weeks:
        return
    team = range(staff.leads, len(staff.entries))
    weeks = [given.shift_weeks[number % len(given.shift_weeks)] for number in range(len(team))]
    new_first = sorted(team, key=lambda index: not staff.entries[index]["new_in_post"])
    for index, week in zip(new_first, sorted(weeks, key=lambda week: "N" in week), strict=True):
        _work(staff, index, week, given)


def draw_nights(staff: Staff, given: Assumptions, rng: np.random.Generator) -> None:
    """Let some work nights: at least one, nobody who is new, supervises, or is the only one to prescribe."""
    able = [
        index
        for index in range(staff.leads, len(staff.entries) - 1)
        if not staff.entries[index]["new_in_post"]
    ]
    wanted = max(1, round(given.nights * len(staff.entries))) if given.nights else 0
    for number, index in enumerate(rng.permutation(able)[:wanted].tolist()):
        _work(staff, index, NIGHT_WEEKS[number % len(NIGHT_WEEKS)], given)


def draw_late_shifts(staff: Staff, given: Assumptions, rng: np.random.Generator) -> None:
    """Let some work until eight in the evening, on a day or two, as long as on other days."""
    for index in range(staff.leads, len(staff.entries)):
        luck, count = rng.random(), int(rng.integers(1, 3))
        worked = np.flatnonzero(staff.hours[index].any(axis=1))
        if luck < given.late_shifts and not works_nights(staff.entries[index]):
            for day in rng.permutation(worked)[:count].tolist():
                _late(staff, index, int(day))


def works_nights(person: Entry) -> bool:
    """Return whether a clinician has a shift over midnight."""
    return any(period["end"] < period["start"] for period in person["working"])


def keep_waking_hours(clients: Clients, requests: list[Entry], given: Assumptions) -> None:
    """Give clients without windows their waking hours, where somebody works at night; not in a crisis."""
    if not given.nights and not given.shift_weeks:
        return
    urgent = {request["client"] for request in requests if request["session_type"].startswith("crisis")}
    awake = windows(np.ones((given.days, 2), dtype=np.bool_), given.evening)
    for entry in clients.entries:
        if entry["id"] not in urgent:
            entry.setdefault("windows", awake)


def evening_calls(
    staff: Staff, clients: Clients, requests: list[Entry], given: Assumptions, rng: np.random.Generator
) -> list[Entry]:
    """Return a call before sleep for each night, with an own client who asks for nothing else."""
    asking = {request["client"] for request in requests}
    found: list[Entry] = []
    for person in staff.entries if given.nights or given.shift_weeks else []:
        own = [entry for entry in clients.entries if entry.get("clinician") == person["id"]]
        free = [entry for entry in own if entry["id"] not in asking]
        nights = [period["day"] for period in person["working"] if period["start"] == _NIGHT]
        for day, number in zip(nights, rng.permutation(len(free)), strict=False):
            call = {"day": day, "start": _NIGHT, "end": "23:30"}
            free[number]["windows"] = [call]
            free[number].pop("preferred", None)
            found.append(
                {
                    "client": free[number]["id"],
                    "session_type": "case_management_30",
                    "mode": "telehealth",
                    "priority": 4,
                }
            )
    return found


def _work(staff: Staff, index: int, week: str, given: Assumptions) -> None:
    """Give a clinician a week of shifts at full time, at the usual site."""
    entry, hours = staff.entries[index], staff.hours[index]
    site, working = entry["working"][0]["site"], []
    hours[:] = False
    for day, letter in enumerate(week):
        if letter != "-":
            start, end = SHIFTS[letter]
            working.append(
                {"day": WEEKDAYS[day], "start": clock(start), "end": clock(end % _DAY), "site": site}
            )
            hours[day, start // CELL : min(end, _DAY) // CELL] = True
            if end > _DAY and day + 1 < len(hours):
                hours[day + 1, : (end - _DAY) // CELL] = True
    entry |= {"working": working, "sites": [site], "fte": 1.0}
    if "weekly_sessions" in entry:
        entry["weekly_sessions"] = given.new_sessions
    for habit in ("contracted_minutes", "preferred"):
        entry.pop(habit, None)
    staff.fte[index], staff.free[index] = 1.0, hours


def _late(staff: Staff, index: int, day: int) -> None:
    """Move a day's hours to the evening."""
    entry, hours = staff.entries[index], staff.hours[index]
    minutes = int(hours[day].sum()) * CELL
    own = [period for period in entry["working"] if period["day"] == WEEKDAYS[day]]
    late = own[0] | {"start": clock(_LATE_END - minutes), "end": clock(_LATE_END)}
    entry["working"] = [
        late if period is own[0] else period
        for period in entry["working"]
        if period is own[0] or period not in own
    ]
    hours[day] = False
    hours[day, (_LATE_END - minutes) // CELL : _LATE_END // CELL] = True
    staff.free[index] = hours
