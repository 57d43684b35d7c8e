"""Whatever a problem can say is asked for by a rule, a report, or the caseload around the week."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from safeschedule import problem
from safeschedule.problem.entity import Entity

SOURCE = Path(problem.__file__).parents[1]
READERS = ("verifier", "reports", "caseload", "rolling")
# Of the format and of the search, not of the week.
FORMAT = {("Problem", "schema_version"), ("Problem", "grid"), ("Rulebook", "version")}
# What a problem turns into groups when it is made (see `safeschedule.problem.joint`).
FORMAT |= {("Request", "with_clients"), ("Request", "with_clinicians")}


def asked_for() -> set[str]:
    """Return every attribute that the readers ask for."""
    files = (path for name in READERS for path in (SOURCE / name).rglob("*.py"))
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in files)
    return {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize(
    "entity",
    [
        e
        for name in problem.__all__
        if isinstance(e := getattr(problem, name), type) and issubclass(e, Entity)
    ],
    ids=lambda entity: entity.__name__,
)
def test_every_field_is_asked_for(entity: type[Entity]) -> None:
    """A team would fill in what nothing reads, and believe that it is taken care of."""
    there = asked_for()
    unread = [name for name in entity.model_fields if name not in there]
    assert [name for name in unread if (entity.__name__, name) not in FORMAT] == []
