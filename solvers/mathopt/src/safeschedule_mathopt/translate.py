"""A built CP-SAT model as a mixed-integer linear programme; what is not linear is named, never dropped."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ortools.sat import cp_model_pb2
from ortools.sat.python import cp_model

from safeschedule.errors import PicklesWhole
from safeschedule_mathopt.linear import Linear, Writer

_INFINITE = float("inf")
# CP-SAT writes an open end as the largest number that it can hold.
_OPEN = 2**62


class UntranslatableError(PicklesWhole, ValueError):
    """The model has constraints that are not linear; ``kinds`` counts them by kind."""

    def __init__(self, kinds: Counter[str]) -> None:
        self.kinds = kinds
        listed = ", ".join(f"{kind} ({count} of them)" for kind, count in sorted(kinds.items()))
        super().__init__(f"cannot translate constraint kind {listed}")


def translate(model: cp_model.CpModel) -> Linear:
    """Return the model as a mixed-integer linear programme; the first variables are the model's own.

    An objective of the model is left out. Enforcement literals become large factors, taken from the
    variables' bounds; an exclusive or takes a whole number more.

    Raises
    ------
    UntranslatableError
        Naming every kind of constraint that cannot be translated, and how many there are.
    """
    proto = _plain(model)
    unknown: Counter[str] = Counter()
    unknown["variable with gaps in its domain"] = sum(len(v.domain) != 2 for v in proto.variables)
    writer = Writer([v.domain[0] for v in proto.variables], [v.domain[-1] for v in proto.variables])
    for constraint in proto.constraints:
        kind = constraint.WhichOneof("constraint")
        if kind is None:
            continue
        if kind == "linear" and len(constraint.linear.domain) != 2:
            unknown["linear with gaps in its domain"] += 1
        elif kind in _WRITERS:
            _WRITERS[kind](writer, getattr(constraint, kind), list(constraint.enforcement_literal))
        else:
            unknown[kind] += 1
    if unknown := +unknown:
        raise UntranslatableError(unknown)
    return writer.arrays(named=len(proto.variables))


def _plain(model: cp_model.CpModel) -> cp_model_pb2.CpModelProto:
    # Reading the model's own wrapped message field by field takes many times as long.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.pb"
        if not model.export_to_file(str(path)):
            raise OSError(f"cannot write {path}")
        proto = cp_model_pb2.CpModelProto()
        proto.ParseFromString(path.read_bytes())
        return proto


def _linear(writer: Writer, linear: Any, enforced: list[int]) -> None:
    # In a sum, unlike in a clause, a negative reference is the negated variable.
    columns = [v if v >= 0 else ~v for v in linear.vars]
    factors = [f if v >= 0 else -f for v, f in zip(linear.vars, linear.coeffs, strict=True)]
    low, high = linear.domain
    least = -_INFINITE if low <= -_OPEN else low
    most = _INFINITE if high >= _OPEN else high
    _enforce(writer, columns, factors, least, most, enforced)


def _enforce(
    writer: Writer, columns: list[int], factors: list[int], least: float, most: float, enforced: list[int]
) -> None:
    """Add a row that holds when every enforcing literal is true."""
    if not enforced:
        writer.add(columns, factors, least, most)
        return
    opposites = [~literal for literal in enforced]
    low, high = writer.reach(columns, factors)
    # One false literal frees the row: it gives as much as the sum can ever lack.
    if least > low:
        lack = int(least) - low
        writer.add([*columns, *opposites], [*factors, *[lack] * len(enforced)], least, _INFINITE)
    if most < high:
        excess = high - int(most)
        writer.add([*columns, *opposites], [*factors, *[-excess] * len(enforced)], -_INFINITE, most)


def _count(least: float, most: float) -> Callable[[Writer, Any, list[int]], None]:
    def write(writer: Writer, literals: Any, enforced: list[int]) -> None:
        columns = list(literals.literals)
        _enforce(writer, columns, [1] * len(columns), least, most, enforced)

    return write


def _or(writer: Writer, literals: Any, enforced: list[int]) -> None:
    columns = [*(~literal for literal in enforced), *literals.literals]
    writer.add(columns, [1] * len(columns), 1, _INFINITE)


def _and(writer: Writer, literals: Any, enforced: list[int]) -> None:
    opposites = [~literal for literal in enforced]
    for literal in literals.literals:
        writer.add([*opposites, literal], [1] * (len(enforced) + 1), 1, _INFINITE)


def _xor(writer: Writer, literals: Any, enforced: list[int]) -> None:
    """Add that an odd number of literals is true: 1 more than twice a whole number."""
    columns = list(literals.literals)
    half = writer.add_variable(0, len(columns) // 2)
    _enforce(writer, [*columns, half], [*[1] * len(columns), -2], 1, 1, enforced)


_WRITERS: dict[str, Callable[[Writer, Any, list[int]], None]] = {
    "linear": _linear,
    "at_most_one": _count(-_INFINITE, 1),
    "exactly_one": _count(1, 1),
    "bool_or": _or,
    "bool_and": _and,
    "bool_xor": _xor,
}
