"""Case reviews of high-acuity teams: which are due, and which have a place in the week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from safeschedule.problem import Setting
from safeschedule.verifier.week import Week


@dataclass(frozen=True)
class Team:
    """A high-acuity team with at least two members at work.

    Parameters
    ----------
    at_work
        Members who have time for a review.
    hosts
        Who may supervise it.
    quorum
        So many of those at work have to take part.
    possible
        Whether a host, another member and a quorum can begin together.
    """

    name: str
    at_work: frozenset[str]
    hosts: frozenset[str]
    quorum: int
    possible: bool


def acute_teams(week: Week, setting: Setting) -> Iterator[Team]:
    """Yield the high-acuity teams, sorted by name."""
    least = setting.whole("minutes")
    for name, members in sorted(_teams(week).items()):
        if not _is_high_acuity(week, setting, members):
            continue
        at_work = {code for code in members if week.together.starts(code, least)}
        if len(at_work) < 2:
            continue
        hosts, quorum = _hosts(week, at_work), _quorum(setting, len(at_work))
        possible = _possible(week, least, at_work, hosts, quorum)
        yield Team(name, frozenset(at_work), frozenset(hosts), quorum, possible)


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


def _possible(week: Week, least: int, at_work: set[str], hosts: set[str], quorum: int) -> bool:
    there = Counter(
        start for code in at_work for start in week.together.minutes(week.together.starts(code, least))
    )
    for host in hosts:
        needed = max(quorum, 1 + (host in at_work))
        own = week.together.minutes(week.together.starts(host, least))
        if any(there[start] >= needed for start in own):
            return True
    return False
