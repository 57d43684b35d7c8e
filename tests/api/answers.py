"""One real answer of each public call, on a small week; made once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from safeschedule import (
    Actuals,
    CapacityAssumptions,
    CapacityException,
    Client,
    Desk,
    HuddleAction,
    LedgerEntry,
    Problem,
    Request,
    Result,
    RubricAnswers,
    Schedule,
    SickCall,
    Signatory,
    Statement,
    balanced_measures,
    basis_of,
    capacity_of,
    check_move,
    confirm_bands,
    differences,
    due_contacts,
    due_reviews,
    early_warnings,
    evidence_pack,
    example_rubric,
    explain_left_out,
    explain_no_schedule,
    free_slots,
    huddle_agenda,
    ledger_view,
    panel_forecast,
    panel_status,
    plots,
    proposed_bands,
    rebalance,
    replan,
    roll,
    route_intake,
    rubric_bands,
    solve,
    stress,
    suggest,
    suggest_moves,
    verify,
)
from safeschedule.ledger.chain import chained, entry_of, walk
from tests.stressing.weeks import team

LIMITS: dict[str, Any] = {"deterministic_limit": 0.5, "seed": 1}


@cache
def problem() -> Problem:
    """Give a team of three with two days."""
    return team(people=3, sessions=2)


@cache
def result() -> Result:
    """Give its week."""
    return solve(problem(), workers=1, **LIMITS)


@cache
def schedule() -> Schedule:
    """Give the schedule of its week."""
    found = result().schedule
    assert found is not None
    return found


def impossible() -> Problem:
    """Give a week in which a pinned session leaves no time for a break."""
    return Problem.from_dict(
        {
            "week_start": "2026-10-05",
            "clinicians": [{"id": "C1", "working": [{"day": "mon", "start": "09:00", "end": "13:00"}]}],
            "clients": [{"id": "K1", "clinician": "C1"}],
            "session_types": [{"id": "long", "minutes": 240}],
            "requests": [{"id": "R1", "client": "K1", "session_type": "long"}],
            "pinned_appointments": [{"request": "R1", "clinician": "C1", "start": "2026-10-05T09:00"}],
        }
    )


def _placed() -> str:
    return next(a.request for a in schedule().appointments if a.request is not None)


def _left_out() -> Any:
    without = schedule().appointments[1:]
    return explain_left_out(
        problem(), schedule().model_copy(update={"appointments": without}), time_limit=None
    )


def _replanned() -> Any:
    first = problem().clinicians[-1].id
    start = datetime.combine(problem().week_start, datetime.min.time())
    call = SickCall(clinician=first, start=start, end=start.replace(hour=12))
    return replan(problem(), schedule(), [call], **LIMITS)


def _confirmed() -> Any:
    client = problem().clients[0]
    by = problem().clinicians[0].id
    return confirm_bands(problem(), {client.id: client.band}, by, date(2026, 10, 5))[1][0]


def _crowded() -> Problem:
    """Give the team with one who has no room."""
    first, *others = problem().clinicians
    people = (first.model_copy(update={"caseload_cap": Decimal(0)}), *others)
    return problem().model_copy(update={"clinicians": people})


def _scored() -> Any:
    rubric = example_rubric()
    worst = {item.id: list(item.answers)[-1] for item in rubric.items}
    return rubric_bands(problem(), rubric, RubricAnswers(clients={problem().clients[0].id: worst}))[0]


def _referral() -> tuple[Client, Request]:
    return Client(id="NEW"), Request(id="first", client="NEW", session_type="talk")


def _recorded() -> list[Actuals]:
    weeks = [problem().week_start - timedelta(weeks=number) for number in range(4, 0, -1)]
    return [Actuals(week_start=day, discharges=()) for day in weeks]


@cache
def no_schedule() -> Any:
    """Give the reason of the impossible week."""
    return explain_no_schedule(impossible(), clashes=1, repairs=1, deterministic_limit=2.0)


def entry() -> LedgerEntry:
    """Give the only entry of a ledger."""
    said = Statement(
        at=datetime(2026, 10, 5, 9, tzinfo=UTC),
        by=Signatory(role="supervisor", code="C1"),
        why="Asked for",
        basis=basis_of(problem(), schedule()),
        content=HuddleAction(action="Call P0", due=date(2026, 10, 2)),
    )
    return entry_of(chained(said, None))


ANSWERS: dict[str, Callable[[], Any]] = {
    "solve": result,
    "solve without a schedule": cache(lambda: solve(impossible(), workers=1, **LIMITS)),
    "verify": cache(lambda: verify(problem(), schedule())),
    "verify a broken week": cache(
        lambda: verify(problem(), schedule().model_copy(update={"blocks": (), "appointments": ()}))
    ),
    "suggest": cache(
        lambda: suggest(
            problem(), Schedule(week_start=problem().week_start, time_zone=problem().time_zone), _placed(), 2
        )
    ),
    "suggest moves": cache(lambda: suggest_moves(problem(), schedule(), _placed(), 2)),
    "free slots": cache(lambda: free_slots(problem(), schedule(), problem().session_types[0].id)),
    "check move": cache(lambda: check_move(problem(), schedule(), _placed())),
    "desk": cache(lambda: Desk(problem(), schedule()).verification),
    "replan": cache(_replanned),
    "differences": cache(lambda: differences(schedule(), schedule().model_copy(update={"blocks": ()}))),
    "stress": cache(lambda: stress(problem(), schedule(), urgent=1, sick=1, time_limit=None)),
    "explain left out": cache(_left_out),
    "explain no schedule": no_schedule,
    "capacity exception": cache(lambda: CapacityException(impossible(), no_schedule(), owner="L1")),
    "roll": cache(lambda: roll(problem(), 1, workers=1, deterministic_limit=0.2)),
    "roll summary": cache(lambda: ANSWERS["roll"]().summary),
    "confirmed band": cache(_confirmed),
    "measures": cache(lambda: balanced_measures(problem(), _recorded())),
    "warnings": cache(lambda: early_warnings(problem(), _recorded())),
    "intake": cache(lambda: route_intake(problem(), schedule(), *_referral(), 1, weeks=1)),
    "rebalance": cache(lambda: rebalance(_crowded(), alternatives=1)),
    "rebalance what cannot be": cache(
        lambda: rebalance(_crowded(), keep=[c.id for c in problem().clients[:1]], max_transfers=0)
    ),
    "capacity": cache(lambda: capacity_of(CapacityAssumptions(demand_sessions=Decimal(100)))),
    "rubric": cache(_scored),
    "panel": cache(lambda: panel_status(problem(), schedule())),
    "forecast": cache(lambda: panel_forecast(problem(), schedule(), 2, actuals=_recorded())),
    "ledger": cache(lambda: ledger_view([entry()], date(2026, 10, 5))),
    "huddle": cache(lambda: huddle_agenda(problem(), ANSWERS["ledger"](), schedule())),
    "evidence": cache(lambda: evidence_pack(problem(), [entry()], date(2026, 10, 1), date(2026, 10, 31))),
    "open matter": cache(lambda: ANSWERS["ledger"]().open[0]),
    "plot of a week": cache(lambda: plots.week(result(), problem())),
    "plot of loads": cache(lambda: plots.load(result(), problem())),
    "plot of exposure": cache(lambda: plots.exposure(result(), problem())),
    "plot of prices": cache(
        lambda: plots.price_of_rules({"x": ["a", "b"], "y": [2, 0], "lower": [1, 0], "upper": [None, 1]})
    ),
    "chain": cache(lambda: walk([chained(entry(), None)])),
    "head": cache(lambda: ANSWERS["chain"]().head),
    **{
        f"{name} {number}": (lambda entry=entry: entry)
        for name, found in (
            ("due contact", due_contacts(problem())),
            ("due review", due_reviews(problem())),
            ("proposed band", proposed_bands(problem())),
        )
        for number, entry in enumerate(found[:1])
    },
}
