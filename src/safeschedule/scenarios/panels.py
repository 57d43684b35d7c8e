"""Whose clients they are from now on: caseloads handed over so that nobody comes to carry most of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from safeschedule.problem import Client, Clinician, Problem, Request
from safeschedule.verifier.caseload import Caseload, points_cap


class Panels:
    """The caseloads of a team while clients are handed over.

    Points are those of the rule ``caseload_cap``, and a caseload is as full as its points make of the cap,
    whether the rule is on or not.
    """

    def __init__(self, problem: Problem) -> None:
        setting = problem.rulebook.setting("caseload_cap")
        weighing = Caseload(problem, (), setting)
        self.team: Mapping[str, Clinician] = {person.id: person for person in problem.clinicians}
        self.caps = {code: max(1, points_cap(person, setting)) for code, person in self.team.items()}
        self.points = {code: weighing.points(weighing.own(code)) for code in self.team}
        self.weights = {client.id: weighing.points([client.id]) for client in problem.clients}
        self._types = {kind.id: kind for kind in problem.session_types}
        self._asked: dict[str, list[Request]] = {}
        for request in problem.requests:
            if request.group is None:
                self._asked.setdefault(request.client, []).append(request)

    def fullness(self, code: str, more: int = 0) -> Fraction:
        """Return a caseload as a share of its cap, with some points more."""
        return Fraction(self.points[code] + more, self.caps[code])

    def able(self, client: str, people: Iterable[str]) -> list[str]:
        """Return who of some people has the skills that a client's requests ask for."""
        return [code for code in people if self.needs(client) <= set(self.team[code].skills)]

    def needs(self, client: str) -> set[str]:
        """Return the skills that a client's requests ask for."""
        found: set[str] = set()
        for request in self._asked.get(client, ()):
            kind = self._types.get(request.session_type)
            found |= {*request.skills, *(kind.skills if kind else ())}
        return found

    def emptiest(self, client: str, people: Iterable[str]) -> str | None:
        """Return who of some people is to have a client: with the skills, the one who is least full then."""
        among = list(people)
        able = self.able(client, among) or among
        weight = self.weights.get(client, 0)
        return min(able, key=lambda code: self.fullness(code, weight), default=None)

    def give(self, client: str, to: str) -> None:
        """Count a client as somebody's."""
        self.points[to] = self.points.get(to, 0) + self.weights.get(client, 0)

    def take(self, client: str, of: str) -> None:
        """Count a client as nobody's."""
        self.points[of] -= self.weights.get(client, 0)


def handed_over(problem: Problem, to: Mapping[str, str], before: Mapping[str, str | None]) -> Problem:
    """Return a problem in which clients have other clinicians, who are also asked for what the former were.

    Parameters
    ----------
    problem
        The problem.
    to
        The new clinician of each client who is handed over.
    before
        The one before; requests of the client that name this one name the new one.
    """

    def moved(client: Client) -> Client:
        return client.model_copy(update={"clinician": to[client.id]}) if client.id in to else client

    def asked(request: Request) -> Request:
        former = before.get(request.client)
        if request.client not in to or former is None or request.clinician != former:
            return request
        return request.model_copy(update={"clinician": to[request.client]})

    tasks = tuple(
        task.model_copy(update={"clinician": to[task.client]})
        if task.client in to and task.clinician is not None and task.clinician == before.get(task.client)
        else task
        for task in problem.tasks
    )
    return problem.model_copy(
        update={
            "clients": tuple(map(moved, problem.clients)),
            "requests": tuple(map(asked, problem.requests)),
            "upcoming": tuple(map(asked, problem.upcoming)),
            "tasks": tasks,
        }
    )
