"""Pins that changes have made impossible: a decision that nobody can keep any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from safeschedule.problem import PinnedGroup, Problem
from safeschedule.problem.faults.view import View, inside, overlaps
from safeschedule.replanning.changes import CancelledSession, Change


def without_lost_pins(before: Problem, changed: Problem, changes: Sequence[Change]) -> Problem:
    """Return the changed problem without the pins that could be kept before and cannot be now."""
    called_off = {(c.request, c.start) for c in changes if isinstance(c, CancelledSession)}
    called_off |= {(c.group, c.start) for c in changes if isinstance(c, CancelledSession)}
    old, new = View(before), View(changed)
    lost_people = _attendants_away(before, changed)

    def kept(
        what: str | None,
        start: datetime,
        minutes: int,
        people: Sequence[str],
        room: str | None,
        attendants: Sequence[str] = (),
    ) -> bool:
        if what is not None and (what, start) in called_off:
            return False
        span = old.minute(start), old.minute(start) + minutes
        lost = any(_works(old, code, span) and not _works(new, code, span) for code in people)
        lost |= any(overlaps(span, away) for code in attendants for away in lost_people.get(code, ()))
        return not lost and (room is None or _usable(changed, room, start, minutes))

    return changed.model_copy(
        update={
            "pinned_appointments": tuple(
                pin
                for pin in changed.pinned_appointments
                if pin.request in new.requests
                and kept(
                    pin.request,
                    pin.start,
                    _length(new, pin.request),
                    (pin.clinician,),
                    pin.room,
                    pin.attendants,
                )
            ),
            "pinned_groups": tuple(
                pin
                for pin in _seats(changed, new)
                if kept(
                    pin.group,
                    pin.start,
                    _group_length(new, pin.group),
                    pin.clinicians,
                    None,
                    pin.attendants,
                )
            ),
            "pinned_blocks": tuple(
                pin
                for pin in changed.pinned_blocks
                if kept(
                    None, pin.start, pin.minutes, (*pin.clinicians, *filter(None, [pin.supervisor])), None
                )
            ),
        }
    )


def lost_pins(before: Problem, changed: Problem) -> tuple[str, ...]:
    """Return a plain sentence about each pin of the one problem that the other does not have."""
    return tuple(_lost(before, changed))


def _lost(before: Problem, changed: Problem) -> Iterator[str]:
    for name, what in (
        ("pinned_appointments", "request"),
        ("pinned_groups", "group"),
        ("pinned_blocks", "kind"),
    ):
        left = getattr(changed, name)
        for pin in getattr(before, name):
            if pin not in left:
                yield (
                    f"The pin of {getattr(pin, what)} on {pin.start:%A at %H:%M} cannot be kept "
                    "and was taken out."
                )


def _seats(changed: Problem, new: View) -> Iterator[PinnedGroup]:
    asking = {(request.group, request.client) for request in changed.requests}
    for pin in changed.pinned_groups:
        if pin.group in new.groups:
            clients = tuple(code for code in pin.clients if (pin.group, code) in asking)
            yield pin if clients == pin.clients else pin.model_copy(update={"clients": clients})


def _works(view: View, code: str, span: tuple[int, int]) -> bool:
    if code not in view.clinicians:
        return False
    return inside(span, view.working[code]) and not any(overlaps(span, away) for away in view.leave[code])


def _attendants_away(before: Problem, changed: Problem) -> dict[str, list[tuple[int, int]]]:
    """Return when each attendant is away in the changed problem alone."""
    known = {person.id: person.leave for person in before.attendants}
    view = View(changed)
    return {
        person.id: [
            (view.minute(off.start), view.minute(off.end))
            for off in person.leave
            if off not in known.get(person.id, ())
        ]
        for person in changed.attendants
    }


def _usable(problem: Problem, code: str, start: datetime, minutes: int) -> bool:
    end = start + timedelta(minutes=minutes)
    shut = problem.by_code.shut.get(code, ())
    return code in problem.by_code.rooms and not any(s.start < end and start < s.end for s in shut)


def _length(view: View, request: str) -> int:
    return view.session_types[view.requests[request].session_type].minutes


def _group_length(view: View, group: str) -> int:
    return view.session_types[view.groups[group].session_type].minutes
