"""Tables of records by family and solver: medians, with the lowest and highest value in brackets."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence

from benchmarks.best import bound_of
from benchmarks.families import FAMILIES
from benchmarks.records import Record
from benchmarks.solvers import OWN, PEERS

HEAD = (
    "family", "solver", "limit s", "runs", "verified", "optimal", "gap %", "gap to best bound %",
    "leading tier %", "seconds", "first s", "MiB", "to ours",
)  # fmt: skip

Group = tuple[str, float, str]


def family_of(record: Record) -> str:
    """Return the family of a record's instance; fresh instances are a group of their own."""
    head = str(record["instance"]).rpartition("-")[0]
    return f"{head.removesuffix('-fresh')} (fresh)" if head.endswith("-fresh") else head


def grouped(found: Iterable[Record]) -> dict[Group, list[Record]]:
    """Return records by family, time limit and solver, in the order of tables; missing engines left out."""
    groups: dict[Group, list[Record]] = defaultdict(list)
    for record in found:
        if record["status"] != "missing":
            groups[family_of(record), record["time_limit"], record["solver"]].append(record)
    return {group: groups[group] for group in sorted(groups, key=_rank)}


def _rank(group: Group) -> tuple[int, bool, float, int, str]:
    family, limit, solver = group
    order = [OWN, "cpsat", *PEERS]
    plain = family.removesuffix(" (fresh)")
    place = list(FAMILIES).index(plain) if plain in FAMILIES else len(FAMILIES)
    return place, plain != family, limit, order.index(solver) if solver in order else len(order), solver


def known_bounds(found: Iterable[Record]) -> dict[str, float | None]:
    """Return by instance the least bound that any of the records proves."""
    instances: dict[str, list[Record]] = defaultdict(list)
    for record in found:
        instances[record["instance"]].append(record)
    return {name: bound_of(members) for name, members in instances.items()}


def gap_to(record: Record, bound: float | None) -> float | None:
    """Return (bound - objective) / abs(objective) of a verified record, as a fraction."""
    value = record.get("objective") if record.get("verified") else None
    return None if bound is None or not value else max(0.0, bound - value) / abs(value)


def markdown(found: Sequence[Record]) -> str:
    """Return the table of records as Markdown."""
    groups, bounds = grouped(found), known_bounds(found)
    lines = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
    for (family, limit, solver), members in groups.items():
        own = {_twin(r): r["objective"] for r in groups.get((family, limit, OWN), ()) if r["verified"]}
        cells = (
            family,
            solver,
            f"{limit:g}",
            str(len(members)),
            str(sum(bool(r["verified"]) for r in members)),
            str(sum(r["status"] == "optimal" for r in members)),
            spread([_percent(r["gap"]) for r in members], ".3f"),
            spread([_percent(gap_to(r, bounds[r["instance"]])) for r in members], ".3f"),
            spread([_percent(_leading(r)) for r in members], ".3f"),
            spread([r["seconds"] for r in members], ".1f"),
            spread([r["time_to_first"] for r in members], ".1f"),
            spread([r["peak_mib"] for r in members], ".0f"),
            spread([_ratio(r, own) for r in members], ".4f"),
        )
        lines.append("| " + " | ".join(cells) + " |")
    missing = {r["solver"] for r in found if r["status"] == "missing"}
    notes = [f"\nNot installed, so not measured: {', '.join(sorted(missing))}."] if missing else []
    return "\n".join([*lines, *notes])


def _twin(record: Record) -> tuple[object, ...]:
    return record["instance"], record["seed"]


def _leading(record: Record) -> float | None:
    """Return the gap of the service tier, which decides a week; of the first tier where there is none."""
    tiers = {tier["tier"]: tier["gap"] for tier in record.get("tiers") or ()}
    return tiers.get("service", next(iter(tiers.values()), None))


def _ratio(record: Record, own: dict[tuple[object, ...], float]) -> float | None:
    mine = own.get(_twin(record))
    return record["objective"] / mine if record["verified"] and mine and mine > 0 else None


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value


def spread(values: Sequence[float | None], form: str) -> str:
    """Return median (lowest-highest) and how many values there are not."""
    known = [value for value in values if value is not None]
    if not known:
        return "–"
    middle, low, high = (format(v, form) for v in (statistics.median(known), min(known), max(known)))
    without = f", {len(values) - len(known)} without" if len(known) < len(values) else ""
    return f"{middle}{without}" if low == high else f"{middle} ({low}–{high}{without})"
