"""The problem as numbers and arrays: what encoders read."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from safeschedule.model.interrupting import InterruptedWorkError, Over, never
from safeschedule.model.team_time import Bools, Ints, TeamTime
from safeschedule.problem import Client, Flag, Group, Intensity, Problem, Request, SessionType

T = TypeVar("T")


class Index(TeamTime):
    """A problem, indexed: its time (see `TeamTime`), and what is asked for.

    Parameters
    ----------
    problem
        A problem without faults.
    pools
        Codes of requests that stand for those of many clients, in relaxations: rules of single clients say
        nothing of their sessions.
    over
        Asked as candidates and models are made of the problem: whether to end in the middle of it, by
        `InterruptedWorkError`.
    """

    def __init__(self, problem: Problem, pools: Collection[str] = (), over: Over = never) -> None:
        super().__init__(problem)
        self.over = over
        self._pools = frozenset(pools)
        self._made: dict[tuple[str, int], tuple[object, Any]] = {}
        self.settings = problem.rulebook.settings()
        self.clients = problem.clients
        self.requests = problem.requests
        self.client_number = {c.id: n for n, c in enumerate(problem.clients)}
        self.request_number = {r.id: n for n, r in enumerate(problem.requests)}
        self.groups = problem.groups
        self.group_number = {g.id: n for n, g in enumerate(problem.groups)}
        self.types = problem.by_code.session_types
        self.bands = problem.by_code.bands

    def once(self, name: str, make: Callable[[], T], of: object = None) -> T:
        """Return what `make` gives; it is called once for each name and object (such as a setting)."""
        key = (name, id(of))
        if key not in self._made:
            # The object is kept, so that no other one gets its identity.
            self._made[key] = (of, make())
        found: T = self._made[key][1]
        return found

    def ask(self) -> None:
        """Raise `InterruptedWorkError` if whoever works with the index is to end."""
        if self.over():
            raise InterruptedWorkError

    def until(self, over: Over) -> Index:
        """Return the same index for work that has another end."""
        same = copy.copy(self)
        same.over = over
        return same

    @property
    def portable(self) -> Index:
        """The same index, to be sent to another process: what is known by an object's identity stays here."""
        same = self.patient
        same._made = {}
        return same

    @property
    def patient(self) -> Index:
        """The same index for work that must come to its end, such as that on the schedule that is kept."""
        return self.until(never)

    # Requests, and after them the groups: arrays "by request" have an entry for each of both.

    @cached_property
    def counts(self) -> Ints:
        """How many sessions each request asks for, and each group has at most."""
        most = [request.count for request in self.requests] + [group.sessions for group in self.groups]
        return np.array(most, dtype=np.int64)

    @cached_property
    def items(self) -> Ints:
        """The number of what is asked for: of the group where a request asks for one, else its own."""
        found = np.arange(len(self.requests) + len(self.groups))
        for number, request in enumerate(self.requests):
            if request.group is not None:
                found[number] = len(self.requests) + self.group_number[request.group]
        return found

    @cached_property
    def of_groups(self) -> Bools:
        """Whether each request is one for a group's sessions, or a group itself."""
        found: Bools = self.items >= len(self.requests)
        return found

    @cached_property
    def pools(self) -> Bools:
        """Whether each request stands for those of many clients."""
        many = [request.id in self._pools for request in self.requests] + [False] * len(self.groups)
        return np.array(many, dtype=bool)

    @property
    def asked(self) -> tuple[Request | Group, ...]:
        """Requests and groups, in the order of their numbers."""
        return (*self.requests, *self.groups)

    @cached_property
    def request_types(self) -> tuple[SessionType, ...]:
        """The session type of each request and group."""
        return tuple(self.types[entry.session_type] for entry in self.asked)

    @cached_property
    def request_client(self) -> Ints:
        """The client's number of each request, -1 for groups."""
        clients = [self.client_number[r.client] for r in self.requests] + [-1] * len(self.groups)
        return np.array(clients, dtype=np.int64)

    @property
    def asking_client(self) -> Ints:
        """The client's number of each request, groups left out."""
        return self.request_client[: len(self.requests)]

    @cached_property
    def request_minutes(self) -> Ints:
        """The length of each request's and group's sessions."""
        return np.array([t.minutes for t in self.request_types], dtype=np.int64)

    @cached_property
    def request_high(self) -> Bools:
        """Whether each request's and group's sessions are of high intensity, by type or by clients' flags.

        What flags do is said by parameters of the rule daily_intensity, whether or not it is on.
        """
        exempt = self.problem.rulebook.setting("daily_intensity").names("exempt")
        heavy = np.array([t.intensity is Intensity.HIGH for t in self.request_types], dtype=bool)
        raisable = np.array([t.kind not in exempt for t in self.request_types], dtype=bool)
        found: Bools = heavy | (raisable & self._flagged)
        return found

    @cached_property
    def _flagged(self) -> Bools:
        """Whether a client of each request carries a raising flag; of a group, any client who asks for it."""
        own = np.array([bool(flags) for flags in self.raising_flags], dtype=bool)[self.asking_client]
        found = np.zeros(len(self.asked), dtype=bool)
        np.logical_or.at(found, self.items[: len(own)], own)
        return found[self.items]

    @cached_property
    def raising_flags(self) -> tuple[tuple[Flag, ...], ...]:
        """Those flags of each client with which sessions are of high intensity."""
        names = self.problem.rulebook.setting("daily_intensity").names("flags")
        return tuple(tuple(sorted({f for f in c.flags if f in names})) for c in self.clients)

    def of_kind(self, *kinds: str) -> Bools:
        """Return for each request and group whether its type is of one of the kinds."""
        return np.array([t.kind in kinds for t in self.request_types], dtype=bool)

    @cached_property
    def panels(self) -> tuple[tuple[Client, ...], ...]:
        """The clients of each clinician's own caseload."""
        found: list[list[Client]] = [[] for _ in self.clinicians]
        for client in self.clients:
            if client.clinician is not None:
                found[self.clinician_number[client.clinician]].append(client)
        return tuple(tuple(panel) for panel in found)


__all__ = ["Bools", "Index", "Ints"]
