"""Who comes from the waitlist in a week: allocated before it is planned, and routed into it afterwards."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from safeschedule.caseload.panels.exceptions import closed_by
from safeschedule.caseload.panels.expected import ExpectedReferral
from safeschedule.caseload.waitlist.targets import target_of
from safeschedule.caseload.waitlist.triage import Triage
from safeschedule.ledger import LedgerView
from safeschedule.problem import Client, Problem, Request
from safeschedule.routing import allocate_intakes, route_intake
from safeschedule.routing.allocating import IntakeAllocation, first_requests
from safeschedule.routing.referred import first_session
from safeschedule.schedule import Schedule, following, stated
from safeschedule.schedule.serving import served


@dataclass(frozen=True)
class Allocated:
    """A week that is to be planned, with the clients of the waitlist who are allocated.

    Parameters
    ----------
    full
        The week in which everybody who waits asks for a first session of anybody.
    asked
        The one that is planned: whoever is allocated asks for the clinician, and whom nobody can take asks
        for nothing.
    allocation
        Who goes to whom; ``None``: intakes are left to the plan.
    """

    full: Problem
    asked: Problem
    allocation: IntakeAllocation | None


@dataclass(frozen=True)
class Routed:
    """A planned week with those who were routed into it afterwards.

    Parameters
    ----------
    problem, schedule
        The week.
    clients
        Who found a place, in that order.
    new
        Who of them came while the week was under way: clients and their requests.
    """

    problem: Problem
    schedule: Schedule
    clients: tuple[str, ...] = ()
    new: tuple[tuple[Client, Request], ...] = ()


@dataclass
class Intakes:
    """The intakes of a roll.

    Parameters
    ----------
    triage
        The class of each client, settled when the client comes: what is asked for week after week rises in
        priority, and would make everybody urgent.
    """

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, triage: Triage, client: Client) -> int:
        """Return the class of a client, as it was when the client came."""
        return self.numbers.setdefault(client.id, triage.number(client))

    def order(self, problem: Problem, triage: Triage) -> list[str]:
        """Return who waits, the first to be taken first."""

        def place(client: Client) -> tuple[int, bool, date, str]:
            return (self.number(triage, client), *triage.order(client)[1:])

        waiting = [client for client in problem.clients if client.clinician is None]
        return [client.id for client in sorted(waiting, key=place)]

    def allocate(self, full: Problem, triage: Triage, view: LedgerView | None) -> Allocated:
        """Return the week as it is to be planned."""
        asked = first_requests(full)
        clients = [code for code in self.order(full, triage) if code in asked]
        found = allocate_intakes(full, clients, ledger=view)
        takes = {each.client: each.clinician for each in found.taken}
        requests = tuple(_allocated(full, takes, asked))
        return Allocated(full, full.model_copy(update={"requests": requests}), found)

    def route(
        self,
        week: Allocated,
        schedule: Schedule,
        triage: Triage,
        coming: Iterable[ExpectedReferral],
        view: LedgerView | None,
        stop: threading.Event,
    ) -> Routed:
        """Route into a planned week whom it has left out, to anybody, and who is urgent and comes in it."""
        if week.allocation is None:
            return Routed(week.asked, schedule)
        routing = _Routing(week.asked, schedule, view, stop)
        original = {request.id: request for request in week.full.requests}
        met = served(week.asked, schedule)
        for each in week.allocation.taken:
            own = [r for r in week.asked.requests if r.client == each.client and r.group is None]
            if own and not any(met[request.id] for request in own):
                routing.take_left_out(each.client, original[own[0].id])
        for referral in coming:
            if _due_inside(referral, triage, self.number(triage, referral.client), week.full):
                routing.take_new(referral)
        return routing.done()


def _allocated(
    full: Problem, takes: Mapping[str, str], asked: Mapping[str, Sequence[Request]]
) -> Iterator[Request]:
    """Yield the requests of a week in which those who are allocated ask for their clinicians."""
    for request in full.requests:
        if request.client not in asked or request.group is not None:
            yield request
        elif request.client in takes:
            yield request.model_copy(update={"clinician": takes[request.client]})


def _due_inside(referral: ExpectedReferral, triage: Triage, number: int, problem: Problem) -> bool:
    """Return whether somebody who comes in a week is to be seen in it, by the target of the class."""
    days = triage.classes[number].target_days
    due = target_of(referral.on, days, sorted(problem.closed_dates))
    return due < problem.week_start + timedelta(weeks=1)


class _Routing:
    """A planned week while clients are routed into it, one after the other."""

    def __init__(
        self, problem: Problem, schedule: Schedule, view: LedgerView | None, stop: threading.Event
    ) -> None:
        self._problem, self._planned, self._schedule = problem, schedule, schedule
        self._view, self._stop = view, stop
        self._clients: list[str] = []
        self._new: list[tuple[Client, Request]] = []

    def take_left_out(self, code: str, request: Request) -> None:
        """Look for a slot with anybody for somebody whose clinician has none."""
        others = (request if each.id == request.id else each for each in self._problem.requests)
        open_to_all = self._problem.model_copy(update={"requests": tuple(others)})
        self._take(open_to_all, code, request)

    def take_new(self, referral: ExpectedReferral) -> None:
        """Look for a slot for somebody who comes in the week, from that date on."""
        client = referral.client.model_copy(
            update={"waiting_since": referral.client.waiting_since or referral.on}
        )
        request = referral.request or first_session(self._problem, client.id)
        asked = request.model_copy(update={"earliest": max(referral.on, request.earliest or referral.on)})
        if self._take(self._problem, client, asked):
            self._new.append((client, asked))

    def _take(self, problem: Problem, client: Client | str, request: Request) -> bool:
        if self._stop.is_set():
            return False
        found = route_intake(
            problem,
            self._schedule,
            client,
            request,
            1,
            weeks=1,
            ledger=self._view,
            prove=False,
            stop=self._stop,
        )
        if not found.proposals:
            return False
        self._problem, self._schedule = found.problem, found.proposals[0].schedule
        self._clients.append(found.client)
        return True

    def done(self) -> Routed:
        """Return the week; its schedule says that it was changed since it was planned."""
        if not self._clients:
            return Routed(self._problem, self._planned)
        made = stated("roll", self._problem, following(self._schedule, self._planned), verified=True)
        return Routed(self._problem, made, tuple(self._clients), tuple(self._new))


def restricted_taker(problem: Problem, schedule: Schedule, view: LedgerView | None) -> str | None:
    """Return somebody to whom a new client comes in a schedule although leadership has closed the intakes."""
    waiting = {client.id for client in problem.clients if client.clinician is None}
    for held in schedule.appointments:
        if held.group is None and waiting & set(held.clients):
            for code in held.clinicians:
                if closed_by(view, code, problem.week_start) is not None:
                    return code
    return None
