"""A request that is not in the problem yet, from a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeschedule.cli.inputs import source

if TYPE_CHECKING:
    from safeschedule.problem import Problem


def read_new(problem: Problem, name: str) -> tuple[Problem, str]:
    """Return the problem with the request (and client) of a file, and the request's code.

    The file is a request, or ``{"request": ..., "client": ...}``.

    Raises
    ------
    InputError
        The file cannot be read or has faults, or the problem has faults with what is in it.
    """
    from safeschedule.errors import InputError
    from safeschedule.problem import Client, Request
    from safeschedule.problem.entity import Entity
    from safeschedule.problem.faults import require_sound
    from safeschedule.problem.reading.parsing import parse_json
    from safeschedule.problem.reading.source import name_of, read_text
    from safeschedule.problem.reading.translating import validate

    class New(Entity):
        """A request with its client, where that is new as well."""

        request: Request
        client: Client | None = None

    what = source(name)
    text, title = read_text(what, "new request"), name_of(what, "new request")
    data = parse_json(text, title)
    wrapped = isinstance(data, dict) and "request" in data
    found, faults = validate(New, text, data) if wrapped else validate(Request, text, data)
    if found is None:
        raise InputError(title, faults)
    request, client = (found.request, found.client) if isinstance(found, New) else (found, None)
    full = problem.model_copy(
        update={
            "requests": (*problem.requests, request),
            "clients": problem.clients if client is None else (*problem.clients, client),
        }
    )
    require_sound(full)
    return full, request.id
