"""What is proposed to bring a team inside its caps, and what is missing where no transfers can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from safeschedule.problem import Problem
from safeschedule.returned import Returned
from safeschedule.verifier import wording


@dataclass(frozen=True)
class CarriedLoad(Returned):
    """What one clinician carries, against the bounds of a rebalancing.

    Parameters
    ----------
    clinician
        Who.
    points, cap, share
        Weighted points, the cap of the rule ``caseload_cap``, and the points over the cap. ``None``: no rule
        sets a cap, or it is 0.
    high_acuity, high_acuity_cap, high_acuity_share
        The same of clients in high-acuity bands, by the rule ``high_acuity_cap``.
    over
        What is exceeded: ``caseload_cap``, ``high_acuity_cap``, ``spread`` or ``high_acuity_spread``.
    sentence
        The same in words; empty where nothing is exceeded.
    """

    clinician: str
    points: Decimal
    cap: Decimal | None
    share: Decimal | None
    high_acuity: int
    high_acuity_cap: int | None
    high_acuity_share: Decimal | None
    over: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class Transfer(Returned):
    """One client from one caseload to another: a proposal, which two people confirm.

    Parameters
    ----------
    client
        Who.
    giver, taker
        The clinicians whose caseload the client leaves and joins.
    points, high_acuity
        What the client weighs, and whether the band is marked high acuity.
    in_processing
        Whether the client is in active trauma processing.
    weeks
        Since how many weeks, begun ones counted, the client is known to be with the giver; ``None``: not
        known.
    weeks_counted
        The same as it is weighed: where it is not known, the median of those of whom it is.
    instead
        Others of the giver who would do as well: they weigh as much, lose as much, and fit the same people.
    """

    client: str
    giver: str
    taker: str
    points: Decimal
    high_acuity: bool
    in_processing: bool
    weeks: int | None
    weeks_counted: int
    instead: tuple[str, ...] = ()

    def __str__(self) -> str:
        known = "not known how long" if self.weeks is None else f"for {wording.count(self.weeks, 'week')}"
        marks = ["high acuity"] if self.high_acuity else []
        marks += ["in trauma processing"] if self.in_processing else []
        about = ", ".join([f"{_number(self.points)} points", *marks, f"with {self.giver} {known}"])
        others = f"; {wording.listing(self.instead)} would do as well" if self.instead else ""
        return f"{self.client} from {self.giver} to {self.taker} ({about}{others})"


@dataclass(frozen=True)
class TransferSet(Returned):
    """One set of transfers that does what can be done, with as few clients as that takes.

    Parameters
    ----------
    transfers
        In the order of the givers.
    high_acuity, in_processing
        How many of the clients are of high-acuity bands, and in active trauma processing.
    weeks
        Weeks with their clinicians that all of them lose together, as they are weighed.
    loads
        What everybody carries then, in the order of the problem.
    problem
        The problem with the transfers made.
    """

    _in_files: ClassVar[tuple[str, ...]] = ("problem",)
    _derived: ClassVar[tuple[str, ...]] = ("moved",)

    transfers: tuple[Transfer, ...]
    high_acuity: int
    in_processing: int
    weeks: int
    loads: tuple[CarriedLoad, ...]
    problem: Problem

    @property
    def moved(self) -> int:
        """How many clients change their clinician."""
        return len(self.transfers)

    def sentence(self) -> str:
        """Return how much the set asks of clients."""
        return (
            f"{_moving(self.moved)}: {self.high_acuity} of high acuity, "
            f"{self.in_processing} in trauma processing; {wording.count(self.weeks, 'week')} with their "
            "clinicians are lost."
        )


@dataclass(frozen=True)
class HeldClients(Returned):
    """What stays over a bound because clients may not be moved; no new colleague could change that.

    Parameters
    ----------
    clinician
        Whose.
    rule
        The bound: as in `CarriedLoad`.
    over
        By how much, in points or in clients.
    clients
        Those who may not be moved.
    """

    clinician: str
    rule: str
    over: Decimal
    clients: tuple[str, ...]

    def __str__(self) -> str:
        unit = "points" if self.rule in ("caseload_cap", "spread") else "high-acuity clients"
        held = wording.listing(self.clients) if self.clients else "nobody"
        return f"{self.clinician} stays over {self.rule} by {_number(self.over)} {unit}: {held} may not move."


@dataclass(frozen=True)
class MissingCapacity(Returned):
    """The least that a team lacks so that transfers could bring everyone inside, for one set of skills.

    Parameters
    ----------
    skills
        What whoever comes has to have; empty: nothing special.
    clients, points, high_acuity
        Whom and how much they would have to take.
    fte
        Full-time equivalents at the rulebook's default caps, rounded up to hundredths; ``None``: the caps
        are 0, or there are none.
    """

    skills: tuple[str, ...]
    clients: int
    points: Decimal
    high_acuity: int
    fte: Decimal | None

    def __str__(self) -> str:
        skilled = f" with {wording.listing(self.skills)}" if self.skills else ""
        fte = "" if self.fte is None else f": {_number(self.fte)} FTE{skilled}"
        high = f", {self.high_acuity} of high acuity" if self.high_acuity else ""
        return (
            f"{_number(self.points)} points{skilled} ({wording.count(self.clients, 'client')}{high}) "
            f"find no place{fte}."
        )


@dataclass(frozen=True)
class Rebalancing(Returned):
    """What a team carries, and the smallest sets of transfers that bring everyone inside.

    Parameters
    ----------
    week_start
        The first date of the week.
    spread, high_acuity_spread
        By how much of a cap somebody's share may lie over the team's.
    team_share, team_high_acuity_share
        The team's load over its caps: points of those with a cap, over their caps together.
    loads
        What each clinician carries today, in the order of the problem.
    sets
        The smallest sets of transfers, the one that costs least continuity first; each as good as the
        first in clients moved. Empty where nothing has to move, or nothing can.
    inside
        Whether a set brings everyone inside.
    proven
        Whether every figure is proven: that no fewer clients do, that nobody can be brought further, that
        no less is missing. ``False``: the search ended before.
    most
        How many transfers were allowed; ``None``: any number.
    needed
        How many would bring everyone inside, where that is more than were allowed.
    held
        What stays over because clients may not be moved.
    missing
        What the team lacks, by skills; empty when everyone can be brought inside.
    unknown_weeks
        Of how many clients on caseloads it is not known how long they have been with their clinician.
    """

    _derived: ClassVar[tuple[str, ...]] = ("disproportionate",)

    week_start: date
    spread: Decimal
    high_acuity_spread: Decimal | None
    team_share: Decimal | None
    team_high_acuity_share: Decimal | None
    loads: tuple[CarriedLoad, ...]
    sets: tuple[TransferSet, ...]
    inside: bool
    proven: bool
    most: int | None
    needed: int | None
    held: tuple[HeldClients, ...]
    missing: tuple[MissingCapacity, ...]
    unknown_weeks: int

    @property
    def disproportionate(self) -> tuple[str, ...]:
        """Who exceeds a cap or the bound of the spread, in the order of the problem."""
        return tuple(load.clinician for load in self.loads if load.over)

    def __str__(self) -> str:
        return "\n".join(self.sentences())

    def sentences(self) -> list[str]:
        """Return the answer in plain sentences."""
        lines = [self.rule(), *(load.sentence for load in self.loads if load.over)]
        for number, found in enumerate(self.sets, 1):
            lines += [f"{number}. {found.sentence()}", *(f"   {each}." for each in found.transfers)]
        return [*lines, *self.verdict()]

    def rule(self) -> str:
        """Return by which rule somebody carries too much."""
        if self.team_share is None:
            return "No rule sets a cap on points."
        bound = _percent(self.team_share + self.spread)
        return (
            f"The team carries {_percent(self.team_share)} of its caps. Too much is more than a cap, or more "
            f"than {bound} of one ({_percent(self.spread)} over the team)."
        )

    def verdict(self) -> Iterator[str]:
        """Yield what can be reached, and what is missing."""
        if not self.disproportionate:
            yield "Nobody carries too much."
        elif self.inside:
            proof = "No fewer transfers do." if self.proven else "It is not proven that no fewer do."
            yield f"Everyone is inside then. {proof}"
        else:
            over = [load.clinician for load in (self.sets[0].loads if self.sets else self.loads) if load.over]
            proof = "" if self.proven else " (not proven)"
            yield f"Not everyone can be brought inside{proof}: {wording.listing(over)} stay over."
        if self.sets and self.unknown_weeks:
            yield (
                f"Of {wording.count(self.unknown_weeks, 'client')} it is not known how long they have been "
                "with their clinicians; they count as the median of all others."
            )
        if self.needed is not None:
            yield f"{self.needed} transfers would bring everyone inside; {self.most} were allowed."
        yield from map(str, self.held)
        yield from map(str, self.missing)
        if self.sets:
            yield "Each transfer is a proposal; two people confirm it."


def _moving(number: int) -> str:
    return "1 client moves" if number == 1 else f"{number} clients move"


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _percent(share: Decimal) -> str:
    return f"{_number(round(100 * share, 1))} %"
