"""Limits that one more session would go beyond with a clinician on a date, whatever the time of day."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from safeschedule.model.index import Index
from safeschedule.model.rows import MODES, Rows, groups
from safeschedule.problem import Request
from safeschedule.problem.clock import moment_at
from safeschedule.schedule import Appointment, Schedule
from safeschedule.verifier.again import Standing
from safeschedule.verifier.finding import Finding

OF_CLINICIANS = ("caseload_cap", "daily_intensity", "high_acuity_cap", "return_days", "session_limits")
"""Rules that count a clinician's clients or sessions, by date or in the week."""

OF_CLIENTS = ("client_spacing",)
"""Rules that count a client's sessions by date."""

With = Callable[[Sequence[Appointment]], Schedule]
"""Returns the schedule with some more appointments."""


def beyond_limits(
    standing: Standing, index: Index, request: Request, rows: Rows, made: With
) -> dict[tuple[int, int], tuple[Finding, ...]]:
    """Return what a session would break with a clinician on a date at any time, by their numbers.

    Everybody is judged at once: as these rules count each clinician's sessions apart, a session with each
    of them says of each what a session with this one alone would.

    Parameters
    ----------
    rows
        The openings of the request.
    made
        What the schedule is with an opening taken.
    """
    found = {}
    for (day,), members in groups(rows.day) if len(rows) else ():
        first = {int(rows.clinician[n]): int(n) for n in members[::-1].tolist()}
        given = [appointment_of(index, request, rows, n) for n in first.values()]
        of_clinicians: tuple[Finding, ...] = ()
        if len(given) == 1:
            of_client = standing.change(made(given), rules=(*OF_CLIENTS, *OF_CLINICIANS)).breaks
        else:
            of_client = standing.change(made(given[:1]), rules=OF_CLIENTS).breaks
            of_clinicians = standing.change(made(given), rules=OF_CLINICIANS).breaks
        for clinician in first:
            code = index.clinicians[clinician].id
            own = (*of_client, *(finding for finding in of_clinicians if code in finding.who))
            if own:
                found[clinician, day] = own
    return found


def appointment_of(index: Index, request: Request, rows: Rows, number: int) -> Appointment:
    """Return the session that an opening would become, without a room."""
    return Appointment(
        request=request.id,
        session_type=request.session_type,
        clients=(request.client,),
        clinicians=(index.clinicians[int(rows.clinician[number])].id,),
        start=moment_at(index.problem.week_start, int(rows.start[number])),
        minutes=int(rows.minutes[number]),
        mode=MODES[int(rows.mode[number])],
        site=[*index.site_number, None][int(rows.site[number])],
    )
