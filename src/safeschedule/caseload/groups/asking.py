"""Group eligibility: who could come to which group, who not and why, and what that frees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from safeschedule.arguments import Arguments
from safeschedule.caseload.groups.answers import GroupAnswer, GroupCandidate, GroupEligibility, GroupReason
from safeschedule.caseload.groups.criteria import GroupCriteria, GroupRules, group_rules_faults
from safeschedule.caseload.groups.eligible import Eligibility
from safeschedule.caseload.groups.seats import GroupSeats, seats_of
from safeschedule.caseload.groups.shifting import Shifting
from safeschedule.caseload.panels.facts import CaseloadFacts
from safeschedule.errors import ArgumentError
from safeschedule.problem import Client, Problem
from safeschedule.schedule import Schedule


def group_eligibility(
    problem: Problem, schedule: Schedule, rules: GroupRules | None = None
) -> GroupEligibility:
    """Return who could come to each group, and what it does to weeks (TC: shift, not expand).

    Everybody on a caseload and on the waitlist is looked at: by the criteria that the service sets, by free
    seats, times and needed skills. The effects count on those who are eligible as far as there are seats:
    first clients of caseloads, of whom most minutes are freed, then those who wait, longest first. Nobody
    is counted on for two groups. A group of which no criteria are set is told so.

    A group stands for single sessions of the kind therapy, or for the types that its criteria name. What it
    takes is its session, with the preparation and documentation of the rule ``group_support``.

    Parameters
    ----------
    problem, schedule
        The week.
    rules
        The criteria.

    Raises
    ------
    ArgumentError
        An argument makes no sense, or criteria do not fit the problem; with all faults.

    Examples
    --------
    >>> from safeschedule import group_eligibility
    >>> group_eligibility(problem, schedule).week_start == problem.week_start
    True
    """
    looked = Arguments("group_eligibility").week(problem, schedule)
    if rules is not None:
        looked.kind("rules", rules, GroupRules, "a GroupRules, or None")
    looked.done()
    own = GroupRules() if rules is None else rules
    faults = list(group_rules_faults(problem, own))
    if faults:
        raise ArgumentError("criteria of groups", faults)
    return GroupEligibility(problem.week_start, tuple(_Asking(problem, schedule, own).answers()))


class _Asking:
    """All groups of a week, one after the other."""

    def __init__(self, problem: Problem, schedule: Schedule, rules: GroupRules) -> None:
        self._problem, self._rules = problem, rules
        self._facts = CaseloadFacts(problem, schedule)
        self._shifting = Shifting(self._facts, schedule)
        self._seats = seats_of(problem, schedule)
        self._owner = {c: code for code, own in self._facts.carried.items() for c in own.clients}
        self._everybody = [problem.by_code.clients[code] for code in self._owner]
        self._everybody += self._facts.waiting
        self._phases = {each.client: each.phase for each in rules.phases}
        self._counted: set[str] = set()

    def answers(self) -> list[GroupAnswer]:
        """Return the answers; couples and families, to whose sessions all come or nobody, are left out."""
        types = self._problem.by_code.session_types
        return [
            self._answer(seats)
            for seats in self._seats.values()
            if seats.group.open or types[seats.group.session_type].smallest < seats.largest
        ]

    def _answer(self, seats: GroupSeats) -> GroupAnswer:
        named = next((each for each in self._rules.groups if each.group == seats.group.id), None)
        own = named or GroupCriteria(group=seats.group.id)
        others = [client for client in self._everybody if client.id not in seats.taken]
        leads = self._shifting.leads(seats, others, own)
        judged = Eligibility(self._problem, seats, own, leads, self._phases)
        against = {client.id: tuple(judged.against(client)) for client in others}
        able = [client for client in others if not against[client.id]]
        moving = self._moving(able, own, judged.free)
        candidates = [self._candidate(client, own, against, moving) for client in others]
        effects = self._shifting.effects(seats, leads, moving, own)
        return GroupAnswer(
            group=seats.group.id,
            criteria=named is not None,
            runs=bool(seats.sessions),
            dates=tuple(sorted({held.start.date() for held in seats.sessions})),
            largest=judged.largest,
            taken=len(seats.taken),
            free=judged.free,
            leads=leads,
            candidates=tuple(sorted(candidates, key=lambda each: not each.eligible)),
            effects=tuple(effects),
            expands=tuple(each.clinician for each in effects if each.leads and each.net_minutes > 0),
        )

    def _moving(self, able: Sequence[Client], own: GroupCriteria, free: int) -> list[Client]:
        """Return on whom the effects count."""
        waiting = {client.id: number for number, client in enumerate(self._facts.waiting)}
        left = [client for client in able if client.id not in self._counted]

        def order(client: Client) -> tuple[bool, int, int, str]:
            return client.id in waiting, waiting.get(client.id, 0), -self._freed(client, own), client.id

        chosen = sorted(left, key=order)[:free]
        self._counted.update(client.id for client in chosen)
        return chosen

    def _freed(self, client: Client, own: GroupCriteria) -> int:
        return sum(map(self._shifting.minutes, self._shifting.sessions(client, own)))

    def _candidate(
        self,
        client: Client,
        own: GroupCriteria,
        against: Mapping[str, tuple[GroupReason, ...]],
        moving: Sequence[Client],
    ) -> GroupCandidate:
        points = self._shifting.points(client, own) if client.id in self._owner else 0
        return GroupCandidate(
            client=client.id,
            clinician=self._owner.get(client.id),
            eligible=not against[client.id],
            reasons=against[client.id],
            moves=client in moving,
            sessions=len(self._shifting.sessions(client, own)),
            minutes=self._freed(client, own),
            points=Decimal(points) / 100,
        )
