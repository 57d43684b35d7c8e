"""Every public call refuses arguments that make no sense, all at once, with codes; nothing is begun."""

import inspect
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any

import pytest
from pydantic import BaseModel

import safeschedule
from safeschedule import (
    ArgumentError,
    InputError,
    Problem,
    SickCall,
)
from tests.api.answers import problem, schedule
from tests.api.arguments import (
    BAD,
    CASES,
    FILES_THAT_ARE_NOT_THERE,
    INFINITY,
    INNER,
    LOOKED_AT_LATER,
    NAN,
    STAND_INS,
    TAKE_NOTHING,
    function_of,
    good_arguments,
)


def test_every_public_function_has_its_table() -> None:
    """A new public function would take anything."""
    functions = {name for name in safeschedule.__all__ if inspect.isfunction(getattr(safeschedule, name))}
    assert functions <= set(BAD) | TAKE_NOTHING
    for call, table in BAD.items():
        takes = inspect.signature(getattr(safeschedule, call)).parameters
        assert set(takes) - LOOKED_AT_LATER - set(table) <= (
            {"time_limit", "deterministic_limit", "seed", "workers", "solver", "on_progress", "stop"}
            if call == "roll_into"
            else set()
        )


def test_whatever_is_public_is_of_a_kind_that_is_tested() -> None:
    """A new class would take anything when somebody makes one."""
    for name in safeschedule.__all__:
        public = getattr(safeschedule, name)
        inner = any(call.startswith(f"{name}.") for call in INNER)
        if inspect.isfunction(public) or name in BAD or not isinstance(public, type):
            continue
        if inner and "__init__" not in vars(public):
            # Nobody makes one: its functions have tables.
            continue
        if issubclass(public, BaseModel):
            with pytest.raises(InputError):
                public(**{"no such field": 1})
        else:
            # What is returned, and what is raised; nobody else makes one. Or nobody does: a protocol.
            assert (
                getattr(public, "_is_protocol", False)
                or is_dataclass(public)
                or issubclass(public, Enum | Exception)
            ), name


def test_a_code_that_is_nearly_right_is_told_with_the_right_one() -> None:
    """Whoever mistypes a code would have to search for it in the file."""
    when = datetime(2026, 10, 5, 9)
    code = schedule().appointments[0].request
    assert code is not None
    slip, team = f"{code}x", problem().clinicians[0].id
    asked: list[tuple[Callable[[], object], str]] = [
        (lambda: safeschedule.suggest(problem(), schedule(), slip), code),
        (lambda: safeschedule.suggest_moves(problem(), schedule(), slip), code),
        (lambda: safeschedule.check_move(problem(), schedule(), slip), code),
        (lambda: safeschedule.check_move(problem(), schedule(), code, clinician=f"{team}x"), team),
        (lambda: safeschedule.explain_left_out(problem(), schedule(), request=slip), code),
        (
            lambda: safeschedule.replan(
                problem(), schedule(), [SickCall(clinician=f"{team}x", start=when, end=when.replace(hour=12))]
            ),
            team,
        ),
    ]
    for call, right in asked:
        with pytest.raises(ArgumentError) as caught:
            call()
        assert f"did you mean {right[:1]}" in caught.value.faults[0].expected


@pytest.mark.parametrize(("call", "name", "value", "code"), CASES)
def test_a_bad_argument_is_refused_with_its_code(call: str, name: str, value: object, code: str) -> None:
    """A slip would be taken for something else, or end in a traceback of another library."""
    if isinstance(value, str):
        value = STAND_INS.get((name, value), lambda: value)()
    with pytest.raises(InputError if code in FILES_THAT_ARE_NOT_THERE else ArgumentError) as caught:
        function_of(call)(**good_arguments(call) | {name: value})
    faults = [fault for fault in caught.value.faults if fault.code == code]
    assert faults, caught.value
    assert all(fault.place and fault.expected for fault in caught.value.faults)
    assert isinstance(caught.value, ValueError) or code in FILES_THAT_ARE_NOT_THERE


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
