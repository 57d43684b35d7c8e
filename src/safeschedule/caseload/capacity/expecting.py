"""The reverse question: what an expected number of sessions a day takes, and who pays it (TC)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from safeschedule.caseload.capacity.answers import plain_figure
from safeschedule.caseload.capacity.demands import Demands
from safeschedule.caseload.capacity.sheet import YEAR, SumSheet, exact
from safeschedule.caseload.capacity.weeks import largest_caseload


def expectation(sheet: SumSheet, demands: Demands, there_share: float) -> tuple[Decimal, Decimal]:
    """Add up what the expectation takes, and what of it nobody pays."""
    given = demands.given
    days, sessions = given.days, given.sessions_a_day
    held = days * demands.slots(given.clinicians) / given.clinicians
    parts = {
        "days": days * demands.day(sessions),
        "intakes": given.intakes_a_week * (demands.day(2, 1) - demands.day(2)),
        "recovery": float(given.trauma_share) * days * sessions * demands.recovery,
        "urgent_slots": held * (demands.day(1, 0, 0, 1) - demands.day(1)),
        "blocks": sum(demands.blocks(days * sessions * given.weeks_between_sessions).values()),
    }
    needed = sheet.line(
        "expected",
        f"Minutes that {sessions} sessions a day take in a week",
        "full days with all that the rules ask, and the week's blocks",
        sum(parts.values()),
        "minutes",
        "the lines above",
        **parts,
    )
    there = days * (demands.paid + demands.meal)
    unpaid = sheet.line(
        "unpaid",
        "Unpaid hours of a week",
        "what is more than the days on the rota",
        max(0.0, float(needed) - there) / 60,
        "hours",
        "TC (paid time holds non-session work)",
        needed=needed,
        rota=there,
    )
    year = sheet.line(
        "unpaid_year",
        "Unpaid hours of a year",
        "weeks at work times these",
        float(unpaid) * YEAR * there_share,
        "hours",
        "the lines above",
        weeks=YEAR * there_share,
    )
    return unpaid, year


def broken_limits(demands: Demands) -> Iterator[str]:
    """Yield the limits that an expectation exceeds."""
    given = demands.given
    limits, total = demands.rule("session_limits"), given.sessions_a_day * given.days
    for name, found in (("day", given.sessions_a_day), ("week", total)) if limits else ():
        most = limits.whole(name) if limits else 0
        if found > most:
            yield f"{found} sessions a {name} are over {most} (rule session_limits)."
    intense = demands.intense(given.days)
    high = float(given.high_acuity_share) * total
    if intense is not None and high > intense:
        yield f"{plain_figure(exact(high))} high-intensity sessions a week are over {intense}."
    clients = (total - given.intakes_a_week) * given.weeks_between_sessions
    for rule, cap in largest_caseload(demands, 1.0).items():
        if clients > cap:
            told = plain_figure(exact(clients))
            yield f"{told} clients are over the {plain_figure(exact(cap))} that the rule {rule} allows."
