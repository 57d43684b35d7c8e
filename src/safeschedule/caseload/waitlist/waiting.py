"""The waitlist: who waits, in which order, and an honest range of how long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from safeschedule.actuals import Actuals
from safeschedule.arguments import Arguments
from safeschedule.caseload.contacts import last_contacts
from safeschedule.caseload.groups.seats import seats_of
from safeschedule.caseload.panels.expected import ExpectedChanges, expected_faults
from safeschedule.caseload.panels.facts import CaseloadFacts
from safeschedule.caseload.waitlist.answers import (
    TriageRow,
    WaitingClient,
    Waitlist,
    WaitOption,
    WaitRange,
    range_of,
)
from safeschedule.caseload.waitlist.courses import Courses
from safeschedule.caseload.waitlist.records import recorded, why_unknown
from safeschedule.caseload.waitlist.rules import WaitlistRules, rules_faults
from safeschedule.caseload.waitlist.targets import target_of, working_days
from safeschedule.caseload.waitlist.triage import Triage, classes_of
from safeschedule.errors import ArgumentError, Fault
from safeschedule.problem import Client, Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier import wording


def waitlist(
    problem: Problem,
    schedule: Schedule | None = None,
    *,
    actuals: Sequence[Actuals] = (),
    rules: WaitlistRules | None = None,
    expected: ExpectedChanges | None = None,
    simulated: Sequence[int] = (),
    seed: int = 0,
) -> Waitlist:
    """Return who waits, the most urgent first, and an honest range of each wait (TC: waitlist policy).

    On the list are clients of nobody's caseload. The order is by triage class and then by the date since when
    they wait; later referrals of a more urgent class come before. Without classes of the service these are
    ``urgent`` (one working day: what the rule ``urgent_access`` calls urgent by priority, rank and kind, and
    clients with the flag ``crisis_risk``), ``soon`` (5: high-acuity bands, priority 4 and more, the flags
    ``safety_planning`` and ``volatile``) and ``routine`` (10).

    The ranges are predictive ones: many courses of the weeks ahead are drawn, with starts and referrals as
    recorded weeks have them, and with what so few weeks leave open of their rate and their spread (Gelman et
    al., Bayesian Data Analysis, 3rd ed. 2013). 50 % and 90 % of the courses lie inside. A trend of referrals
    goes on for a while where the records tell of one; starts are as many for each who is there as they were,
    so that recorded changes of staff, leave of 15 days or more, and who is known to start or to leave count.
    That all else goes on as it was is assumed. Below the least data of the rules the wait is not known, and
    it says why.

    Parameters
    ----------
    problem
        The week; waits are told from its first date.
    schedule
        Its schedule: who has a first session in it does not wait any more.
    actuals
        Past weeks; the latest 52 before the problem's week count.
    rules
        Of the service; ``None``: the defaults.
    expected
        What is known of the weeks ahead: who starts and who leaves.
    simulated
        Weekly numbers of starts from a simulation, instead of the recorded ones.
    seed
        Of the drawn courses.

    Raises
    ------
    ArgumentError
        An argument makes no sense, a week is there twice, or rules contradict themselves; with all faults.

    Examples
    --------
    >>> from safeschedule import waitlist
    >>> from safeschedule.samples import generate_actuals, sample
    >>> team = sample()
    >>> found = waitlist(team, actuals=generate_actuals(team, seed=1, weeks=13))
    >>> found.clients[0].place, found.clients[0].range.share
    (1, 90)
    >>> waitlist(team).clients[0].range is None
    True
    """
    own = _looked_at(problem, schedule, actuals, rules, expected, simulated, seed)
    known = ExpectedChanges() if expected is None else expected
    triage = Triage(problem, classes_of(problem, own))
    waiting = sorted(CaseloadFacts(problem, schedule).waiting, key=triage.order)
    found, throughput = recorded(problem, actuals, simulated, own, triage, known)
    courses = None if found is None else Courses(found, problem.week_start, seed)
    about = _About(problem, schedule, own, triage)
    clients = []
    for ahead, client in enumerate(waiting):
        number = triage.number(client)
        why = why_unknown(throughput, found, number, own)
        ranges: list[WaitRange] = []
        if courses is not None and not why:
            ranges = [
                range_of(share, problem.week_start, *ends) for share, *ends in courses.ranges(number, ahead)
            ]
        clients.append(about.entry(client, ahead + 1, ranges, why))
    rows = tuple(
        TriageRow(
            each.id,
            each.target_days,
            sum(client.triage == each.id for client in clients),
            sum(client.triage == each.id and client.overdue > 0 for client in clients),
        )
        for each in triage.classes
    )
    return Waitlist(problem.week_start, rows, throughput, tuple(clients))


def _looked_at(
    problem: object,
    schedule: object,
    actuals: object,
    rules: object,
    expected: object,
    simulated: object,
    seed: object,
) -> WaitlistRules:
    looked = Arguments("waitlist")
    looked.problem(problem) if schedule is None else looked.week(problem, schedule)
    looked.sequence("actuals", actuals, Actuals, "an Actuals").whole("seed", seed)
    looked.sequence("simulated", simulated, int, "a whole number")
    if rules is not None:
        looked.kind("rules", rules, WaitlistRules, "a WaitlistRules, or None")
    if expected is not None:
        looked.kind("expected", expected, ExpectedChanges, "an ExpectedChanges, or None")
    looked.done()
    own = rules if isinstance(rules, WaitlistRules) else WaitlistRules()
    faults = list(rules_faults(own))
    if isinstance(expected, ExpectedChanges) and isinstance(problem, Problem):
        faults += expected_faults(problem, expected)
    starts = [week.week_start for week in actuals]  # type: ignore[attr-defined]
    twice = sorted({day for day in starts if starts.count(day) > 1})
    faults += [Fault("duplicate", "actuals", str(day), "each week once") for day in twice]
    for number, count in enumerate(simulated):  # type: ignore[arg-type, var-annotated]
        if not 0 <= count <= 10_000:
            faults.append(Fault("out_of_range", f"simulated[{number}]", str(count), "0 to 10000"))
    if faults:
        raise ArgumentError("arguments of waitlist", faults)
    return own


class _About:
    """What is said of each client beside the wait."""

    def __init__(
        self, problem: Problem, schedule: Schedule | None, rules: WaitlistRules, triage: Triage
    ) -> None:
        self.problem, self.rules, self.triage = problem, rules, triage
        self.contacts = last_contacts(problem)
        self.groups = [seats for seats in seats_of(problem, schedule).values() if seats.group.open]
        self.closed = sorted(problem.closed_dates)

    def entry(self, client: Client, place: int, ranges: Sequence[WaitRange], why: str) -> WaitingClient:
        """Return all that is said of a client."""
        today = self.problem.week_start
        triage = self.triage.classes[self.triage.number(client)]
        since = client.waiting_since
        target = None if since is None else target_of(since, triage.target_days, self.closed)
        check_in, until = self._check_in(client), self._information_until(client)
        likely, wide = ranges or (None, None)
        return WaitingClient(
            client=client.id,
            band=client.band,
            triage=triage.id,
            place=place,
            since=since,
            waited=None if since is None else max(0, working_days(since, today, self.closed)),
            target=target,
            overdue=0 if target is None else max(0, working_days(target, today, self.closed)),
            likely=likely,
            range=wide,
            unknown=why,
            check_in=check_in,
            check_in_overdue=check_in is not None and check_in < today,
            information_until=until,
            information_expired=until is not None and until < today,
            options=tuple(self._options(client, triage.id)),
        )

    def _known_since(self, client: Client) -> date | None:
        """Return when the client was heard of last: at the referral, or later."""
        known = [day for day in (client.waiting_since, self.contacts.get(client.id)) if day is not None]
        return max(known, default=None)

    def _check_in(self, client: Client) -> date | None:
        band = self.problem.by_code.bands[client.band]
        own = self.triage.classes[self.triage.number(client)].check_in_days
        risk = band.high_acuity or not set(self.rules.risk_flags).isdisjoint(client.flags)
        days = [each for each in (own, band.contact_days if risk else None) if each is not None]
        if not days:
            return None
        since = self._known_since(client)
        return self.problem.week_start if since is None else since + timedelta(days=min(days))

    def _information_until(self, client: Client) -> date | None:
        since = self._known_since(client)
        days = self.problem.by_code.bands[client.band].review_days
        if client.next_review is not None:
            return client.next_review
        return None if since is None else since + timedelta(days=days)

    def _options(self, client: Client, triage: str) -> Iterator[WaitOption]:
        for seats in self.groups:
            minutes = self.problem.by_code.session_types[seats.group.session_type].minutes
            if seats.free and client.id not in seats.taken and seats.suits(client, minutes):
                yield WaitOption("group", seats.group.id, f"{wording.count(seats.free, 'free seat')}.")
        for option in self.rules.options:
            if not option.classes or triage in option.classes:
                yield WaitOption("other", option.id, option.says)
