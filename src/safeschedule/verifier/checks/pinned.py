"""Check of the rule ``pinned``: what is pinned stays."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from safeschedule.problem import PinnedAppointment, Setting
from safeschedule.schedule import Appointment
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each pinned appointment and pinned block that the schedule does not have."""
    yield from _appointments(week, setting)
    yield from _groups(week, setting)
    yield from _blocks(week, setting)


def _appointments(week: Week, setting: Setting) -> Iterator[Finding]:
    placed: dict[tuple[str | None, str, datetime], list[Appointment]] = {}
    for given in week.schedule.appointments:
        for clinician in set(given.clinicians):
            placed.setdefault((given.request, clinician, given.start), []).append(given)
    for pin in week.problem.pinned_appointments:
        found = placed.get((pin.request, pin.clinician, pin.start), [])
        if not any(_same_place(pin, given) for given in found):
            what = f"The session of the request {pin.request} pinned with {pin.clinician} to {_at(pin.start)}"
            ending = "has another mode or room, or other attendants" if found else "is not there"
            who = (pin.clinician, pin.request)
            yield report(setting, who, pin.start, "not kept", "pinned", f"{what} {ending}.")


def _groups(week: Week, setting: Setting) -> Iterator[Finding]:
    placed: dict[tuple[str | None, datetime, frozenset[str]], set[str]] = {}
    attended: dict[tuple[str | None, datetime, frozenset[str]], set[str]] = {}
    for given in week.schedule.appointments:
        key = (given.group, given.start, frozenset(given.clinicians))
        placed.setdefault(key, set()).update(given.clients)
        attended.setdefault(key, set()).update(given.attendants)
    for pin in week.problem.pinned_groups:
        key = (pin.group, pin.start, frozenset(pin.clinicians))
        clients, attendants = placed.get(key), attended.get(key, set())
        whole = clients is not None and set(pin.clients) <= clients
        if not whole or not _same_attendants(pin.attendants, attendants):
            ending = "is without some of its clients" if not whole else "has other attendants"
            ending = "is not there with them" if clients is None else ending
            people = wording.listing(pin.clinicians)
            sentence = (
                f"The session of the group {pin.group} pinned with {people} to {_at(pin.start)} {ending}."
            )
            yield report(setting, (*pin.clinicians, pin.group), pin.start, "not kept", "pinned", sentence)


def _same_place(pin: PinnedAppointment, given: Appointment) -> bool:
    same = pin.mode in (None, given.mode) and pin.room in (None, given.room)
    return same and _same_attendants(pin.attendants, given.attendants)


def _same_attendants(pinned: Collection[str], given: Collection[str]) -> bool:
    return not pinned or set(pinned) == set(given)


def _blocks(week: Week, setting: Setting) -> Iterator[Finding]:
    placed = {
        (b.kind, b.start, b.minutes, frozenset(b.clinicians), b.supervisor, b.site)
        for b in week.schedule.blocks
    }
    for pin in week.problem.pinned_blocks:
        people = frozenset(pin.clinicians)
        if (pin.kind, pin.start, pin.minutes, people, pin.supervisor, pin.site) not in placed:
            named = wording.listing(pin.clinicians) if pin.clinicians else "nobody"
            kind = wording.words(pin.kind.value)
            sentence = f"The {kind} block of {named} pinned to {_at(pin.start)} is not there as pinned."
            yield report(setting, pin.clinicians, pin.start, "not kept", "pinned", sentence)


def _at(moment: datetime) -> str:
    return f"{wording.day_name(moment.date())}, {moment:%H:%M}"
