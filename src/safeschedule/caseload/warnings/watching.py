"""Early warnings: what gets worse in recorded weeks, and is no noise."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from safeschedule.actuals import Actuals
from safeschedule.arguments import Arguments
from safeschedule.caseload.measures.measuring import MeasureValue, balanced_measures
from safeschedule.caseload.measures.table import TABLE
from safeschedule.caseload.warnings.answers import (
    LEAST_WEEKS,
    TriggerKind,
    WarningReport,
    WarningTrigger,
    Watched,
    WatchedWeek,
)
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

BASELINE = 26
"""The first so many known weeks say what an indicator is like; a later change does not hide in it."""

_OPEN = 8
"""Weeks in which what comes back belongs to the review that is open; an assumption."""


def early_warnings(
    problem: Problem, actuals: Sequence[Actuals], rules: WarningRules | None = None
) -> WarningReport:
    """Return the weeks in which an indicator begins to be too much (CD: early-warning triggers; IG: signs).

    Each week is held against the weeks before it, at most the first 26 that were not beyond their limit: an
    individuals chart (XmR) gives the limit, and for rare counts what so few events leave open gives a wider
    one. Two of three weeks beyond the limit are a trigger, nine in a row on the worse side of the mean, and a
    mean beyond the threshold that the service has set. Of what is counted, a threshold by default is passed
    only by more events than chance would bring to usual weeks. Below eight known weeks there are no limits.

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
    def judged(self) -> list[tuple[tuple[MeasureValue, ...], tuple[float, float] | None]]:
        """The known weeks before each week that were within their limit, and its mean and limit by them."""
        usual: list[MeasureValue] = []
        found: list[tuple[tuple[MeasureValue, ...], tuple[float, float] | None]] = []
        for week in self.weeks:
            before = tuple(usual[:BASELINE])
            limit = None
            if week.value is not None and len(before) >= LEAST_WEEKS:
                limit = self._limits(before, float(week.denominator or 0))
            found.append((before, limit))
            if week.value is not None and (limit is None or not self.beyond(float(week.value), limit[1])):
                usual.append(week)
        return found

    @cached_property
    def limits(self) -> list[tuple[float, float] | None]:
        """Mean and limit of each week."""
        return [limit for _, limit in self.judged]

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
        last = [n for n in range(number + 1) if self.weeks[n].value is not None][-self.threshold.weeks :]
        if bound is None or len(last) < self.threshold.weeks or self.weeks[number].value is None:
            return
        mean, whole = _mean(self.weeks[n] for n in last)
        if self.beyond(mean, float(bound)) and not self._by_chance(
            self.judged[last[0]][0], mean, whole, bound
        ):
            yield number, TriggerKind.THRESHOLD, mean, float(bound)

    def _by_chance(
        self, before: Sequence[MeasureValue], mean: float, exposure: float, bound: Decimal
    ) -> bool:
        """Return whether a threshold that nobody has set is passed by no more events than chance brings.

        In a team of four, one absence of a week is a tenth of a month. A threshold of the service counts as
        it stands, and so does any where the usual weeks are beyond it themselves.
        """
        if not self.rare or self.name in self.rules.thresholds or len(before) < LEAST_WEEKS:
            return False
        if self.beyond(_mean(before)[0], float(bound)):
            return False
        nearest = 0.0 if self.indicator.rising else 1.0
        return not self.beyond(mean, self._wider(nearest, before, exposure))

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


def _mean(weeks: Iterable[MeasureValue]) -> tuple[float, float]:
    """Return the mean of weeks, and the sum of what it is over."""
    known = tuple(weeks)
    whole = sum(float(w.denominator or 0) for w in known)
    return sum(float(w.numerator or 0) for w in known) / whole, whole


def _decimal(value: float) -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal("0.0001"))
