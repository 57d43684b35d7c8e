"""Problem and schedule, indexed once, as the checks ask for them."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from copy import copy
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from safeschedule.problem import Client, Clinician, Problem, Request
from safeschedule.schedule import Appointment, Schedule
from safeschedule.schedule import Block as GivenBlock
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Activity, MeetingTime, ProtectedTime, Session
from safeschedule.verifier.buffers import Buffers
from safeschedule.verifier.caseload import Caseload
from safeschedule.verifier.clock_changes import clock_changes, zone_of
from safeschedule.verifier.duties import Duties
from safeschedule.verifier.few import Few
from safeschedule.verifier.hours import WorkingHours
from safeschedule.verifier.intensity import Intensities
from safeschedule.verifier.intervals import Interval
from safeschedule.verifier.lists import Lists
from safeschedule.verifier.nearby import Vicinity
from safeschedule.verifier.settings import resolved
from safeschedule.verifier.together import Together
from safeschedule.verifier.working_days import WorkingDays


class Week:
    """A week as checks see it: only what starts on its dates, only people whom the problem knows.

    All times are whole minutes from the first minute of the week's first date; every date has 1440 of
    them, whatever the clock does. Lists are sorted by time, whatever order the schedule has.

    Parameters
    ----------
    problem, schedule
        What is given, and what is checked.
    """

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem = problem
        self.schedule = schedule
        self._first = problem.week_start.toordinal()
        last = min(self._first + 7, date.max.toordinal() + 1)
        self.dates = tuple(date.fromordinal(number) for number in range(self._first, last))
        """The seven dates (fewer only at the calendar's very end)."""
        self.clinicians: Mapping[str, Clinician] = problem.by_code.clinicians
        self.clients: Mapping[str, Client] = problem.by_code.clients
        self.types = problem.by_code.session_types
        self.requests: Mapping[str, Request] = problem.by_code.requests
        self.groups = problem.by_code.groups
        self.rooms = problem.by_code.rooms
        self.attendants = problem.by_code.attendants
        self.bands = problem.by_code.bands
        self.telehealth_sites = frozenset(site.id for site in problem.sites if site.telehealth_only)
        self.midday = problem.rulebook.midday
        self.settings, self.unreadable = resolved(problem.rulebook, tuple(problem.rulebook.known()))
        self._intensities = Intensities(problem.clients, problem.requests, self.settings["daily_intensity"])
        self.buffers = Buffers(self.settings["recovery_buffer"], self.settings["preparation"])
        self.zone = zone_of(problem.time_zone)
        self.changes = clock_changes(self.zone, self.dates)
        """Minutes that a clock change skips or repeats, merged."""
        self.closed = frozenset(closure.date.toordinal() - self._first for closure in problem.closures)
        """Dates on which the service is closed, also of other weeks; 0 is the week's first."""
        self.hours = {code: self._hours(person) for code, person in self.clinicians.items()}
        self.together = Together(self.hours, self._met(), problem.grid)
        self.duties = Duties(problem, self.settings, self.together)
        self.lasting: dict[object, Any] = {}
        """What checks have worked out of the problem alone: weeks that differ in activities share it."""
        # By object, which its entry keeps alive: the same are looked at again beside each change.
        self._made: dict[int, tuple[Appointment, Session]] = {}
        for given in schedule.appointments:
            self._made[id(given)] = given, self.session(given)
        self.sessions, self.blocks = self._sorted(schedule)

    @cached_property
    def last_contacts(self) -> dict[str, date]:
        """The date of each client's last contact before the week, where one is known."""
        found = {c.id: c.last_contact for c in self.clients.values() if c.last_contact is not None}
        for past in self.problem.history.appointments:
            day = past.start.date()
            found[past.client] = max(day, found.get(past.client, day))
        return found

    def amended(
        self, schedule: Schedule, sessions: Sequence[Session], blocks: Sequence[ProtectedTime]
    ) -> Week:
        """Return the week with another schedule, whose sessions and blocks are known and sorted."""
        week = copy(self)
        for made in ("_lists", "caseload"):
            week.__dict__.pop(made, None)
        week.schedule, week.sessions, week.blocks = schedule, tuple(sessions), tuple(blocks)
        if "caseload" in self.__dict__:
            week.caseload = self.caseload.with_sessions(week.sessions)
        return week

    def given(self, problem: Problem) -> Week:
        """Return the week of a problem that differs in nothing but its pins."""
        week = copy(self)
        week.problem = problem
        return week

    def part(self, part: Vicinity) -> Week:
        """Return the week with some activities alone, in which checks go through some people alone.

        Everybody else can still be looked up.
        """
        week = self.amended(part.schedule, *self._sorted(part.schedule))
        week.problem = part.problem
        week.clinicians = Few(self.clinicians, part.clinicians)
        week.clients = Few(self.clients, part.clients)
        week.requests = Few(self.requests, part.requests)
        return week

    def of_sessions(self, sessions: Sequence[Session], clients: Collection[str]) -> Week:
        """Return the week with some sorted sessions alone, in which checks go through few people.

        They are the clinicians of the sessions and these clients. Everybody else can still be looked up.
        The urgent slots of these clinicians stay, as rules count them as the sessions that they are held for.
        """
        people = dict.fromkeys(code for each in sessions for code in each.clinicians)
        held = [b for b in self.blocks if b.kind == "urgent_slot" and people.keys() >= set(b.clinicians)]
        week = self.amended(self.schedule, sessions, held)
        week.clinicians = Few(self.clinicians, people)
        week.clients = Few(self.clients, clients)
        week.requests = Few(self.requests, ())
        return week

    def _hours(self, person: Clinician) -> WorkingHours:
        apart = 60 * self.settings["rest"].whole("apart")
        days = WorkingDays(person, self.dates[0].weekday(), self.closed, apart)
        return WorkingHours(person, len(self.dates), self.minute, self.changes, days)

    # -- times

    def minute(self, moment: datetime) -> int:
        """Return a moment in minutes from the week's first minute."""
        return (moment.toordinal() - self._first) * 1440 + moment.hour * 60 + moment.minute

    def moment(self, minute: int) -> datetime:
        """Return the local time of a minute, in the week or near it."""
        day = date.fromordinal(self._first + minute // 1440)
        return datetime.combine(day, time(minute // 60 % 24, minute % 60))

    def beginning(self, day: int) -> datetime:
        """Return the first minute of a date, or of the week where a working day began before it."""
        return self.moment(max(0, day) * 1440)

    def holds(self, moment: datetime) -> bool:
        """Return whether a moment is on one of the week's dates."""
        return 0 <= moment.toordinal() - self._first < len(self.dates)

    def day_name(self, day: int) -> str:
        """Return a date of the week as "Tuesday 6 October"."""
        return wording.day_name(date.fromordinal(self._first + day))

    def at(self, activity: Activity) -> str:
        """Return an activity's time as "Tuesday 6 October, 09:00-10:00"."""
        return f"{self.day_name(activity.day)}, {wording.span(activity.start, activity.end)}"

    def working_day(self, clinician: str, minute: int) -> int:
        """Return the working day of a clinician to which a minute belongs; -1 began before the week."""
        return self.hours[clinician].of(minute)

    def turn(self, clinician: str, day: int) -> int:
        """Return the minute at which the second half of a working day begins.

        That is midday of its date, or twelve hours later where it goes on after midnight.
        """
        night = self.hours[clinician].working_days.over_midnight(day)
        return day * 1440 + self.midday + (720 if night else 0)

    def second_half(self, clinician: str, minute: int) -> bool:
        """Return whether a minute lies in the second half of the working day to which it belongs."""
        return minute >= self.turn(clinician, self.working_day(clinician, minute))

    # -- activities

    def activities(self, clinician: str) -> list[Activity]:
        """Return all activities of a clinician: sessions, blocks attended or supervised, meetings."""
        return self._lists.activities.get(clinician, [])

    def on(self, clinician: str, day: int) -> list[Activity]:
        """Return the activities of a clinician that start on a working day."""
        return self._lists.days.get((clinician, day), [])

    def sessions_on(self, clinician: str, day: int) -> list[Session]:
        """Return the sessions of a clinician that start on a working day."""
        return self._lists.sessions_on.get((clinician, day), [])

    def session_days(self) -> Iterator[tuple[str, int, list[Session]]]:
        """Yield each clinician and working day with sessions, and the sessions."""
        for key in sorted(self._lists.sessions_on):
            yield (*key, self._lists.sessions_on[key])

    def slots_on(self, clinician: str, day: int) -> list[ProtectedTime]:
        """Return the urgent slots that a clinician holds on a working day, however long."""
        return self.blocks_on(clinician, day, "urgent_slot")

    def work_days(self) -> Iterator[tuple[str, int, list[Session], list[ProtectedTime]]]:
        """Yield each clinician and working day with sessions or urgent slots, and these."""
        held = {(who, day) for who, day, kind in self._lists.blocks_on if kind == "urgent_slot"}
        for key in sorted(held | self._lists.sessions_on.keys()):
            yield (*key, self._lists.sessions_on.get(key, []), self.slots_on(*key))

    def blocks_on(self, clinician: str, day: int, kind: str) -> list[ProtectedTime]:
        """Return the blocks of a kind that a clinician attends (not supervises) on a working day."""
        return self._lists.blocks_on.get((clinician, day, kind), [])

    def blocks_of(self, clinician: str, kind: str) -> list[ProtectedTime]:
        """Return the blocks of a kind that a clinician attends in the week."""
        return [block for day in range(-1, len(self.dates)) for block in self.blocks_on(clinician, day, kind)]

    def served(self, request: str) -> list[Session]:
        """Return the sessions of a request."""
        return self._lists.served.get(request, [])

    def seen(self, client: str) -> list[Session]:
        """Return the sessions of a client."""
        return self._lists.seen.get(client, [])

    @cached_property
    def caseload(self) -> Caseload:
        """Caseloads and points, reckoned with the parameters of the rule ``caseload_cap``."""
        return Caseload(self.problem, self.sessions, self.settings["caseload_cap"])

    @cached_property
    def _lists(self) -> Lists:
        return Lists(self.sessions, self.blocks, self._meetings, self.working_day)

    def _sorted(self, schedule: Schedule) -> tuple[tuple[Session, ...], tuple[ProtectedTime, ...]]:
        sessions = (self.session(given) for given in schedule.appointments if self.holds(given.start))
        blocks = (self.block(given) for given in schedule.blocks if self.holds(given.start))
        return tuple(sorted(sessions, key=activity_order)), tuple(sorted(blocks, key=activity_order))

    def session(self, given: Appointment) -> Session:
        """Return an appointment as checks see it."""
        known = self._made.get(id(given))
        if known is not None:
            return known[1]
        start = self.minute(given.start)
        request = None if given.request is None else self.requests.get(given.request)
        group = given.group if given.group in self.groups else None
        asked = self._asked_of(group, given.clients) if group else () if request is None else (request,)
        kind = self.types.get(given.session_type)
        return Session(
            start=start,
            end=start + given.minutes,
            clients=_known(given.clients, self.clients),
            clinicians=_known(given.clinicians, self.clinicians),
            type=kind,
            request=None if group else request,
            requests=asked,
            group=group,
            mode=given.mode.value,
            site=given.site,
            room=given.room,
            high=self._intensities.is_high(kind, given.clients, group),
            attendants=_known(given.attendants, self.attendants),
        )

    def _asked_of(self, group: str, clients: tuple[str, ...]) -> tuple[Request, ...]:
        """Return what these clients have asked of a group."""
        return tuple(self._asking[group, client] for client in clients if (group, client) in self._asking)

    @cached_property
    def _asking(self) -> dict[tuple[str, str], Request]:
        asking = reversed(self.problem.requests)
        return {(request.group, request.client): request for request in asking if request.group is not None}

    def block(self, given: GivenBlock) -> ProtectedTime:
        """Return a block as checks see it."""
        start = self.minute(given.start)
        return ProtectedTime(
            start=start,
            end=start + given.minutes,
            kind=given.kind.value,
            clinicians=_known(given.clinicians, self.clinicians),
            supervisor=given.supervisor if given.supervisor in self.clinicians else None,
            site=given.site,
        )

    def _met(self) -> dict[str, list[Interval]]:
        found: dict[str, list[Interval]] = {}
        for meeting, people in self._meetings:
            for code in people:
                found.setdefault(code, []).append((meeting.start, meeting.end))
        return found

    @cached_property
    def _meetings(self) -> tuple[tuple[MeetingTime, tuple[str, ...]], ...]:
        return tuple(self._given_meetings())

    def _given_meetings(self) -> Iterator[tuple[MeetingTime, tuple[str, ...]]]:
        for given in self.problem.meetings:
            start = self.minute(given.start)
            meeting = MeetingTime(start, start + given.minutes, given.id)
            # One that begins before the week may still be going on when it starts.
            if meeting.start < len(self.dates) * 1440 and meeting.end > 0:
                yield meeting, _known(given.clinicians, self.clinicians)


def _known(codes: tuple[str, ...], known: Container[str]) -> tuple[str, ...]:
    if len(codes) == 1:
        return codes if codes[0] in known else ()
    return tuple(sorted({code for code in codes if code in known}))


def activity_order(activity: Session | ProtectedTime) -> tuple[object, ...]:
    """Return the key by which sessions, and blocks, are sorted."""
    # Everything that a finding may mention takes part, so that the schedule's order never shows.
    detail: tuple[str, ...]
    if isinstance(activity, Session):
        request = "" if activity.request is None else activity.request.id
        kind = "" if activity.type is None else activity.type.id
        detail = (*activity.clients, "|", *activity.clinicians, "|", request, kind, activity.mode)
        detail = (*detail, activity.site or "", activity.room or "", *activity.attendants)
    else:
        detail = (*activity.clinicians, "|", activity.supervisor or "")
    return (activity.start, activity.end, activity.name, detail)
