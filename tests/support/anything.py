"""Problems and schedules of any kind, however broken, as long as their format is right."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from safeschedule.catalogue import rules
from safeschedule.problem import BlockKind, Flag, Intensity, Kind, Problem, Weekday
from safeschedule.problem.clock import FIRST_DATE, LAST_DATE, zone_exists
from safeschedule.schedule import Schedule

MONDAY = date(2026, 10, 19)
"""Europe/Berlin puts its clocks back on this week's Sunday."""

codes = st.sampled_from(["A", "B", "C", "D", "ghost"])
clocks = st.integers(0, 24 * 60)
minutes = st.one_of(st.sampled_from([15, 30, 45, 60, 90]), st.integers(1, 1440))
near = st.builds(
    lambda days, quarters, more: datetime(2026, 10, 18) + timedelta(days=days, minutes=15 * quarters + more),
    st.integers(0, 8),
    st.integers(30, 70),
    st.sampled_from([0, 0, 0, 7]),
)
moments = st.one_of(
    near,
    near,
    near,
    st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 31)).map(
        lambda m: m.replace(second=0, microsecond=0)
    ),
)
dates = st.one_of(st.dates(MONDAY - timedelta(60), MONDAY + timedelta(9)), st.dates(FIRST_DATE, LAST_DATE))
days = st.sampled_from([day.value for day in Weekday])
windows = st.fixed_dictionaries({"day": days, "start": clocks, "end": clocks})
numbers = st.integers(0, 3)


def several(items: st.SearchStrategy[Any], most: int = 3, least: int = 0) -> st.SearchStrategy[list[Any]]:
    """Draw a short list."""
    return st.lists(items, min_size=least, max_size=most)


def unique(items: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    """Draw a short list of entities whose codes differ."""
    return st.lists(items, max_size=most, unique_by=lambda item: item["id"])


def maybe(item: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw the item or nothing."""
    return st.none() | item


spans = st.fixed_dictionaries({"start": moments, "end": moments})
hours = st.one_of(
    st.just({"start": "08:00", "end": "18:00"}), st.fixed_dictionaries({"start": clocks, "end": clocks})
).flatmap(
    lambda span: st.fixed_dictionaries(
        {"day": days, **{k: st.just(v) for k, v in span.items()}, "site": maybe(codes)}
    )
)
points = st.one_of(st.integers(0, 9), st.decimals(0, 20, places=2)).map(Decimal)
people = {"role": codes, "fte": st.sampled_from([1, 0.5, 0.05, 0.33])}
clinicians = st.fixed_dictionaries(
    {
        "id": codes,
        **people,
        "working": several(hours, 8),
        "contracted_minutes": maybe(st.integers(1, 3000)),
        "skills": several(codes),
        "sites": several(codes),
        "telehealth": st.booleans(),
        "supervisor": maybe(codes),
        "is_supervisor": st.booleans(),
        "new_in_post": st.booleans(),
        "caseload_cap": maybe(points),
        "high_acuity_cap": maybe(numbers),
        "daily_sessions": maybe(numbers),
        "weekly_sessions": maybe(numbers),
        "preferred": several(windows),
        "leave": several(spans),
        "teams": several(codes),
        "cover": maybe(codes),
    }
)
clients = st.fixed_dictionaries(
    {
        "id": codes,
        "band": st.sampled_from(["low", "high", "very_high", "unheard_of"]),
        "points": maybe(points),
        "clinician": maybe(codes),
        "flags": several(st.sampled_from(list(Flag))),
        "windows": several(windows),
        "preferred": several(windows),
        "days_between": maybe(numbers),
        "daily_sessions": maybe(st.integers(1, 3)),
        "daily_least": maybe(numbers),
        "five_day_sessions": maybe(numbers),
        "next_review": maybe(dates),
        "last_contact": maybe(dates),
        "waiting_since": maybe(dates),
    }
)
types = st.fixed_dictionaries(
    {
        "id": codes,
        "minutes": minutes,
        "intensity": st.sampled_from(list(Intensity)),
        "trauma_processing": st.booleans(),
        "kind": st.sampled_from(list(Kind)),
        "documentation_minutes": maybe(st.integers(0, 60)),
        "recovery_minutes": maybe(st.integers(0, 60)),
        "room_kind": maybe(codes),
        "equipment": several(codes),
        "skills": several(codes),
        "smallest": st.integers(1, 4),
        "largest": st.integers(1, 4),
        "facilitators": st.integers(1, 2),
    }
)
slots = st.fixed_dictionaries({"day": days, "start": clocks})
groups = st.fixed_dictionaries(
    {
        "id": codes,
        "session_type": codes,
        "members": several(codes),
        "open": st.booleans(),
        "facilitators": several(codes),
        "sessions": st.integers(1, 3),
        "slots": several(slots),
        "mode": st.sampled_from(["in_person", "telehealth"]),
        "site": maybe(codes),
    }
)
ways = st.fixed_dictionaries(
    {"origin": codes, "destination": codes, "minutes": st.sampled_from([0, 5, 30, 600])}
)
incidents = st.fixed_dictionaries(
    {
        "id": codes,
        "happened": moments,
        "clinicians": several(codes, least=1),
        "debriefed": several(codes),
        "followed_up": several(codes),
    }
)
tasks = st.fixed_dictionaries(
    {
        "id": codes,
        "client": codes,
        "minutes": st.sampled_from([5, 10, 60]),
        "kind": st.sampled_from(["message", "call", "letter", "other"]),
        "received": maybe(moments),
        "respond_by": moments,
        "clinician": maybe(codes),
    }
)
requests = st.fixed_dictionaries(
    {
        "id": codes,
        "client": codes,
        "session_type": codes,
        "group": maybe(codes),
        "count": st.integers(1, 4),
        "clinician": maybe(codes),
        "skills": several(codes),
        "mode": st.sampled_from(["in_person", "telehealth", "either"]),
        "site": maybe(codes),
        "windows": several(windows),
        "earliest": maybe(dates),
        "latest": maybe(dates),
        "standing": maybe(slots),
    }
)
rooms = st.fixed_dictionaries(
    {"id": codes, "kind": codes, "also": several(codes), "site": maybe(codes), "seats": st.integers(1, 6)}
)
equipment = st.fixed_dictionaries({"id": codes, "kind": codes, "site": maybe(codes)})
meetings = st.fixed_dictionaries(
    {
        "id": codes,
        "start": moments,
        "minutes": minutes,
        "clinicians": several(codes, least=1),
        "room": maybe(codes),
    }
)
past = st.fixed_dictionaries(
    {
        "client": codes,
        "clinician": codes,
        "start": moments,
        "minutes": minutes,
        "intensity": st.sampled_from(list(Intensity)),
    }
)
group_pins = st.fixed_dictionaries(
    {"group": codes, "clinicians": several(codes, least=1), "start": moments, "clients": several(codes)}
)
modes = st.sampled_from(["in_person", "telehealth"])
pins = st.fixed_dictionaries(
    {"request": codes, "clinician": codes, "start": moments, "mode": maybe(modes), "room": maybe(codes)}
)
blocks = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(list(BlockKind)),
        "clinicians": several(codes, least=1),
        "start": moments,
        "minutes": minutes,
        "supervisor": maybe(codes),
        "site": maybe(codes),
    }
)
appointments = st.fixed_dictionaries(
    {
        "request": maybe(codes),
        "group": maybe(codes),
        "session_type": codes,
        "clients": several(codes, least=1),
        "clinicians": several(codes, most=2, least=1),
        "start": moments,
        "minutes": minutes,
        "mode": modes,
        "site": maybe(codes),
        "room": maybe(codes),
    }
)
odd_values = st.one_of(
    st.integers(-5, 5000),
    st.sampled_from(["", "x", "09:00", "1e99999", "NaN", "0.333", True, 0.5]),
    st.dictionaries(st.sampled_from(["default", "A"]), st.sampled_from([1, "2.5", "x"]), max_size=2),
    st.lists(codes, max_size=2).map(tuple),
)


@st.composite
def rulebooks(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a rulebook in which some rules are off, soft, or have values that may make no sense."""
    chosen = {}
    for name in draw(st.lists(st.sampled_from(sorted(rules())), unique=True, max_size=6)):
        parameters = [parameter.name for parameter in rules()[name].parameters]
        values = draw(st.dictionaries(st.sampled_from(parameters), odd_values)) if parameters else {}
        switches = {"enabled": draw(st.booleans()), "hard": draw(maybe(st.booleans()))}
        chosen[name] = {**switches, "parameters": values}
    return {"midday": draw(st.sampled_from(["12:30", "00:00", "24:00"])), "rules": chosen}


@st.composite
def weeks(draw: st.DrawFn, most: int = 8) -> tuple[Problem, Schedule]:
    """Draw a problem and a schedule that has nothing to do with it but the codes."""
    start = draw(st.one_of(st.just(MONDAY), st.just(MONDAY), dates, st.just(LAST_DATE), st.just(FIRST_DATE)))
    zone = draw(st.sampled_from(["Europe/Berlin", "UTC", "Mars/Olympus", "../etc"]))
    given = {
        "week_start": start,
        "time_zone": zone,
        "clinicians": draw(several(clinicians, 4)),
        "clients": draw(several(clients, 4)),
        "session_types": draw(several(types, 4)),
        "requests": draw(several(requests, 4)),
        "rooms": draw(several(rooms)),
        "equipment": draw(several(equipment)),
        "travel": draw(several(ways)),
        "groups": draw(several(groups)),
        "incidents": draw(several(incidents)),
        "tasks": draw(several(tasks)),
        "pinned_groups": draw(several(group_pins)),
        "meetings": draw(several(meetings)),
        "pinned_appointments": draw(several(pins)),
        "pinned_blocks": draw(several(blocks)),
        "history": {"appointments": draw(several(past))},
        "rulebook": draw(rulebooks()),
    }
    planned = {
        "week_start": draw(st.one_of(st.just(start), dates)),
        "time_zone": draw(st.sampled_from([zone if zone_exists(zone) else "UTC", "UTC"])),
        "appointments": draw(several(appointments, most)),
        "blocks": draw(several(blocks, most)),
        "left_out": draw(several(st.fixed_dictionaries({"request": codes}))),
    }
    return Problem.model_validate(given), Schedule.model_validate(planned)
