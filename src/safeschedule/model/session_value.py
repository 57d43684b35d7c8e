"""What a session of a request is worth, and which requests are urgent, on the model's side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from safeschedule.model.index import Bools, Index, Ints
from safeschedule.problem import Client, Kind, Request, SessionType, Setting

_PAPERWORK = (Kind.INTAKE, Kind.CRISIS, Kind.COURT)


def value_of(index: Index, setting: Setting, request: int) -> int:
    """Return the value of one session of a request by the parameters of the rule access."""
    return int(session_values(index, setting)[request])


def session_values(index: Index, setting: Setting) -> Ints:
    """Return by request the value of one of its sessions by the parameters of the rule access."""

    def each() -> Ints:
        return np.array([_value(index, setting, request) for request in index.requests], dtype=np.int64)

    return index.once("session values", each, setting)


def urgent_values(index: Index, setting: Setting) -> Ints:
    """Return by request the value of one of its sessions if it is urgent, else 0."""

    def each() -> Ints:
        # The parameters of access hold whether or not that rule is on.
        access = index.settings.get("access") or index.problem.rulebook.setting("access")
        found: Ints = np.where(_urgent(index, setting), session_values(index, access), 0)
        return found

    return index.once("urgent values", each, setting)


def earned(index: Index) -> Iterator[tuple[Setting, Ints]]:
    """Yield each soft rule that charges sessions left out, and by request what a placed one earns of it."""
    for name, values in (("urgent_access", urgent_values), ("access", session_values)):
        setting = index.settings.get(name)
        if setting is not None and not setting.hard:
            yield setting, setting.weight * values(index, setting)


def _urgent(index: Index, setting: Setting) -> Bools:
    kinds, types = setting.names("kinds"), index.types

    def is_urgent(request: Request) -> bool:
        client = index.clients[index.client_number[request.client]]
        if request.priority >= setting.whole("priority") or types[request.session_type].kind in kinds:
            return True
        return index.bands[client.band].rank >= setting.whole("rank") and _overdue(index, client) > 0

    return np.array([is_urgent(request) for request in index.requests], dtype=bool)


def _value(index: Index, setting: Setting, request: Request) -> int:
    client = index.clients[index.client_number[request.client]]
    rate = setting.whole("priority") * request.priority
    rate += setting.whole("band") * index.bands[client.band].rank
    if client.waiting_since is not None:
        weeks = max(0, (index.problem.week_start - client.waiting_since) // timedelta(weeks=1))
        rate += setting.whole("waiting") * min(weeks, setting.whole("waiting_weeks"))
    late = max(0, _overdue(index, client)) // 7
    rate += setting.whole("overdue") * min(late, setting.whole("overdue_weeks"))
    per = setting.whole("per")
    if not per:
        return rate
    kind = index.types[request.session_type]
    # Hours by which the protected minutes count, in sixtieths, so that nothing is rounded before the end.
    sixtieths = kind.minutes * (60 + _protected(index, kind))
    return rate * sixtieths // (60 * per)


def _overdue(index: Index, client: Client) -> int:
    """Return by how many days the client's last contact lies back more than the band's contact days."""
    last = _last_contacts(index).get(client.id)
    if last is None:
        return 0
    return (index.problem.week_start - last).days - index.bands[client.band].contact_days


def _last_contacts(index: Index) -> dict[str, date]:
    def found() -> dict[str, date]:
        known = {c.id: c.last_contact for c in index.clients if c.last_contact is not None}
        for past in index.problem.history.appointments:
            known[past.client] = max(past.start.date(), known.get(past.client, date.min))
        return known

    return index.once("last contacts", found)


def _protected(index: Index, kind: SessionType) -> int:
    """Return the protected minutes that a session of a type asks for."""
    book = index.problem.rulebook
    notes, rest = kind.documentation_minutes, kind.recovery_minutes
    if notes is None:
        notes = book.setting("documentation").whole(kind.kind.value) if kind.kind in _PAPERWORK else 0
    if rest is None:
        rest = book.setting("recovery_buffer").whole("minutes") if kind.trauma_processing else 0
    reset = book.setting("crisis_reset").whole("minutes") if kind.kind is Kind.CRISIS else 0
    return notes + rest + (kind.preparation_minutes or 0) + reset
