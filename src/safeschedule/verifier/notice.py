"""What the verifier tells beside its findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from safeschedule.returned import Returned

RANK = "band"
"""The name of the number that is the rank of the client's band."""


@dataclass(frozen=True)
class WeekNotice(Returned):
    """Something about a week that breaks no rule, and that somebody has to know.

    Parameters
    ----------
    code
        What kind it is, such as ``standing_overload``.
    pressing
        Whether somebody has to act on it, so that "compliant" never stands alone above the week.
    text
        The notice in plain sentences, with a way out where there is one.
    clinicians, clients, requests
        Codes of those concerned.
    numbers
        The figures of the text, by name.

    Examples
    --------
    >>> from safeschedule import WeekNotice
    >>> notice = WeekNotice("standing_overload", True, "C1 carries 90 points.", numbers={"points": 90})
    >>> WeekNotice.from_dict(notice.to_dict()) == notice
    True
    """

    code: str
    pressing: bool
    text: str
    clinicians: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    numbers: Mapping[str, int | float] = field(default_factory=dict)


def notice_order(notice: WeekNotice) -> tuple[object, ...]:
    """Return the sort key: what is pressing first, then by kind, the highest band first, and by people."""
    rank = notice.numbers.get(RANK, 0)
    return (not notice.pressing, notice.code, -rank, notice.clinicians, notice.clients, notice.text)
