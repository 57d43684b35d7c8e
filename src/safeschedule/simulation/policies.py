"""Policies: what a team does differently, as plug-ins behind a small protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from safeschedule.problem import Problem
from safeschedule.scenarios import Scenario


@runtime_checkable
class Policy(Protocol):
    """What a simulation asks of a policy, which travels to other processes.

    Examples
    --------
    >>> from safeschedule import Policy, SimulationPolicy
    >>> isinstance(SimulationPolicy("as now"), Policy)
    True
    """

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    def begin(self, problem: Problem) -> Problem:
        """Return the first week under the policy: other rules, caps, reserves, groups, staff."""
        ...

    def week(self, problem: Problem, number: int) -> Problem:
        """Return a week under the policy, before anybody is allocated; its number counts from 1."""
        ...

    def order(self, problem: Problem, waiting: Sequence[str]) -> Sequence[str]:
        """Return who of the waitlist is offered to clinicians, the first to be taken first.

        By itself the list is in the order of triage classes, then of waiting times. Whom it leaves out waits.
        """
        ...

    def told(self) -> dict[str, Any]:
        """Return all that decides what it does, as plain data."""
        ...


class Routing(StrEnum):
    """In which order those who wait are offered: by triage class, or whoever has waited longest."""

    TRIAGE = "triage"
    LONGEST = "longest"


@dataclass(frozen=True)
class SimulationPolicy:
    """A policy made of the changes of a scenario and an order of the waitlist.

    Parameters
    ----------
    name
        What it is called.
    scenario
        Changes of the first week that stay: rules, caps, the reserve of urgent capacity, groups, staff.
    routing
        In which order those who wait are offered.
    most_intakes
        How many new clients are offered a week at most; ``None``: all.

    Examples
    --------
    >>> from safeschedule import Scenario, SimulationPolicy
    >>> SimulationPolicy("lower caps", Scenario("lower caps", caps=0.9)).told()["routing"]
    'triage'
    """

    name: str
    scenario: Scenario = field(default_factory=lambda: Scenario("as it is"))
    routing: Routing = Routing.TRIAGE
    most_intakes: int | None = None

    def begin(self, problem: Problem) -> Problem:
        """Return the first week with the changes of the scenario."""
        return self.scenario.apply(problem)

    def week(self, problem: Problem, number: int) -> Problem:  # noqa: ARG002 - the protocol has it
        """Return the week as it is: the changes of the first week stay."""
        return problem

    def order(self, problem: Problem, waiting: Sequence[str]) -> Sequence[str]:
        """Return the waitlist by the routing rule, cut to the most that are offered."""
        codes = list(waiting)
        if self.routing is Routing.LONGEST:
            since = {client.id: client.waiting_since or date.max for client in problem.clients}
            codes.sort(key=lambda code: (since[code], code))
        return codes[: self.most_intakes]

    def told(self) -> dict[str, Any]:
        """Return the changes, the routing rule, and how many are offered."""
        changes = self.scenario.to_dict()["changes"]
        return {"changes": changes, "routing": str(self.routing), "most_intakes": self.most_intakes}
