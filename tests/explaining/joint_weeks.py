"""Small weeks in which several people meet, and what goes into them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from safeschedule import Problem
from safeschedule.catalogue import Tier, rules

_DAYS = ("mon", "tue", "wed", "thu", "fri")


def hours(*days: str, start: str = "09:00", end: str = "17:00", **more: Any) -> list[dict[str, Any]]:
    """Return working periods on some weekdays."""
    return [{"day": day, "start": start, "end": end, **more} for day in days or _DAYS]


def away(first: int, last: int = 0, start: str = "00:00") -> dict[str, str]:
    """Return leave from a day of October to the end of another."""
    return {"start": f"2026-10-{first:02d}T{start}", "end": f"2026-10-{(last or first) + 1:02d}T00:00"}


def meeting(code: str, who: str, day: int, start: str, minutes: int) -> dict[str, Any]:
    """Return a meeting of one clinician."""
    return {"id": code, "start": f"2026-10-{day:02d}T{start}", "minutes": minutes, "clinicians": [who]}


def pin(request: str, clinician: str, when: str) -> dict[str, str]:
    """Return a pinned appointment of October, such as "06T10:00"."""
    return {"request": request, "clinician": clinician, "start": f"2026-10-{when}"}


def week(
    rule: str,
    people: Mapping[str, dict[str, Any]] | None = None,
    setting: dict[str, Any] | None = None,
    **more: Any,
) -> Problem:
    """Return the team's week with one rule on, hard, and the physical ones."""
    base = {
        "S1": {"is_supervisor": True, "working": hours()},
        "C1": {"supervisor": "S1", "working": hours()},
        "C2": {"supervisor": "S1", "working": hours()},
    }
    team = [
        {"id": code, **base.get(code, {}), **(people or {}).get(code, {})}
        for code in {**base, **(people or {})}
    ]
    book: dict[str, Any] = {
        n: {"enabled": False} for n, r in rules().items() if r.tier is not Tier.PHYSICAL and n != "leave"
    }
    book[rule] = {"hard": True, **(setting or {})}
    given: dict[str, Any] = {
        "week_start": "2026-10-05",
        "grid": 15,
        "clinicians": team,
        "clients": [{"id": "P1", "clinician": "C1"}, {"id": "P2", "clinician": "C2"}],
        "session_types": [{"id": "talk", "minutes": 60}],
        "requests": [{"id": f"R{n}", "client": f"P{n}", "session_type": "talk"} for n in (1, 2)],
        "rulebook": {"rules": book},
    }
    return Problem.model_validate(given | more)
