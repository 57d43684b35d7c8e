"""Triage: to which class somebody who waits belongs, and in which order they come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from safeschedule.caseload.waitlist.rules import TriageClass, WaitlistRules
from safeschedule.problem import Client, Flag, Kind, Problem

URGENT, SOON, ROUTINE = "urgent", "soon", "routine"


def classes_of(problem: Problem, rules: WaitlistRules) -> tuple[TriageClass, ...]:
    """Return the classes of a service, or those that the rulebook suggests.

    What is urgent stands in the rule ``urgent_access`` already: priority, rank and kinds are its parameters.
    The target days of the first and the last class are common ones (one working day, ten); the middle is an
    assumption.
    """
    if rules.classes:
        return rules.classes
    urgent = problem.rulebook.setting("urgent_access")
    priority, rank = urgent.whole("priority"), urgent.whole("rank")
    return (
        TriageClass(
            id=URGENT,
            target_days=1,
            priority=priority if priority <= 5 else None,
            rank=rank if rank <= 9 else None,
            flags=(Flag.CRISIS_RISK,),
            kinds=tuple(map(Kind, urgent.names("kinds"))),
        ),
        TriageClass(
            id=SOON, target_days=5, high_acuity=True, flags=(Flag.SAFETY_PLANNING, Flag.VOLATILE), priority=4
        ),
        TriageClass(id=ROUTINE, target_days=10),
    )


class Triage:
    """The classes of one problem's clients.

    Parameters
    ----------
    problem
        With the bands and requests by which clients are judged.
    classes
        The most urgent first; the last takes everybody else.
    """

    def __init__(self, problem: Problem, classes: Sequence[TriageClass]) -> None:
        self.classes = tuple(classes)
        self._number = {each.id: number for number, each in enumerate(self.classes)}
        self._bands = problem.by_code.bands
        kinds = {each.id: each.kind for each in problem.session_types}
        self._priority: dict[str, int] = {}
        self._kinds: dict[str, set[Kind]] = {}
        for request in problem.requests:
            code = request.client
            self._priority[code] = max(request.priority, self._priority.get(code, 0))
            self._kinds.setdefault(code, set()).add(kinds[request.session_type])

    def number(self, client: Client) -> int:
        """Return the place of a client's class among the classes; 0 is the most urgent."""
        last = len(self.classes) - 1
        return next((n for n, each in enumerate(self.classes) if self._meets(each, client)), last)

    def number_of(self, name: str) -> int | None:
        """Return the place of a class by its code; ``None``: there is none of that code."""
        return self._number.get(name)

    def order(self, client: Client) -> tuple[int, bool, date, str]:
        """Return by what the list is sorted: class, since when the client waits, code."""
        since = client.waiting_since
        return self.number(client), since is None, since or date.max, client.id

    def _meets(self, wanted: TriageClass, client: Client) -> bool:
        band = self._bands[client.band]
        return (
            (wanted.rank is not None and band.rank >= wanted.rank)
            or (wanted.high_acuity and band.high_acuity)
            or not set(wanted.flags).isdisjoint(client.flags)
            or (wanted.priority is not None and self._priority.get(client.id, 0) >= wanted.priority)
            or not self._kinds.get(client.id, set()).isdisjoint(wanted.kinds)
        )
