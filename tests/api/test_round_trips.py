"""What public calls return goes to plain data and back without loss, and nothing in it can be changed."""

import json
import pickle
from collections.abc import Mapping
from copy import copy, deepcopy
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

import safeschedule
from safeschedule import (
    Actuals,
    Appointment,
    Block,
    BlockKind,
    ExpectedChanges,
    InputError,
    LedgerEntry,
    LeftOut,
    Problem,
    Result,
    RollCaseload,
    Schedule,
    Verification,
    WaitlistRules,
)
from safeschedule.frozen import FrozenDict
from safeschedule.ledger.entry import Statement
from safeschedule.returned import Returned
from tests.api.answers import ANSWERS, entry, problem, result

KINDS = [
    kind
    for name in safeschedule.__all__
    if isinstance(kind := getattr(safeschedule, name), type) and issubclass(kind, Returned)
]


@pytest.mark.parametrize("name", ANSWERS)
def test_a_real_answer_comes_back_as_it_was(name: str) -> None:
    """A service that stores answers would restore others."""
    answer = ANSWERS[name]()
    text = json.dumps(answer.to_dict(), allow_nan=False)
    again = type(answer).from_dict(json.loads(text))
    assert again == answer
    assert json.dumps(again.to_dict()) == text
    assert pickle.loads(pickle.dumps(answer)) == copy(answer) == deepcopy(answer) == answer
    if type(answer).__str__ is not object.__str__:
        assert str(again) == str(answer)


@pytest.mark.parametrize("name", ANSWERS)
def test_the_schema_knows_every_key_of_an_answer(name: str) -> None:
    """A program that checks answers by the schema would meet keys that are not in it, or miss some."""
    answer = ANSWERS[name]()
    schema = type(answer).json_schema()
    _assert_known(answer.to_dict(), schema, schema)
    _assert_known(answer.to_dict(brief=True), schema, schema)


def _assert_known(data: Any, shape: dict[str, Any], schema: dict[str, Any]) -> None:
    while "$ref" in shape:
        shape = schema["$defs"][shape["$ref"].rpartition("/")[2]]
    if "anyOf" in shape:
        wanted = {dict: "object", list: "array"}.get(type(data))
        fitting = [s for s in shape["anyOf"] if "$ref" in s or s.get("type") == wanted]
        if fitting and data is not None:
            _assert_known(data, fitting[0], schema)
    elif isinstance(data, dict) and "properties" in shape:
        assert set(data) <= set(shape["properties"])
        assert set(shape.get("required", ())) <= set(data)
        for key, value in data.items():
            _assert_known(value, shape["properties"][key], schema)
    elif isinstance(data, list):
        for entry in data if "items" in shape else ():
            _assert_known(entry, shape["items"], schema)


def _walk(value: Any, place: str = "it") -> list[str]:
    """Return where something can be changed."""
    if isinstance(value, list | set | bytearray) or (
        isinstance(value, dict) and not isinstance(value, FrozenDict)
    ):
        return [f"{place}: a {type(value).__name__}"]
    if isinstance(value, BaseModel):
        assert value.model_config.get("frozen"), place
        named = [(name, getattr(value, name)) for name in type(value).model_fields]
    elif is_dataclass(value):
        assert type(value).__dataclass_params__.frozen, place  # type: ignore[attr-defined]
        named = [(field.name, getattr(value, field.name)) for field in fields(value)]
    elif isinstance(value, dict):
        named = list(value.items())
    elif isinstance(value, tuple | frozenset):
        named = list(enumerate(value))
    else:
        return []
    return [found for name, inner in named for found in _walk(inner, f"{place}.{name}")]


@pytest.mark.parametrize("name", ANSWERS)
def test_nothing_in_an_answer_can_be_changed(name: str) -> None:
    """Whoever gets an answer could change what others hold, or what was certified."""
    answer = ANSWERS[name]()
    assert _walk(answer) == []
    assert _walk(type(answer).from_dict(answer.to_dict())) == []


def _values(hint: Any) -> st.SearchStrategy[Any]:
    """Draw values of a type, whatever is in it."""
    if hint in _SCALARS:
        return _SCALARS[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _values(inner[0])
    if origin in (Union, UnionType):
        return st.one_of([_values(one) for one in inner])
    if origin is tuple:
        many = len(inner) == 2 and inner[1] is Ellipsis
        drawn = st.lists(_values(inner[0]), max_size=2) if many else st.tuples(*map(_values, inner))
        return drawn.map(tuple)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return st.dictionaries(_values(inner[0]), _values(inner[1]), max_size=2)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    assert is_dataclass(hint), hint
    hints = get_type_hints(hint, include_extras=True)
    return st.builds(hint, **{field.name: _values(hints[field.name]) for field in fields(hint)})


_codes = st.text("ABC123", min_size=1, max_size=4)
_moments = st.integers(0, 500).map(lambda n: datetime(2026, 10, 5) + timedelta(minutes=15 * n))
_people = st.lists(_codes, min_size=1, max_size=2).map(tuple)
_lengths = st.sampled_from([30, 60])
_blocks = st.builds(
    Block, kind=st.sampled_from(BlockKind), clinicians=_people, start=_moments, minutes=_lengths
)
_appointments = st.builds(
    Appointment, session_type=_codes, clients=_people, clinicians=_people, start=_moments, minutes=_lengths
)
_left_out = st.builds(LeftOut, request=_codes, reason=st.text("abc .,é", max_size=5))
_schedules = st.builds(
    Schedule,
    week_start=st.just(date(2026, 10, 5)),
    appointments=st.lists(_appointments, max_size=2).map(tuple),
    blocks=st.lists(_blocks, max_size=2).map(tuple),
)
_SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=6),
    int: st.integers(-(10**6), 10**6),
    # As large as figures are: what is derived from others cannot be told without a limit.
    float: st.integers(-(10**9), 10**9).map(lambda n: n / 64),
    bool: st.booleans(),
    type(None): st.none(),
    None: st.none(),
    Decimal: st.integers(-1000, 1000).map(lambda n: Decimal(n) / 100),
    datetime: _moments,
    date: st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    object: st.none(),
    Any: st.none(),
    Actuals: st.builds(Actuals, week_start=st.dates(date(2026, 1, 1), date(2026, 12, 31))),
    WaitlistRules: st.just(WaitlistRules()),
    Problem: st.builds(problem),
    Schedule: _schedules,
    Appointment: _appointments,
    Block: _blocks,
    LeftOut: _left_out,
    LedgerEntry: st.builds(entry),
    Statement: st.builds(
        lambda: Statement(**{name: getattr(entry(), name) for name in Statement.model_fields})
    ),
    ExpectedChanges: st.just(ExpectedChanges()),
}
_FEW = settings(
    max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
# Of some, properties that are told as well ask for more sense than drawn values have.
_SENSIBLE = {"CapacityException", "NoSchedule", "Repair", "Stress", "WorstCase"}
_DRAWN = [kind for kind in KINDS if kind.__name__ not in _SENSIBLE]


@_FEW
@given(st.data())
@pytest.mark.parametrize("kind", _DRAWN, ids=lambda kind: kind.__name__)
def test_any_answer_comes_back_as_it_was(kind: type[Returned], data: st.DataObject) -> None:
    """An answer that nobody has thought of would come back as another one, or not at all."""
    answer = data.draw(_values(kind))
    plain = json.loads(json.dumps(answer.to_dict(), allow_nan=False))
    assert kind.from_dict(plain) == answer
    assert _walk(answer) == []


def test_what_contradicts_itself_is_refused() -> None:
    """A broken week could be passed off as compliant by one word."""
    broken = ANSWERS["verify a broken week"]().to_dict() | {"compliant": True}
    with pytest.raises(InputError) as caught:
        Verification.from_dict(broken)
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [("contradiction", "compliant")]


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"plcaed": 3}, "unknown_field", "plcaed"),
        ({"placed": "3"}, "wrong_type", "placed"),
        ({"schema_version": "2"}, "wrong_version", "schema_version"),
        ({"seconds": {"total": float("nan")}}, "not_plain", "the data"),
        ({"status": "splendid"}, "unknown_value", "status"),
        ({"tiers": 3}, "wrong_type", "tiers"),
    ],
)
def test_what_is_no_answer_is_refused_with_its_place(change: dict[str, Any], code: str, place: str) -> None:
    """A damaged answer would be read as another one, or fail without a word where."""
    with pytest.raises(InputError) as caught:
        Result.from_dict(result().to_dict() | change)
    assert (code, place) in [(fault.code, fault.place) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"gap": float("nan")}, "gap"),
        ({"bound": float("inf")}, "bound"),
        ({"objective": float("-inf")}, "objective"),
        ({"seconds": {"total": float("nan")}}, "seconds.total"),
    ],
)
def test_what_is_no_number_is_not_written_as_nothing(change: dict[str, Any], place: str) -> None:
    """A figure that went wrong would come back as one that is not known, or as infinity."""
    with pytest.raises(InputError) as caught:
        replace(result(), **change).to_dict()
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [("not_finite", place)]
    limitless = replace(result(), gap=float("inf"))
    assert limitless.to_dict()["gap"] is None
    assert Result.from_dict(limitless.to_dict()) == limitless


@pytest.mark.parametrize("data", [None, [], "x", 3, {}, {"a": {1, 2}}])
def test_what_is_no_object_is_refused(data: Any) -> None:
    """Something else would end in a traceback of another library."""
    for kind in KINDS:
        # What a roll goes by besides has a default for each part.
        if kind is not Returned and not (kind is RollCaseload and data == {}):
            with pytest.raises(InputError):
                kind.from_dict(data)
