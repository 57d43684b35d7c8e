"""Routing of a referral: by points, caps, skills and hours, and by a first session in the real week."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from safeschedule.arguments import Arguments
from safeschedule.caseload.panels import CaseloadFacts, ExpectedChanges
from safeschedule.caseload.panels.exceptions import closed_by
from safeschedule.caseload.panels.expected import expected_faults
from safeschedule.caseload.panels.status import require_view
from safeschedule.errors import ArgumentError
from safeschedule.ledger import LedgerView
from safeschedule.problem import Client, Clinician, Problem, Request
from safeschedule.routing.allocating import share_left
from safeschedule.routing.answers import IntakeProposal, IntakeRefusal, IntakeRouting
from safeschedule.routing.barring import refusal
from safeschedule.routing.instead import instead
from safeschedule.routing.likeness import likeness
from safeschedule.routing.referred import with_referral
from safeschedule.routing.standing_week import week_ahead
from safeschedule.routing.whole_week import LIMIT, Fitting, fits_whole_week
from safeschedule.schedule import Appointment, Schedule
from safeschedule.solving.budget import Budget
from safeschedule.suggesting import suggest
from safeschedule.suggesting.telling import slot
from safeschedule.verifier import wording


def route_intake(
    problem: Problem,
    schedule: Schedule,
    client: Client | str,
    request: Request | None = None,
    n: int = 3,
    *,
    weeks: int = 8,
    expected: ExpectedChanges | None = None,
    ledger: LedgerView | None = None,
    prove: bool = True,
    stop: threading.Event | None = None,
) -> IntakeRouting:
    """Return who can take a new client, ranked; or why nobody can, and from when (TC: intake gating).

    Each clinician is judged by skills, working time and the caps of points and high-acuity clients; whoever
    passes has to have a slot for the first session in the real week, found by `suggest`, in which no other
    appointment moves. Who has the largest share of the cap left comes first. A cap that the rulebook has as a
    soft rule forbids nobody: whoever is over it alone is asked when all others have no slot.

    When nobody has a slot, the whole week is solved with every appointment where it is, so that protected
    blocks of several people may move as well. Only then it is said that nobody can. The weeks ahead are taken
    to be as this one stands, without the clients who are discharged by then; each is looked at in the same
    way, until one has room or is not decided within the limit of its solve.

    Parameters
    ----------
    problem, schedule
        A schedule that keeps the hard rules.
    client
        A new client, or the code of one who waits.
    request
        The first session; ``None``: one of the problem's first session type of the kind intake, in person
        or by telehealth.
    n
        How many proposals, at most.
    weeks
        How many weeks to look at, with this one, when nobody can.
    expected
        Discharges that are agreed.
    ledger
        What the ledger says on a date; see `ledger_view`. Whose intakes leadership has restricted takes
        nobody in weeks that begin on or before the last date of that, neither at once nor in those ahead.
    prove
        Whether to solve the whole week when nobody has a slot. Without that the answer comes sooner, moves no
        block of several people, and proves nothing: neither that nobody can, nor from when somebody can.
    stop
        When set, the search ends soon, with what was found.

    Raises
    ------
    InputError
        The problem has faults, with the client and the request or without; the client is on a caseload.

    Examples
    --------
    >>> from safeschedule import Client, Request, route_intake
    >>> new, first = Client(id="NEW"), Request(id="first", client="NEW", session_type="talk")
    >>> found = route_intake(problem, schedule, new, first, weeks=1)
    >>> {proposal.clinician for proposal in found.proposals} <= {p.id for p in problem.clinicians}
    True
    """
    looked = Arguments("route_intake").week(problem, schedule)
    looked.kind("client", client, (Client, str), "a Client, or the code of one who waits")
    if request is not None:
        looked.kind("request", request, Request, "a Request, or None")
    if expected is not None:
        looked.kind("expected", expected, ExpectedChanges, "an ExpectedChanges, or None")
    looked.whole("n", n, 1, 100).whole("weeks", weeks, 1, 52).flag("prove", prove).watching(None, stop)
    require_view(looked, ledger)
    looked.done()
    known = ExpectedChanges() if expected is None else expected
    faults = list(expected_faults(problem, known))
    if faults:
        raise ArgumentError("expected changes", faults)
    full, asked = with_referral(problem, client, request)
    router = _Router(full, schedule, asked, known, stop or threading.Event(), ledger)
    return router.route(n, weeks, prove=prove)


@dataclass(frozen=True)
class _Ahead:
    """What is known of the weeks ahead.

    Parameters
    ----------
    first
        The first in which somebody can; ``None``: none that was looked at.
    undecided
        Those of which it is not known; later ones are not looked at.
    looked
        How many weeks were looked at, with this one.
    """

    looked: int
    first: date | None = None
    undecided: tuple[date, ...] = ()


@dataclass
class _Router:
    """One referral."""

    problem: Problem
    schedule: Schedule
    request: Request
    known: ExpectedChanges
    stop: threading.Event
    ledger: LedgerView | None = None
    refusals: dict[str, IntakeRefusal] = field(default_factory=dict)
    budget: Budget | None = None

    def __post_init__(self) -> None:
        # Shared with the weeks ahead: an answer does not take longer the further it looks.
        self.budget = self.budget or Budget(None, LIMIT, self.stop)

    @cached_property
    def facts(self) -> CaseloadFacts:
        return CaseloadFacts(self.problem, self.schedule)

    @cached_property
    def client(self) -> Client:
        return self.problem.by_code.clients[self.request.client]

    def route(self, n: int, weeks: int, *, prove: bool) -> IntakeRouting:
        proposals = self._proposals(self._passing(), n)
        if not proposals:
            # What is soft forbids nobody: it only comes last.
            over = [p for p in self._passing(soft=False) if self._is_over(p.id)]
            proposals = self._proposals(over, n)
        nobody, ahead = None, _Ahead(looked=1)
        if not proposals and prove:
            fitting = self._whole_week()
            proposals += self._arranged_anew(fitting)
            nobody = True if fitting.fits is False else None
            ahead = ahead if proposals else self._look_ahead(weeks)
        order = [person.id for person in self.problem.clinicians]
        waiting = [client for client in self.facts.waiting if client.id != self.client.id]
        return IntakeRouting(
            client=self.client.id,
            request=self.request.id,
            points=Decimal(self.facts.weight([self.client.id])) / 100,
            problem=self.problem,
            proposals=tuple(proposals),
            refusals=tuple(self.refusals[code] for code in order if code in self.refusals),
            nobody=nobody,
            first_week=ahead.first,
            undecided=() if proposals else (*([] if nobody else [self.problem.week_start]), *ahead.undecided),
            weeks=ahead.looked,
            instead=()
            if proposals
            else tuple(instead(self.problem, self.schedule, self.client, len(waiting), self._closed)),
        )

    def _proposals(self, people: Sequence[Clinician], n: int) -> list[IntakeProposal]:
        """Return the proposals of some clinicians, those with the largest share of the cap left first."""
        found: list[IntakeProposal] = []
        for person in sorted(people, key=self._order):
            if len(found) >= n or self.stop.is_set():
                break
            proposal = self._proposal(person)
            if proposal is not None:
                found.append(proposal)
                self.refusals.pop(person.id, None)
        return found

    def _is_over(self, code: str) -> bool:
        """Return whether somebody was refused by a soft cap alone."""
        against = self.refusals.get(code)
        return against is not None and set(against.rules) <= {"caseload_cap", "high_acuity_cap"}

    def _order(self, person: Clinician) -> tuple[float, str]:
        return -share_left(self.facts.carried[person.id]), person.id

    def _proposal(self, person: Clinician) -> IntakeProposal | None:
        """Return the proposal with somebody's best slot; note why there is none."""
        asked = self.request.model_copy(update={"clinician": person.id})
        others = tuple(each for each in self.problem.requests if each.id != asked.id)
        found = suggest(
            self.problem.model_copy(update={"requests": (*others, asked)}),
            self.schedule,
            asked.id,
            1,
            stop=self.stop,
        )
        if not found.slots:
            self.refusals[person.id] = IntakeRefusal(person.id, found.rules, f"No slot. {found.reason}")
            return None
        best = found.slots[0]
        changes = [*best.marks, *best.effects.sentences()]
        return self._proposed(person.id, best.appointment, best.schedule, changes)

    def _proposed(
        self, code: str, given: Appointment, schedule: Schedule, changes: list[str]
    ) -> IntakeProposal:
        carried, weight = self.facts.carried[code], self.facts.weight([self.client.id])
        left = None if carried.cap is None else carried.cap - carried.points - weight
        told = "no cap on points"
        if carried.cap is not None and left is not None:
            before, cap = wording.points(carried.points), wording.points(carried.cap)
            told = f"carries {before} points of {cap}; {wording.points(left)} are left with the client"
            if left < 0:
                over = wording.points(-left)
                told = f"carries {before} points of {cap}; {over} over the cap with the client, which is soft"
        return IntakeProposal(
            clinician=code,
            headroom=None if left is None else Decimal(left) / 100,
            appointment=given,
            schedule=schedule,
            reasons=(f"{told}.", f"First session: {slot(given)}.", *changes),
        )

    def _whole_week(self) -> Fitting:
        if self.stop.is_set():
            return Fitting(None)
        # Skills, leave and caps are hard rules to the solver as well: where nobody passes, nobody fits.
        if not self._passing(soft=False):
            return Fitting(False)
        return fits_whole_week(
            self.problem, self.schedule, self.request, self.stop, self._closed, self.budget
        )

    def _passing(self, *, soft: bool = True) -> list[Clinician]:
        """Return those against whom nothing speaks but perhaps the schedule; note why of the others.

        Caps that are soft in the rulebook speak against somebody unless `soft` is off.
        """
        named = self.request.clinician
        passing = []
        for person in self.problem.clinicians:
            against = refusal(self.facts, person, self.client, self.request, self.ledger, soft=soft)
            if against is not None:
                self.refusals.setdefault(person.id, against)
            elif named is None or named == person.id:
                passing.append(person)
        return passing

    @property
    def _closed(self) -> frozenset[str]:
        """The clinicians whose intakes are restricted in the week."""
        first = self.problem.week_start
        people = (person.id for person in self.problem.clinicians)
        return frozenset(code for code in people if closed_by(self.ledger, code, first) is not None)

    def _arranged_anew(self, fitting: Fitting) -> Iterator[IntakeProposal]:
        if fitting.schedule is not None:
            (given,) = (a for a in fitting.schedule.appointments if a.request == self.request.id)
            changes = ["Protected blocks of the team are arranged anew; every other appointment stays."]
            self.refusals.pop(given.clinicians[0], None)
            yield self._proposed(given.clinicians[0], given, fitting.schedule, changes)

    def _look_ahead(self, weeks: int) -> _Ahead:
        """Return the first week ahead in which somebody can take the client, and which are not decided."""
        before: tuple[object, ...] | None = None
        for number in range(1, weeks):
            router = self._ahead(number)
            alike = (*likeness(router.problem, router.schedule), router._closed)
            if alike == before:
                continue  # as the week before it, in which nobody can
            before = alike
            fits, monday = router._whole_week().fits, router.problem.week_start
            if fits is None:
                return _Ahead(undecided=(monday,), looked=number + 1)
            if fits:
                return _Ahead(first=monday, looked=number + 1)
        return _Ahead(looked=weeks)

    def _ahead(self, number: int) -> _Router:
        """Return the same referral in a week ahead."""
        first = self.problem.week_start
        gone = [each.client for each in self.known.discharges if (each.on - first).days <= 7 * number]
        problem, schedule = week_ahead(self.problem, self.schedule, number, gone)
        asked = problem.by_code.requests[self.request.id]
        return _Router(problem, schedule, asked, self.known, self.stop, self.ledger, budget=self.budget)
