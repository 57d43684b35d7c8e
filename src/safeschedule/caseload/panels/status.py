"""The live status of panels: who can take new clients, of which bands, and what decides it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from safeschedule.arguments import Arguments
from safeschedule.caseload.contacts import due_contacts, due_reviews
from safeschedule.caseload.panels.concentration import concentration
from safeschedule.caseload.panels.exceptions import RESTRICTED, closed_by, told, unreported
from safeschedule.caseload.panels.facts import Carried, CaseloadFacts, band_points
from safeschedule.caseload.panels.panel import (
    Panel,
    PanelReason,
    PanelRow,
    PanelState,
    TeamPanel,
    plain_number,
)
from safeschedule.ledger import IntakeRestriction, LedgerView
from safeschedule.problem import AcuityBand, Clinician, Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier import wording


def panel_status(
    problem: Problem, schedule: Schedule | None = None, *, ledger: LedgerView | None = None
) -> Panel:
    """Return what each clinician and each team carries, and has room for (TC: live panel capacity status).

    A clinician is ``over`` when points or high-acuity clients exceed their cap; ``full`` when no band is
    open, ``limited`` when some are, ``accepting`` when all are. A band is closed when a client of it, without
    flags, would exceed the cap of points or of high-acuity clients; every band is closed when the week's
    sessions that are asked for reach the weekly limit, when there is no working time in the week, or when
    leadership has restricted intakes (AB).

    Parameters
    ----------
    problem
        The week.
    schedule
        Its schedule: new clients with a session in it belong to its clinician, and open minutes are told.

    ledger
        What the ledger says on a date; see `ledger_view`. Open capacity exceptions are told, overdue ones
        first, and who is over without one.

    Raises
    ------
    ArgumentError
        Problem and schedule are of different weeks, or something else.

    Examples
    --------
    >>> from safeschedule import panel_status
    >>> panel = panel_status(problem, schedule)
    >>> [row.who for row in panel.clinicians] == [person.id for person in problem.clinicians]
    True
    """
    looked = Arguments("panel_status")
    (looked.problem(problem) if schedule is None else looked.week(problem, schedule))
    require_view(looked, ledger)
    looked.done()
    return panel_of(CaseloadFacts(problem, schedule), ledger)


def require_view(looked: Arguments, ledger: object) -> None:
    """Look whether it is what a ledger says on a date."""
    if ledger is not None:
        looked.kind("ledger", ledger, LedgerView, "a LedgerView; see ledger_view")


def panel_of(facts: CaseloadFacts, ledger: LedgerView | None = None) -> Panel:
    """Return the panels of facts that are there already."""
    problem = facts.problem
    overdue = [
        Counter(due.clinician for due in found if due.overdue)
        for found in (due_contacts(problem), due_reviews(problem))
    ]
    closed = {p.id: closed_by(ledger, p.id, problem.week_start) for p in problem.clinicians}
    rows = {person.id: _row(facts, person, overdue, closed[person.id]) for person in problem.clinicians}
    teams: dict[str, list[PanelRow]] = {}
    for person in problem.clinicians:
        for team in person.teams:
            teams.setdefault(team, []).append(rows[person.id])
    several = teams if len(teams) > 1 else {}
    named = [(problem.name, list(rows.values())), *sorted(several.items())]
    found = Panel(
        week_start=problem.week_start,
        clinicians=tuple(rows.values()),
        teams=tuple(_team(name, own, facts.bands) for name, own in named),
        waiting=tuple(client.id for client in facts.waiting),
    )
    if ledger is None:
        return found
    return replace(
        found,
        exceptions=ledger.exceptions,
        restricted=ledger.restricted,
        unreported=unreported(found.clinicians, ledger),
    )


def closing(carried: Carried, bands: Sequence[AcuityBand]) -> Iterator[PanelReason]:
    """Yield the figures that keep one more client of some bands out."""
    every = tuple(band.id for band in bands)
    if not carried.works:
        sentence = "No working time that is free of leave in the week."
        yield PanelReason("leave", Decimal(0), Decimal(0), every, sentence)
    if carried.cap is not None:
        left = carried.cap - carried.points
        shut = tuple(band.id for band in bands if band_points(band) > max(0, left))
        told = f"{wording.points(carried.points)} points of {wording.points(carried.cap)}"
        yield from _closes("caseload_cap", carried.points, carried.cap, shut, told, 100)
    if carried.high_cap is not None:
        shut = tuple(b.id for b in bands if b.high_acuity) if carried.high >= carried.high_cap else ()
        told = f"{wording.count(carried.high, 'high-acuity client')} of {carried.high_cap}"
        yield from _closes("high_acuity_cap", carried.high, carried.high_cap, shut, told)
    if carried.limit is not None and carried.sessions >= carried.limit:
        told = f"{wording.count(carried.sessions, 'session')} asked for in the week, of {carried.limit}"
        yield from _closes("session_limits", carried.sessions, carried.limit, every, told)


def _closes(
    rule: str, found: int, limit: int, shut: tuple[str, ...], told: str, unit: int = 1
) -> Iterator[PanelReason]:
    if shut or found > limit:
        closed = f": no room for {wording.listing(shut)}" if shut else ""
        over = ", over the cap" if found > limit else ""
        sentence = f"{told}{over}{closed}."
        yield PanelReason(rule, Decimal(found) / unit, Decimal(limit) / unit, shut, sentence)


def _row(
    facts: CaseloadFacts,
    person: Clinician,
    overdue: Sequence[Counter[str | None]],
    restriction: IntakeRestriction | None,
) -> PanelRow:
    carried = facts.carried[person.id]
    reasons = (*_restricted(restriction, facts.bands), *closing(carried, facts.bands))
    shut = {band for reason in reasons for band in reason.bands}
    room = tuple(band.id for band in facts.bands if band.id not in shut)
    over = (carried.cap is not None and carried.points > carried.cap) or (
        carried.high_cap is not None and carried.high > carried.high_cap
    )
    return PanelRow(
        who=person.id,
        members=1,
        fte=person.fte,
        clients=len(carried.clients),
        points=_points(carried.points),
        cap=None if carried.cap is None else _points(carried.cap),
        headroom=None if carried.cap is None else _points(carried.cap - carried.points),
        high_acuity=carried.high,
        high_acuity_cap=carried.high_cap,
        sessions=carried.sessions,
        sessions_limit=carried.limit,
        open_minutes=facts.open_minutes(person.id),
        contacts_overdue=overdue[0][person.id],
        reviews_overdue=overdue[1][person.id],
        state=PanelState.OVER if over else _state(room, facts.bands),
        bands=() if over else room,
        because=reasons or _roomy(carried),
    )


def _restricted(restriction: IntakeRestriction | None, bands: Sequence[AcuityBand]) -> Iterator[PanelReason]:
    if restriction is not None:
        every = tuple(band.id for band in bands)
        yield PanelReason(RESTRICTED, Decimal(0), Decimal(0), every, told(restriction))


def _roomy(carried: Carried) -> tuple[PanelReason, ...]:
    """Return the figure by which every band is open."""
    if carried.cap is None:
        return ()
    left = carried.cap - carried.points
    told = f"{wording.points(carried.points)} points of {wording.points(carried.cap)}"
    sentence = f"{told}: {wording.points(left)} left, enough for any band."
    return (PanelReason("caseload_cap", _points(carried.points), _points(carried.cap), (), sentence),)


def _state(room: Sequence[str], bands: Sequence[AcuityBand]) -> PanelState:
    if not room:
        return PanelState.FULL
    return PanelState.ACCEPTING if len(room) == len(bands) else PanelState.LIMITED


def _team(name: str, rows: Sequence[PanelRow], bands: Sequence[AcuityBand]) -> TeamPanel:
    caps = [row.cap for row in rows if row.cap is not None]
    left = [max(Decimal(0), row.headroom) for row in rows if row.headroom is not None]
    points = sum((row.points for row in rows), Decimal(0))
    capped = len(caps) == len(rows)
    room = tuple(band.id for band in bands if any(band.id in row.bands for row in rows))
    over = capped and points > sum(caps)
    open_minutes = [row.open_minutes for row in rows if row.open_minutes is not None]
    row = PanelRow(
        who=name,
        members=len(rows),
        fte=sum((row.fte for row in rows), Decimal(0)),
        clients=sum(row.clients for row in rows),
        points=points,
        cap=sum(caps, Decimal(0)) if capped else None,
        headroom=sum(left, Decimal(0)) if capped else None,
        high_acuity=sum(row.high_acuity for row in rows),
        high_acuity_cap=_sum([row.high_acuity_cap for row in rows]),
        sessions=sum(row.sessions for row in rows),
        sessions_limit=_sum([row.sessions_limit for row in rows]),
        open_minutes=sum(open_minutes) if len(open_minutes) == len(rows) else None,
        contacts_overdue=sum(row.contacts_overdue for row in rows),
        reviews_overdue=sum(row.reviews_overdue for row in rows),
        state=PanelState.OVER if over else _state(room, bands),
        bands=room,
        because=_of_team(rows, bands, room) if capped else (),
    )
    states = Counter(row.state for row in rows)
    spread = concentration([(row.who, row.high_acuity) for row in rows])
    return TeamPanel(row, {state: states[state] for state in PanelState}, spread)


def _of_team(
    rows: Sequence[PanelRow], bands: Sequence[AcuityBand], room: Sequence[str]
) -> tuple[PanelReason, ...]:
    """Return the points by which a team is judged, and in how many panels there is room."""
    points = sum((row.points for row in rows), Decimal(0))
    cap = sum((row.cap for row in rows if row.cap is not None), Decimal(0))
    shut = tuple(band.id for band in bands if band.id not in room)
    open_to = wording.count(sum(bool(row.bands) for row in rows), "panel")
    closed = f"; no room for {wording.listing(shut)} anywhere" if shut else ""
    told = f"{plain_number(points)} points of {plain_number(cap)}, room in {open_to} of {len(rows)}{closed}."
    return (PanelReason("caseload_cap", points, cap, shut, told),)


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _points(hundredths: int) -> Decimal:
    return Decimal(hundredths) / 100
