"""What was changed in a schedule that people had in their hands, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.reports.words import clock, short_date
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.schedule.diff import differences


def change_sentences(before: Schedule, after: Schedule) -> Iterator[str]:
    """Yield how a schedule differs from an earlier one, one sentence a change.

    Examples
    --------
    >>> less = schedule.model_copy(update={"appointments": schedule.appointments[1:]})
    >>> [line.split()[0] for line in change_sentences(schedule, less)]
    ['Taken']
    """
    found = differences(before, after)
    for pair in found.moved:
        yield f"Changed: {_what(pair.before)} is now {_what(pair.after)} (other {', '.join(pair.changed)})."
    yield from (f"Taken out: {_what(session)}." for session in found.dropped)
    yield from (f"Added: {_what(session)}." for session in found.added)
    for change in found.blocks:
        old, new = change.before, change.after
        if old is not None and new is not None:
            yield f"Changed: {_what(old)} is now {_what(new)}."
        elif old is not None:
            yield f"Taken out: {_what(old)}."
        elif new is not None:
            yield f"Added: {_what(new)}."
    names = {entry.request for entry in before.left_out} ^ {entry.request for entry in after.left_out}
    if names:
        yield f"Requests that are left out were changed: {', '.join(sorted(names))}."


def _what(item: Appointment | Block) -> str:
    if isinstance(item, Appointment):
        what = f"{item.session_type} of {' and '.join(item.clients)}" + (
            f" in {item.room}" if item.room else ""
        )
    else:
        what = item.kind.replace("_", " ") + (f" led by {item.supervisor}" if item.supervisor else "")
    when = f"{short_date(item.start.date())} {clock(item.start)}, {item.minutes} minutes"
    return f"{what} with {' and '.join(item.clinicians)} on {when}"
