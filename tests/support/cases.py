"""Reads the case files: good and bad weeks of each rule, written from the rule's statement and source.

The notation is explained in ``tests/cases/README.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from safeschedule.catalogue import rules
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from tests.support.shorthand import MONDAY, Calendar, windows

FOLDER = Path(__file__).parents[1] / "cases"
_WINDOWS = ("working", "windows", "preferred")
_LISTS = (
    "clinicians",
    "clients",
    "session_types",
    "requests",
    "rooms",
    "groups",
    "sites",
    "equipment",
    "attendants",
)


@dataclass(frozen=True)
class Case:
    """One week that keeps or breaks a rule.

    Parameters
    ----------
    rule
        The rule under test; only this one and those on which it builds are enabled.
    name, says
        A short name, and one sentence on what the case is about.
    amount
        The amount that the rule's statement gives for this week; 0 for a good one.
    found
        Who and when of each finding to expect: codes that it names, and its time as text.
    """

    rule: str
    name: str
    says: str
    problem: Problem
    schedule: Schedule
    amount: int
    found: tuple[tuple[frozenset[str], str], ...]

    def __str__(self) -> str:
        return f"{self.rule}: {self.name}"


@cache
def all_cases() -> tuple[Case, ...]:
    """Return the cases of every file, sorted by rule, in the order of the files."""
    return tuple(case for path in sorted(FOLDER.glob("*.yaml")) for case in cases_of(path.stem))


@cache
def cases_of(rule: str) -> tuple[Case, ...]:
    """Return the cases of one rule."""
    content = yaml.safe_load((FOLDER / f"{rule}.yaml").read_text(encoding="utf-8"))
    base = yaml.safe_load((FOLDER / "base.yml").read_text(encoding="utf-8"))
    shared = _merged(base, content.get("base", {}))
    return tuple(_case(rule, _merged(shared, given)) for given in content["cases"])


def _case(rule: str, given: dict[str, Any]) -> Case:
    calendar = Calendar(date.fromisoformat(str(given.get("week_start", MONDAY))))
    appointments = [calendar.session(line) for line in given.get("sessions", ())]
    types = given["session_types"]
    requests = _requests(given, appointments)
    for appointment in appointments:
        appointment["minutes"] = appointment["minutes"] or types[appointment["session_type"]]["minutes"]
    blocks = [calendar.block(line) for line in given.get("blocks", ())]
    zone = given.get("time_zone", "UTC")
    given = {**given, "sites": {**_mentioned_sites(given, appointments, blocks), **given.get("sites", {})}}
    problem = Problem.model_validate(
        {
            "week_start": calendar.week_start,
            "time_zone": zone,
            "grid": given.get("grid", 15),
            "clinicians": _people(_mentioned_clinicians(given, appointments, blocks), calendar),
            "clients": _people(_mentioned_clients(given, requests), calendar),
            "attendants": _people(given.get("attendants", {}), calendar),
            "session_types": _entities(types),
            "requests": [_windowed(entry) for entry in _entities(requests)],
            **{name: _entities(given.get(name, {})) for name in ("groups", "sites", "equipment")},
            "rooms": [_room(entry, calendar) for entry in _entities(given.get("rooms", {}))],
            "travel": [_way(line) for line in given.get("travel", ())],
            "closures": [{"date": calendar.date(str(day))} for day in given.get("closures", ())],
            "tasks": [calendar.task(line) for line in given.get("tasks", ())],
            "incidents": [_incident(entry, calendar) for entry in given.get("incidents", ())],
            "meetings": [calendar.meeting(line) for line in given.get("meetings", ())],
            "pinned_appointments": [calendar.pin(line) for line in given.get("pinned_sessions", ())],
            "pinned_groups": given.get("pinned_groups", ()),
            "pinned_blocks": [calendar.block(line) for line in given.get("pinned_blocks", ())],
            "history": {"appointments": [calendar.past(line) for line in given.get("history", ())]},
            "rulebook": _rulebook(rule, given),
        }
    )
    schedule = Schedule.model_validate(
        {
            "week_start": calendar.week_start,
            "time_zone": zone,
            "appointments": appointments,
            "blocks": blocks,
        }
    )
    found = tuple(_expected(line, calendar) for line in given.get("found", ()))
    return Case(rule, given["name"], given["says"], problem, schedule, given["amount"], found)


def _rulebook(rule: str, given: dict[str, Any]) -> dict[str, Any]:
    enabled = {rule, *rules()[rule].assumes}
    choices = {name: {"enabled": name in enabled} for name in rules()}
    choices[rule]["parameters"] = given.get("parameters", {})
    for name, choice in given.get("rulebook", {}).items():
        choices[name] = {**choices[name], **choice}
    return {"midday": given.get("midday", "12:30"), "rules": choices}


def _requests(given: dict[str, Any], appointments: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the requests, with one for each client and type, or group, of sessions that name none."""
    found = dict(given.get("requests", {}))
    groups = given.get("groups", {})
    for appointment in appointments:
        group, kind = appointment["group"], appointment["session_type"]
        if group is not None:
            kind = groups[group]["session_type"]
            for client in appointment["clients"]:
                if not any(
                    (e["client"], e.get("group")) == (client, group)
                    for e in given.get("requests", {}).values()
                ):
                    _ask(found, f"{client}/{group}", {"client": client, "session_type": kind, "group": group})
        elif appointment["request"] is None:
            client = appointment["clients"][0]
            code = appointment["request"] = f"{client}/{kind}"
            _ask(found, code, {"client": client, "session_type": kind, "mode": "either"})
    return found


def _ask(found: dict[str, Any], code: str, entry: dict[str, Any]) -> None:
    found.setdefault(code, {**entry, "count": 0})["count"] += 1


def _room(entry: dict[str, Any], calendar: Calendar) -> dict[str, Any]:
    return {**entry, "unavailable": [calendar.span(line) for line in entry.get("unavailable", ())]}


def _way(line: str) -> dict[str, Any]:
    """Read ``north to south 30``."""
    origin, _, destination, minutes = line.split()
    return {"origin": origin, "destination": destination, "minutes": int(minutes)}


def _incident(given: str | dict[str, Any], calendar: Calendar) -> dict[str, Any]:
    """Read a line, or a line with what has been held: ``{at: mon 15:00 C1, debriefed: [C1]}``."""
    entry = {"at": given} if isinstance(given, str) else given
    return {**calendar.incident(entry["at"]), **{k: v for k, v in entry.items() if k != "at"}}


def _mentioned_clinicians(
    given: dict[str, Any], appointments: list[dict[str, Any]], blocks: list[dict[str, Any]]
) -> dict[str, Any]:
    named = {code for entry in (*appointments, *blocks) for code in entry["clinicians"]}
    named |= {entry["supervisor"] for entry in blocks if entry["supervisor"]}
    found = {code: {} for code in sorted(named)} | (given.get("clinicians") or {})
    default = {"working": "mon-fri 09:00-17:00"}
    return {code: {**default, **(entry or {})} for code, entry in sorted(found.items())}


def _mentioned_clients(given: dict[str, Any], requests: dict[str, Any]) -> dict[str, Any]:
    found = {entry["client"]: {} for entry in requests.values()} | (given.get("clients") or {})
    found = {
        code: {} for group in given.get("groups", {}).values() for code in group.get("members", ())
    } | found
    return {code: entry or {} for code, entry in sorted(found.items())}


def _mentioned_sites(
    given: dict[str, Any], appointments: list[dict[str, Any]], blocks: list[dict[str, Any]]
) -> dict[str, Any]:
    named = {entry["site"] for entry in (*appointments, *blocks)}
    for kind in ("rooms", "groups", "equipment", "requests"):
        named |= {(entry or {}).get("site") for entry in given.get(kind, {}).values()}
    people = {**(given.get("clinicians") or {}), **(given.get("attendants") or {})}
    for person in people.values():
        named |= {*(person or {}).get("sites", ())}
        named |= {w.get("site") for w in windows((person or {}).get("working", []))}
    return {code: {} for code in sorted(named - {None})}


def _people(given: dict[str, Any], calendar: Calendar) -> list[dict[str, Any]]:
    people = [_windowed(entry) for entry in _entities(given)]
    for person in people:
        if "leave" in person:
            person["leave"] = [calendar.leave(line) for line in person["leave"]]
    return people


def _windowed(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: windows(value) if key in _WINDOWS else value for key, value in entry.items()}


def _entities(given: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": code, **(entry or {})} for code, entry in given.items()]


def _expected(line: str, calendar: Calendar) -> tuple[frozenset[str], str]:
    who, _, when = line.partition("@")
    when = when.strip()
    if when != "week":
        day, *clock = when.split()
        when = calendar.moment(day, *(clock or ["00:00"])).isoformat(timespec="minutes")
    return frozenset(who.split()), when


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return both; what has codes is joined code by code and field by field."""
    found = {**base, **own}
    for key in _LISTS:
        codes = {**(base.get(key) or {}), **(own.get(key) or {})}
        if codes:
            found[key] = {
                code: {**((base.get(key) or {}).get(code) or {}), **((own.get(key) or {}).get(code) or {})}
                for code in codes
            }
    return found
