"""Check of the rule ``case_review``: a weekly review for high-acuity teams."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import blocks_of
from safeschedule.verifier.report import report
from safeschedule.verifier.reviews import Team, acute_teams
from safeschedule.verifier.week import Week

REACH = blocks_of("case_review")


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each high-acuity team that could have its review and has none."""
    reviews = list(_reviews(week, setting.whole("minutes")))
    for team in acute_teams(week, setting):
        if team.possible and not any(
            len(team.at_work & taking_part) >= team.quorum
            for host, taking_part in reviews
            if host in team.hosts
        ):
            yield _missing(setting, team)


def _reviews(week: Week, least: int) -> Iterator[tuple[str, set[str]]]:
    """Yield the supervisor of each review that is long enough, and who takes part."""
    for block in week.blocks:
        if block.kind == "case_review" and block.minutes >= least and block.supervisor is not None:
            yield block.supervisor, {*block.clinicians, block.supervisor}


def _missing(setting: Setting, team: Team) -> Finding:
    least = wording.count(setting.whole("minutes"), "minute")
    host = wording.listing(sorted(team.hosts))
    sentence = (
        f"The team {team.name} has no case review of {least} this week with at least {team.quorum} of its "
        f"{len(team.at_work)} members at work, supervised by "
        f"{host if len(team.hosts) == 1 else f'one of {host}'}."
    )
    return report(setting, sorted(team.at_work), None, "no review", f"a review of {least}", sentence)
