"""What no rule can judge: unknown codes, other weeks, requests served otherwise than they ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator
from datetime import datetime

from safeschedule.catalogue import Trait
from safeschedule.schedule import Appointment, Block
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.week import Week


def inconsistencies(week: Week) -> Iterator[Finding]:
    """Yield what is wrong with a schedule before any rule is asked."""
    yield from _frame(week)
    yield from _rulebook(week)
    if _sites not in week.lasting:
        week.lasting[_sites] = _sites(week)
    known_sites = week.lasting[_sites]
    for appointment in week.schedule.appointments:
        yield from _appointment(week, appointment, known_sites)
    for block in week.schedule.blocks:
        yield from _block(week, block)
    yield from _requests(week)


def _finding(
    who: tuple[str, ...], when: datetime | None, measured: str, limit: str, sentence: str
) -> Finding:
    return Finding("consistency", who, when, measured, limit, sentence)


def _frame(week: Week) -> Iterator[Finding]:
    problem, schedule = week.problem, week.schedule
    if week.zone is None:
        sentence = f"The problem's time zone {problem.time_zone!r} is not known."
        yield _finding((), None, problem.time_zone, "an IANA time zone", sentence)
    if schedule.week_start != problem.week_start:
        found, due = schedule.week_start.isoformat(), problem.week_start.isoformat()
        yield _finding(
            (), None, found, due, f"The schedule is for the week of {found}, the problem for that of {due}."
        )
    if schedule.time_zone != problem.time_zone:
        found, due = schedule.time_zone, problem.time_zone
        yield _finding(
            (), None, found, due, f"The schedule's time zone is {found!r}, the problem's is {due!r}."
        )


def _rulebook(week: Week) -> Iterator[Finding]:
    for rule, parameter in week.unreadable:
        if week.settings[rule].enabled or Trait.READ_BY_OTHERS in week.settings[rule].rule.traits:
            found = str(week.problem.rulebook.setting(rule).values[parameter])[:80]
            name = f"the parameter {parameter!r} of the rule {wording.words(rule)!r}"
            sentence = f"The rulebook's value {found!r} for {name} makes no sense."
            yield _finding((), None, found, "a value in the parameter's range", sentence)
    for client in week.clients.values():
        if client.band not in week.bands:
            sentence = f"{client.id} is in the acuity band {client.band!r}, which the problem does not know."
            yield _finding((client.id,), None, client.band, "a band of the problem", sentence)


def _appointment(week: Week, given: Appointment, sites: Container[str]) -> Iterator[Finding]:
    when, people = given.start, (*given.clients, *given.clinicians)
    say = _speaker(people, when, lambda: f"The session of {wording.listing(given.clients)}")
    if not week.holds(when):
        yield say("outside", "inside the week", "lies outside the week.")
    for role, codes, known in (
        ("clinician", given.clinicians, week.clinicians),
        ("client", given.clients, week.clients),
        ("attendant", given.attendants, week.attendants),
    ):
        yield from _codes(codes, known, role, say)
    if given.session_type not in week.types:
        yield say(given.session_type, "a known type", f"is of the unknown type {given.session_type}.")
    if given.room is not None and given.room not in week.rooms:
        yield say(given.room, "a known room", f"is in the unknown room {given.room}.")
    if given.site is not None and given.site not in sites:
        yield say(given.site, "a known site", f"is at the unknown site {given.site}.")
    yield from _against_type(week, given, say)
    yield from _against_group(week, given, say)
    yield from _against_request(week, given, say)


_Say = Callable[[str, str, str], Finding]


def _speaker(people: tuple[str, ...], when: datetime, name: Callable[[], str]) -> _Say:
    # The name is worked out only when there is something to say, which is almost never.
    def say(measured: str, limit: str, rest: str) -> Finding:
        at = f"{wording.day_name(when.date())}, {when:%H:%M}"
        return _finding(people, when, measured, limit, f"{name()} on {at} {rest}")

    return say


def _codes(codes: tuple[str, ...], known: Container[str], role: str, say: _Say) -> Iterator[Finding]:
    if len(codes) == 1 and codes[0] in known:
        return  # nearly always
    for code, times in sorted(Counter(codes).items()):
        if code not in known:
            yield say(code, f"a known {role}", f"names the unknown {role} {code}.")
        if times > 1:
            yield say(code, "once", f"names the {role} {code} more than once.")


def _against_type(week: Week, given: Appointment, say: _Say) -> Iterator[Finding]:
    kind = week.types.get(given.session_type)
    if kind is None:
        return
    if given.minutes != kind.minutes:
        rest = f"takes {given.minutes} minutes, but its type {kind.id} takes {kind.minutes}."
        yield say(f"{given.minutes} minutes", f"{kind.minutes} minutes", rest)
    if given.group is not None or kind.largest > 1 or kind.facilitators > 1:
        return  # the rule group_size judges these
    for codes, noun in ((given.clients, "client"), (given.clinicians, "clinician")):
        found = len(set(codes))
        if found > 1:
            rest = f"has {wording.count(found, noun)}, but its type {kind.id} takes only one."
            yield say(wording.count(found, noun), "1", rest)


def _against_group(week: Week, given: Appointment, say: _Say) -> Iterator[Finding]:
    if given.group is None:
        return
    group = week.groups.get(given.group)
    if group is None:
        yield say(given.group, "a known group", f"is one of the unknown group {given.group}.")
        return
    if given.request is not None:
        rest = f"names the request {given.request} beside the group {group.id}, whose session it is."
        yield say(given.request, "no request", rest)
    if given.session_type != group.session_type:
        rest = f"is of the type {given.session_type}, but its group {group.id} has {group.session_type}."
        yield say(given.session_type, group.session_type, rest)


def _against_request(week: Week, given: Appointment, say: _Say) -> Iterator[Finding]:
    if given.request is None or given.group is not None:
        return
    request = week.requests.get(given.request)
    if request is None:
        yield say(given.request, "a known request", f"serves the unknown request {given.request}.")
        return
    if given.session_type != request.session_type:
        due = f"its request {request.id} asks for {request.session_type}"
        rest = f"is of the type {given.session_type}, but {due}."
        yield say(given.session_type, request.session_type, rest)
    if request.client not in given.clients:
        rest = f"serves the request {request.id}, which is {request.client}'s."
        yield say(wording.listing(given.clients), request.client, rest)


def _block(week: Week, given: Block) -> Iterator[Finding]:
    say = _speaker(given.clinicians, given.start, lambda: _the(given.kind.value))
    if not week.holds(given.start):
        yield say("outside", "inside the week", "lies outside the week.")
    yield from _codes(given.clinicians, week.clinicians, "clinician", say)
    if given.supervisor is not None and given.supervisor not in week.clinicians:
        yield say(given.supervisor, "a known supervisor", f"names the unknown supervisor {given.supervisor}.")


def _requests(week: Week) -> Iterator[Finding]:
    appointments = week.schedule.appointments
    served = Counter(
        given.request for given in appointments if given.request is not None and given.group is None
    )
    visits = Counter((given.group, client) for given in appointments for client in set(given.clients))
    for request in week.requests.values():
        if request.group is not None:
            served[request.id] = visits[request.group, request.client]
    yield from _groups(week)
    for code, request in week.requests.items():
        if served[code] > request.count:
            found, due = wording.count(served[code], "session"), wording.count(request.count, "session")
            sentence = f"The request {code} asks for {due} and is served with {found}."
            yield _finding((request.client, code), None, found, due, sentence)
    for entry in week.schedule.left_out:
        if entry.request not in week.requests:
            sentence = f"The unknown request {entry.request} is listed as left out."
            yield _finding((entry.request,), None, entry.request, "a known request", sentence)


def _groups(week: Week) -> Iterator[Finding]:
    held = Counter(given.group for given in week.schedule.appointments)
    for code, group in week.groups.items():
        if held[code] > group.sessions:
            found, due = wording.count(held[code], "session"), wording.count(group.sessions, "session")
            sentence = f"The group {code} has {found} this week, and may have {due}."
            yield _finding((code,), None, found, due, sentence)


def _sites(week: Week) -> set[str]:
    problem = week.problem
    found: set[str | None] = {site.id for site in problem.sites}
    found.update(room.site for room in problem.rooms)
    found.update(request.site for request in problem.requests)
    for clinician in problem.clinicians:
        found.update(clinician.sites)
        found.update(period.site for period in clinician.working)
    return {site for site in found if site is not None}


def _the(kind: str) -> str:
    return f"The {wording.block_name(kind).split(' ', 1)[1]}"
