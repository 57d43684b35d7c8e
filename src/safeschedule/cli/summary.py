"""A solve's outcome and a verifier's account, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from safeschedule.cli.console import plain

if TYPE_CHECKING:
    from rich.console import Console

    from safeschedule.errors import Fault
    from safeschedule.problem import Problem
    from safeschedule.reports.unplaced import Unplaced
    from safeschedule.result import Result
    from safeschedule.schedule import LeftOut, Schedule
    from safeschedule.verifier import Finding, Verification, WeekNotice

MOST = 20
"""Lines of a list that are shown; files and --json hold the rest."""
_FAR = 0.1
"""A gap from which it is the first thing to know that a limit cut the search short."""


def print_planned(to: Console, problem: Problem, result: Result) -> None:
    """Print what a solve came to, and what it left out, the most harmful first."""
    from safeschedule.reports.unplaced import unplaced

    assert result.schedule is not None
    lines = unplaced(problem, result.schedule, result.left_out)
    _print_summary(to, result, lines)
    _print_lines(to, lines)


def _print_summary(to: Console, result: Result, left_out: Sequence[Unplaced]) -> None:
    """Print status, sessions, and the objective by tier; urgent sessions that are left out, loudly."""
    seconds = result.seconds.get("total", 0.0)
    how = {"optimal": "Best possible schedule", "feasible": "Schedule"}[result.status]
    stopped = ", stopped by you" if result.interrupted else ""
    to.print(f"{how}, found and checked in {seconds:.1f} s{stopped}.", style="bold green")
    left = sum(entry.sessions for entry in result.left_out)
    to.print(f"{result.placed} sessions placed, {left} left out. Every hard rule is kept.")
    if left and (result.interrupted or _hurried(result)):
        how = "stopped early" if result.interrupted else "cut short by its limit"
        told = f"It was {how}, and much of what is left out was not tried. Better plan again first."
        to.print(told, style="bold yellow")
    _print_urgent(to, left_out)
    if result.verification is not None and result.verification.qualified:
        hanging(to, result.verification.qualification, indent=0)
    print_notices(to, result.notices)
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("tier", "objective", "bound", "gap"):
        table.add_column(name, justify="left" if name == "tier" else "right")
    for tier in result.tiers:
        table.add_row(tier.tier, f"{tier.objective:,.0f}", f"{tier.bound:,.0f}", percent(tier.gap))
    if len(result.tiers) > 1 and result.objective is not None and result.bound is not None:
        table.add_row("all", f"{result.objective:,.0f}", f"{result.bound:,.0f}", percent(result.gap))
    to.print(table)


def _hurried(result: Result) -> bool:
    """Return whether a limit ended the search so far from the best that the week is not to be used."""
    from safeschedule.solving.outcome import Ended

    return result.ended in (Ended.LIMIT, Ended.CEILING) and result.gap is not None and result.gap > _FAR


def percent(gap: float | None) -> str:
    """Return a fraction as a percentage."""
    if gap is None or gap == float("inf"):
        return "unknown"
    return f"{100 * gap:.2f} %" if gap <= 1 else "over 100 %"


def print_urgent(to: Console, problem: Problem, schedule: Schedule) -> None:
    """Print how many sessions of urgent clients a schedule says that it leaves out, where there are any."""
    from safeschedule.reports.unplaced import unplaced

    _print_urgent(to, unplaced(problem, schedule))


def _print_urgent(to: Console, left_out: Sequence[Unplaced]) -> None:
    from safeschedule.reports.verdict import urgent_sessions

    urgent = urgent_sessions(left_out)
    if urgent:
        told = f"{_count(urgent, 'session')} of urgent or high-acuity clients left out."
        to.print(told, style="bold yellow")


def print_left_out(to: Console, problem: Problem, schedule: Schedule, left_out: Sequence[LeftOut]) -> None:
    """Print requests that are not in the schedule, the most harmful first, each with its reason."""
    from safeschedule.reports.unplaced import unplaced

    _print_lines(to, unplaced(problem, schedule, left_out))


def _print_lines(to: Console, left_out: Sequence[Unplaced]) -> None:
    if not left_out:
        return
    to.print("Left out:", style="bold")
    for line in left_out[:MOST]:
        entry = line.entry
        notes = [f"{entry.sessions} sessions"] if entry.sessions > 1 else []
        notes += ["urgent"] if line.urgent else []
        told = f" ({', '.join(notes)})" if notes else ""
        hanging(to, f"{entry.request}{told}: {line.why}")
    _more(to, len(left_out) - MOST, "all of them are in the schedule")


def print_verification(to: Console, account: Verification) -> None:
    """Print what a schedule breaks, and what its soft rules cost."""
    hard = [finding for finding in account.findings if finding.hard]
    if account.compliant:
        many = f"all {len(account.amounts)} rules" if not account.off else f"{len(account.amounts)} rules"
        only = " as far as this rulebook goes" if account.unchecked else ""
        only += " but for what is excused" if account.excused else ""
        only += ", but look at the notices" if account.pressing else ""
        but = " or excused" if account.excused else ""
        style = "bold yellow" if only else "bold green"
        to.print(f"Compliant{only}: {many} were checked, every hard one is kept{but}.", style=style)
    else:
        broken = len({finding.rule for finding in hard})
        to.print(
            f"Not compliant: {_count(len(hard), 'finding')} in {_count(broken, 'rule')}.", style="bold red"
        )
    if account.qualified:
        hanging(to, account.qualification, indent=0)
    for sentence in account.exceptions:
        hanging(to, sentence, indent=0)
    print_notices(to, account.notices)
    for rule in dict.fromkeys(finding.rule for finding in hard):
        _print_rule(to, rule, [finding for finding in hard if finding.rule == rule])
    cost = {rule: penalty for rule, penalty in account.penalties.items() if penalty}
    if cost:
        listed = ", ".join(f"{rule} {penalty:,}" for rule, penalty in cost.items())
        hanging(to, f"Cost of soft rules: {listed}", indent=0)


def print_notices(to: Console, notices: Sequence[WeekNotice]) -> None:
    """Print what breaks no rule and has to be known, pressing notices first."""
    if not notices:
        return
    pressing = sum(notice.pressing for notice in notices)
    to.print(f"Notices ({pressing} to act on):", style="bold yellow" if pressing else "bold")
    for notice in notices[:MOST]:
        hanging(to, notice.text)
    _more(to, len(notices) - MOST, "--json tells all of them")


def print_provenance(to: Console, problem: Problem, schedule: Schedule) -> None:
    """Print how a schedule came about, and whether that still speaks of it."""
    from safeschedule.schedule import told

    for sentence in told(problem, schedule):
        hanging(to, sentence, indent=0)


def print_warnings(to: Console, warnings: Sequence[Fault]) -> None:
    """Print what is hardly meant in the problem; what is alike is told together."""
    from safeschedule.folding import lines

    if not warnings:
        return
    to.print("To look at in the problem:", style="bold yellow")
    told = lines(warnings)
    for line in told[:MOST]:
        hanging(to, line)
    _more(to, len(told) - MOST, "--json tells all of them")


def _print_rule(to: Console, rule: str, findings: Sequence[Finding]) -> None:
    to.print(f"{rule} ({findings[0].tier})", style="bold")
    for finding in findings[:MOST]:
        hanging(to, finding.sentence)
    _more(to, len(findings) - MOST, "--json tells all of them")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def hanging(to: Console, text: str, indent: int = 2, style: str | None = None) -> None:
    """Print a paragraph whose lines all begin `indent` further in, the later ones two more."""
    width = max(20, to.width - indent - 2)
    for number, line in enumerate(Text(plain(text)).wrap(to, width)):
        to.print(" " * (indent + (2 if number else 0)) + line.plain.rstrip(), soft_wrap=True, style=style)


def _more(to: Console, number: int, where: str) -> None:
    if number > 0:
        to.print(f"  ... and {number} more; {where}")
