"""What each clinician carries, as bars beside what there is and what may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeschedule.plots.shapes import BarPanel, BarPlot, BarRow
from safeschedule.plots.timelines import Planned, schedule_of
from safeschedule.problem import BlockKind, Problem
from safeschedule.reports.kinds import LOOKS
from safeschedule.reports.load import LoadRow
from safeschedule.reports.load import load as load_rows
from safeschedule.reports.words import count, week_title
from safeschedule.schedule import Schedule
from safeschedule.schedule.fitting import require_fitting

MOST_ROWS = 150
"""Clinicians who are drawn; of a larger team it is said how many are not."""

_PROTECTED = ("write", "meet", "rest", "open")
_HOUR = 60


def load(schedule: Schedule | Planned, problem: Problem) -> BarPlot:
    """Return the plot of what each clinician carries: working time, caseload points and sessions.

    Working time is in hours; sessions, protected time and meetings beside the hours at work. Points stand
    beside the cap, sessions beside the target. A meeting or block at the time of a session counts in both.

    Parameters
    ----------
    schedule
        The week, or what holds one, such as a `safeschedule.Result`.
    problem
        Its problem.

    Raises
    ------
    ArgumentError
        There is no schedule.
    InputError
        The two do not belong together.

    Examples
    --------
    >>> import safeschedule
    >>> plot = safeschedule.plots.load(result, problem)
    >>> points = plot.panels[1]
    >>> [row.name for row in points.rows if points.over(row)]
    []
    """
    given = schedule_of("load", schedule)
    require_fitting(problem, given)
    everybody = load_rows(problem, given)
    drawn = everybody[:MOST_ROWS]
    met = {
        row.clinician: sum(m.minutes for m in problem.meetings if row.clinician in m.clinicians)
        for row in drawn
    }
    panels = (_time(drawn, met), _points(drawn), _sessions(drawn))
    title = f"Load in the week of {week_title(given.week_start)}"
    return BarPlot(title, " ".join(_sentences(everybody, panels)), panels)


def _time(rows: Sequence[LoadRow], met: dict[str, int]) -> BarPanel:
    def values(row: LoadRow) -> tuple[float, ...]:
        others = row.client_minutes - row.high_minutes
        blocks = [
            sum(spent for kind, spent in row.protected.items() if _family(kind) == family)
            for family in _PROTECTED
        ]
        return tuple(spent / _HOUR for spent in (row.high_minutes, others, *blocks, met[row.clinician]))

    bars = tuple(BarRow(row.clinician, values(row), row.working_minutes / _HOUR) for row in rows)
    parts = ("high", "session", *_PROTECTED, "meeting")
    return _without_empty(BarPanel("Working time", "hours", parts, bars, "hours at work"))


def _family(kind: BlockKind) -> str:
    return LOOKS[kind].pattern


def _points(rows: Sequence[LoadRow]) -> BarPanel:
    bars = tuple(BarRow(row.clinician, (float(row.points),), float(row.cap)) for row in rows)
    return BarPanel("Caseload points", "points", ("session",), bars, "cap", capped=True)


def _sessions(rows: Sequence[LoadRow]) -> BarPanel:
    bars = tuple(
        BarRow(
            row.clinician,
            (float(row.high_sessions), float(row.sessions - row.high_sessions)),
            None if row.target is None else float(row.target),
        )
        for row in rows
    )
    mark = "target" if any(bar.mark is not None for bar in bars) else ""
    return BarPanel("Sessions", "sessions", ("high", "session"), bars, mark)


def _without_empty(panel: BarPanel) -> BarPanel:
    """Return a panel without the parts that nobody has, so that the legend names none of these."""
    kept = [n for n in range(len(panel.parts)) if any(row.values[n] for row in panel.rows)]
    bars = tuple(BarRow(row.name, tuple(row.values[n] for n in kept), row.mark) for row in panel.rows)
    parts = tuple(panel.parts[n] for n in kept)
    return BarPanel(panel.title, panel.unit, parts, bars, panel.mark, panel.capped)


def _sentences(rows: Sequence[LoadRow], panels: Sequence[BarPanel]) -> Iterator[str]:
    yield f"{count(len(rows), 'clinician')}."
    over = [row.clinician for row in rows if row.points > row.cap]
    yield f"Over the caseload cap: {', '.join(over)}." if over else "Nobody is over the caseload cap."
    used = [(row.utilisation, row.clinician) for row in rows if row.utilisation is not None]
    if used:
        share, who = max(used, key=lambda entry: entry[0])
        yield f"The fullest week: {who}, with {100 * share:.0f} % of the working time."
    rest = len(rows) - len(panels[0].rows)
    if rest:
        yield f"{rest} of the clinicians are not drawn."
