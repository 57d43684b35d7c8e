"""The figures of a roll's caseload: waits, panels and what was decided, week by week and over all weeks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from safeschedule.caseload.panels import PanelState
from safeschedule.returned import Returned


@dataclass(frozen=True)
class CaseloadRow(Returned):
    """The caseload of one week of a roll.

    Parameters
    ----------
    referred, discharged
        Clients who came to the waitlist, and who left, since the week before.
    taken, routed_later
        Clients who have their first session in the week, and those of them whom the plan had left out or who
        came while it was under way.
    waited, waited_most
        Days from the referral to that session: together, and the most of one; of those whose referral is
        dated.
    dated
        How many these are.
    in_time, with_target
        Of those who were taken: seen by the target of their triage class, and how many have a target.
    waiting
        Clients who wait at the week's end, by triage class, the most urgent first.
    over_target
        Those of them whose target has passed by then.
    longest
        Days for which the one has waited who has waited longest; ``None``: nobody's referral is dated.
    held_back
        Rules that kept waiting clients from every clinician, each with how many clients it did.
    clients, points, cap
        Of the team's caseloads, with those who were taken; no cap where somebody has none.
    panels
        Clinicians by the state of their panel.
    high_acuity_share
        Share of high-acuity clients that the most loaded fifth of the clinicians has.
    bands_changed, bands_proposed
        Acuity bands that were changed for this week, and that wait for a clinician's confirmation.
    overrides, overrides_ended
        Overrides in force on the week's first date, and those that were in force a week before and are not
        any more.
    restricted
        Decisions that close intakes in the week.
    exceptions_overdue
        Capacity exceptions that wait for somebody beyond their date.
    unreported
        Clinicians over a cap of whom no open exception speaks; ``None``: there is no ledger.
    """

    _derived: ClassVar[tuple[str, ...]] = ("waited_mean", "waiting_all")

    referred: int
    discharged: int
    taken: int
    routed_later: int
    waited: int
    dated: int
    waited_most: int | None
    in_time: int
    with_target: int
    waiting: Mapping[str, int]
    over_target: int
    longest: int | None
    held_back: Mapping[str, int]
    clients: int
    points: Decimal
    cap: Decimal | None
    panels: Mapping[PanelState, int]
    high_acuity_share: Decimal | None
    bands_changed: int
    bands_proposed: int
    overrides: int
    overrides_ended: int
    restricted: int
    exceptions_overdue: int
    unreported: int | None

    @property
    def waited_mean(self) -> float | None:
        """Days from referral to first session, on average; ``None`` where nobody's are known."""
        return round(self.waited / self.dated, 2) if self.dated else None

    @property
    def waiting_all(self) -> int:
        """Clients who wait at the week's end."""
        return sum(self.waiting.values())


@dataclass(frozen=True)
class CaseloadTotals(Returned):
    """The caseload over all weeks of a roll.

    Parameters
    ----------
    referred, discharged, taken
        Clients.
    waited_mean, waited_most
        Days from referral to first session; ``None`` where nobody's are known.
    in_time, with_target
        Of those who were taken: seen by the target of their triage class, and how many have one.
    waiting_first, waiting_end
        Clients who waited at the end of the first week and of the last.
    over_weeks
        Weeks of clinicians with a panel over a cap.
    bands_changed
        Acuity bands that were changed.
    """

    _derived: ClassVar[tuple[str, ...]] = ("in_time_share",)

    referred: int
    discharged: int
    taken: int
    waited_mean: float | None
    waited_most: int | None
    in_time: int
    with_target: int
    waiting_first: int
    waiting_end: int
    over_weeks: int
    bands_changed: int

    @property
    def in_time_share(self) -> float | None:
        """Share of those taken who were seen by their target; ``None``: nobody has one."""
        return self.in_time / self.with_target if self.with_target else None


def caseload_totals(rows: tuple[CaseloadRow, ...]) -> CaseloadTotals | None:
    """Return the figures of all weeks together; ``None``: there are none."""
    if not rows:
        return None
    sums = Counter[str]()
    for row in rows:
        names = ("referred", "discharged", "taken", "waited", "dated", "in_time", "with_target")
        sums.update({name: getattr(row, name) for name in names})
    return CaseloadTotals(
        referred=sums["referred"],
        discharged=sums["discharged"],
        taken=sums["taken"],
        waited_mean=round(sums["waited"] / sums["dated"], 2) if sums["dated"] else None,
        waited_most=max((row.waited_most for row in rows if row.waited_most is not None), default=None),
        in_time=sums["in_time"],
        with_target=sums["with_target"],
        waiting_first=rows[0].waiting_all,
        waiting_end=rows[-1].waiting_all,
        over_weeks=sum(row.panels.get(PanelState.OVER, 0) for row in rows),
        bands_changed=sum(row.bands_changed for row in rows),
    )
