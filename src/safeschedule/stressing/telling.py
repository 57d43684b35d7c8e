"""The outcome of a stress test in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from safeschedule.solving.budget import Budget
from safeschedule.stressing.outcome import Method, Stress, Verdict
from safeschedule.stressing.urgent import Urgent
from safeschedule.stressing.worst import WorstCase


def sentences(outcome: Stress, *, made_up: bool, untested: Sequence[str] = ()) -> Stress:
    """Return the outcome with its sentences; `untested`: half-days in which all who work are on leave."""
    told = [_verdict(outcome)]
    if untested:
        told.append(f"Not tested, because everybody is on leave: {_names(tuple(untested))}.")
    if outcome.weakest is not None:
        told.append(_weakest(outcome))
    if outcome.worst is not None:
        told += _worst(outcome.worst)
    told += _no_shows(outcome)
    if made_up:
        told.append(
            f"The problem has no crisis type: each case is a session of {outcome.minutes} minutes, as long "
            "as an urgent slot, of high intensity, that needs no room."
        )
    return replace(outcome, sentences=tuple(told))


def together(parts: Sequence[Stress], asked: Urgent, sick: int, budget: Budget) -> Stress:
    """Return the tests of half-days with different numbers of urgent slots as one test of the week."""
    half_days = tuple(sorted((h for p in parts for h in p.half_days), key=lambda h: (h.day, h.afternoon)))
    order = [Verdict.REFUTED, Verdict.NOT_REFUTED, Verdict.PROVED]
    worst = min(parts, key=lambda part: order.index(part.verdict), default=None)
    outcome = Stress(
        verdict=Verdict.NOT_REFUTED if worst is None else worst.verdict,
        method=Method.EXHAUSTION
        if parts and all(part.method is Method.EXHAUSTION for part in parts)
        else Method.SEARCH,
        picks=sum(part.picks for part in parts),
        looked_at=sum(part.looked_at for part in parts),
        urgent=max((part.urgent for part in parts), default=0),
        sick=sick,
        session_type=asked.kind.id,
        minutes=asked.kind.minutes,
        within=str(asked.within),
        half_days=half_days,
        worst=None if worst is None else worst.worst,
        sentences=(),
        seconds=budget.elapsed,
        interrupted=budget.stop.is_set(),
        per_slot=True,
    )
    return sentences(outcome, made_up=asked.made_up)


def _verdict(outcome: Stress) -> str:
    if outcome.per_slot and not outcome.half_days:
        return "The schedule holds no urgent slots, so that there is nothing to test."
    cases = "one urgent case for each slot" if outcome.per_slot else count(outcome.urgent, "urgent case")
    away = f" with any {count(outcome.sick, 'clinician')} absent" if outcome.sick else ""
    looked = f"{outcome.looked_at:,} of {outcome.picks:,} picks"
    if not outcome.half_days:
        return "Nobody works in this week, so that there is no half-day to test."
    if outcome.verdict is Verdict.PROVED:
        each = "fits" if outcome.urgent == 1 or outcome.per_slot else "fit"
        which = "with urgent slots" if outcome.per_slot else "in which somebody works"
        where = f"{cases} at the beginning of any half-day {which} {each}{away}"
        return f"Proved: {where}; all {outcome.picks:,} picks were decided."
    if outcome.verdict is Verdict.REFUTED and outcome.worst is None:
        half = outcome.weakest
        on = "" if half is None else f" on {half.name}"
        return f"Refuted: not all of {cases}{on} find a place{away}; the best schedule of it is not known."
    if outcome.verdict is Verdict.REFUTED and outcome.worst is not None:
        worst = outcome.worst
        who = f" while {_names(worst.absent)} {_is(worst.absent)} absent" if worst.absent else ""
        if outcome.sick and not worst.absent:
            who = ", even with nobody absent"
        missing = len(worst.without_place)
        finds = "finds" if missing == 1 else "find"
        return f"Refuted: of {cases} on {when(worst)}{who}, {missing} {finds} no place."
    why = "it was stopped" if outcome.interrupted else "the time was over, or there were too many"
    return f"Not refuted, and not proved: {looked} were decided before {why}."


def _weakest(outcome: Stress) -> str:
    half = outcome.weakest
    assert half is not None
    after = f", {half.left} when {_names(half.absent)} {_is(half.absent)} absent" if half.absent else ""
    known = sum(each.left is not None for each in outcome.half_days)
    which = "Weakest half-day"
    if known < len(outcome.half_days):
        which = f"Weakest of the {known} of {len(outcome.half_days)} half-days that were worked out"
    told = f"{which}: {half.name}, with time for {count(half.places or 0, 'case')}{after}"
    if half.verdict is Verdict.REFUTED and (half.left or 0) >= outcome.urgent:
        return f"{told}, but not with the rooms that are left."
    return f"{told} (each clinician counted for up to {outcome.urgent}, rooms left aside)."


def _worst(worst: WorstCase) -> list[str]:
    told = []
    seen = {a.request: a for a in worst.schedule.appointments}
    for code in worst.placed:
        session = seen[code]
        told.append(f"{code} is seen by {session.clinicians[0]} at {session.start:%H:%M}.")
    told += [f"{code} finds no place." for code in worst.without_place]
    told += [str(obstacle) for obstacle in worst.obstacles]
    lost = worst.absence.sessions
    if lost:
        told.append(f"By the absence alone {count(len(lost), 'session')} {_falls(len(lost))} out that day.")
    if worst.absence.findings:
        rules = dict.fromkeys(finding.rule for finding in worst.absence.findings)
        told.append(f"By the absence alone rules are broken, too: {', '.join(rules)}.")
    return told


def _no_shows(outcome: Stress) -> list[str]:
    most = max(outcome.half_days, key=lambda half: half.no_shows, default=None)
    if most is None or not most.no_shows:
        return []
    together = sum(half.no_shows for half in outcome.half_days)
    return [
        f"Not counted on: by their attendance some {together:.1f} booked sessions of these half-days may be "
        f"expected not to take place, {most.no_shows:.1f} of them on {most.name}."
    ]


def when(worst: WorstCase) -> str:
    """Return the half-day of the worst case in words."""
    return f"{worst.day:%A} {'afternoon' if worst.afternoon else 'morning'}"


def count(number: int, noun: str) -> str:
    """Return "1 case" or "3 cases"."""
    return f"{number} {noun if number == 1 else noun + 's'}"


def _falls(number: int) -> str:
    return "falls" if number == 1 else "fall"


def _is(codes: tuple[str, ...]) -> str:
    return "is" if len(codes) == 1 else "are"


def _names(codes: tuple[str, ...]) -> str:
    return codes[0] if len(codes) == 1 else f"{', '.join(codes[:-1])} and {codes[-1]}"
