"""Encoder of ``case_review``: one review a week for each high-acuity team."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.need import Need
from safeschedule.model.points import high_acuity, points_of
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import Role, groups
from safeschedule.model.together import openings
from safeschedule.model.variables import Var, top
from safeschedule.problem import BlockKind, Setting

HELPERS = ("teams_of",)
NEEDS = (Need.PEOPLE,)


@dataclass(frozen=True)
class ReviewTeam:
    """A high-acuity team that needs a review.

    Parameters
    ----------
    members
        Numbers of its members at work.
    leads
        Who may supervise the review.
    quorum
        Members at work who have to take part.
    """

    members: tuple[int, ...]
    leads: tuple[int, ...]
    quorum: int


def teams_of(index: Index, setting: Setting) -> list[ReviewTeam]:
    """Return the teams that need a review this week."""
    return index.once("case_review", lambda: list(_teams(index, setting)), setting)


def _teams(index: Index, setting: Setting) -> Iterator[ReviewTeam]:
    minutes, everyone = setting.whole("minutes"), range(len(index.clinicians))
    there = openings(index, minutes)
    here: list[bool] = np.asarray(there.any(axis=1)).tolist()
    leads = [c for c in everyone if index.clinicians[c].is_supervisor]
    names = sorted({name for person in index.clinicians for name in person.teams})
    for name in names:
        members = [c for c in everyone if name in index.clinicians[c].teams]
        at_work = [c for c in members if here[c]]
        allowed = [c for c in at_work if c in leads] or leads
        team = ReviewTeam(tuple(at_work), tuple(allowed), ceil(setting.exact("quorum") * len(at_work)))
        if len(at_work) > 1 and _can_meet(there, team) and _is_acute(index, setting, members):
            yield team


def _can_meet(there: Bools, team: ReviewTeam) -> bool:
    """Return whether a lead, another member and a quorum have an opening at one time."""
    members = there[list(team.members)].sum(axis=0)
    return any(
        (there[lead] & (members >= max(team.quorum, 1 + (lead in team.members)))).any() for lead in team.leads
    )


def _is_acute(index: Index, setting: Setting, members: list[int]) -> bool:
    clients = [client for c in members for client in index.panels[c]]
    total = sum(points_of(index, client) for client in clients)
    high = sum(points_of(index, client) for client in clients if high_acuity(index, client))
    return total > 0 and high >= setting.exact("share") * total


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer blocks to whoever may supervise, and the team's members at work seats in them."""
    length = index.up(setting.whole("minutes"))
    for team in teams_of(index, setting):
        for lead in team.leads:
            yield Proposal(BlockKind.CASE_REVIEW, length, lead, role=Role.HOST)
            for clinician in team.members:
                if clinician != lead:
                    yield Proposal(BlockKind.CASE_REVIEW, length, clinician, lead, Role.ATTEND)


def post(build: Build, setting: Setting) -> None:
    """Post one block with a quorum for each team.

    A build of some clinicians holds all joint blocks of the others as they are: what is asked of a team can
    then be met by these, and is not asked at all when nobody in scope could change it.
    """
    teams = [team for team in teams_of(build.index, setting) if build.scope & {*team.members, *team.leads}]
    if not teams:
        return
    rows, variables, when = build.finest
    blocks = rows.of_block(BlockKind.CASE_REVIEW) & (rows.minutes >= setting.whole("minutes"))
    hosts = groups(rows.clinician, rows.minutes, when, where=blocks & (rows.role == Role.HOST))
    seats = dict(groups(rows.partner, rows.minutes, when, where=blocks & (rows.role == Role.ATTEND)))
    nothing = np.zeros(0, dtype=np.int64)
    events = [(key[0], held, seats.get(key, nothing)) for key, held in hosts]
    for team in teams:
        member = np.zeros(len(build.index.clinicians), dtype=bool)
        member[list(team.members)] = True
        reviews = []
        for lead, held, guests in events:
            if lead in team.leads:
                reviews += _review(build, variables, held, guests[member[rows.clinician[guests]]], team, lead)
        build.require(setting, reviews, 1)


def _review(
    build: Build, variables: list[Var], held: Ints, guests: Ints, team: ReviewTeam, lead: int
) -> list[Var]:
    """Return a literal that may be true when a block of the lead has the team's quorum, or nothing."""
    needed = team.quorum - (lead in team.members)
    joining = [variables[m] for m in guests]
    if sum(top(v) for v in joining) < needed:
        return []
    literal = build.model.new_bool_var("")
    build.model.add(sum(variables[m] for m in held) >= literal)
    if needed > 0:
        build.model.add(sum(joining) >= needed * literal)
    return [literal]
