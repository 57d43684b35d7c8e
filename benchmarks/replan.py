"""Planning again after sick calls: how long it takes, and how much of the week it changes."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.instances import Instance

Line = dict[str, Any]


def run(
    instance: Instance, calls: int, limit: float, schedule: Path | None, solve_seconds: float
) -> list[Line]:
    """Return a line for each sick call of a day, of different clinicians, those with the fullest day first.

    Parameters
    ----------
    instance
        The week.
    calls
        How many clinicians call in sick, one at a time, each on the week's second date.
    limit
        Seconds for planning again: building, searching, checking and reasons.
    schedule
        A stored schedule of the week; ``None``: it is solved first.
    solve_seconds
        For that.
    """
    from safeschedule import solve
    from safeschedule.replanning import SickCall, replan
    from safeschedule.schedule.reading import read_schedule

    problem = instance.problem()
    if schedule is None:
        planned = solve(problem, time_limit=solve_seconds).schedule
        assert planned is not None
    else:
        planned = read_schedule(schedule)
    start = datetime.combine(problem.week_start, datetime.min.time()) + timedelta(days=1)
    end = start + timedelta(days=1)
    lost = Counter(c for a in planned.appointments if start <= a.start < end for c in a.clinicians)
    found = []
    for who, own in lost.most_common(calls):
        call = SickCall(clinician=who, start=start, end=end)
        began = time.perf_counter()
        again = replan(problem, planned, [call], freeze_before=start, time_limit=limit)
        seconds = time.perf_counter() - began
        found.append(
            {"clinician": who, "lost": own, "seconds": seconds, **_figures(again, who, start, end, own)}
        )
    return found


def _figures(again: Any, who: str, start: datetime, end: datetime, own: int) -> Line:
    if again.diff is None:
        return {"outcome": str(again.outcome), "verified": False}

    def hit(appointment: Any) -> bool:
        return who in appointment.clinicians and start <= appointment.start < end

    diff = again.diff
    others = len(diff.kept) + len(diff.moved) + len(diff.dropped) - own
    moved = sum(not hit(pair.before) for pair in diff.moved)
    dropped = sum(not hit(a) for a in diff.dropped)
    return {
        "outcome": str(again.outcome),
        "verified": again.verified,
        "stage": again.stage,
        "placed_elsewhere": len(diff.moved) - moved,
        "dropped": len(diff.dropped) - dropped,
        "others": others,
        "others_moved": moved,
        "others_dropped": dropped,
        "share_moved": (moved + dropped) / others,
        "told": len(again.tell),
        "disturbed": len(again.disturbed),
    }


def table(lines: list[Line]) -> str:
    """Return the lines as a Markdown table, with the medians and the spread below."""
    head = (
        "| clinician | lost sessions | seconds | placed elsewhere | dropped | others moved | others dropped "
        "| of others | people told | outcome |"
    )
    rows = [
        f"| {x['clinician']} | {x['lost']} | {x['seconds']:.1f} | {x['placed_elsewhere']} | {x['dropped']} "
        f"| {x['others_moved']} | {x['others_dropped']} | {100 * x['share_moved']:.2f} % | {x['told']} "
        f"| {x['outcome']}, {x['stage']} |"
        if x["verified"]
        else f"| {x['clinician']} | {x['lost']} | {x['seconds']:.1f}{' | –' * 6} | {x['outcome']} |"
        for x in lines
    ]
    seconds = [x["seconds"] for x in lines]
    shares = [100 * x["share_moved"] for x in lines if x["verified"]]
    spread = (
        f"{len(lines)} sick calls: median {statistics.median(seconds):.1f} s "
        f"({min(seconds):.1f}–{max(seconds):.1f})"
    )
    if shares:
        spread += f"; of the others' sessions at most {max(shares):.2f} % moved or dropped"
    return "\n".join([head, "|---" * 10 + "|", *rows, "", spread + "."])
