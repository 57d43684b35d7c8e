"""What is known of the weeks ahead, beside what the problem says: who comes and who goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, TextIO

from pydantic import Field

from safeschedule.errors import Fault
from safeschedule.problem import Client, Clinician, Problem, Request
from safeschedule.problem.clock import Day
from safeschedule.problem.entity import LONGEST, SHORT, Code, Entity, ShareValue
from safeschedule.problem.faults import find
from safeschedule.problem.reading.json_entity import read_entity
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.problem.taking import Many, usual

_QUARTERS = (Decimal("0.25"), Decimal("0.5"), Decimal("0.75"))


class ExpectedDischarge(Entity):
    """A discharge that is agreed; from its date on, the client weighs nothing."""

    client: Code
    on: Day


class ExpectedStart(Entity):
    """Somebody who starts.

    Parameters
    ----------
    clinician
        As the clinician will stand in the problem.
    on
        The first date.
    ramp
        Shares of the caps in the first weeks; after them the whole. The default is an assumption.
    """

    clinician: Clinician
    on: Day
    ramp: Many[ShareValue] = Field(default=usual(_QUARTERS), max_length=SHORT)


class ExpectedReferral(Entity):
    """Somebody who is going to be referred; from the date on, the client waits.

    Parameters
    ----------
    client
        As the client will stand in the problem, of nobody's caseload.
    on
        When the referral is received.
    request
        The request for the first session; ``None``: one of the first session type of the kind intake.
    """

    client: Client
    on: Day
    request: Request | None = None


class ExpectedLeaving(Entity):
    """A clinician who leaves.

    Parameters
    ----------
    clinician
        Who.
    on
        The first date without that clinician.
    takes_over
        Who takes over the clients; ``None``: they wait for whoever can.
    supervisor
        Who supervises those whom the clinician supervised; ``None``: nobody is named.
    """

    clinician: Code
    on: Day
    takes_over: Code | None = None
    supervisor: Code | None = None


class ExpectedChanges(Entity):
    """What is known of the weeks ahead.

    Examples
    --------
    >>> from safeschedule import ExpectedChanges
    >>> known = ExpectedChanges(discharges=[{"client": "P0", "on": "2026-10-12"}])
    >>> known.starts
    ()
    """

    schema_version: Literal["1"] = "1"
    discharges: tuple[ExpectedDischarge, ...] = Field(default=(), max_length=LONGEST)
    starts: tuple[ExpectedStart, ...] = Field(default=(), max_length=SHORT)
    referrals: tuple[ExpectedReferral, ...] = Field(default=(), max_length=LONGEST)
    leavers: tuple[ExpectedLeaving, ...] = Field(default=(), max_length=SHORT)


def expected_faults(problem: Problem, known: ExpectedChanges) -> Iterator[Fault]:
    """Yield what in known changes does not fit the problem."""
    clients = problem.by_code.clients
    for number, leaving in enumerate(known.discharges):
        place = f"discharges[{number}]"
        if leaving.client not in clients:
            expected = f"the code of a client{did_you_mean(leaving.client, list(clients))}"
            yield Fault("unknown_reference", f"{place}.client", show(leaving.client), expected)
        yield from _early(problem, f"{place}.on", leaving.on)
    there = set(problem.by_code.clinicians)
    for number, start in enumerate(known.starts):
        if start.clinician.id in there:
            place, expected = f"starts[{number}].clinician.id", "the code of somebody who is not there yet"
            yield Fault("duplicate_id", place, show(start.clinician.id), expected)
        there.add(start.clinician.id)
    yield from _of_leavers(problem, known)
    yield from _of_referrals(problem, known)


def _early(problem: Problem, place: str, on: date) -> Iterator[Fault]:
    if on < problem.week_start:
        yield Fault("out_of_range", place, str(on), f"{problem.week_start} or later")


def _of_leavers(problem: Problem, known: ExpectedChanges) -> Iterator[Fault]:
    team = list(problem.by_code.clinicians)
    colleagues = [*team, *(start.clinician.id for start in known.starts)]
    seen = Counter[str]()
    for number, leaving in enumerate(known.leavers):
        place = f"leavers[{number}]"
        if leaving.clinician not in team:
            expected = f"the code of a clinician{did_you_mean(leaving.clinician, team)}"
            yield Fault("unknown_reference", f"{place}.clinician", show(leaving.clinician), expected)
        seen[leaving.clinician] += 1
        if seen[leaving.clinician] == 2:
            yield Fault("duplicate_id", f"{place}.clinician", show(leaving.clinician), "each leaver once")
        yield from _early(problem, f"{place}.on", leaving.on)
        for name, code in (("takes_over", leaving.takes_over), ("supervisor", leaving.supervisor)):
            if code is not None and (code not in colleagues or code == leaving.clinician):
                expected = f"the code of a colleague who stays{did_you_mean(code, colleagues)}"
                yield Fault("unknown_reference", f"{place}.{name}", show(code), expected)


def _of_referrals(problem: Problem, known: ExpectedChanges) -> Iterator[Fault]:
    """Yield what is wrong with those who are referred, as if they were there already."""
    for number, coming in enumerate(known.referrals):
        yield from _early(problem, f"referrals[{number}].on", coming.on)
        if coming.client.clinician is not None:
            place, found = f"referrals[{number}].client.clinician", show(coming.client.clinician)
            yield Fault("bad_value", place, found, "none: nobody has taken the client yet")
        if coming.request is not None and coming.request.client != coming.client.id:
            place, found = f"referrals[{number}].request.client", show(coming.request.client)
            yield Fault("unknown_reference", place, found, show(coming.client.id))
    asked = [(n, each.request) for n, each in enumerate(known.referrals) if each.request is not None]
    full = problem.model_copy(
        update={
            "clients": (*problem.clients, *(each.client for each in known.referrals)),
            "requests": (*problem.requests, *(request for _, request in asked)),
        }
    )
    before = {(fault.code, fault.place) for fault in find(problem)}
    places = {
        f"clients[{len(problem.clients) + n}]": f"referrals[{n}].client" for n in range(len(known.referrals))
    }
    first = len(problem.requests)
    places |= {f"requests[{first + place}]": f"referrals[{n}].request" for place, (n, _) in enumerate(asked)}
    for fault in find(full):
        entry, _, rest = fault.place.partition("]")
        own = places.get(f"{entry}]")
        if own is not None and (fault.code, fault.place) not in before:
            yield Fault(fault.code, f"{own}{rest}", fault.value, fault.expected, fault.of)


def read_expected(source: str | Path | TextIO) -> ExpectedChanges:
    """Return the known changes of a JSON file.

    Raises
    ------
    InputError
        The file cannot be read, or has faults; with all of them.

    Examples
    --------
    >>> from safeschedule import ExpectedChanges, read_expected
    >>> written = (folder / "known.json").write_text("{}", encoding="utf-8")
    >>> read_expected(folder / "known.json") == ExpectedChanges()
    True
    """
    return read_entity(ExpectedChanges, source, "expected changes")
