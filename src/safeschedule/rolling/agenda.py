"""What requests have behind them and ahead of them: left out so many weeks, or asked for again in some.

A problem holds only what is asked for in its week. The agenda remembers the rest: how a request was first
asked for, for how many weeks its sessions have been left out, and when those that were met come again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from safeschedule.problem import Problem, Request
from safeschedule.schedule import Schedule
from safeschedule.schedule.serving import served

MOST = 5
"""The highest priority."""

UNMET_WEEKS = 2
"""After so many weeks left out, a request does not stand in the way of a contact; an assumption."""


@dataclass(frozen=True)
class Ask:
    """Some of a request's sessions, alike in what they have behind them.

    Parameters
    ----------
    request
        As it was first asked for.
    sessions
        How many of its sessions.
    due
        First date of the week in which they are asked for (from then on, until they are met); of standing
        appointments that come again, the latest week whose turn it was.
    age
        For how many weeks they have been left out.
    """

    request: Request
    sessions: int
    due: date
    age: int = 0


@dataclass(frozen=True)
class Agenda:
    """The requests of a week and of the weeks after it; none of it follows from acuity bands.

    Parameters
    ----------
    week_start
        The first date of the week.
    asks
        In the order of the problem's requests.
    """

    week_start: date
    asks: tuple[Ask, ...] = ()

    @classmethod
    def of(cls, problem: Problem) -> Agenda:
        """Return the agenda of a problem that has nothing behind it: what is asked for now, and later."""
        start = problem.week_start
        now = [Ask(request, request.count, start) for request in problem.requests]
        return cls(start, (*now, *(_coming(request, start) for request in problem.upcoming)))

    def requests(self) -> tuple[Request, ...]:
        """Return the week's requests: sessions left to meet, priority by age, no dates of weeks gone by."""
        return tuple(self._request(asks) for asks in self._due().values())

    def upcoming(self) -> tuple[Request, ...]:
        """Return the requests of later weeks: those of a problem, and what comes again."""
        later = (ask for ask in self.asks if ask.due > self.week_start)
        return tuple(_upcoming(ask) for ask in later)

    def unmet(self) -> tuple[str, ...]:
        """Return the codes of requests left out for so long that a contact is due all the same."""
        return tuple(code for code, age in self.ages().items() if age >= UNMET_WEEKS)

    def ages(self) -> dict[str, int]:
        """Return for how many weeks each of the week's requests has been left out: its oldest session."""
        return {code: max(ask.age for ask in asks) for code, asks in self._due().items()}

    def taking(self, problem: Problem) -> Agenda:
        """Return the agenda of the same week after somebody has changed the problem.

        A request that is new or no longer as it was starts anew: what came of it again later does not come.
        One that is gone is withdrawn; so are all of a client who is gone.

        Raises
        ------
        ValueError
            It is another week's problem.
        """
        if problem.week_start != self.week_start:
            raise ValueError(f"the week begins on {self.week_start}, not on {problem.week_start}")
        clients = {client.id for client in problem.clients}
        before, due = {request.id: request for request in self.requests()}, self._due()
        asks: list[Ask] = []
        for request in problem.requests:
            same = before.get(request.id) == request
            asks += due[request.id] if same else [Ask(request, request.count, self.week_start)]
        changed = {request.id for request in problem.requests if before.get(request.id) != request}
        known = {_upcoming(ask): ask for ask in self.asks if ask.due > self.week_start}
        for request in problem.upcoming:
            ask = known.get(request)
            if request.client in clients and (ask is None or request.id not in changed):
                asks.append(ask or _coming(request, self.week_start))
        return replace(self, asks=tuple(asks))

    def after(self, problem: Problem, schedule: Schedule) -> Agenda:
        """Return the agenda of the next week, after this one was planned.

        Parameters
        ----------
        problem
            The week as it was planned; it may have more requests than the agenda.
        schedule
            What of it takes place. Of a request's sessions, those left out longest are met first.
        """
        met = served(problem, schedule)
        later = [ask for ask in self.asks if ask.due > self.week_start]
        for code, asks in self._due().items():
            # The turns of a standing appointment stay, whenever a missed one is made up for.
            later += (
                self._in_turn(asks[0], met[code]) if _keeps_turns(asks[0]) else self._moved(asks, met[code])
            )
        order = {code: number for number, code in enumerate(dict.fromkeys(a.request.id for a in self.asks))}
        later.sort(key=lambda ask: (order[ask.request.id], ask.due, -ask.age))
        return Agenda(self.week_start + timedelta(weeks=1), tuple(later))

    def _due(self) -> dict[str, list[Ask]]:
        found: dict[str, list[Ask]] = {}
        for ask in self.asks:
            if ask.due <= self.week_start:
                found.setdefault(ask.request.id, []).append(ask)
        return found

    def _request(self, asks: list[Ask]) -> Request:
        first = asks[0].request
        priority = max(ask.request.priority + ask.age for ask in asks)
        past = _past(first, self.week_start)
        sessions = sum(ask.sessions for ask in asks)
        elsewhere = {"standing": None} if self._is_taken(asks[0]) else {}
        update = {"count": sessions, "priority": min(MOST, priority), **past, **elsewhere}
        return first.model_copy(update=update)

    def _is_taken(self, ask: Ask) -> bool:
        """Return whether a missed standing appointment is made up for in a week of somebody else."""
        if not _keeps_turns(ask) or ask.due == self.week_start:
            return False
        return any(
            other.due == self.week_start and other.request.standing == ask.request.standing
            for other in self.asks
            if other.request.id != ask.request.id
        )

    def _in_turn(self, ask: Ask, met: int) -> Iterator[Ask]:
        """Yield a standing appointment for its next turn, or next week's if it is still missing.

        One that is missing when the next turn comes is asked for once, in its slot.
        """
        turn = timedelta(weeks=ask.request.every or 1)
        following = self.week_start + timedelta(weeks=1)
        due = ask.due + (following - ask.due) // turn * turn
        if not met:
            yield replace(ask, due=due, age=ask.age + 1)
        else:
            yield Ask(ask.request, ask.sessions, due if due == following else due + turn)

    def _moved(self, asks: list[Ask], met: int) -> Iterator[Ask]:
        """Yield what becomes of a request's sessions: those met come again, if ever, the others next week."""
        again = 0
        for ask in sorted(asks, key=lambda ask: -ask.age):
            seen = min(met - again, ask.sessions)
            again += seen
            if ask.sessions > seen:
                yield replace(ask, sessions=ask.sessions - seen, age=ask.age + 1)
        every = asks[0].request.every
        if again and every is not None:
            yield Ask(asks[0].request, again, self.week_start + timedelta(weeks=every))


def _coming(request: Request, week_start: date) -> Ask:
    """Return an upcoming request as it will be asked for, from its week on."""
    first = request.earliest or week_start
    due = week_start + (first - week_start) // timedelta(weeks=1) * timedelta(weeks=1)
    # The week's first date says no more than the week.
    asked = request.model_copy(update={"earliest": None}) if first == due else request
    return Ask(asked, request.count, due)


def _upcoming(ask: Ask) -> Request:
    """Return what will be asked for later as a request that says when."""
    first = ask.request
    since = ask.due if first.earliest is None else max(ask.due, first.earliest)
    return first.model_copy(update={"count": ask.sessions, **_past(first, ask.due), "earliest": since})


def _past(request: Request, week_start: date) -> dict[str, None]:
    """Return without which of its dates a request is asked for in a week: with those that are over."""
    dates = (("earliest", request.earliest), ("latest", request.latest))
    return {name: None for name, day in dates if day is not None and day < week_start}


def _keeps_turns(ask: Ask) -> bool:
    """Return whether it is a standing appointment that comes again in weeks of its own."""
    return ask.request.standing is not None and ask.request.every is not None
