"""A capacity: what can be sustained, and the sum line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from safeschedule.returned import Returned
from safeschedule.verifier import wording


@dataclass(frozen=True)
class CapacityLine(Returned):
    """One line of the sum.

    Parameters
    ----------
    id, title
        Its name, for programs and for people.
    formula
        How it is reckoned, in words.
    figures
        What goes into it, by name.
    result, unit
        What comes out.
    source
        Where it comes from: an assumption of the file, a rule of the rulebook, or one of the texts.
    """

    id: str
    title: str
    formula: str
    figures: Mapping[str, Decimal]
    result: Decimal
    unit: str
    source: str

    def __str__(self) -> str:
        figures = ", ".join(f"{name} {plain_figure(value)}" for name, value in self.figures.items())
        given = f" ({figures})" if figures else ""
        return (
            f"{self.title}: {plain_figure(self.result)} {self.unit} = {self.formula}{given} [{self.source}]"
        )


@dataclass(frozen=True)
class SustainableCapacity(Returned):
    """What a full-time clinician can sustain under the rules, and what a demand asks for.

    Parameters
    ----------
    lines
        The sum, in the order in which it is reckoned.
    binding
        What sets the limit: ``time``, ``session_limits``, ``daily_intensity``, ``caseload_cap`` or
        ``high_acuity_cap``.
    sessions
        Sessions in a week at work, for each FTE.
    sessions_over_year
        The same on average over the year, with leave, training and sickness.
    attended
        Of these, sessions to which clients come.
    clients, points
        On a caseload that is sustained, for each FTE.
    pattern
        Sessions by day of the week that holds most.
    fte_needed
        For the demand; ``None``: none is stated.
    expected
        Sessions in a week by the expectation of so many a day.
    unpaid_hours
        What that costs in hours beyond the paid ones: a week, for each FTE.
    unpaid_hours_over_year
        The same in a year.
    broken
        Limits that the expectation exceeds, in words.
    """

    lines: tuple[CapacityLine, ...]
    binding: str
    sessions: Decimal
    sessions_over_year: Decimal
    attended: Decimal
    clients: Decimal
    points: Decimal
    pattern: tuple[int, ...]
    fte_needed: Decimal | None
    expected: int
    unpaid_hours: Decimal
    unpaid_hours_over_year: Decimal
    broken: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join([*map(str, self.lines), *self.sentences()])

    def sentences(self) -> list[str]:
        """Return what comes of it, in plain sentences."""
        lines = [
            f"Sustainable for each FTE: {plain_figure(self.sessions)} sessions in a week at work "
            f"({plain_figure(self.sessions_over_year)} on average over the year, "
            f"{plain_figure(self.attended)} of them attended), {plain_figure(self.clients)} clients, "
            f"{plain_figure(self.points)} points. What sets the limit: {self.binding}."
        ]
        if self.fte_needed is not None:
            lines.append(f"The demand needs {plain_figure(self.fte_needed)} FTE.")
        cost = (
            f"{wording.count(self.expected, 'session')} a week as expected cost "
            f"{plain_figure(self.unpaid_hours)} unpaid hours a week for each FTE, "
            f"{plain_figure(self.unpaid_hours_over_year)} a year."
        )
        return [*lines, cost, *self.broken]


def plain_figure(value: Decimal) -> str:
    """Return a figure with at most two places, and no noughts at its end."""
    return f"{round(value, 2).normalize():f}"
