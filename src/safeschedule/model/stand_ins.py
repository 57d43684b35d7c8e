"""Who may have a session while the clinician it is bound to is away, as the rule ``continuity`` says."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from safeschedule.model.index import Bools, Index
from safeschedule.model.spans import cut
from safeschedule.problem import Setting
from safeschedule.problem.clock import DAY
from safeschedule.problem.people import PASSED


class CoverState(StrEnum):
    """How it stands with a request and the clinician whom it is bound to."""

    THERE = "there"
    WAITS = "waits"
    COVERED = "covered"
    OPEN = "open"
    NOBODY = "nobody"


def bound_to(index: Index, request: int) -> int:
    """Return the named or own clinician who has to take a request, or -1."""
    asked = index.requests[request]
    if asked.clinician is not None:
        return index.clinician_number[asked.clinician]
    own = index.clients[index.client_number[asked.client]].clinician
    if own is None:
        return -1
    number = index.clinician_number[own]
    return number if _skilled(index, request, number) else -1


def standing(index: Index, setting: Setting, request: int) -> CoverState:
    """Return how it stands with a request, not of a group, that is bound to a clinician."""
    bound = bound_to(index, request)
    if not _away(index, request, bound):
        return CoverState.THERE
    if not is_urgent(index, setting, request):
        return CoverState.WAITS
    name = index.clinicians[bound].cover
    if setting.flag("anyone") and (name is None or not _able(index, request, index.clinician_number[name])):
        return CoverState.OPEN
    return CoverState.NOBODY if name is None else CoverState.COVERED


def stand_ins(index: Index, setting: Setting, request: int) -> Bools:
    """Return by clinician who may have a request beside the clinician it is bound to."""
    found = np.zeros(len(index.clinicians), dtype=bool)
    how = standing(index, setting, request)
    if how is CoverState.OPEN:
        found[:] = True
    elif how is CoverState.COVERED:
        found[index.clinician_number[index.clinicians[bound_to(index, request)].cover or ""]] = True
    return found


def is_urgent(index: Index, setting: Setting, request: int) -> bool:
    """Return whether a request does not wait for a clinician who is away."""
    asked = index.requests[request]
    client = index.clients[index.client_number[asked.client]]
    return (
        (setting.flag("high_acuity") and index.bands[client.band].high_acuity)
        or bool(set(client.flags) & set(setting.names("flags")))
        or index.types[asked.session_type].kind in setting.names("kinds")
        or asked.priority >= setting.whole("priority")
    )


def _skilled(index: Index, request: int, clinician: int) -> bool:
    asked = index.requests[request]
    needed = {*asked.skills, *index.types[asked.session_type].skills}
    return needed <= set(index.clinicians[clinician].skills)


def _able(index: Index, request: int, clinician: int) -> bool:
    return _skilled(index, request, clinician) and bool(
        (_wanted(index, request) & _inside(index, request, index.ahead[clinician])).any()
    )


def _away(index: Index, request: int, clinician: int) -> bool:
    if not index.leave[clinician]:
        return False
    wanted = _wanted(index, request)
    if (wanted & _inside(index, request, index.ahead[clinician])).any():
        return False
    return bool((wanted & _inside(index, request, _at_work(index, clinician))).any())


def _at_work(index: Index, clinician: int) -> list[tuple[int, int]]:
    """Return the working periods less the time that has passed, leave or not."""
    spans = [(period.start, period.end) for period in index.periods[clinician]]
    passed = [
        (index.minute(leave.start), index.minute(leave.end))
        for leave in index.clinicians[clinician].leave
        if leave.kind == PASSED
    ]
    if any(start <= 0 < end for start, end in passed):
        spans = cut(spans, [(0, max(end for _, end in passed))])
    return spans


def _wanted(index: Index, request: int) -> Bools:
    """Return the slots at which the client could come: windows and dates."""
    asked = index.requests[request]
    client = index.clients[index.client_number[asked.client]]
    start = np.arange(index.slots) * index.grid
    day, origin = start // DAY, index.problem.week_start
    found: Bools = start % index.session_grid == 0
    if asked.earliest is not None:
        found &= day >= (asked.earliest - origin).days
    if asked.latest is not None:
        found &= day <= (asked.latest - origin).days
    for windows in (client.windows, asked.windows):
        if windows:
            found &= _inside(index, request, index.window_spans(windows))
    return found


def _inside(index: Index, request: int, spans: list[tuple[int, int]]) -> Bools:
    start = np.arange(index.slots) * index.grid
    end = start + index.request_minutes[request]
    found = np.zeros(index.slots, dtype=bool)
    for first, last in spans:
        found |= (start >= first) & (end <= last)
    return found
