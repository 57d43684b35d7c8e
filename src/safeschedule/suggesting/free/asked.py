"""For whom slots are looked for: a client of the problem, or one who is assumed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from safeschedule.arguments import Arguments
from safeschedule.errors import ArgumentError
from safeschedule.problem import AllowedMode, Client, Problem, Request, SessionType
from safeschedule.problem.faults import find
from safeschedule.schedule import Schedule
from safeschedule.schedule.serving import served
from safeschedule.verifier import wording
from safeschedule.verifier.week import Week

NEW_CLIENT, NEW_REQUEST = "new-client", "new-request"


@dataclass(frozen=True)
class Asked:
    """What a booking would serve.

    Parameters
    ----------
    problem
        With the client and the request.
    request
        The request.
    client
        Its client.
    new
        Whether the client is assumed.
    """

    problem: Problem
    request: Request
    client: Client
    new: bool


def asked_for(problem: Problem, schedule: Schedule, session_type: str, client: Client | str | None) -> Asked:
    """Return what is asked for, in a problem that has it.

    Raises
    ------
    ArgumentError
        The type or the client is unknown, the type is for groups, or the new client has faults.
    """
    _look(problem, session_type, client)
    new = not isinstance(client, str)
    if isinstance(client, str):
        person = problem.by_code.clients[client]
        waiting = _open(problem, schedule, client, session_type)
        if waiting is not None:
            return Asked(problem, waiting, person, new=False)
    else:
        person = client or _anybody(problem)
    code = unused(NEW_REQUEST, [known.id for known in problem.requests])
    request = Request(id=code, client=person.id, session_type=session_type, mode=AllowedMode.EITHER)
    full = with_client(problem, person if new else None, request)
    faults = find(full)
    if faults:
        raise ArgumentError("client", faults)
    return Asked(full, request, person, new)


def _anybody(problem: Problem) -> Client:
    """Return somebody new: of the usual band, or where no band has that name, of the second lowest."""
    client = Client(id=unused(NEW_CLIENT, [known.id for known in problem.clients]))
    if client.band in problem.by_code.bands:
        return client
    ranked = sorted(problem.bands, key=lambda band: band.rank)
    return client.model_copy(update={"band": ranked[min(1, len(ranked) - 1)].id})


def with_client(problem: Problem, client: Client | None, request: Request) -> Problem:
    """Return a problem with a request more, and perhaps a client more."""
    clients = problem.clients if client is None else (*problem.clients, client)
    changes = {"clients": clients, "requests": (*problem.requests, request)}
    return problem.model_copy(update=changes)


def unused(code: str, taken: Collection[str]) -> str:
    """Return a code that nobody has: this one, or with a number."""
    number, found = 1, code
    while found in taken:
        number += 1
        found = f"{code}-{number}"
    return found


def assumed(asked: Asked, week: Week) -> str:
    """Return what is assumed of the client, in a sentence."""
    client = asked.client
    if not asked.new:
        return f"For the client {client.id}, as the problem has them."
    flags = f"flags {wording.listing(sorted(client.flags))}" if client.flags else "no flags"
    when = "who can come at any time" if not client.windows else "who can come in the windows given"
    points = wording.points(week.caseload.points([client.id]))
    whose = f"of {client.clinician}" if client.clinician else "of whoever sees them"
    load = f"{points} point{'' if points == '1' else 's'} are added to the caseload {whose}"
    return f"For a new client of the band {client.band}, {flags}, {when}; {load}."


def _look(problem: Problem, session_type: str, client: Client | str | None) -> None:
    looked = Arguments("free_slots")
    types = problem.by_code.session_types
    looked.code("session_type", session_type, types, "a session type")
    known = [person.id for person in problem.clients]
    if isinstance(client, str):
        looked.code("client", client, known, "a client")
    elif isinstance(client, Client):
        if client.id in known:
            looked.fault("duplicate_id", "client.id", client.id, "the code of a new client")
    else:
        looked.kind("client", client, type(None), "a Client, the code of one, or None")
    kind = types.get(session_type)
    if kind is not None and not _alone(kind):
        expected = "a session of one client and one clinician"
        looked.fault("cannot_book_alone", "session_type", session_type, expected)
    looked.done()


def _alone(kind: SessionType) -> bool:
    return kind.smallest == 1 and kind.facilitators == 1 and kind.kind != "group"


def _open(problem: Problem, schedule: Schedule, client: str, session_type: str) -> Request | None:
    """Return the client's first request for such a session that has one left to place."""
    placed = served(problem, schedule)
    return next(
        (
            request
            for request in problem.requests
            if (request.client, request.session_type, request.group) == (client, session_type, None)
            and placed[request.id] < request.count
        ),
        None,
    )
