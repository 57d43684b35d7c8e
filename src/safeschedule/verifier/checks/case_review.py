"""Check of the rule ``case_review``: a weekly review for high-acuity teams."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import blocks_of
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = blocks_of("case_review")


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each high-acuity team that could have its review and has none."""
    least = setting.whole("minutes")
    able = {code for code, hours in week.hours.items() if hours.longest() >= least}
    for team, members in sorted(_teams(week).items()):
        at_work = members & able
        hosts = _hosts(week, at_work)
        if len(at_work) < 2 or not hosts & able or not _is_high_acuity(week, setting, members):
            continue
        quorum = _quorum(setting, len(at_work))
        if not any(
            len(at_work & taking_part) >= quorum
            for host, taking_part in _reviews(week, least)
            if host in hosts
        ):
            yield _missing(setting, team, at_work, hosts, quorum)


def _teams(week: Week) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for code, clinician in week.clinicians.items():
        for team in clinician.teams:
            found.setdefault(team, set()).add(code)
    return found


def _is_high_acuity(week: Week, setting: Setting, members: set[str]) -> bool:
    clients = [client for member in members for client in week.caseload.own(member)]
    points = week.caseload.points(clients)
    high = week.caseload.points(week.caseload.high_acuity(clients))
    # Without points there is nothing of which a share could be high.
    return points > 0 and high >= Fraction(setting.exact("share")) * points


def _hosts(week: Week, at_work: set[str]) -> set[str]:
    supervisors = {code for code, clinician in week.clinicians.items() if clinician.is_supervisor}
    return supervisors & at_work or supervisors


def _quorum(setting: Setting, at_work: int) -> int:
    exact = Fraction(setting.exact("quorum")) * at_work
    return -(-exact.numerator // exact.denominator)


def _reviews(week: Week, least: int) -> Iterator[tuple[str, set[str]]]:
    """Yield the supervisor of each review that is long enough, and who takes part."""
    for block in week.blocks:
        if block.kind == "case_review" and block.minutes >= least and block.supervisor is not None:
            yield block.supervisor, {*block.clinicians, block.supervisor}


def _missing(setting: Setting, team: str, at_work: set[str], hosts: set[str], quorum: int) -> Finding:
    least = wording.count(setting.whole("minutes"), "minute")
    host = wording.listing(sorted(hosts))
    sentence = (
        f"The team {team} has no case review of {least} this week with at least {quorum} of its "
        f"{len(at_work)} members at work, supervised by {host if len(hosts) == 1 else f'one of {host}'}."
    )
    return report(setting, sorted(at_work), None, "no review", f"a review of {least}", sentence)
