"""What happened in a few weeks, written out by hand; the team is that of `tests.caseload.team`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from safeschedule.actuals import Actuals

FIRST = date(2026, 8, 3)


def visit(client: str, start: str, outcome: str = "attended", **more: Any) -> dict[str, Any]:
    """Give an hour of C1 with a client."""
    return {
        "client": client,
        "clinicians": ["C1"],
        "planned": start,
        "minutes": 60,
        "outcome": outcome,
    } | more


def day(number: int, **more: Any) -> dict[str, Any]:
    """Give a date of C1 in the first week."""
    return {"clinician": "C1", "date": f"{FIRST + timedelta(days=number)}"} | more


def week(number: int = 0, **lists: Any) -> Actuals:
    """Give a week with what was recorded; the first one begins on Monday, 3 August 2026."""
    start = FIRST + timedelta(weeks=number)
    return Actuals.model_validate({"week_start": start} | lists)


def series(name: str, values: list[float]) -> list[Actuals]:
    """Give weeks with ten dates each, on which a figure of dates is as given."""
    return [
        week(
            number,
            days=[
                {"clinician": f"C{n}", "date": FIRST + timedelta(weeks=number), name: int(value)}
                for n in range(10)
            ],
        )
        for number, value in enumerate(values)
    ]
