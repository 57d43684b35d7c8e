"""Whether somebody may come to a group: the service's criteria, and what the week says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from safeschedule.caseload.groups.answers import GroupReason
from safeschedule.caseload.groups.criteria import GroupCriteria
from safeschedule.caseload.groups.seats import GroupSeats
from safeschedule.problem import Client, Problem
from safeschedule.verifier import wording


class Eligibility:
    """The criteria of one group.

    Parameters
    ----------
    problem
        The week.
    seats
        The group with its seats.
    own
        Its criteria.
    leads
        Who leads it.
    phases
        In which phase clients are, as far as that is said.
    """

    def __init__(
        self,
        problem: Problem,
        seats: GroupSeats,
        own: GroupCriteria,
        leads: Sequence[str],
        phases: Mapping[str, str],
    ) -> None:
        self.seats, self.own, self._phases = seats, own, phases
        kind = problem.by_code.session_types[seats.group.session_type]
        self._minutes = kind.minutes
        self._has = {skill for code in leads for skill in problem.by_code.clinicians[code].skills}
        self._lacking = sorted({*kind.skills, *own.skills} - self._has) if leads else []
        self._asked: dict[str, set[str]] = {}
        for request in problem.requests:
            if request.group is None:
                self._asked.setdefault(request.client, set()).update(request.skills)

    @property
    def largest(self) -> int:
        """Most participants."""
        return self.seats.largest if self.own.largest is None else self.own.largest

    @property
    def free(self) -> int:
        """Seats that nobody has."""
        return max(0, self.largest - len(self.seats.taken))

    def against(self, client: Client) -> Iterator[GroupReason]:
        """Yield what stands against somebody."""
        own, group = self.own, self.seats.group
        if not group.open and not own.admits:
            yield GroupReason("closed", f"{group.id} is closed to others than its members.")
        if own.bands and client.band not in own.bands:
            yield GroupReason("band", f"The band {client.band} is none of {wording.listing(own.bands)}.")
        flags = [flag.value for flag in client.flags if flag in own.without]
        if flags:
            yield GroupReason("flag", f"Excluded by {wording.listing(flags)}.")
        if own.phases:
            phase = self._phases.get(client.id)
            wanted = wording.listing(own.phases)
            if phase is None:
                yield GroupReason("phase", f"The phase is not known; it takes {wanted}.")
            elif phase not in own.phases:
                yield GroupReason("phase", f"The phase {phase} is none of {wanted}.")
        if self._lacking:
            yield GroupReason("skills", f"Nobody who leads it has {wording.listing(self._lacking)}.")
        needed = sorted(self._asked.get(client.id, set()) - self._has)
        if needed:
            yield GroupReason(
                "skills", f"The client needs {wording.listing(needed)}, which nobody there has."
            )
        if not self.seats.suits(client, self._minutes):
            yield GroupReason("time", "The client cannot come at its times.")
        if not self.free:
            yield GroupReason("size", "No seat is free.")
