"""How unequally high-acuity clients are spread over a team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from safeschedule.returned import Returned


@dataclass(frozen=True)
class Concentration(Returned):
    """The concentration of high-acuity clients (CD: risk concentration made visible).

    Parameters
    ----------
    on_most_loaded
        Share of them that the most loaded fifth of the clinicians has, rounded up to whole clinicians; 0.2 is
        an equal spread where the team divides by five. ``None`` without any such client.
    most_loaded
        Who that is.
    gini
        The Gini coefficient of their numbers: the mean difference between any two clinicians over twice the
        mean; 0 where all have equally many, nearly 1 where one has all.
    """

    on_most_loaded: Decimal | None
    most_loaded: tuple[str, ...]
    gini: Decimal | None


def concentration(counts: Sequence[tuple[str, int]]) -> Concentration:
    """Return the concentration of counts by clinician."""
    total = sum(count for _, count in counts)
    if not total:
        return Concentration(None, (), None)
    ranked = sorted(counts, key=lambda entry: (-entry[1], entry[0]))
    top = ranked[: -(-len(ranked) // 5)]
    return Concentration(
        on_most_loaded=rounded(Fraction(sum(count for _, count in top), total)),
        most_loaded=tuple(code for code, _ in top),
        gini=rounded(gini([count for _, count in counts])),
    )


def gini(values: Sequence[int]) -> Fraction:
    """Return the Gini coefficient of values that are not negative and not all 0."""
    ordered, n = sorted(values), len(values)
    # The sum of all differences, by how often each value is the larger and the smaller one.
    differences = sum((2 * rank - n + 1) * value for rank, value in enumerate(ordered))
    return Fraction(differences, n * sum(ordered))


def rounded(value: Fraction, places: int = 3) -> Decimal:
    """Return a fraction as a decimal with so many places, half up."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
