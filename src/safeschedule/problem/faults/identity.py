"""Codes that name two things."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.errors import Fault
from safeschedule.problem.faults.view import View
from safeschedule.problem.showing import show

_LISTS = (
    "clinicians",
    "clients",
    "session_types",
    "requests",
    "bands",
    "sites",
    "rooms",
    "equipment",
    "attendants",
    "groups",
    "meetings",
    "incidents",
    "tasks",
)


def duplicate_ids(view: View) -> Iterator[Fault]:
    """Find ids that an earlier entry of the same list has."""
    for name in _LISTS:
        first: dict[str, int] = {}
        for number, entry in enumerate(getattr(view.problem, name)):
            earlier = first.setdefault(entry.id, number)
            if earlier != number:
                expected = f"an id of its own ({name}[{earlier}] has this one)"
                yield Fault("duplicate_id", f"{name}[{number}].id", show(entry.id), expected)


def duplicate_ranks(view: View) -> Iterator[Fault]:
    """Find acuity bands of equal rank, between which no order is known."""
    first: dict[int, int] = {}
    for number, band in enumerate(view.problem.bands):
        earlier = first.setdefault(band.rank, number)
        if earlier != number:
            expected = f"a rank of its own (bands[{earlier}] has this one)"
            yield Fault("duplicate_rank", f"bands[{number}].rank", str(band.rank), expected)


CHECKS = (duplicate_ids, duplicate_ranks)
