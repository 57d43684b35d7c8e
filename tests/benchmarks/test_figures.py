"""What tables, comparisons and the manifest say follows from the records."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.best import bound_of, contradictions, improved
from benchmarks.compare import duels, lasting_time
from benchmarks.tables import markdown

Record = dict[str, Any]


def record(solver: str, seed: int, service: int, slack: int = 0, wish: int = 0, **more: object) -> Record:
    """Return a record whose leading tier is `slack` below its bound."""
    tiers = [
        {"tier": "service", "objective": service, "bound": service + slack, "gap": 0.5},
        {"tier": "preference", "objective": wish, "bound": 0, "gap": 0.5},
    ]
    total, bound = service + wish, service + slack
    plain = {
        "instance": f"clinic-5-{seed}", "solver": solver, "seed": 0, "workers": 8, "time_limit": 9.0,
        "commit": "c", "machine": "m", "status": "feasible", "verified": True, "seconds": 9.0,
        "peak_mib": 9.0, "time_to_first": 1.0, "objective": total, "bound": bound,
        "gap": (bound - total) / total if total else 0.0,
        "tiers": tiers, "trace": [[9.0, total, bound]],
    }  # fmt: skip
    return plain | more


def failed(solver: str, seed: int, status: str = "failed") -> Record:
    nothing = dict.fromkeys(("seconds", "peak_mib", "time_to_first", "objective", "bound", "gap"))
    return (
        record(solver, seed, 1) | nothing | {"status": status, "verified": False, "tiers": [], "fault": "f"}
    )


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")[1:-1]]


def test_table_says_what_the_records_say() -> None:
    """The table would show other medians or ratios than the records, or hide a run that failed."""
    records = [record("safeschedule", seed, 10 * seed, slack=seed) for seed in (1, 2, 3)]
    records += [record("flat", 1, 5), failed("flat", 2), failed("timefold", 1, "missing")]
    head, _, own, flat, *notes = markdown(records).splitlines()
    own_cells = dict(zip(cells(head), cells(own), strict=True))
    flat_cells = dict(zip(cells(head), cells(flat), strict=True))
    assert (own_cells["runs"], own_cells["verified"], own_cells["gap %"]) == ("3", "3", "10.000")
    assert (flat_cells["runs"], flat_cells["verified"]) == ("2", "1")
    assert flat_cells["to ours"] == "0.5000, 1 without"
    assert "timefold" in "".join(notes)


def test_speed_counts_from_when_we_stayed_as_good() -> None:
    """A value that was reached for a moment, before a weaker tier was counted, would make us look faster."""
    trace = [[1.0, None, None], [2.0, 50.0, 90.0], [3.0, 40.0, 90.0], [5.0, 60.0, 90.0]]
    own = record("safeschedule", 1, 60, trace=trace)
    peer = record("flat", 1, 45, trace=[[20.0, 45.0, 90.0], [30.0, 45.0, 80.0]])
    (duel,) = duels([own, peer])
    assert (duel.own_seconds, duel.peer_seconds, duel.speed) == (5.0, 20.0, 4.0)
    assert lasting_time(own, 61) is None


values = st.tuples(st.integers(1, 30), st.integers(0, 9), st.integers(-9, 0))


@given(st.lists(values, min_size=1, max_size=6), st.integers(0, 5))
def test_what_is_known_is_never_lost(drawn: list[tuple[int, int, int]], cut: int) -> None:
    """The manifest would forget a better week or a better bound, or depend on the order of reports."""
    # Bounds that are true of one and the same best value.
    most = max(service for service, _, _ in drawn)
    records = [record("flat", 1, s, most - s + slack, wish) for s, slack, wish in drawn]
    first = improved(None, records[:cut])
    after = improved(first, records[cut:])
    whole = improved(None, records)
    assert after is not None
    assert whole is not None
    assert [(t["objective"], t["bound"]) for t in after["tiers"]] == [
        (t["objective"], t["bound"]) for t in whole["tiers"]
    ]
    assert (after["tiers"][0]["objective"], after["bound"]) == (most, bound_of(records))
    assert contradictions(records) == []
    assert improved(after, records) == after


def test_false_bounds_are_found() -> None:
    """A bound that a schedule exceeds would be reported as proven."""
    assert len(contradictions([record("flat", 1, 10, slack=2), record("greedy", 1, 13)])) == 1
    # Of another problem it says nothing.
    other = record("greedy", 1, 13) | {"problem_hash": "another"}
    assert not contradictions([record("flat", 1, 10, slack=2), other])
