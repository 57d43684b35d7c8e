"""The bounds inside which everybody is to be: caps, and how far a share may lie over the team's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from safeschedule.caseload.panels import Carried, CaseloadFacts
from safeschedule.rebalancing.answers import CarriedLoad
from safeschedule.verifier import wording

CAP, HIGH, SPREAD, HIGH_SPREAD = "caseload_cap", "high_acuity_cap", "spread", "high_acuity_spread"
"""The bounds by name; the first two are rules."""

BOUNDS = (HIGH, CAP, HIGH_SPREAD, SPREAD)
"""In the order in which they are sought where not all can be kept: safety first."""


@dataclass(frozen=True)
class Bounds:
    """What each clinician carries today and may carry, by code.

    Parameters
    ----------
    points, high, sessions
        Today: points in hundredths, high-acuity clients, sessions asked for.
    most
        By bound and clinician: the most points, or high-acuity clients. Who has no bound is not in it.
    most_sessions
        The most sessions that may be asked for: the weekly limit, or what is asked for today.
    share, high_share
        The team's; ``None`` without caps.
    """

    points: Mapping[str, int]
    high: Mapping[str, int]
    sessions: Mapping[str, int]
    most: Mapping[str, Mapping[str, int]]
    most_sessions: Mapping[str, int]
    share: Fraction | None
    high_share: Fraction | None

    def carried(self, bound: str) -> Mapping[str, int]:
        """Return what is counted by a bound."""
        return self.points if bound in (CAP, SPREAD) else self.high

    def excess(self, bound: str, clinician: str, carried: int) -> int:
        """Return by how much somebody who carries so much would be over a bound."""
        return max(0, carried - self.most[bound].get(clinician, carried))

    def over(self, clinician: str, points: int, high: int) -> tuple[str, ...]:
        """Return the bounds over which somebody would be; that of the spread only beside no cap."""
        found = [b for b in BOUNDS if self.excess(b, clinician, points if b in (CAP, SPREAD) else high)]
        stronger = {SPREAD: CAP, HIGH_SPREAD: HIGH}
        return tuple(bound for bound in found if stronger.get(bound) not in found)


def bounds_of(facts: CaseloadFacts, spread: Decimal, high_spread: Decimal | None) -> Bounds:
    """Return the bounds of a problem."""
    all_carried = facts.carried
    caps = {code: c.cap for code, c in all_carried.items() if c.cap is not None}
    high_caps = {code: c.high_cap for code, c in all_carried.items() if c.high_cap is not None}
    share = _share(sum(all_carried[code].points for code in caps), sum(caps.values()))
    high_share = _share(sum(all_carried[code].high for code in high_caps), sum(high_caps.values()))
    most = {CAP: caps, HIGH: high_caps, SPREAD: {}, HIGH_SPREAD: {}}
    if share is not None:
        most[SPREAD] = {code: int((share + Fraction(spread)) * cap) for code, cap in caps.items()}
    if high_share is not None and high_spread is not None:
        reach = high_share + Fraction(high_spread)
        most[HIGH_SPREAD] = {code: int(reach * cap) for code, cap in high_caps.items()}
    return Bounds(
        points={code: c.points for code, c in all_carried.items()},
        high={code: c.high for code, c in all_carried.items()},
        sessions={code: c.sessions for code, c in all_carried.items()},
        most=most,
        most_sessions={
            code: max(c.limit, c.sessions) for code, c in all_carried.items() if c.limit is not None
        },
        share=share,
        high_share=high_share,
    )


def load_of(bounds: Bounds, carried: Carried, code: str) -> CarriedLoad:
    """Return what somebody carries, held against the bounds."""
    over = bounds.over(code, carried.points, carried.high)
    return CarriedLoad(
        clinician=code,
        points=Decimal(carried.points) / 100,
        cap=None if carried.cap is None else Decimal(carried.cap) / 100,
        share=rounded(_share(carried.points, carried.cap)),
        high_acuity=carried.high,
        high_acuity_cap=carried.high_cap,
        high_acuity_share=rounded(_share(carried.high, carried.high_cap)),
        over=over,
        sentence=_sentence(bounds, carried, code, over),
    )


def _sentence(bounds: Bounds, carried: Carried, code: str, over: tuple[str, ...]) -> str:
    told = []
    for bound in over:
        limit = bounds.most[bound][code]
        if bound in (CAP, SPREAD):
            found = f"{wording.points(carried.points)} points"
            most = wording.points(limit)
        else:
            found = wording.count(carried.high, "high-acuity client")
            most = str(limit)
        what = "the cap" if bound in (CAP, HIGH) else "the bound of the spread"
        told.append(f"{found}, over {what} of {most}")
    return f"{code} carries {'; '.join(told)}." if told else ""


def rounded(share: Fraction | None) -> Decimal | None:
    """Return a share with three places."""
    if share is None:
        return None
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(Decimal("0.001"))


def _share(part: int, whole: int | None) -> Fraction | None:
    return Fraction(part, whole) if whole else None
