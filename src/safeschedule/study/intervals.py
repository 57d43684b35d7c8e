"""Means of paired differences, with the interval of Student's t distribution.

The quantiles are those of Hill's algorithm (Communications of the ACM 13, 1970, algorithm 396), right to five
digits from three degrees of freedom on, and exact for one and two.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist, mean, stdev

LEVEL = 0.95
"""How often an interval holds the mean."""


def interval(values: Sequence[float], level: float = LEVEL) -> tuple[float, float] | None:
    """Return the interval of a mean; ``None``: a single value has none.

    Examples
    --------
    >>> low, high = interval([1.0, 2.0, 3.0])
    >>> round(low, 3), round(high, 3)
    (-0.484, 4.484)
    """
    count = len(values)
    if count < 2:
        return None
    half = t_quantile(count - 1, level) * stdev(values) / math.sqrt(count)
    middle = mean(values)
    return middle - half, middle + half


def t_quantile(freedom: int, level: float) -> float:
    """Return the value between which and its negative so much of Student's t distribution lies.

    Examples
    --------
    >>> round(t_quantile(4, 0.95), 4)
    2.7764
    """
    tails = 1 - level
    if freedom == 1:
        return math.tan(math.pi / 2 * level)
    if freedom == 2:
        return math.sqrt(2 / (tails * (2 - tails)) - 2)
    a = 1 / (freedom - 0.5)
    b = 48 / a**2
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * math.sqrt(a * math.pi / 2) * freedom
    y = (d * tails) ** (2 / freedom)
    if y > 0.05 + a:
        x = NormalDist().inv_cdf(tails / 2)
        y = x**2
        if freedom < 5:
            c += 0.3 * (freedom - 4.5) * (x + 0.6)
        c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b
        y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
        y = math.expm1(a * y**2)
    else:
        y = (
            (
                1 / (((freedom + 6) / (freedom * y) - 0.089 * d - 0.822) * (freedom + 2) * 3)
                + 0.5 / (freedom + 4)
            )
            * y
            - 1
        ) * (freedom + 1) / (freedom + 2) + 1 / y
    return math.sqrt(freedom * y)
