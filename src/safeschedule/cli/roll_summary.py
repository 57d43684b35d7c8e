"""A roll's figures, in words and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from safeschedule.cli.console import plain
from safeschedule.cli.roll_tables import caseload_line, print_caseload, weeks_table
from safeschedule.cli.summary import hanging, percent

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from safeschedule.rolling import Summary, Totals, WeekRow

FAR = 0.05
"""A gap from which on a week is called far from its bound."""


def week_line(row: WeekRow, weeks: int, *, taken: bool) -> str:
    """Return a week in one line."""
    late = sum(row.overdue.values())
    own = row.caseload
    beside = "" if own is None else f", {own.taken} taken on, {own.waiting_all} waiting"
    found = "taken over" if taken else f"gap {percent(row.gap)}, {row.seconds or 0.0:.0f} s"
    overdue = f"{late} overdue ({row.overdue_high_acuity} high acuity)"
    sessions = f"{row.placed} placed, {row.left_out} left out"
    return f"week {row.week}/{weeks} {row.week_start}: {sessions}, {overdue}{beside}, {found}"


def print_roll(to: Console, summary: Summary) -> None:
    """Print the weeks' access, load and protected time, and what they come to."""
    totals = summary.totals
    if totals is None:
        return
    to.print("Access", style="bold")
    to.print(_access(summary.weeks))
    to.print("Load and protected time", style="bold")
    to.print(_load(summary.weeks))
    if totals.caseload is not None:
        print_caseload(to, summary)
    _print_totals(to, totals)
    far = [str(row.week) for row in summary.weeks if row.gap is not None and row.gap > FAR]
    if far:
        named = f"Week {far[0]} is" if len(far) == 1 else f"Weeks {', '.join(far)} are"
        to.print(
            f"{named} far from the best possible, for lack of time. A longer time limit, into another "
            "folder, may place more.",
            style="yellow",
        )


def _access(rows: Sequence[WeekRow]) -> Table:
    table = weeks_table("week of", "asked", "placed", "left", "value", "carried", "oldest", "overdue", "high",
                   "reviews", "new", "act")  # fmt: skip
    for row in rows:
        share = "-" if row.value_share is None else f"{100 * row.value_share:.1f} %"
        late = sum(row.overdue.values())
        table.add_row(
            str(row.week_start), str(row.asked), str(row.placed), str(row.left_out), share,
            str(row.carried), f"{row.oldest} w", str(late), str(row.overdue_high_acuity),
            str(row.overdue_reviews), str(row.waiting), "-" if row.pressing is None else str(row.pressing),
        )  # fmt: skip
    return table


def _load(rows: Sequence[WeekRow]) -> Table:
    table = weeks_table(
        "week of", "sessions", "most", "high min", "most", "protected h/FTE", "gap", "seconds"
    )
    for row in rows:
        table.add_row(
            str(row.week_start),
            f"{row.sessions_mean:.1f}",
            str(row.sessions_most),
            f"{row.high_minutes_mean:.0f}",
            str(row.high_minutes_most),
            f"{row.protected_per_fte / 60:.1f}",
            "-" if row.gap is None else percent(row.gap),
            "-" if row.seconds is None else f"{row.seconds:.1f}",
        )
    return table


def _print_totals(to: Console, totals: Totals) -> None:
    kept = f"{_count(totals.weeks, 'week')}, each checked against the history of the weeks before."
    to.print(kept, style="bold green")
    beside = () if totals.caseload is None else (caseload_line(totals.caseload),)
    for line in (_access_line(totals), *beside, _load_line(totals), _protected_line(totals)):
        hanging(to, line, indent=0)
    if totals.passed_over:
        to.print(
            f"{_count(totals.passed_over, 'time')} an overdue client of high acuity was left out although a "
            "lower band's session could have given way: a longer time limit may mend it.",
            style="yellow",
        )


def _access_line(totals: Totals) -> str:
    share = "" if totals.value_share is None else f", {100 * totals.value_share:.1f} % of the value asked for"
    oldest = f" The oldest request was left out for {_count(totals.oldest, 'week')}." if totals.oldest else ""
    high = f"{totals.overdue_high_acuity_end} of them of high acuity"
    return (
        f"Access: {_count(totals.placed, 'session')} placed{share}.{oldest} At the end "
        f"{_count(totals.overdue_end, 'client')} overdue for contact, {high} (most at a week's end: "
        f"{totals.overdue_high_acuity_most}), {totals.overdue_reviews_end} for review; "
        f"{_count(totals.waiting_end, 'new client')} waiting."
    )


def _load_line(totals: Totals) -> str:
    return (
        f"Load: {totals.sessions_mean:.1f} sessions a clinician and week, at most {totals.sessions_most}; "
        f"{totals.high_minutes_mean:.0f} high-intensity minutes, at most {totals.high_minutes_most}."
    )


def _protected_line(totals: Totals) -> str:
    kinds = (f"{_words(kind)} {minutes / 60:.0f} h" for kind, minutes in totals.protected.items())
    listed = f"; in all {', '.join(kinds)}" if totals.protected else ""
    return f"Protected: {totals.protected_per_fte / 60:.1f} hours a week for each FTE{listed}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _words(kind: str) -> str:
    return plain(kind.replace("_", " "))
