"""A crowded week of a day programme, and what drawn ones are made of."""

from __future__ import annotations

from datetime import date

from safeschedule import Problem
from safeschedule.catalogue import Tier, rules
from safeschedule.problem import (
    Client,
    Clinician,
    Equipment,
    Group,
    Kind,
    Request,
    Room,
    Rulebook,
    RuleSetting,
    SessionType,
    Weekday,
    Window,
    WorkingPeriod,
)

KEPT = ("access", "client_spacing", "group_size")
DAYS = (Weekday.MON, Weekday.TUE, Weekday.THU)
TYPES = (
    SessionType(id="talk", minutes=30, kind=Kind.THERAPY, skills=("talk",), room_kind="office"),
    SessionType(id="move", minutes=45, kind=Kind.THERAPY, skills=("move",), room_kind="hall"),
    SessionType(
        id="circle",
        minutes=45,
        kind=Kind.GROUP,
        skills=("talk",),
        room_kind="hall",
        smallest=2,
        largest=3,
        equipment=("drums",),
    ),
)


def book(**changes: RuleSetting) -> Rulebook:
    """Return a rulebook of physical rules, access, spacing and group sizes."""
    kept = {
        name: RuleSetting(enabled=rule.tier is Tier.PHYSICAL or name in KEPT)
        for name, rule in rules().items()
    }
    # Of a treatment a patient may have several on a date.
    kept["client_spacing"] = RuleSetting(parameters={"course": 3})
    return Rulebook(name="programme", rules={**kept, **changes})


def crowded() -> Problem:
    """Return a week whose dates cannot be filled as much as the counts would have it."""
    clients = tuple(
        Client(
            id=f"P{n}",
            windows=tuple(Window(day=day, start=540, end=780) for day in DAYS),
            days_between=0,
            daily_sessions=3,
            daily_least=1,
            comes_daily=True,
        )
        for n in range(6)
    )
    people = tuple(
        Clinician(
            id=f"T{n}",
            skills=("talk", "move"),
            working=tuple(WorkingPeriod(day=day, start=540, end=780) for day in DAYS),
        )
        for n in range(2)
    )
    asked = tuple(
        Request(
            id=f"{client.id}-{kind.id}",
            client=client.id,
            session_type=kind.id,
            group="G" if kind.id == "circle" else None,
            count=3,
        )
        for client in clients
        for kind in TYPES
    )
    return Problem(
        name="crowded",
        week_start=date(2026, 1, 5),
        grid=15,
        clinicians=people,
        clients=clients,
        session_types=TYPES,
        requests=asked,
        rooms=(Room(id="R1", kind="office", seats=4), Room(id="R2", kind="hall", also=("office",), seats=4)),
        equipment=(Equipment(id="E", kind="drums"),),
        groups=(Group(id="G", session_type="circle", open=True, sessions=9),),
        rulebook=book(),
    )
