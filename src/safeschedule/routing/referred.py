"""A referral as a file says it: the new client, perhaps with the request for the first session."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from safeschedule.errors import InputError
from safeschedule.problem import Client, Request
from safeschedule.problem.entity import Entity
from safeschedule.problem.reading.parsing import parse_json
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.problem.reading.translating import validate


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
