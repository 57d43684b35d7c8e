"""How long each client of a waitlist may wait, as ranges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from safeschedule.caseload.waitlist.answers import WaitingClient, Waitlist
from safeschedule.plots.shapes import RangePlot, RangeRow
from safeschedule.problem.kinds import require_kind
from safeschedule.reports.words import count, long_date

MOST_ROWS = 60
"""Clients who are drawn: those who come first."""

_WEEK = 7


def waits(waitlist: Waitlist) -> RangePlot:
    """Return the plot of a waitlist's forecast: a row for each client, in the order in which they come.

    The wide range holds the date of the first appointment in 90 % of what may come, the narrow one in 50 %;
    the mark is the target. What is not known is not drawn, and said to be so.

    Parameters
    ----------
    waitlist
        What `safeschedule.waitlist` returned.

    Raises
    ------
    ArgumentError
        It is something else.

    Examples
    --------
    >>> import safeschedule
    >>> plot = safeschedule.plots.waits(safeschedule.waitlist(problem))
    >>> plot.axis
    'weeks from 5 October 2026'
    """
    require_kind("waits", "waitlist", waitlist, Waitlist)
    start = waitlist.week_start
    return RangePlot(
        f"Waits on {long_date(start)}",
        " ".join(_sentences(waitlist)),
        "span",
        f"weeks from {long_date(start)}",
        ("90 % of what may come", "50 %", "target"),
        0.0,
        tuple(_row(client, start) for client in waitlist.clients[:MOST_ROWS]),
    )


def _row(client: WaitingClient, start: date) -> RangeRow:
    name = f"{client.client} ({client.triage})"
    mark = None if client.target is None else max(0.0, (client.target - start).days / _WEEK)
    late = f"{count(client.overdue, 'working day')} over the target" if client.overdue else ""
    if client.range is None:
        return RangeRow(name, mark=mark, note=", ".join(filter(None, ("not known", late))))
    lower, upper = client.range.weeks
    likely = client.likely.weeks if client.likely is not None else (None, None)
    endless = upper is None
    if lower is None:
        late = ", ".join(filter(None, (str(client.range), late)))
    return RangeRow(
        name,
        lower=_float(lower),
        upper=_float(upper),
        inner=(_float(likely[0]), _float(likely[1])),
        mark=mark,
        note=late,
        endless=endless and lower is not None,
    )


def _float(value: int | None) -> float | None:
    return None if value is None else float(value)


def _sentences(waitlist: Waitlist) -> Iterator[str]:
    yield f"{count(len(waitlist.clients), 'client')} waiting. {waitlist.throughput.sentence}"
    overdue = sum(client.overdue > 0 for client in waitlist.clients)
    yield f"{overdue} over their target."
    known = [client for client in waitlist.clients if client.range is not None]
    if known:
        yield f"The last of them whose wait is known: {known[-1].client}, {known[-1].range} (90 %)."
    if len(waitlist.clients) > MOST_ROWS:
        yield f"{len(waitlist.clients) - MOST_ROWS} who come later are not drawn."
