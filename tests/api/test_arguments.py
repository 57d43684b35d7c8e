"""Every public call refuses arguments that make no sense, all at once, with codes; nothing is begun."""

import inspect
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

import safeschedule
from safeschedule import ArgumentError, InputError, Problem, Request, Rulebook, Schedule, SickCall
from tests.api.answers import problem, schedule

NAN, INFINITY = float("nan"), float("inf")
ZONED = datetime(2026, 10, 5, 9, tzinfo=UTC)
NOT_A_PROBLEM = [(None, "wrong_type"), ({}, "wrong_type"), ("team.json", "wrong_type")]
SECONDS = [
    (-1, "out_of_range"),
    (NAN, "not_finite"),
    ("5", "wrong_type"),
    (True, "wrong_type"),
    ([], "wrong_type"),
]
FINITE = [*SECONDS, (INFINITY, "not_finite")]
SEED = [
    (-1, "out_of_range"),
    (1.5, "wrong_type"),
    (True, "wrong_type"),
    (2**31, "out_of_range"),
    (None, "wrong_type"),
]
WATCH: dict[str, list[tuple[Any, str]]] = {
    "stop": [(True, "wrong_type"), (3, "wrong_type")],
    "on_progress": [("x", "wrong_type")],
}
SEARCH = {"time_limit": SECONDS, "seed": SEED, **WATCH}
MOMENT = [(ZONED, "with_zone"), ("2026-10-05T09:00", "wrong_type"), (date(2026, 10, 5), "wrong_type")]
TEXT = [(3, "wrong_type"), (b"R0", "wrong_type")]
CHANGES = [
    *((value, "wrong_type") for value in (None, "x", {}, [3], [{"change": "sick_call"}])),
    ("unknown", "unknown_reference"),
]
SOME = [(0.5, "wrong_type"), (True, "wrong_type"), (-1, "out_of_range")]


def _other_week() -> Schedule:
    return schedule().model_copy(update={"week_start": date(2026, 10, 12)})


WEEK: dict[str, list[tuple[Any, str]]] = {
    "problem": NOT_A_PROBLEM,
    "schedule": [(None, "wrong_type"), ({}, "wrong_type"), ("other week", "other_week")],
}
GOOD: dict[str, dict[str, Any]] = {
    "check_move": {"appointment": "R0"},
    "confirm_bands": {"confirmed": {}, "by": "C0", "on": date(2026, 10, 5)},
    "replan": {"changes": []},
    "apply_changes": {"changes": []},
    "roll": {"weeks": 1},
    "roll_into": {"folder": "unused", "weeks": 1},
    "suggest": {"request": "R0"},
    "suggest_moves": {"appointment": "R0"},
    "rulebook_hash": {},
}
BAD: dict[str, dict[str, list[tuple[Any, str]]]] = {
    "solve": {
        "problem": NOT_A_PROBLEM,
        **SEARCH,
        "workers": [(0, "out_of_range"), *SEED],
        "deterministic_limit": FINITE,
        "gap_limit": FINITE,
        "solver": [(3, "wrong_type"), ("nope", "unknown_solver")],
        "rules": [(3, "wrong_type"), (None, "wrong_type")],
    },
    "verify": {
        "problem": NOT_A_PROBLEM,
        "schedule": [(None, "wrong_type"), ({}, "wrong_type")],
        "rules": [(3, "wrong_type")],
    },
    "replan": {
        **WEEK,
        **SEARCH,
        "deterministic_limit": FINITE,
        "changes": [
            (None, "wrong_type"),
            ([3], "wrong_type"),
            ("x", "wrong_type"),
            ("unknown", "unknown_reference"),
        ],
        "freeze_before": MOMENT,
        "budget": SOME,
    },
    "apply_changes": {
        "problem": NOT_A_PROBLEM,
        "changes": [
            ({}, "wrong_type"),
            ([{"change": "sick_call"}], "wrong_type"),
            ("unknown", "unknown_reference"),
        ],
    },
    "stress": {
        **WEEK,
        **SEARCH,
        "urgent": [*SOME, (0, "out_of_range"), (21, "out_of_range")],
        "sick": SOME,
        "session_type": [*TEXT, ("nope", "unknown_reference")],
        "skills": [("emdr", "wrong_type"), ([3], "wrong_type")],
        "telehealth": [(1, "wrong_type"), ("yes", "wrong_type")],
        "within": [("week", "unknown_value"), (3, "wrong_type")],
    },
    "explain_left_out": {
        **WEEK,
        **WATCH,
        "time_limit": SECONDS,
        "request": [*TEXT, ("nope", "unknown_reference")],
    },
    "explain_no_schedule": {
        "problem": NOT_A_PROBLEM,
        **SEARCH,
        "deterministic_limit": FINITE,
        "clashes": SOME,
        "measured": [(1, "wrong_type"), (None, "wrong_type")],
        "repairs": SOME,
    },
    "suggest": {
        **WEEK,
        "request": [(None, "wrong_type"), ("nope", "unknown_reference"), ("stranger", "unknown_reference")],
        "n": [*SOME, ("5", "wrong_type")],
        "stop": WATCH["stop"],
    },
    "suggest_moves": {
        **WEEK,
        "appointment": [(None, "wrong_type"), ("nope", "unknown_appointment")],
        "at": MOMENT,
        "n": SOME,
        "stop": WATCH["stop"],
    },
    "check_move": {
        **WEEK,
        "appointment": [(3, "wrong_type"), ("nope", "unknown_appointment")],
        "at": MOMENT,
        "to": MOMENT,
        "clinician": [("nope", "unknown_reference"), (3, "wrong_type")],
        "mode": [("by post", "unknown_value"), (3, "wrong_type")],
        "site": [("nope", "unknown_reference"), (3, "wrong_type")],
        "room": [("nope", "unknown_reference"), (3, "wrong_type")],
    },
    "proposed_bands": {"problem": NOT_A_PROBLEM},
    "due_contacts": {"problem": NOT_A_PROBLEM},
    "due_reviews": {"problem": NOT_A_PROBLEM},
    "confirm_bands": {
        "problem": NOT_A_PROBLEM,
        "confirmed": [
            ([], "wrong_type"),
            ({"nope": "low"}, "unknown_reference"),
            ({"P0": "x"}, "unknown_reference"),
        ],
        "by": [(3, "wrong_type"), ("nope", "unknown_reference")],
        "on": [(ZONED, "wrong_type"), ("2026-10-05", "wrong_type"), (None, "wrong_type")],
    },
    "with_requests_from_bands": {
        "problem": NOT_A_PROBLEM,
        "unmet": [("R0", "wrong_type"), ([3], "wrong_type")],
    },
    "without_requests_from_bands": {"problem": NOT_A_PROBLEM},
    "next_week": WEEK | {"agenda": [({}, "wrong_type")]},
    "roll": {
        "problem": NOT_A_PROBLEM,
        "weeks": [(0, "out_of_range"), (True, "wrong_type"), (1.0, "wrong_type")],
        **SEARCH,
        "deterministic_limit": FINITE,
        "workers": SEED,
        "solver": TEXT,
    },
    "roll_into": {
        "folder": [(None, "wrong_type"), (3, "wrong_type")],
        "problem": NOT_A_PROBLEM,
        "weeks": [(0, "out_of_range"), (100, "out_of_range"), (True, "wrong_type")],
    },
    "differences": {"old": [({}, "wrong_type")], "new": [(None, "wrong_type")]},
    "problem_hash": {"problem": NOT_A_PROBLEM},
    "rulebook_hash": {"rulebook": [({}, "wrong_type")]},
    "schedule_hash": {"schedule": [({}, "wrong_type")]},
}
FILES = {"import_ehr_csv", "read_changes", "read_csv", "read_problem", "read_schedule"} | {
    *("write_csv", "write_html", "write_ics", "changes_from_text", "problem_from_text"),
    *("schedule_from_text", "backends"),
}
"""Read and write files, and are tested with those."""

CASES = [
    (call, name, value, code)
    for call, table in BAD.items()
    for name, values in table.items()
    for value, code in values
]
STAND_INS: dict[tuple[str, str], Callable[[], Any]] = {
    ("schedule", "other week"): _other_week,
    ("changes", "unknown"): lambda: [
        SickCall(clinician="nope", start="2026-10-05T09:00", end="2026-10-05T10:00")  # type: ignore[arg-type]
    ],
    ("request", "stranger"): lambda: Request(id="new", client="nope", session_type="talk"),
}


def _good(call: str) -> dict[str, Any]:
    made = {
        "problem": problem(),
        "schedule": schedule(),
        "old": schedule(),
        "new": schedule(),
        "rulebook": Rulebook(),
    }
    takes = inspect.signature(getattr(safeschedule, call)).parameters
    return {name: value for name, value in made.items() if name in takes} | GOOD.get(call, {})


def test_every_public_function_has_its_table() -> None:
    """A new public function would take anything."""
    functions = {name for name in safeschedule.__all__ if inspect.isfunction(getattr(safeschedule, name))}
    assert functions == set(BAD) | FILES
    for call, table in BAD.items():
        takes = inspect.signature(getattr(safeschedule, call)).parameters
        # What is called back is looked at when it is called.
        assert set(takes) - {"change", "on_week", "on_note", "kept"} - set(table) <= (
            {"time_limit", "deterministic_limit", "seed", "workers", "solver", "on_progress", "stop"}
            if call == "roll_into"
            else set()
        )


@pytest.mark.parametrize(("call", "name", "value", "code"), CASES)
def test_a_bad_argument_is_refused_with_its_code(call: str, name: str, value: object, code: str) -> None:
    """A slip would be taken for something else, or end in a traceback of another library."""
    if isinstance(value, str):
        value = STAND_INS.get((name, value), lambda: value)()
    with pytest.raises(ArgumentError) as caught:
        getattr(safeschedule, call)(**_good(call) | {name: value})
    faults = [fault for fault in caught.value.faults if fault.code == code]
    assert faults, caught.value
    assert all(fault.place and fault.expected for fault in caught.value.faults)
    assert isinstance(caught.value, InputError)
    assert isinstance(caught.value, ValueError)


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Somebody would mend one argument after the other."""
    with pytest.raises(ArgumentError) as caught:
        safeschedule.solve({}, seed=-1, time_limit=NAN, workers=0)  # type: ignore[arg-type]
    assert [fault.place for fault in caught.value.faults] == ["problem", "time_limit", "seed", "workers"]


def test_no_limit_can_be_said_in_two_ways() -> None:
    """The command's ``inf`` would be refused."""
    assert safeschedule.solve(problem(), time_limit=INFINITY, workers=1).provenance.time_limit is None


@pytest.mark.parametrize(
    ("given", "code", "place"),
    [
        ({"clinicians": ()}, "missing_field", "week_start"),
        (
            {"week_start": "2026-10-05", "clinicians": ({"id": "C1", "ftee": 1},)},
            "unknown_field",
            "clinicians[0].ftee",
        ),
        ({"week_start": "2026-10-05", "clinicians": (), "grid": 7}, "unknown_value", "grid"),
    ],
)
def test_constructors_tell_faults(given: dict[str, Any], code: str, place: str) -> None:
    """Whoever builds a problem in code would get another library's words, without codes."""
    with pytest.raises(InputError) as caught:
        Problem(**given)
    assert (code, place) in [(fault.code, fault.place) for fault in caught.value.faults]
