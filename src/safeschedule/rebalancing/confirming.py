"""Transfers that two people have confirmed, as statements for the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from safeschedule.arguments import Arguments
from safeschedule.errors import ArgumentError, Fault
from safeschedule.ledger import Signatory, Statement, Transferred, basis_of
from safeschedule.problem import Problem
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.rebalancing.answers import TransferSet

_AT = "a time with its zone: datetime(2026, 10, 5, 9, tzinfo=UTC)"


def transfer_statements(
    problem: Problem, decided: TransferSet, at: datetime, by: Signatory, confirmed_by: Signatory, why: str
) -> tuple[Statement, ...]:
    """Return a statement for each transfer of a set, for `Ledger.add`; nothing is written by it.

    Parameters
    ----------
    problem
        The problem before the transfers: its hashes are the basis.
    decided
        One set of `rebalance`.
    at
        When it was decided, with its zone.
    by, confirmed_by
        The two who confirm it; two people.
    why
        The reason, without names.

    Raises
    ------
    InputError
        One person would confirm alone, the set is of another problem, or an argument makes no sense; with
        all faults.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from safeschedule import Signatory, rebalance, transfer_statements
    >>> from safeschedule.samples import sample
    >>> answer = rebalance(sample(), alternatives=0)
    >>> two = Signatory(role="service_lead", code="L1"), Signatory(role="supervisor", code="C01")
    >>> when = datetime(2026, 10, 5, 9, tzinfo=UTC)
    >>> said = transfer_statements(sample(), answer.sets[0], when, *two, "Three are over their caps")
    >>> len(said) == answer.sets[0].moved, said[0].content.kind
    (True, 'transferred')
    """
    looked = Arguments("transfer_statements").problem(problem)
    looked.kind("decided", decided, TransferSet, "a TransferSet of rebalance")
    # Whoever calls may give anything.
    moment: object = at
    first: object = by
    second: object = confirmed_by
    reason: object = why
    looked.kind("at", moment, datetime, _AT)
    if isinstance(moment, datetime) and moment.tzinfo is None:
        looked.fault("without_zone", "at", moment, _AT)
    for name, value in (("by", first), ("confirmed_by", second)):
        looked.kind(name, value, Signatory, "a Signatory")
    if isinstance(first, Signatory) and isinstance(second, Signatory) and first.code == second.code:
        looked.fault("one_person", "confirmed_by", first.code, "somebody else than `by`")
    looked.text("why", why)
    if isinstance(reason, str) and not reason.strip():
        looked.fault("missing_argument", "why", reason, "the reason")
    looked.done()
    faults = list(_strangers(problem, decided))
    if faults:
        raise ArgumentError("arguments of transfer_statements", faults)
    basis = basis_of(problem)
    return tuple(
        Statement(
            at=at,
            by=by,
            why=why,
            basis=basis,
            content=Transferred(
                client=each.client, giver=each.giver, taker=each.taker, confirmed_by=confirmed_by
            ),
        )
        for each in decided.transfers
    )


def _strangers(problem: Problem, decided: TransferSet) -> Iterator[Fault]:
    """Yield what in a set does not fit the problem before its transfers: clients, givers and takers."""
    clients, team = problem.by_code.clients, list(problem.by_code.clinicians)
    seen = Counter[str]()
    for number, each in enumerate(decided.transfers):
        place = f"decided.transfers[{number}]"
        seen[each.client] += 1
        if seen[each.client] == 2:
            yield Fault("duplicate", f"{place}.client", show(each.client), "each client once")
        client = clients.get(each.client)
        if client is None:
            expected = f"the code of a client of the problem{did_you_mean(each.client, list(clients)[:5000])}"
            yield Fault("unknown_reference", f"{place}.client", show(each.client), expected)
        elif client.clinician != each.giver:
            own = "nobody's caseload" if client.clinician is None else f"the caseload of {client.clinician}"
            expected = f"who has {each.client} in this problem: the client is on {own}"
            yield Fault("contradiction", f"{place}.giver", show(each.giver), expected)
        if each.taker not in team:
            expected = f"the code of a clinician of the problem{did_you_mean(each.taker, team)}"
            yield Fault("unknown_reference", f"{place}.taker", show(each.taker), expected)
