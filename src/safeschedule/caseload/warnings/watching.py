"""Early warnings: what gets worse in recorded weeks, and is no noise."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from safeschedule.actuals import Actuals
from safeschedule.arguments import Arguments
from safeschedule.caseload.measures.measuring import MeasureValue, balanced_measures
from safeschedule.caseload.measures.table import TABLE
from safeschedule.caseload.warnings.indicators import (
    INDICATORS,
    Indicator,
    WarningRules,
    rule_faults,
    rules_of,
)
from safeschedule.caseload.warnings.limits import BEYOND, RUN, WITHIN, limits, rare_limit
from safeschedule.errors import ArgumentError, Fault
from safeschedule.problem import Problem
from safeschedule.returned import Returned

LEAST_WEEKS = 8
"""Known weeks before a week without which its limits are not known; an assumption."""

BASELINE = 26
"""The first so many known weeks say what an indicator is like; a later change does not hide in it."""

_OPEN = 8
"""Weeks in which what comes back belongs to the review that is open; an assumption."""


class TriggerKind(StrEnum):
    """Why a week is a trigger."""

    BEYOND_LIMIT = "beyond_limit"
    RUN = "run"
    THRESHOLD = "threshold"


@dataclass(frozen=True)
class WarningTrigger(Returned):
    """A week in which something begins to be too much; it opens a review (CD).

    Parameters
    ----------
    indicator
        The measure.
    week_start
        The first week of it. While it goes on there is no other trigger, and a run or a threshold within
        eight weeks of any other trigger is none: the review is open.
    kind
        ``beyond_limit``: the second of three weeks beyond the control limit; ``run``: the ninth week in a row
        on the worse side of the mean; ``threshold``: the mean of some weeks beyond the threshold that the
        service has set.
    value, limit
        The figure, and what it was held against.
    reviewer, review_by
        Who sees to the review, and by when.
    questions
        What it asks.
    sentence
        The same in words.
    """

    indicator: str
    week_start: date
    kind: TriggerKind
    value: Decimal
    limit: Decimal
    reviewer: str
    review_by: date
    questions: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class WatchedWeek(Returned):
    """A week of an indicator.

    Parameters
    ----------
    week_start, value
        ``None``: not known.
    mean, limit
        By the weeks before it; ``None``: too few are known.
    """

    week_start: date
    value: Decimal | None
    mean: Decimal | None
    limit: Decimal | None


@dataclass(frozen=True)
class Watched(Returned):
    """An indicator over the weeks.

    Parameters
    ----------
    indicator, title, unit
        The measure.
    weeks
        Each with its control limit.
    known
        How many weeks are known.
    now
        The kinds of triggers in which the last week is.
    """

    indicator: str
    title: str
    unit: str
    weeks: tuple[WatchedWeek, ...]
    known: int
    now: tuple[TriggerKind, ...]


@dataclass(frozen=True)
class WarningReport(Returned):
    """Early warnings of recorded weeks.

    Parameters
    ----------
    indicators
        What is watched.
    triggers
        In the order of weeks.
    """

    indicators: tuple[Watched, ...]
    triggers: tuple[WarningTrigger, ...]

    def __str__(self) -> str:
        short = [w.title for w in self.indicators if w.known <= LEAST_WEEKS]
        lines = [trigger.sentence for trigger in self.triggers] or ["No trigger."]
        return "\n".join([*lines, *([f"Too few weeks for limits: {', '.join(short)}."] if short else [])])


def early_warnings(
    problem: Problem, actuals: Sequence[Actuals], rules: WarningRules | None = None
) -> WarningReport:
    """Return the weeks in which an indicator begins to be too much (CD: early-warning triggers; IG: signs).

    Each week is held against the weeks before it, at most the first 26 that were not beyond their limit: an
    individuals chart (XmR) gives the limit, and for rare counts what so few events leave open gives a wider
    one. Two of three weeks beyond the limit are a trigger, nine in a row on the worse side of the mean, and a
    mean beyond the threshold that the service has set. Below eight known weeks there are no limits.

    Indicators are those of the team; of single clinicians there are none.

    Parameters
    ----------
    problem
        The team today.
    actuals
        The weeks, in any order.
    rules
        Thresholds and reviews; ``None``: those of the rulebook, and by default where it says nothing.

    Raises
    ------
    ArgumentError
        An argument makes no sense, or a rule names no indicator; with all faults.

    Examples
    --------
    >>> from safeschedule import Actuals, early_warnings
    >>> early_warnings(problem, [Actuals(week_start="2026-09-28")]).triggers
    ()
    """
    Arguments("early_warnings").problem(problem).done()
    own = rules_of(problem.rulebook) if rules is None else rules
    if not isinstance(own, WarningRules):
        found = f"a {type(own).__name__}"
        fault = Fault("wrong_type", "rules", found, "a WarningRules, or None")
        raise ArgumentError("arguments of early_warnings", [fault])
    faults = rule_faults(own)
    if faults:
        raise ArgumentError("rules of early warnings", faults)
    report = {measure.id: measure for measure in balanced_measures(problem, actuals).measures}
    watched: list[Watched] = []
    triggers: list[WarningTrigger] = []
    for name, indicator in INDICATORS.items():
        if name in own.off:
            continue
        series = _Series(name, indicator, own, report[name].weeks)
        watched.append(series.watched())
        triggers += series.triggers()
    order = sorted(triggers, key=lambda trigger: (trigger.week_start, trigger.indicator, trigger.kind))
    return WarningReport(tuple(watched), tuple(order))


class _Series:
    """One indicator over the weeks."""

    def __init__(
        self, name: str, indicator: Indicator, rules: WarningRules, weeks: Sequence[MeasureValue]
    ) -> None:
        self.name, self.indicator, self.rules = name, indicator, rules
        self.weeks = weeks
        self.threshold = rules.thresholds.get(name, indicator.threshold)
        self.rare = TABLE[name].unit != "minutes a day"
        self.share = TABLE[name].unit == "share"

    @cached_property
    def limits(self) -> list[tuple[float, float] | None]:
        """Mean and limit of each week by the known weeks before it, those beyond their limit left out."""
        usual: list[MeasureValue] = []
        found: list[tuple[float, float] | None] = []
        for week in self.weeks:
            limit = None
            if week.value is not None and len(usual) >= LEAST_WEEKS:
                limit = self._limits(usual[:BASELINE], float(week.denominator or 0))
            found.append(limit)
            if week.value is not None and (limit is None or not self.beyond(float(week.value), limit[1])):
                usual.append(week)
        return found

    def _limits(self, usual: Sequence[MeasureValue], exposure: float) -> tuple[float, float]:
        found = limits([float(w.value or 0) for w in usual], rising=self.indicator.rising)
        worst = self._wider(found.worst, usual, exposure) if self.rare else found.worst
        # A share beyond 1 or below 0 is none: a limit out there would be a line that nothing can cross.
        return found.mean, min(1.0, max(0.0, worst)) if self.share else max(0.0, worst)

    def _wider(self, worst: float, before: Sequence[MeasureValue], exposure: float) -> float:
        """Return the limit, or that of a rare count where it is further off."""
        whole = sum(float(w.denominator or 0) for w in before)
        events = sum(float(w.numerator or 0) for w in before)
        if self.indicator.rising:
            return max(worst, rare_limit(events, whole, exposure))
        # What is missing is what is counted.
        return min(worst, 1 - rare_limit(whole - events, whole, exposure))

    def beyond(self, value: float, limit: float) -> bool:
        """Return whether a value is worse than a limit."""
        return value > limit if self.indicator.rising else value < limit

    def states(self) -> Iterator[tuple[int, TriggerKind, float, float]]:
        """Yield each week that is in a state of trigger: its number, the kind, the value and the limit."""
        run, outside = 0, deque[bool](maxlen=WITHIN)
        for number, week in enumerate(self.weeks):
            found = self.limits[number]
            if week.value is not None and found is not None:
                mean, worst = found
                value = float(week.value)
                outside.append(self.beyond(value, worst))
                if outside[-1] and sum(outside) >= BEYOND:
                    yield number, TriggerKind.BEYOND_LIMIT, value, worst
                run = run + 1 if self.beyond(value, mean) else 0
                if run >= RUN:
                    yield number, TriggerKind.RUN, value, mean
            yield from self._over_threshold(number)

    def _over_threshold(self, number: int) -> Iterator[tuple[int, TriggerKind, float, float]]:
        bound = self.threshold.most if self.indicator.rising else self.threshold.least
        last = [w for w in self.weeks[: number + 1] if w.value is not None][-self.threshold.weeks :]
        if bound is None or len(last) < self.threshold.weeks or self.weeks[number].value is None:
            return
        whole = sum(float(w.denominator or 0) for w in last)
        mean = sum(float(w.numerator or 0) for w in last) / whole
        if self.beyond(mean, float(bound)):
            yield number, TriggerKind.THRESHOLD, mean, float(bound)

    def triggers(self) -> Iterator[WarningTrigger]:
        """Yield the first week of each state."""
        last, beyond = -_OPEN, -_OPEN
        for number, kind, value, limit in self.states():
            # A limit that is passed anew is always told; anything else belongs to a review that is open.
            limited = kind is TriggerKind.BEYOND_LIMIT
            if number - beyond > WITHIN if limited else number - last >= _OPEN:
                yield self._trigger(number, kind, value, limit)
            last = number
            beyond = number if limited else beyond

    def _trigger(self, number: int, kind: TriggerKind, value: float, limit: float) -> WarningTrigger:
        week = self.weeks[number].week_start
        assert week is not None
        title = TABLE[self.name].title
        against = {
            TriggerKind.BEYOND_LIMIT: f"the second of {WITHIN} weeks beyond the control limit of",
            TriggerKind.RUN: f"the {RUN}th week in a row on the worse side of",
            TriggerKind.THRESHOLD: f"over {self.threshold.weeks} weeks, beyond the threshold of",
        }[kind]
        by = week + timedelta(days=6 + self.rules.review_days)
        return WarningTrigger(
            indicator=self.name,
            week_start=week,
            kind=kind,
            value=_decimal(value),
            limit=_decimal(limit),
            reviewer=self.rules.reviewer,
            review_by=by,
            questions=self.indicator.questions,
            sentence=(
                f"{title}: {value:.2f} in the week of {week}, {against} {limit:.2f}. "
                f"Review by the {self.rules.reviewer} until {by}."
            ),
        )

    def watched(self) -> Watched:
        """Return the weeks with their limits."""
        weeks = []
        for number, week in enumerate(self.weeks):
            assert week.week_start is not None
            found = self.limits[number]
            mean, limit = (None, None) if found is None else map(_decimal, found)
            weeks.append(WatchedWeek(week.week_start, week.value, mean, limit))
        last = len(self.weeks) - 1
        return Watched(
            indicator=self.name,
            title=TABLE[self.name].title,
            unit=TABLE[self.name].unit,
            weeks=tuple(weeks),
            known=sum(week.value is not None for week in self.weeks),
            now=tuple(kind for number, kind, _, _ in self.states() if number == last),
        )


def _decimal(value: float) -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal("0.0001"))
