"""What recorded weeks say of the ways in, and in words what they do not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from safeschedule.actuals import Actuals, Referral
from safeschedule.caseload.waitlist.answers import Throughput, ThroughputBasis
from safeschedule.caseload.waitlist.courses import Recorded, weekdays_of
from safeschedule.caseload.waitlist.rules import WaitlistRules
from safeschedule.caseload.waitlist.triage import Triage
from safeschedule.problem import Problem
from safeschedule.verifier import wording

LATEST = 52
"""So many weeks count, the latest ones: an older service was another one."""

_WORDS = {
    ThroughputBasis.FIRST_CONTACTS: "first contacts",
    ThroughputBasis.DISCHARGES: "discharges, each of which leaves a place",
    ThroughputBasis.SIMULATED: "simulated starts",
}


def recorded(
    problem: Problem,
    actuals: Sequence[Actuals],
    simulated: Sequence[int],
    rules: WaitlistRules,
    triage: Triage,
) -> tuple[Recorded | None, Throughput]:
    """Return what waits are drawn from, ``None`` where that is too little, and the same for people."""
    start = problem.week_start
    past = sorted((w for w in actuals if w.week_start < start), key=lambda w: w.week_start)[-LATEST:]
    basis, starts, dates = _starts(past, simulated, rules)
    weeks = [week.referrals for week in past if week.referrals is not None]
    referred = [referral for week in weeks for referral in week]
    known = Counter(
        number for number in (_number(problem, triage, each) for each in referred) if number is not None
    )
    triaged = [known[number] for number in range(len(triage.classes))]
    enough = len(starts) >= rules.least_weeks and sum(starts) >= rules.least_starts
    classes = len(weeks) >= rules.least_weeks and sum(triaged) >= rules.least_referrals
    told = Throughput(
        basis=basis,
        weeks=len(starts),
        starts=sum(starts),
        referrals=len(referred),
        triaged=sum(triaged),
        sentence=_sentence(basis, starts, enough, rules),
    )
    if not enough:
        return None, told
    referrals = [len(week) for week in weeks] if classes else []
    return Recorded(starts, weekdays_of(dates, start), referrals, triaged if classes else []), told


def _starts(
    past: Sequence[Actuals], simulated: Sequence[int], rules: WaitlistRules
) -> tuple[ThroughputBasis | None, list[int], list[date]]:
    """Return weekly starts, from what says most of them, and on which dates they were."""
    if simulated:
        return ThroughputBasis.SIMULATED, list(simulated), []
    first = [week.first_contacts for week in past if week.first_contacts is not None]
    left = [week.discharges for week in past if week.discharges is not None]
    if first and (len(first) >= rules.least_weeks or len(first) >= len(left)):
        dates = [contact.on for week in first for contact in week]
        return ThroughputBasis.FIRST_CONTACTS, [len(week) for week in first], dates
    if left:
        return ThroughputBasis.DISCHARGES, [len(week) for week in left], []
    return None, [], []


def _number(problem: Problem, triage: Triage, referral: Referral) -> int | None:
    """Return the class of a referral: as it was recorded, or by what the problem knows of the client."""
    if referral.triage is not None:
        return triage.number_of(referral.triage)
    client = problem.by_code.clients.get(referral.client)
    return None if client is None else triage.number(client)


def _sentence(
    basis: ThroughputBasis | None, starts: Sequence[int], enough: bool, rules: WaitlistRules
) -> str:
    if basis is None:
        return f"Waits are not known: nothing is recorded of starts; {_needed(rules)}."
    told = f"{sum(starts)} in {wording.count(len(starts), 'week')}"
    if not enough:
        return f"Waits are not known: {_WORDS[basis]} are {told}; {_needed(rules)}."
    return f"Waits are told from {_WORDS[basis]}: {told}."


def _needed(rules: WaitlistRules) -> str:
    weeks, starts = wording.count(rules.least_weeks, "week"), wording.count(rules.least_starts, "start")
    return f"{weeks} with {starts} are needed"


def why_unknown(throughput: Throughput, found: Recorded | None, number: int, rules: WaitlistRules) -> str:
    """Return why the wait of a class is not known; empty where it is."""
    if found is None:
        return throughput.sentence
    if found.knows(number):
        return ""
    return (
        f"How many come before is not known: of {throughput.referrals} recorded referrals the class of "
        f"{throughput.triaged} is known; {rules.least_referrals} in {rules.least_weeks} weeks are needed."
    )
