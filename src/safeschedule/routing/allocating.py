"""Who of the waitlist goes to whom before a week is planned: by points, caps, skills and working time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from safeschedule.arguments import Arguments
from safeschedule.caseload.panels import Carried, CaseloadFacts
from safeschedule.caseload.panels.status import require_view
from safeschedule.ledger import LedgerView
from safeschedule.problem import Client, Clinician, Problem, Request
from safeschedule.returned import Returned
from safeschedule.routing.answers import IntakeRefusal
from safeschedule.routing.barring import refusal


@dataclass(frozen=True)
class Allocation(Returned):
    """A client of the waitlist, and the clinician who takes the client as soon as a week has a slot.

    Parameters
    ----------
    client, clinician
        Who comes to whom.
    headroom
        Points that the cap still leaves then; ``None``: no rule sets a cap.
    """

    client: str
    clinician: str
    headroom: Decimal | None


@dataclass(frozen=True)
class Unallocated(Returned):
    """A client of the waitlist whom nobody can take now.

    Parameters
    ----------
    client
        Who waits on.
    refusals
        Why, of each clinician, in the order of the problem.
    """

    client: str
    refusals: tuple[IntakeRefusal, ...]


@dataclass(frozen=True)
class IntakeAllocation(Returned):
    """Who of a waitlist goes to whom.

    Parameters
    ----------
    taken
        In the order of the list.
    waiting
        Whom nobody can take, in the same order.
    """

    taken: tuple[Allocation, ...]
    waiting: tuple[Unallocated, ...]


def allocate_intakes(
    problem: Problem, clients: Sequence[str], *, ledger: LedgerView | None = None
) -> IntakeAllocation:
    """Return who of a waitlist goes to whom, before the week is planned (TC: intake routing by points).

    In the order given, each client goes to the clinician with the largest share of the cap left among those
    who have skills and working time, whose caps of points and of high-acuity clients hold the client beside
    all who came before, and whose intakes nobody has restricted. Those whose week is asked for to its limit
    come after all others. Whether there is a slot, only a schedule tells: `route_intake`, or a planned week.

    Parameters
    ----------
    problem
        The week, with a request for the first session of each client.
    clients
        Codes of clients who wait, the first to be taken first.
    ledger
        What the ledger says on a date; see `ledger_view`.

    Raises
    ------
    ArgumentError
        Somebody named does not wait, or asks for nothing; with all faults.

    Examples
    --------
    >>> from safeschedule import allocate_intakes
    >>> from safeschedule.samples import sample
    >>> team = sample()
    >>> waiting = [client.id for client in team.clients if client.clinician is None]
    >>> found = allocate_intakes(team, waiting)
    >>> len(found.taken) + len(found.waiting) == len(waiting)
    True
    """
    looked = Arguments("allocate_intakes").problem(problem).sequence("clients", clients, str, "a code")
    require_view(looked, ledger)
    looked.done()
    asked = first_requests(problem)
    known = problem.by_code.clients
    for number, code in enumerate(clients):
        if code not in known or known[code].clinician is not None or code not in asked:
            expected = "the code of a client of nobody's caseload, with a request"
            looked.fault("unknown_reference", f"clients[{number}]", code, expected)
    looked.done()
    return _Allocating(CaseloadFacts(problem), asked, ledger).all(clients)


def first_requests(problem: Problem) -> Mapping[str, tuple[Request, ...]]:
    """Return what those who wait ask for by themselves, by client; groups' sessions are left out."""
    waiting = {client.id for client in problem.clients if client.clinician is None}
    found: dict[str, tuple[Request, ...]] = {}
    for request in problem.requests:
        if request.client in waiting and request.group is None:
            found[request.client] = (*found.get(request.client, ()), request)
    return found


class _Allocating:
    """The caseloads while clients are added to them."""

    def __init__(
        self, facts: CaseloadFacts, asked: Mapping[str, tuple[Request, ...]], ledger: LedgerView | None
    ) -> None:
        self.facts, self.asked, self.ledger = facts, asked, ledger
        self.carried: dict[str, Carried] = dict(facts.carried)

    def all(self, clients: Sequence[str]) -> IntakeAllocation:
        taken: list[Allocation] = []
        waiting: list[Unallocated] = []
        for code in clients:
            client = self.facts.problem.by_code.clients[code]
            refusals = {p.id: self._refusal(p, client) for p in self.facts.problem.clinicians}
            able = [who for who, against in refusals.items() if against is None]
            if able:
                taken.append(self._take(client, min(able, key=self._order)))
            else:
                against = tuple(each for each in refusals.values() if each is not None)
                waiting.append(Unallocated(code, against))
        return IntakeAllocation(tuple(taken), tuple(waiting))

    def _refusal(self, person: Clinician, client: Client) -> IntakeRefusal | None:
        """Return what stands against somebody, for any of the client's requests."""
        for request in self.asked[client.id]:
            if request.clinician not in (None, person.id):
                sentence = f"{request.clinician} is asked for by name."
                return IntakeRefusal(person.id, ("qualification",), sentence)
            against = refusal(self.facts, person, client, request, self.ledger, self.carried[person.id])
            if against is not None:
                return against
        return None

    def _order(self, code: str) -> tuple[bool, float, str]:
        own = self.carried[code]
        busy = own.limit is not None and own.sessions >= own.limit
        return busy, -share_left(own), code

    def _take(self, client: Client, code: str) -> Allocation:
        own = self.carried[code]
        more = sum(request.count for request in self.asked[client.id])
        new = replace(
            own,
            clients=(*own.clients, client.id),
            points=own.points + self.facts.weight([client.id]),
            high=own.high + self.facts.is_high(client.id),
            sessions=own.sessions + more,
        )
        self.carried[code] = new
        left = None if new.cap is None else Decimal(new.cap - new.points) / 100
        return Allocation(client.id, code, left)


def share_left(carried: Carried) -> float:
    """Return which share of the cap of points somebody has left; of no cap, all of it."""
    return 1.0 if carried.cap is None else 1 - carried.points / max(1, carried.cap)
