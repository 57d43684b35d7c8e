"""Small CP-SAT models of the constraints that a plan layer has."""

from __future__ import annotations

from hypothesis import strategies as st
from ortools.sat.python import cp_model


@st.composite
def models(draw: st.DrawFn) -> tuple[cp_model.CpModel, list[tuple[int, int]]]:
    """Draw a small model of every kind of constraint that is translated, and an objective."""
    model = cp_model.CpModel()
    count = draw(st.integers(2, 5))
    bools = [model.new_bool_var("") for _ in range(count)]
    whole = [model.new_int_var(draw(st.integers(-2, 0)), draw(st.integers(0, 3)), "") for _ in range(2)]
    literals = st.sampled_from([*bools, *(~b for b in bools)])
    some = st.lists(literals, min_size=1, max_size=3)
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(["linear", "most", "or", "and", "exact"]))
        if kind == "most":
            model.add_at_most_one(draw(st.lists(literals, min_size=1, max_size=4)))
        elif kind == "or":
            model.add_bool_or(draw(some))
        elif kind == "and":
            model.add_bool_and(draw(some)).only_enforce_if(*draw(some))
        else:
            # HiGHS itself fails now and then on equations of whole numbers that have no solution (2x = 1).
            most = 3 if kind == "linear" else 1
            factors = draw(st.lists(st.integers(-most, most), min_size=count + 2, max_size=count + 2))
            total = cp_model.LinearExpr.weighted_sum([*bools, *whole], factors)
            side = draw(st.integers(-2, 4))
            if any(factors):
                model.add(total <= side if kind == "linear" else total == side)
    everything = [*bools, *whole]
    objective = [(draw(st.integers(-5, 5)), v.index) for v in everything]
    return model, objective
