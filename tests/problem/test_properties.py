"""What holds for every input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from safeschedule.errors import InputError
from safeschedule.problem import Problem, faults, problem_from_text, problem_hash
from safeschedule.testing.strategies import problems, sound_problems

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)


@given(sound_problems())
def test_problems_survive_a_round_trip(problem: Problem) -> None:
    """A saved problem would come back as another one."""
    again = problem_from_text(problem.model_dump_json())
    assert again == problem
    assert problem_hash(again) == problem_hash(problem)


@given(st.text() | JSON.map(json.dumps))
def test_any_text_gives_a_problem_or_an_input_error(text: str) -> None:
    """Some text would crash the reader."""
    read(text)


@given(problems(max_clinicians=2, max_sessions=2), st.data())
def test_a_value_changed_anywhere_gives_a_problem_or_an_input_error(
    problem: Problem, data: st.DataObject
) -> None:
    """Some wrong value deep inside a file would crash the reader, or be told nowhere."""
    tree = problem.model_dump(mode="json")
    place = data.draw(st.sampled_from(list(places(tree))))
    holder: Any = tree
    for part in place[:-1]:
        holder = holder[part]
    holder[place[-1]] = data.draw(JSON)
    read(json.dumps(tree))


@given(problems())
def test_drawn_problems_have_no_faults(problem: Problem) -> None:
    """The agreement tests would mostly draw weeks that are refused before any rule is looked at."""
    assert faults.find(problem) == ()


def read(text: str) -> None:
    caught = None
    try:
        assert isinstance(problem_from_text(text), Problem)
    except InputError as error:
        caught = error
    if caught is not None:
        assert caught.faults
        assert all(str(fault).isprintable() for fault in caught.faults)


def places(tree: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, entry in entries:
        yield (*place, key)
        yield from places(entry, (*place, key))
