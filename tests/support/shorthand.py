"""The one-line notation of the case files, turned into plain data for the problem and the schedule."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

MONDAY = date(2026, 10, 5)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KEYWORDS = {"attended", "with", "by", "at", "room", "for", "in", "telehealth", "minutes", "high"}


class Calendar:
    """Turns ``tue 10:00`` into a moment of the week that starts on a date."""

    def __init__(self, week_start: date) -> None:
        self.week_start = week_start

    def date(self, day: str) -> date:
        """Return the date of ``tue`` in the week, or of an ISO date."""
        if day not in DAYS:
            return date.fromisoformat(day)
        return self.week_start + timedelta((DAYS.index(day) - self.week_start.weekday()) % 7)

    def moment(self, day: str, clock: str) -> datetime:
        """Return the local time of a day and a clock time up to 24:00."""
        return datetime.combine(self.date(day), time()) + timedelta(minutes=clock_minutes(clock))

    def session(self, line: str) -> dict[str, Any]:
        """Read ``tue 10:00 therapy K1 with C1 [telehealth] [at north] [for R1 | in G1] [attended I1]``."""
        (day, clock, kind), parts = _split(line, 3)
        return {
            "start": self.moment(day, clock),
            "session_type": kind,
            "clients": parts[""],
            "clinicians": parts["with"],
            "mode": "telehealth" if "telehealth" in parts else "in_person",
            "site": _only(parts, "at"),
            "room": _only(parts, "room"),
            "request": _only(parts, "for"),
            "group": _only(parts, "in"),
            "minutes": _whole(parts, "minutes"),
            "attendants": parts.get("attended", []),
        }

    def block(self, line: str) -> dict[str, Any]:
        """Read ``wed 09:00-10:00 consultation C1 C2 [by S1] [at north]``."""
        (day, span, kind), parts = _split(line, 3)
        start, end = span.split("-")
        length = clock_minutes(end) - clock_minutes(start)
        found = {"kind": kind, "clinicians": parts[""], "start": self.moment(day, start), "minutes": length}
        return {**found, "supervisor": _only(parts, "by"), "site": _only(parts, "at")}

    def task(self, line: str) -> dict[str, Any]:
        """Read ``T1 K1 20 [from mon 09:00] by tue 12:00 [with C1]``."""
        words = line.split()
        code, client, minutes = words[:3]
        given = {"id": code, "client": client, "minutes": int(minutes)}
        for name, field in (("from", "received"), ("by", "respond_by")):
            if name in words:
                at = words.index(name)
                given[field] = self.moment(words[at + 1], words[at + 2])
        return given | ({"clinician": words[-1]} if "with" in words else {})

    def meeting(self, line: str) -> dict[str, Any]:
        """Read ``mon 10:00-11:00 C1 C2 [room r1]``."""
        day, span, people = line.split(" ", 2)
        people, _, room = people.partition(" room ")
        found = self.block(f"{day} {span} break {people}")
        return {
            "id": f"meeting {line}"[:40].strip(),
            **{key: found[key] for key in ("start", "minutes", "clinicians")},
            **({"room": room} if room else {}),
        }

    def pin(self, line: str) -> dict[str, Any]:
        """Read ``tue 10:00 R1 with C1 [telehealth] [room r1] [attended I1]``."""
        (day, clock, request), parts = _split(line, 3)
        mode = {"mode": "telehealth"} if "telehealth" in parts else {}
        room = {"room": _only(parts, "room")} if "room" in parts else {}
        people = {"attendants": parts["attended"]} if "attended" in parts else {}
        start = self.moment(day, clock)
        return {"request": request, "clinician": parts["with"][0], "start": start, **mode, **room, **people}

    def past(self, line: str) -> dict[str, Any]:
        """Read ``2026-10-02 10:00 therapy K1 with C1 [high] [minutes 90]``; the third word is a kind."""
        (day, clock, kind), parts = _split(line, 3)
        return {
            "client": parts[""][0],
            "clinician": parts["with"][0],
            "start": self.moment(day, clock),
            "minutes": _whole(parts, "minutes") or 60,
            "kind": kind,
            "intensity": "high" if "high" in parts else "moderate",
        }

    def incident(self, line: str) -> dict[str, Any]:
        """Read ``2026-10-02 15:00 C1 C2``; the first word may be a day of the week, too."""
        day, clock, *people = line.split()
        return {"id": f"incident {day} {clock}", "happened": self.moment(day, clock), "clinicians": people}

    def leave(self, line: str) -> dict[str, Any]:
        """Read ``[sick] thu 12:00 to fri 17:00``."""
        kind, rest = line.split(" ", 1) if line.startswith(("sick ", "passed ")) else ("leave", line)
        return {**self.span(rest), "kind": kind}

    def span(self, line: str) -> dict[str, Any]:
        """Read ``thu 12:00 to fri 17:00``."""
        first, last = (part.split() for part in line.split(" to "))
        return {"start": self.moment(*first), "end": self.moment(*last)}


def window(line: str) -> dict[str, Any]:
    """Read ``tue 09:00-12:00 [at north] [telehealth]``, the last of hours for telehealth only."""
    (day, span), parts = _split(line, 2)
    start, end = span.split("-")
    site = {"site": _only(parts, "at")} if "at" in parts else {}
    only = {"telehealth_only": True} if "telehealth" in parts else {}
    return {"day": day, "start": start, "end": end, **site, **only}


def windows(lines: list[str] | str) -> list[dict[str, Any]]:
    """Read a list of windows; ``mon-fri 09:00-17:00`` stands for five of them."""
    found = []
    for line in [lines] if isinstance(lines, str) else lines:
        days, rest = line.split(" ", 1)
        first, _, last = days.partition("-")
        for day in DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]:
            found.append(window(f"{day} {rest}"))
    return found


def clock_minutes(clock: str) -> int:
    """Return the minutes since midnight of ``09:30``."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _split(line: str, fixed: int) -> tuple[list[str], dict[str, list[str]]]:
    """Return the first words, and the others by the keyword that they follow."""
    words = line.split()
    parts: dict[str, list[str]] = {"": []}
    current = ""
    for word in words[fixed:]:
        if word in _KEYWORDS:
            current = word
            parts[current] = []
        else:
            parts[current].append(word)
    return words[:fixed], parts


def _only(parts: dict[str, list[str]], keyword: str) -> str | None:
    return parts[keyword][0] if keyword in parts else None


def _whole(parts: dict[str, list[str]], keyword: str) -> int | None:
    return int(parts[keyword][0]) if keyword in parts else None
