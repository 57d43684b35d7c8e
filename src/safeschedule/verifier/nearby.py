"""What is near some activities of a schedule: everything with the same people and things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass

from safeschedule.problem import PastAppointment, Problem, Request
from safeschedule.schedule import Appointment, Block, Schedule

Given = Appointment | Block
Tag = tuple[str, str]
"""What activities have in common: a role (clinician, client, attendant, room, request, group) and a code."""


@dataclass(frozen=True)
class Vicinity:
    """What is left of a week when only what is near some activities is looked at.

    Parameters
    ----------
    problem
        The same one, with as much of the history as is looked at.
    schedule
        The activities that are near.
    clinicians, clients, requests
        Whom to go through; they include everybody who is in the schedule.
    """

    problem: Problem
    schedule: Schedule
    clinicians: tuple[str, ...]
    clients: tuple[str, ...]
    requests: tuple[str, ...]


class Nearby:
    """A schedule's activities, and a problem's history and requests, by people and things.

    Parameters
    ----------
    problem, schedule
        Codes may be unknown: they count as they are.
    """

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self._problem, self._schedule = problem, schedule
        self._given: tuple[Given, ...] = (*schedule.appointments, *schedule.blocks)
        self._places = _places(tags(given) for given in self._given)
        self._past = problem.history.appointments
        self._past_places = _places(_past_tags(past) for past in self._past)
        self._requests = [request.id for request in problem.requests]
        pairs = (
            (("client", r.client), ("request", r.id), ("group", r.group or "")) for r in problem.requests
        )
        self._request_places = _places(pairs)

    def given(self, problem: Problem) -> Nearby:
        """Return the same of a problem that differs in nothing but its pins."""
        made = copy(self)
        made._problem = problem
        return made

    def of(self, concerned: Iterable[Tag]) -> list[Given]:
        """Return the activities that have something in common with these."""
        return [self._given[number] for number in _numbers(self._places, concerned)]

    def past_of(self, concerned: Iterable[Tag]) -> tuple[PastAppointment, ...]:
        """Return the history that has something in common with these."""
        return tuple(self._past[number] for number in _numbers(self._past_places, concerned))

    def parts(
        self, after: Schedule, gone: Sequence[Given], come: Sequence[Given]
    ) -> tuple[Vicinity, Vicinity]:
        """Return what is near the activities that are gone and that have come, as it was and as it is.

        Both parts have the same people, and all activities of whoever is in one that is gone or has come.
        """
        concerned = {tag for given in (*gone, *come) for tag in tags(given)}
        near = self.of(concerned)
        left = {id(given) for given in gone}
        now = [*(given for given in near if id(given) not in left), *come]
        return self.vicinity(self._schedule, concerned, near), self.vicinity(after, concerned, now)

    def vicinity(self, schedule: Schedule, concerned: Collection[Tag], given: Sequence[Given]) -> Vicinity:
        """Return a part of the week: some activities, in which some people and requests are gone through.

        Parameters
        ----------
        schedule
            Gives what is not activities.
        concerned
            The people and things.
        given
            The activities; all in which these people and things take part are among them.
        """
        named = sorted(set(concerned).union(*map(tags, given)))
        history = self._problem.history.model_copy(update={"appointments": self.past_of(concerned)})
        return Vicinity(
            problem=self._problem.model_copy(update={"history": history}),
            schedule=_only(schedule, given),
            clinicians=tuple(code for role, code in named if role == "clinician"),
            clients=tuple(code for role, code in named if role == "client"),
            requests=tuple(self._requests[number] for number in _numbers(self._request_places, concerned)),
        )


def tags(given: Given) -> Iterator[Tag]:
    """Yield what an activity has in common with others."""
    for clinician in given.clinicians:
        yield "clinician", clinician
    if isinstance(given, Block):
        if given.supervisor is not None:
            yield "clinician", given.supervisor
        return
    for client in given.clients:
        yield "client", client
    for attendant in given.attendants:
        yield "attendant", attendant
    for role, code in (("room", given.room), ("request", given.request), ("group", given.group)):
        if code is not None:
            yield role, code


def _request_tags(request: Request) -> tuple[Tag, ...]:
    return ("client", request.client), ("request", request.id)


def _past_tags(past: PastAppointment) -> tuple[Tag, ...]:
    return ("clinician", past.clinician), ("client", past.client)


def _places(entries: Iterable[Iterable[Tag]]) -> dict[Tag, list[int]]:
    found: dict[Tag, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for tag in entry:
            found[tag].append(number)
    return found


def _numbers(places: dict[Tag, list[int]], concerned: Iterable[Tag]) -> list[int]:
    return sorted({number for tag in concerned for number in places.get(tag, ())})


def _only(schedule: Schedule, given: Sequence[Given]) -> Schedule:
    """Return a schedule with some of its activities alone."""
    appointments = tuple(each for each in given if isinstance(each, Appointment))
    blocks = tuple(each for each in given if isinstance(each, Block))
    return schedule.model_copy(update={"appointments": appointments, "blocks": blocks})
