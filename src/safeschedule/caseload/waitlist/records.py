"""What recorded weeks say of the ways in, and in words what they do not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from safeschedule.actuals import Actuals, Referral
from safeschedule.caseload.panels.expected import ExpectedChanges
from safeschedule.caseload.waitlist.answers import Throughput, ThroughputBasis
from safeschedule.caseload.waitlist.courses import WEEKS, Recorded, weekdays_of
from safeschedule.caseload.waitlist.rules import WaitlistRules
from safeschedule.caseload.waitlist.staffing import Staffing
from safeschedule.caseload.waitlist.triage import Triage
from safeschedule.problem import Problem
from safeschedule.verifier import wording

LATEST = 52
"""So many weeks count, the latest ones: an older service was another one."""

_NOTABLE, _SURE = 0.02, 0.9
"""Changes of staff, and the certainty of a trend, from which on they are told."""

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
    expected: ExpectedChanges,
) -> tuple[Recorded | None, Throughput]:
    """Return what waits are drawn from, ``None`` where that is too little, and the same for people."""
    start = problem.week_start
    past = sorted((w for w in actuals if w.week_start < start), key=lambda w: w.week_start)[-LATEST:]
    basis, starts, dates, weeks_of_starts = _starts(past, simulated, rules)
    staffing = Staffing(problem, past, expected)
    ahead = staffing.parts([start + timedelta(weeks=number) for number in range(WEEKS)])
    weeks = [week.referrals for week in past if week.referrals is not None]
    referred = [referral for week in weeks for referral in week]
    known = Counter(
        number for number in (_number(problem, triage, each) for each in referred) if number is not None
    )
    triaged = [known[number] for number in range(len(triage.classes))]
    enough = len(starts) >= rules.least_weeks and sum(starts) >= rules.least_starts
    classes = len(weeks) >= rules.least_weeks and sum(triaged) >= rules.least_referrals
    referrals = [len(week) for week in weeks] if classes else []
    found = Recorded(
        starts,
        weekdays_of(dates, start),
        referrals,
        triaged if classes else [],
        staffing.parts(weeks_of_starts),
        () if simulated else ahead,
    )
    told = Throughput(
        basis=basis,
        weeks=len(starts),
        starts=sum(starts),
        referrals=len(referred),
        triaged=sum(triaged),
        sentence=" ".join([_sentence(basis, starts, enough, rules), *(_changes(found) if enough else ())]),
    )
    return found if enough else None, told


def _starts(
    past: Sequence[Actuals], simulated: Sequence[int], rules: WaitlistRules
) -> tuple[ThroughputBasis | None, list[int], list[date], list[date]]:
    """Return weekly starts, from what says most of them, on which dates they were, and of which weeks."""
    if simulated:
        return ThroughputBasis.SIMULATED, list(simulated), [], []
    first = [(week.week_start, week.first_contacts) for week in past if week.first_contacts is not None]
    left = [(week.week_start, week.discharges) for week in past if week.discharges is not None]
    if first and (len(first) >= rules.least_weeks or len(first) >= len(left)):
        dates = [contact.on for _, week in first for contact in week]
        counts = [len(week) for _, week in first]
        return ThroughputBasis.FIRST_CONTACTS, counts, dates, [monday for monday, _ in first]
    if left:
        counts, weeks = [len(week) for _, week in left], [monday for monday, _ in left]
        return ThroughputBasis.DISCHARGES, counts, [], weeks
    return None, [], [], []


def _changes(found: Recorded) -> Iterator[str]:
    """Yield what goes into the waits beside the numbers: known changes of staff, and a trend of referrals."""
    ahead = list(found.staff_ahead) or [1.0]
    lowest, highest = min(ahead), max(ahead)
    if lowest < 1 - _NOTABLE:
        yield f"At the least {100 * lowest:.0f} % of today's staff will be there, by leave and leavers known."
    if highest > 1 + _NOTABLE:
        yield f"At the most {100 * highest:.0f} % of today's staff will be there, by starts known."
    if found.referrals:
        growth, sure = found.of_referrals().growth
        if sure >= _SURE:
            word = "rise" if growth > 0 else "fall"
            yield f"Referrals {word} by about {100 * abs(growth):.1f} % a week."


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
