"""Requests that no week can place, whatever else is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from safeschedule.errors import Fault
from safeschedule.problem.attendants import Attendant, merged_needs
from safeschedule.problem.faults.attendants import there
from safeschedule.problem.faults.view import Check, View
from safeschedule.problem.people import Clinician
from safeschedule.problem.rulebook import Setting
from safeschedule.problem.showing import show
from safeschedule.problem.warnings.starting import Starts, both, in_spans, most_at_once, of_clinician
from safeschedule.problem.warnings.starting import of_request as starts_of_request
from safeschedule.problem.work import AllowedMode, Group, Mode, Request, SessionType


def impossible_requests(view: View) -> Iterator[Fault]:
    """Find requests that can never be placed; each by all that stands against it alone."""
    pinned = {pin.request for pin in view.problem.pinned_appointments}
    pinned_groups = {pin.group for pin in view.problem.pinned_groups}
    for number, request in enumerate(view.problem.requests):
        if request.id not in pinned and request.group not in pinned_groups:
            yield from of_request(view, number, request)


def of_request(view: View, number: int, request: Request) -> Iterator[Fault]:
    """Yield why a request can never be placed, if so."""
    kind, group = view.session_types.get(request.session_type), view.groups.get(request.group or "")
    if kind is None or (request.group is not None and group is None):
        return
    place = f"requests[{number}]"
    reasons = (
        _too_long(view, place, kind),
        _no_room(view, place, request, kind, group),
        _no_attendants(view, place, request, kind, group),
        _of_group(view, place, request, group, kind) if group else _of_one(view, place, request, kind),
    )
    yield from (reason for reason in reasons if reason is not None)


def _too_long(view: View, place: str, kind: SessionType) -> Fault | None:
    """Compare with the longest stretches: a session with its buffers is one by itself."""
    book = view.problem.rulebook
    setting, recovery = book.setting("breaks"), book.setting("recovery_buffer")
    if not (setting.enabled and setting.hard):
        return None
    longest, stretch = setting.whole("longest"), setting.whole("work_stretch")
    due = 0
    if recovery.enabled:
        plain = recovery.whole("minutes") if kind.trauma_processing else 0
        due = plain if kind.recovery_minutes is None else kind.recovery_minutes
    if book.setting("preparation").enabled:
        due += kind.preparation_minutes or 0
    if kind.minutes > longest:
        expected = (
            f"a session of at most {longest} minutes, the longest stretch that the rule breaks allows, "
            f"or a longer stretch in the rulebook (the parameter longest)"
        )
    elif kind.minutes + due > stretch:
        expected = (
            f"at most {stretch - due} minutes and {due} of preparation and recovery, the longest stretch at "
            f"work that the rule breaks allows, or a longer one in the rulebook (the parameter work_stretch)"
        )
    else:
        return None
    return Fault("never_too_long", f"{place}.session_type", f"{kind.minutes} minutes", expected)


def _no_room(
    view: View, place: str, request: Request, kind: SessionType, group: Group | None
) -> Fault | None:
    if request.mode is not AllowedMode.IN_PERSON if group is None else group.mode is not Mode.IN_PERSON:
        return None
    site = request.site if group is None else group.site
    if kind.room_kind is not None:
        seats = kind.largest + kind.facilitators
        fitting = (
            room for room in view.problem.rooms if room.seats >= seats and kind.room_kind in room.kinds
        )
        elsewhere = False
        for room in fitting:
            if site is None or room.site in (None, site):
                break
            elsewhere = True
        else:
            where = f" at the site {show(site)}" if elsewhere else ""
            expected = f"a room of the kind {show(kind.room_kind)} with {seats} seats{where}, or another mode"
            return Fault("never_a_room", f"{place}.session_type", show(kind.id), expected)
    for needed in kind.equipment:
        pieces = [piece for piece in view.problem.equipment if piece.kind == needed]
        if not any(site in (None, piece.site) or piece.site is None for piece in pieces):
            expected = f"a piece of equipment of the kind {show(needed)}, or another mode"
            return Fault("never_equipment", f"{place}.session_type", show(kind.id), expected)
    return None


def _no_attendants(
    view: View, place: str, request: Request, kind: SessionType, group: Group | None
) -> Fault | None:
    """Look whether enough attendants are there at one time at which the client can come."""
    asked = request if group is None else group
    for skill, count in merged_needs(kind.needs_attendants, asked.needs_attendants).items():
        able = [person for person in view.problem.attendants if skill in person.skills]
        who = "an attendant" if count == 1 else f"{count} attendants"
        if len(able) < count:
            expected = f"{who} with the skill {show(skill)} (an entry in attendants), or no need of it"
            found = f"{len(able)} with it"
            return Fault("never_attended", f"{place}.needs_attendants", found, expected)
        starts = starts_of_request(view, request, kind.minutes)
        if not any(most_at_once(times) >= count for times in _attended(view, asked, able, kind, starts)):
            expected = (
                f"{kind.minutes} minutes at which {who} of {', '.join(person.id for person in able[:5])} can "
                "attend, at a time when the client can come: hours, leave, sites and modes never meet"
            )
            return Fault("never_attended", f"{place}.needs_attendants", "no time that meets", expected)
    return None


def _attended(
    view: View, asked: Request | Group, able: Sequence[Attendant], kind: SessionType, starts: Starts
) -> Iterator[list[Starts]]:
    """Yield for each mode the starts of each attendant at which the client can come."""
    grid = view.problem.session_grid
    for mode in Mode:
        if asked.mode.value not in (mode.value, AllowedMode.EITHER.value):
            continue
        seen, site = mode is Mode.IN_PERSON, asked.site
        spans = (there(view, a, in_person=seen, site=site, anywhere=site is None) for a in able)
        yield [both(starts, in_spans(own, kind.minutes, grid)) for own in spans]


def _of_one(view: View, place: str, request: Request, kind: SessionType) -> Fault | None:
    """Judge a request of one client."""
    starts = starts_of_request(view, request, kind.minutes)
    if not starts:
        expected = f"windows and dates in which {kind.minutes} minutes fit on the grid, for {request.client}"
        return Fault("never_in_windows", place, "no time for the client", expected)
    offered, whose = _offered(view, request, kind)
    skills = {*kind.skills, *request.skills}
    skilled = [person for person in offered if skills <= set(person.skills)]
    if not skilled:
        # Without other words: the skills that no one of them has at all, or all of them together.
        missing = sorted(skill for skill in skills if not any(skill in p.skills for p in offered)) or sorted(
            skills
        )
        expected = f"skills that {whose} has, or a request that others may take"
        return Fault("never_skilled", f"{place}.session_type", show(", ".join(missing)), expected)
    suited = [person for person in skilled if _can_meet(person, request.mode, request.site)]
    if not suited:
        how = "by telehealth" if request.mode is AllowedMode.TELEHEALTH else f"at {show(request.site)}"
        expected = f"a mode and a site in which {whose} with its skills works; nobody of them works {how}"
        return Fault("never_meeting", f"{place}.mode", str(request.mode), expected)
    return _no_time(view, place, request, kind, starts, suited, whose)


def _no_time(
    view: View,
    place: str,
    request: Request,
    kind: SessionType,
    starts: Starts,
    people: Sequence[Clinician],
    whose: str,
) -> Fault | None:
    hours = view.problem.rulebook.setting("working_hours")
    seen = request.mode is AllowedMode.IN_PERSON and hours.enabled and hours.hard
    if any(both(starts, of_clinician(view, p.id, kind.minutes, in_person=seen)) for p in people):
        return None
    expected = (
        f"{kind.minutes} minutes in one working period free of leave of {whose}, at a time when the client "
        f"can come{' in person' if seen else ''}"
    )
    return Fault("never_at_work", place, "no time that meets", expected)


def _offered(view: View, request: Request, kind: SessionType) -> tuple[list[Clinician], str]:
    """Return who may take a request by the rule continuity, and how to call them."""
    setting = view.problem.rulebook.setting("continuity")
    client = view.clients.get(request.client)
    own = view.clinicians.get((client.clinician if client else None) or "")
    named = view.clinicians.get(request.clinician or "")
    able = own is not None and {*kind.skills, *request.skills} <= set(own.skills)
    due = named or (own if able else None)
    if not (setting.enabled and setting.hard) or due is None:
        return list(view.problem.clinicians), "some clinician"
    if not (view.leave[due.id] and _is_urgent(view, setting, request, kind)):
        return [due], due.id
    # Whether leave takes all possible times is not looked at: too many who may take it are no harm here.
    if setting.flag("anyone"):
        return list(view.problem.clinicians), "some clinician"
    cover = view.clinicians.get(due.cover or "")
    return ([due], due.id) if cover is None else ([due, cover], f"{due.id} or the cover {cover.id}")


def _is_urgent(view: View, setting: Setting, request: Request, kind: SessionType) -> bool:
    """Return whether the rule continuity lets a cover have it."""
    client = view.clients.get(request.client)
    high = {band.id for band in view.problem.bands if band.high_acuity and setting.flag("high_acuity")}
    return (
        request.priority >= setting.whole("priority")
        or kind.kind in setting.names("kinds")
        or (client is not None and client.band in high)
        or (client is not None and any(flag in setting.names("flags") for flag in client.flags))
    )


def _can_meet(person: Clinician, mode: AllowedMode, site: str | None) -> bool:
    if mode is not AllowedMode.IN_PERSON and person.telehealth:
        return True
    if mode is AllowedMode.TELEHEALTH:
        return False
    return site is None or any(
        site == period.site or (period.site is None and (not person.sites or site in person.sites))
        for period in person.working
    )


def _of_group(view: View, place: str, request: Request, group: Group, kind: SessionType) -> Fault | None:
    """Judge the sessions of a group: this client at its times; at one, enough clients and leaders."""
    own = starts_of_request(view, request, kind.minutes)
    if own and not _in_slots(view, group, own):
        expected = f"a time of the group {show(group.id)} at which {request.client} can come"
        return Fault("never_in_windows", f"{place}.group", "no time that meets", expected)
    sizes = view.problem.rulebook.setting("group_size")
    if not (sizes.enabled and sizes.hard):
        return None
    asking = view.asking[group.id]
    if len(asking) < kind.smallest:
        expected = f"requests of at least {kind.smallest} clients for the group {show(group.id)}"
        return Fault("never_enough_clients", f"{place}.group", f"{len(asking)}", expected)
    when = partial(_in_slots, view, group)
    clients = [when(starts_of_request(view, request, kind.minutes)) for request in asking]
    if most_at_once(clients) < kind.smallest:
        who = ", ".join(request.client for request in asking[:5]) + (", ..." if len(asking) > 5 else "")
        expected = (
            f"{kind.minutes} minutes at which {kind.smallest} of {who} can come: their times never meet"
        )
        return Fault("never_together", f"{place}.group", "no time that meets", expected)
    skills = set(kind.skills)
    site = group.site if group.mode is Mode.IN_PERSON else None
    leaders = [
        when(of_clinician(view, person.id, kind.minutes, site=site))
        for person in view.problem.clinicians
        if (not group.facilitators or person.id in group.facilitators) and skills <= set(person.skills)
    ]
    needed = kind.facilitators
    if most_at_once(leaders) < needed:
        where = f" there, at {show(site)}," if site is not None else ""
        expected = f"{needed} who may lead the group {show(group.id)}, at work{where} at one time"
        return Fault("never_led", f"{place}.group", f"{len(leaders)} may lead it", expected)
    return None


def _in_slots(view: View, group: Group, starts: Starts) -> Starts:
    if not group.slots:
        return starts
    first = view.problem.week_start.weekday()
    slots = [((slot.day.number - first) % 7 * 1440 + slot.start,) * 2 for slot in group.slots]
    return both(starts, sorted((a, b) for a, b in slots))


CHECKS: tuple[Check, ...] = (impossible_requests,)
