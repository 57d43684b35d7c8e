"""Who must be told what, the earliest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from safeschedule.problem.fixed import BUFFERS
from safeschedule.replanning.freezing import people_of
from safeschedule.schedule import Appointment, Block, BlockChange, Diff, Moved

Key = tuple[str, str]
"""``clinician``, ``client`` or ``attendant``, and a code."""


@dataclass(frozen=True)
class Notice:
    """Somebody who must be told.

    Parameters
    ----------
    kind
        ``clinician``, ``client`` or ``attendant``.
    code
        Who.
    before
        The moment at which it is too late: when the first of the changed things was to begin, or begins.
    changes
        Plain sentences, in the order of time.
    """

    kind: str
    code: str
    before: datetime
    changes: tuple[str, ...]


def notices(
    diff: Diff,
    knowing: Mapping[Appointment, Iterable[str]],
    away: Mapping[str, list[tuple[datetime, datetime]]],
) -> tuple[Notice, ...]:
    """Return who must be told, who must know first at the head.

    Parameters
    ----------
    knowing
        The clients who called off an appointment themselves, and know.
    away
        When clinicians are away because of the changes: that they are not there then is no news to them.
    """
    found: dict[Key, list[tuple[datetime, str]]] = defaultdict(list)

    def add(when: datetime, sentence: str, clinicians: Iterable[str], clients: Iterable[str] = ()) -> None:
        for code in clinicians:
            found["clinician", code].append((when, sentence))
        for code in clients:
            found["client", code].append((when, sentence))

    def add_attendants(when: datetime, sentence: str, people: Iterable[str]) -> None:
        for code in people:
            found["attendant", code].append((when, sentence))

    for pair in diff.moved:
        attendants = sorted({*pair.before.attendants, *pair.after.attendants})
        add_attendants(min(pair.before.start, pair.after.start), moved_sentence(pair), attendants)
        clinicians, clients = _concerned(pair)
        known = set(knowing.get(pair.before, ()))
        add(
            min(pair.before.start, pair.after.start),
            moved_sentence(pair),
            clinicians,
            [code for code in clients if code not in known or code in pair.after.clients],
        )
    for appointment in diff.dropped:
        known = set(knowing.get(appointment, ()))
        there = [code for code in appointment.clinicians if not _away(away, code, appointment.start)]
        clients = [code for code in appointment.clients if code not in known]
        add(appointment.start, f"{what_and_when(appointment)} is dropped.", there, clients)
        add_attendants(appointment.start, f"{what_and_when(appointment)} is dropped.", appointment.attendants)
    for appointment in diff.added:
        add(appointment.start, new_sentence(appointment), appointment.clinicians, appointment.clients)
        add_attendants(appointment.start, new_sentence(appointment), appointment.attendants)
    for change in diff.blocks:
        when, sentence, people = _of_block(change)
        gone = change.after is None
        add(when, sentence, [c for c in people if not (gone and _away(away, c, when))])
    return tuple(
        Notice(kind, code, min(when for when, _ in said), tuple(s for _, s in sorted(said)))
        for (kind, code), said in sorted(found.items(), key=lambda e: (min(w for w, _ in e[1]), e[0]))
    )


def _away(away: Mapping[str, list[tuple[datetime, datetime]]], code: str, when: datetime) -> bool:
    return any(start <= when < end for start, end in away.get(code, ()))


def concerned(pair: Moved) -> set[str]:
    """Return clinicians and clients who have another time, or company, than before.

    A room is no matter, and who attends beside them is told and no matter either.
    """
    beside = {"room": pair.before.room, "attendants": pair.before.attendants}
    same = pair.after.model_copy(update=beside)
    if same == pair.before:
        return set()
    clinicians, clients = _concerned(Moved(pair.before, same))
    if pair.before.clinicians == pair.after.clinicians and pair.before.start == pair.after.start:
        clinicians = []
    return {*clinicians, *clients}


def _concerned(pair: Moved) -> tuple[list[str], list[str]]:
    """Return clinicians and clients whom another time concerns; only who comes or goes if it is the same."""
    before, after = pair.before, pair.after
    clinicians = sorted({*before.clinicians, *after.clinicians})
    same = {"clients": before.clients, "clinicians": before.clinicians}
    if after.model_copy(update=same) == before and before.clinicians == after.clinicians:
        return clinicians, sorted({*before.clients} ^ {*after.clients})
    return clinicians, sorted({*before.clients, *after.clients})


def moved_sentence(pair: Moved) -> str:
    """Return from where to where an appointment is moved, in one sentence."""
    before, after = pair.before, pair.after
    parts = []
    if (before.start, before.minutes) != (after.start, after.minutes):
        parts.append(_at(after))
    if before.clinicians != after.clinicians:
        parts.append(f"with {' and '.join(after.clinicians)} instead of {' and '.join(before.clinicians)}")
    if before.mode != after.mode:
        parts.append("by telehealth" if after.mode.value == "telehealth" else "in person")
    if (before.site, before.room) != (after.site, after.room) and after.mode.value == "in_person":
        other = f" instead of {before.site}" if before.site and before.site != after.site else ""
        place = " ".join(
            filter(None, [after.room and f"in {after.room}", after.site and f"at {after.site}{other}"])
        )
        parts.append(place or "in no named room")
    if {*before.attendants} != {*after.attendants}:
        instead = f" instead of {' and '.join(before.attendants)}" if before.attendants else ""
        parts.append(f"attended by {' and '.join(after.attendants) or 'nobody'}{instead}")
    gone, come = sorted({*before.clients} - {*after.clients}), sorted({*after.clients} - {*before.clients})
    parts += [f"without {code}" for code in gone] + [f"with {code}, too" for code in come]
    return f"{_what(before)} on {_at(before)} is now {', '.join(parts) or 'listed otherwise'}."


def what_and_when(appointment: Appointment) -> str:
    """Return what an appointment is, and when."""
    return f"{_what(appointment)} on {_at(appointment)}"


def new_sentence(appointment: Appointment) -> str:
    """Return what is new, when and with whom, in one sentence."""
    return f"{_what(appointment)} is new: {_at(appointment)}, with {' and '.join(appointment.clinicians)}."


def _what(appointment: Appointment) -> str:
    if appointment.group is not None:
        return f"The group {appointment.group}"
    return f"{appointment.session_type} of {', '.join(appointment.clients)}"


def _at(item: Appointment | Block) -> str:
    return f"{item.start:%A %H:%M}"


def _of_block(change: BlockChange) -> tuple[datetime, str, list[str]]:
    before, after = change.before, change.after
    here = [block for block in (before, after) if block is not None]
    when = min(block.start for block in here)
    kind = here[0].kind.value.replace("_", " ").capitalize()
    people = {code for block in here for code in people_of(block)}
    if here[0].kind in BUFFERS:
        # It follows from its session, of which the same people are told.
        return when, "", []
    if before is None:
        return when, f"{kind} of {here[0].minutes} minutes is new: {_at(here[0])}.", sorted(people)
    if after is None:
        return when, f"{kind} on {_at(before)} is dropped.", sorted(people)
    if (before.start, before.minutes) == (after.start, after.minutes):
        changed = {*people_of(before)} ^ {*people_of(after)}
        lead = {after.supervisor} - {None}
        gone = [f"without {code}" for code in sorted({*people_of(before)} - {*people_of(after)})]
        come = [f"with {code}, too" for code in sorted({*people_of(after)} - {*people_of(before)})]
        sentence = f"{kind} on {_at(before)} is now {', '.join([*gone, *come]) or 'listed otherwise'}."
        return when, sentence, sorted(changed | {code for code in lead if code is not None})
    length = "" if before.minutes == after.minutes else f", {after.minutes} minutes"
    return when, f"{kind} on {_at(before)} is now {_at(after)}{length}.", sorted(people)
