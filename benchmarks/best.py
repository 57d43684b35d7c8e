"""The best that is known of an instance: values that were reached and verified, bounds that were proven."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from benchmarks.records import Record

Best = dict[str, Any]
_TOLERANCE = 1e-6


def value_of(record: Record) -> tuple[float, ...] | None:
    """Return the objective of each tier, strongest first, compared in that order."""
    if not record.get("verified") or not record.get("tiers"):
        return None
    return tuple(tier["objective"] for tier in record["tiers"])


def leader(records: Iterable[Record]) -> Record | None:
    """Return the record with the best verified schedule."""
    scored = [record for record in records if value_of(record) is not None]
    return max(scored, key=lambda record: value_of(record) or (), default=None)


def tier_bounds(records: Iterable[Record], reached: tuple[float, ...]) -> list[float]:
    """Return for each tier the least bound that holds for a schedule of the value `reached`.

    A bound of a weaker tier is proven for schedules that keep the stronger ones at the level of its own
    record, so it says something only about those that are as good there.
    """
    found = [float("inf")] * len(reached)
    for record in records:
        tiers = record.get("tiers") or ()
        for level, tier in enumerate(tiers[: len(reached)]):
            stronger = zip(reached[:level], tiers, strict=False)
            if tier["bound"] is not None and all(mine >= other["objective"] for mine, other in stronger):
                found[level] = min(found[level], tier["bound"])
    return found


def bound_of(records: Iterable[Record]) -> float | None:
    """Return the least total that is proven to be out of reach above, for the best schedule known."""
    known = list(records)
    best = leader(known)
    value = None if best is None else value_of(best)
    if value is None:
        return None
    total = sum(tier_bounds(known, value))
    return total if total < float("inf") else None


def contradictions(records: Iterable[Record]) -> list[str]:
    """Return a sentence for each verified schedule better than what was proven of the same problem."""
    known = list(records)
    found = []
    for record in known:
        value = value_of(record)
        for other in known if value else ():
            tiers = other.get("tiers") or ()
            proven = tiers[0]["bound"] if tiers else None
            same = record.get("problem_hash") == other.get("problem_hash")
            if same and value and proven is not None and value[0] > proven + _TOLERANCE:
                found.append(
                    f"{record['instance']}: {record['solver']} reached {value[0]:g} in the leading tier, but "
                    f"{other['solver']} claims that nothing exceeds {proven:g}."
                )
    return found


def improved(best: Best | None, records: Iterable[Record]) -> Best | None:
    """Return what is known after some more records of one instance: never less than before."""
    known = list(records) + ([] if best is None else [_as_record(best)])
    record = leader(known)
    value = None if record is None else value_of(record)
    if record is None or value is None:
        return best
    bounds = tier_bounds(known, value)
    if best is not None and value == value_of(_as_record(best)) and bounds == _bounds(best):
        return best
    tiers = [
        {"tier": tier["tier"], "objective": tier["objective"], "bound": bound}
        for tier, bound in zip(record["tiers"], bounds, strict=True)
    ]
    return {
        "objective": sum(value),
        "bound": sum(bounds),
        "tiers": tiers,
        "found_by": _source(record),
        "proven_by": [
            _source(next((r for r in known if _proves(r, n, bound)), record))
            for n, bound in enumerate(bounds)
        ],
    }


def _proves(record: Record, level: int, bound: float) -> bool:
    tiers = record.get("tiers") or ()
    return level < len(tiers) and tiers[level]["bound"] == bound


def _bounds(best: Best) -> list[float]:
    return [tier["bound"] for tier in best["tiers"]]


def _as_record(best: Best) -> Record:
    return {"verified": True, "tiers": best["tiers"], "source": best["found_by"]}


def _source(record: Record) -> Any:
    if "source" in record:
        return record["source"]
    return {name: record.get(name) for name in ("solver", "time_limit", "seed", "commit", "machine")}
