"""Who cannot take a session on a date, whatever the time: limits of clients, sessions and intensity."""

from __future__ import annotations

from collections.abc import Sequence

from safeschedule.model.rows import groups
from safeschedule.suggesting.moving import amended
from safeschedule.suggesting.openings import Openings
from safeschedule.verifier.again import Standing
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.nearby import Given

_OF_CLINICIANS = ("caseload_cap", "daily_intensity", "high_acuity_cap", "return_days", "session_limits")
"""Rules that count a clinician's clients or sessions, by date or in the week."""

_OF_CLIENTS = ("client_spacing",)
"""Rules that count a client's sessions by date."""


def bars(
    standing: Standing, openings: Openings, without: Sequence[Given]
) -> dict[tuple[int, int], tuple[Finding, ...]]:
    """Return what a session would break with a clinician on a date at any time, by their numbers.

    Everybody is judged at once: as these rules count each clinician's sessions apart, a session with each
    of them says of each what a session with this one alone would.
    """
    rows, found = openings.rows, {}
    for (day,), members in groups(rows.day) if len(rows) else ():
        first = {int(rows.clinician[n]): int(n) for n in members[::-1].tolist()}
        given = {clinician: openings.appointment(n) for clinician, n in first.items()}
        one = next(iter(given.values()))
        of_client = _breaks(standing, without, [one], _OF_CLIENTS)
        of_clinicians = _breaks(standing, without, list(given.values()), _OF_CLINICIANS)
        for clinician in given:
            code = openings.index.clinicians[clinician].id
            own = (*of_client, *(finding for finding in of_clinicians if code in finding.who))
            if own:
                found[clinician, day] = own
    return found


def _breaks(
    standing: Standing, without: Sequence[Given], given: Sequence[Given], rules: Sequence[str]
) -> tuple[Finding, ...]:
    return standing.change(amended(standing.schedule, without, given), rules=rules).breaks
