"""What a move would do, in few words: for whoever holds the session in the hand, or hears the page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from safeschedule import ArgumentError, MoveCheck
from safeschedule.catalogue import rules
from safeschedule.web.live.desks import SharedDesk
from safeschedule.web.told import not_found

_MOST = 4
"""Findings that are told at once; the rest is a number."""


def check(
    desk: SharedDesk,
    item: str,
    *,
    to: datetime | None = None,
    clinician: str | None = None,
    mode: str | None = None,
    site: str | None = None,
    room: str | None = None,
) -> MoveCheck:
    """Return what moving a session would do.

    Parameters
    ----------
    item
        The id of the session.

    Raises
    ------
    RefusalError
        There is no such session.
    InputError
        What is asked makes no sense.
    """
    given = next((a for a in desk.schedule.appointments if a.id == item), None)
    if given is None:
        raise not_found("session in this version of the week")
    to = None if to == given.start else to
    who: list[str] | None = None
    if clinician is not None and clinician not in given.clinicians:
        # Of a group the first who leads it is another one then; the others stay.
        who = [clinician, *given.clinicians[1:]]
    return desk.check_move(given, to=to, clinician=who, mode=mode, site=site, room=room)


def verdict_of(found: MoveCheck) -> dict[str, Any]:
    """Return a check as plain data: a state, a sentence, and what stands behind it."""
    breaks = [f"{title(f.rule)}: {f.sentence}" for f in found.breaks]
    worse = [c for c in found.costs if c.difference > 0]
    better = [c for c in found.costs if c.difference < 0]
    mends = [f"Mends {title(f.rule).lower()}: {f.sentence}" for f in found.mends]
    state = "breaks" if breaks else "costs" if worse else "fits"
    said = breaks[:_MOST]
    if len(breaks) > _MOST:
        said.append(f"and {len(breaks) - _MOST} more")
    if found.excused:
        said += [str(each) for each in found.excused[:_MOST]]
    said += mends[:_MOST]
    if worse:
        said.append("Costs: " + ", ".join(title(c.rule).lower() for c in worse) + ".")
    if better:
        said.append("Better: " + ", ".join(title(c.rule).lower() for c in better) + ".")
    where = f"{found.after.start:%A %H:%M}, {' and '.join(found.after.clinicians)}"
    head = {"breaks": "Would break a rule", "costs": "Fits, and costs something", "fits": "Fits"}[state]
    return {
        "state": state,
        "allowed": found.allowed,
        "where": where,
        "sentence": f"{head}: {where}.",
        "said": said,
        "room": found.after.room or "",
    }


def title(rule: str) -> str:
    """Return a rule as people call it."""
    known = rules().get(rule)
    return rule.replace("_", " ").capitalize() if known is None else known.title


def of_faults(error: ArgumentError) -> dict[str, Any]:
    """Return what makes no sense as a verdict, such as a time outside the week."""
    said = [f"{fault.value}: expected {fault.expected}" for fault in error.faults[:_MOST]]
    return {
        "state": "breaks",
        "allowed": False,
        "where": "",
        "sentence": "That is no place for it.",
        "said": said,
        "room": "",
    }
