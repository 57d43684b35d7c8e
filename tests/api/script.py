"""A script as a researcher writes it: plain values wherever the models take them.

It is checked by mypy and pyright in their strict modes, and run, by ``test_script.py``.
"""

from __future__ import annotations

from datetime import date

import safeschedule as ss


def team() -> ss.Problem:
    """Return the problem of eight clinicians and forty clients."""
    codes = [f"C{n}" for n in range(1, 9)]
    hours = ss.Hours.weekly("mon-thu", "09:00", "17:00", breaks=[("12:30", "13:00")])
    clients = [
        ss.Client(id=f"K{n}", clinician=codes[n % 8], band=["low", "moderate", "high"][n % 3])
        for n in range(40)
    ]
    return ss.Problem(
        week_start="2026-10-05",
        clinicians=[
            ss.Clinician(id=code, fte=0.8, working=hours, is_supervisor=code < "C4") for code in codes
        ],
        clients=clients,
        session_types=[ss.SessionType(id="therapy", minutes=60)],
        requests=[ss.Request(id=f"R-{own.id}", client=own.id, session_type="therapy") for own in clients],
    )


def everything() -> ss.Problem:
    """Return a problem in which each kind of value is given in its plain form."""
    late = ss.WorkingPeriod(day="fri", start="12:00", end="20:00")
    away = ss.Leave(start="2026-10-08T00:00", end="2026-10-10T00:00")
    asked = ss.Request(
        id="R1",
        client="K1",
        session_type="emdr",
        mode="either",
        windows=[
            ss.Window(day="mon", start=9 * 60, end="12:00"),
            {"day": "tue", "start": "09:00", "end": "12:00"},
        ],
        earliest="2026-10-05",
        latest=date(2026, 10, 9),
        standing={"day": "mon", "start": "09:00"},
        needs_attendants=[ss.AttendantNeed(skill="interpreter:fa")],
    )
    return ss.Problem(
        week_start=date(2026, 10, 5),
        clinicians=[
            ss.Clinician(
                id="C1",
                fte=1,
                working=[*ss.Hours.weekly("mon-thu", 540, "17:00", site="north"), late],
                skills={"emdr"},
                leave=[away],
                caseload_cap=40.5,
                is_supervisor=True,
            )
        ],
        clients=[
            ss.Client(id="K1", flags=["volatile"], waiting_since="2026-09-01", attendance=0.8, points=2)
        ],
        session_types=[
            ss.SessionType(id="emdr", minutes=60, intensity="high", kind="assessment", skills=["emdr"])
        ],
        requests=[asked],
        sites=[ss.Site(id="north")],
        rooms=[
            ss.Room(
                id="room-1",
                site="north",
                unavailable=[{"start": "2026-10-05T12:00", "end": "2026-10-05T13:00"}],
            )
        ],
        attendants=[
            ss.Attendant(id="I1", skills=["interpreter:fa"], working=ss.Hours.weekly("mon", "09:00", "13:00"))
        ],
        meetings=[ss.Meeting(id="team", start="2026-10-06T09:30", minutes=60, clinicians=["C1"])],
        closures=[ss.Closure(date="2026-12-25")],
        rulebook=ss.Rulebook(
            midday="12:30", rules={"cover": {"enabled": False}, "breaks": ss.RuleSetting(tier="safety")}
        ),
    )


def first_day(problem: ss.Problem) -> date:
    """Return something of what models hold, which is of one type whatever they were given."""
    period = problem.clinicians[0].working[0]
    length: int = period.end - period.start
    share: float = float(problem.clinicians[0].fte) + length
    skills: tuple[str, ...] = problem.clinicians[0].skills
    return problem.week_start if share or skills else date.min
