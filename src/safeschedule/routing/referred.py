"""A referral as a file says it: the new client, perhaps with the request for the first session."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from safeschedule.errors import ArgumentError, Fault, InputError
from safeschedule.problem import AllowedMode, Client, Kind, Problem, Request
from safeschedule.problem.entity import Entity
from safeschedule.problem.faults import find
from safeschedule.problem.reading.parsing import parse_json
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.problem.reading.translating import validate
from safeschedule.problem.showing import did_you_mean, show

_PRIORITY = 4
"""Of a first session that nobody has asked for yet; an assumption."""


class Referred(Entity):
    """A new client, with the request for the first session where one is said.

    Examples
    --------
    >>> from safeschedule import Referred
    >>> Referred(client={"id": "NEW"}).request is None
    True
    """

    client: Client
    request: Request | None = None


def read_referral(source: str | Path | TextIO) -> Referred:
    """Return the referral of a JSON file: ``{"client": ..., "request": ...}``, or a client alone.

    Raises
    ------
    InputError
        The file cannot be read, or has faults; with all of them.

    Examples
    --------
    >>> from safeschedule import read_referral
    >>> written = (folder / "new.json").write_text('{"id": "NEW", "band": "low"}', encoding="utf-8")
    >>> read_referral(folder / "new.json").client.band
    'low'
    """
    text, what = read_text(source, "referral"), name_of(source, "referral")
    data = parse_json(text, what)
    wrapped = isinstance(data, dict) and "client" in data
    found, faults = validate(Referred, text, data) if wrapped else validate(Client, text, data)
    if found is None:
        raise InputError(what, faults)
    return found if isinstance(found, Referred) else Referred(client=found)


def with_referral(problem: Problem, client: Client | str, request: Request | None) -> tuple[Problem, Request]:
    """Return the problem with a new client and the request for the first session.

    Raises
    ------
    ArgumentError
        They do not fit the problem, or the client is on a caseload.
    """
    code = client if isinstance(client, str) else client.id
    there = problem.by_code.clients.get(code)
    if there is None and isinstance(client, str):
        waiting = [c.id for c in problem.clients if c.clinician is None]
        expected = f"the code of a client who waits{did_you_mean(client, waiting)}"
        raise ArgumentError("client", [Fault("unknown_reference", "client", show(client), expected)])
    clients = problem.clients
    if there is None and isinstance(client, Client):
        there, clients = client, (*clients, client)
    if there is not None and there.clinician is not None:
        found = f"a client of {there.clinician}"
        raise ArgumentError("client", [Fault("bad_value", "client", found, "a client of nobody's caseload")])
    asked = request or first_session(problem, code)
    requests = problem.requests if asked in problem.requests else (*problem.requests, asked)
    full = problem.model_copy(update={"clients": clients, "requests": requests}).with_joint_requests()
    faults = find(full)
    if faults:
        raise ArgumentError("referral", faults)
    return full, full.by_code.requests[asked.id]


def first_session(problem: Problem, client: str) -> Request:
    """Return what a client who waits asks for first, or a session of the first type of the kind intake.

    Raises
    ------
    ArgumentError
        Nothing is asked for, and there is no such type.
    """
    waiting = [asked for asked in problem.requests if asked.client == client and asked.group is None]
    if waiting:
        return waiting[0]
    kinds = [kind.id for kind in problem.session_types if kind.kind is Kind.INTAKE]
    if not kinds:
        expected = "a request for the first session: the problem has no session type of the kind intake"
        raise ArgumentError("request", [Fault("missing_argument", "request", "None", expected)])
    return Request(
        id=f"intake {client}"[:80],
        client=client,
        session_type=kinds[0],
        priority=_PRIORITY,
        mode=AllowedMode.EITHER,
    )
