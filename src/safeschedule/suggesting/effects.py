"""What one schedule does better or worse than another: rules, tiers and figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from safeschedule.problem import Setting
from safeschedule.returned import Returned
from safeschedule.solving.tiers import soft_tiers
from safeschedule.suggesting.metrics import Metric
from safeschedule.verifier.again import Delta
from safeschedule.verifier.finding import Finding


@dataclass(frozen=True)
class Cost:
    """What a soft rule costs before and after.

    Parameters
    ----------
    rule, tier
        The rule and the tier in which the rulebook has it.
    before, after
        Penalties, amount times weight.
    """

    rule: str
    tier: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """How much more it costs afterwards; negative when it costs less."""
        return self.after - self.before


@dataclass(frozen=True)
class Effects(Returned):
    """What changes from one schedule to another, exactly as two verifications say it.

    Parameters
    ----------
    breaks, mends
        Hard findings that are new, and hard findings that go away.
    new, gone
        All findings that are new and that go away, those of soft rules included.
    costs
        What each soft rule costs before and after, whether that changes or not.
    gains
        By tier with soft rules, strongest first: how much the objective rises.
    metrics
        Figures of the clinicians concerned, and of rooms.
    """

    breaks: tuple[Finding, ...]
    mends: tuple[Finding, ...]
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    costs: tuple[Cost, ...]
    gains: Mapping[str, int]
    metrics: tuple[Metric, ...]

    def sentences(self) -> Iterator[str]:
        """Yield what changes, in plain sentences: mends, costs, figures."""
        for finding in self.mends:
            yield f"Mends [{finding.rule}]: {finding.sentence}"
        moved = [cost for cost in self.costs if cost.difference]
        worse = ", ".join(f"{cost.rule} {cost.difference:,}" for cost in moved if cost.difference > 0)
        better = ", ".join(f"{cost.rule} {-cost.difference:,}" for cost in moved if cost.difference < 0)
        if worse:
            yield f"Costs more: {worse}."
        if better:
            yield f"Costs less: {better}."
        if not moved:
            yield "Costs no soft rule anything."
        yield from (str(metric) for metric in self.metrics if metric.changed or metric.limit is not None)


def effects_of(change: Delta, settings: Mapping[str, Setting], metrics: tuple[Metric, ...]) -> Effects:
    """Return the effects of a change."""
    costs = tuple(
        Cost(name, settings[name].tier.value, before, change.after[name])
        for name, before in change.before.items()
    )
    enabled = {name: setting for name, setting in settings.items() if setting.enabled}
    gains = {
        tier.value: -sum(cost.difference for cost in costs if cost.tier == tier.value)
        for tier in soft_tiers(enabled)
    }
    return Effects(change.breaks, change.mends, change.new, change.gone, costs, gains, metrics)
