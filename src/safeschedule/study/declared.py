"""The frames of a study, declared as data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from safeschedule.exchange.frames.kinds import NUMBER, TEXT, WHOLE, ColumnKind
from safeschedule.exchange.frames.layout import FrameColumn, FrameTable
from safeschedule.study.figures import FIGURES

Declared = tuple[str, ColumnKind, str]


def _table(name: str, about: str, *columns: Declared) -> FrameTable:
    return FrameTable(
        name, tuple(FrameColumn(own, "", kind, about=told) for own, kind, told in columns), about
    )


_FIGURES: tuple[Declared, ...] = tuple(
    (figure.name, WHOLE if figure.whole else NUMBER, f"{figure.about} ({figure.unit})")
    for figure in FIGURES.values()
)
_KEY: Declared = ("key", TEXT, "The hash of all that decides the result.")
_ENDED: Declared = (
    "ended",
    TEXT,
    "What ended the search; ceiling: the wall clock, which is unfair.",
)
_SEED: Declared = ("seed", WHOLE, "The seed of the search, and of what the scenario draws.")
_WHICH: tuple[Declared, ...] = (
    ("problem", TEXT, "The problem, by name."),
    ("scenario", TEXT, "The scenario, by name."),
    _SEED,
)
_STATUS: Declared = ("status", TEXT, "optimal, feasible, infeasible, unknown, fault or crash.")
_PROBLEM: Declared = ("problem", TEXT, "The problem, by name; all: the mean of all of them.")

STORED = _table(
    "stored",
    "The file of a run.",
    _KEY,
    ("problem_hash", TEXT, "The hash of the problem that the scenario made."),
    _SEED,
    _STATUS,
    _ENDED,
    ("seconds", NUMBER, "Wall-clock time."),
    *_FIGURES,
    ("rest_json", TEXT, "Tiers, rules, skills and the schedule, as JSON."),
)
"""A file of the folder of a study."""

_ALL = (
    _table(
        "runs",
        "One row for each problem, scenario and seed: what came of it.",
        *_WHICH,
        _STATUS,
        _ENDED,
        *_FIGURES,
        ("faults", TEXT, "Why there is no result, in words."),
        ("notes", TEXT, "What the scenario brought with it, in words."),
        ("problem_hash", TEXT, "The hash of the problem that the scenario made."),
        _KEY,
    ),
    _table(
        "rules",
        "One row for each run and rule of the base.",
        *_WHICH,
        ("rule", TEXT, "The name of the rule."),
        ("amount", WHOLE, "How much of it is broken, or costs, in the rule's unit."),
    ),
    _table(
        "tiers",
        "One row for each run and tier, by the scenario's own rules.",
        *_WHICH,
        ("tier", TEXT, "The tier."),
        ("objective", WHOLE, "What the schedule reaches."),
        ("bound", NUMBER, "What none exceeds that keeps the stronger tiers at the level reached."),
    ),
    _table(
        "skills",
        "One row for each run and skill that requests need.",
        *_WHICH,
        ("skill", TEXT, "The skill; empty: none is needed."),
        ("asked", WHOLE, "Sessions that are asked for."),
        ("placed", WHOLE, "Sessions that are placed."),
        ("waiting", WHOLE, "New clients who need it, wait, and are not seen in the week."),
        ("new_seen", WHOLE, "New clients who need it and are seen."),
    ),
    _table(
        "timings",
        "One row a run: how long it took, which is another time each time.",
        *_WHICH,
        ("seconds", NUMBER, "Wall-clock time of its solve."),
    ),
)

FRAMES: Mapping[str, FrameTable] = MappingProxyType({table.name: table for table in _ALL})
"""The frames of the results of a study, by name."""

_RANGE: tuple[Declared, ...] = (
    ("least", NUMBER, "What the difference of the best schedules is at least, proven; empty: not known."),
    ("most", NUMBER, "What it is at most, proven; empty: not known."),
)

COMPARISONS = _table(
    "comparisons",
    "One row for each problem and scenario: the difference to the base.",
    _PROBLEM,
    ("scenario", TEXT, "The scenario, by name."),
    ("pairs", WHOLE, "Pairs of runs with one problem and seed."),
    ("base_mean", NUMBER, "The mean of the base."),
    ("mean", NUMBER, "The mean of the scenario."),
    ("difference", NUMBER, "The mean of the differences of pairs."),
    ("low", NUMBER, "Where its interval begins; empty: one pair has none."),
    ("high", NUMBER, "Where it ends."),
    *_RANGE,
    ("proven", TEXT, "What the bounds prove, in words."),
)

PRICES = _table(
    "prices",
    "One row for each problem and rule: the best week with it and without it.",
    ("problem", TEXT, "The problem, by name."),
    ("rule", TEXT, "The rule; sum of single prices; all of them."),
    ("figure", TEXT, "What is counted."),
    ("with_rule", NUMBER, "What the base has."),
    ("with_most", NUMBER, "What the base cannot exceed."),
    ("without_rule", NUMBER, "What there is without the rule."),
    ("without_most", NUMBER, "What there cannot be more of without it."),
    *_RANGE,
)


def page_tables() -> Mapping[str, FrameTable]:
    """Return every frame that a reader may meet, by name."""
    return {**FRAMES, COMPARISONS.name: COMPARISONS, PRICES.name: PRICES}
