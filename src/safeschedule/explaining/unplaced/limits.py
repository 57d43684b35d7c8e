"""Limits that one more session would go beyond with a clinician on a date, whatever the time of day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from safeschedule.catalogue import Trait
from safeschedule.model.index import Index, Ints
from safeschedule.model.rows import MODES, Rows, groups
from safeschedule.model.spans import DAYS
from safeschedule.problem import Request
from safeschedule.problem.clock import moment_at
from safeschedule.schedule import Appointment
from safeschedule.verifier.activity import Session
from safeschedule.verifier.again import Standing
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.nearby import Given

Beyond = dict[tuple[int, int], tuple[Finding, ...]]
"""By clinician and date, as numbers: what a session there breaks at any time of day."""


class CountedLimits:
    """The limits of one schedule, asked for one session after the other.

    What is counted is known of each rule (by its traits), so that a session is judged beside the
    sessions of its own people alone, once for all dates or for all sessions of its sort where that decides.

    Parameters
    ----------
    standing
        The schedule, from anywhere.
    without
        Activities of it that do not count.
    """

    def __init__(self, standing: Standing, without: Sequence[Given] = ()) -> None:
        self._standing = standing
        self._by_type: dict[tuple[str, bool, int, str], tuple[Finding, ...]] = {}
        gone = [standing.week.session(given) for given in without if isinstance(given, Appointment)]
        self._sessions = list(standing.week.sessions)
        for session in gone:
            if session in self._sessions:
                self._sessions.remove(session)

    @cached_property
    def _of_clinicians(self) -> dict[str, list[Session]]:
        found = defaultdict(list)
        for session in self._sessions:
            for code in session.clinicians:
                found[code].append(session)
        return found

    def beyond(self, index: Index, request: Request, rows: Rows) -> Beyond:
        """Return what a session of a request would break with a clinician on a date at any time.

        Its keys are clinicians and the numbers of `dates_of`.

        Parameters
        ----------
        rows
            The openings of the request.
        """
        found: Beyond = {}
        of_caseloads: dict[str, tuple[Finding, ...]] | None = None
        for (day,), members in groups(dates_of(index, rows)) if len(rows) else ():
            first = {int(rows.clinician[n]): int(n) for n in members[::-1].tolist()}
            given = [self._session(index, request, rows, number) for number in first.values()]
            of_client = self._of_client(request.client, given[0])
            if request.same_time and of_client:
                # At another time of day the session may break less.
                starts = {int(rows.start[n]): int(n) for n in members.tolist()}
                each = [self._session(index, request, rows, number) for number in starts.values()]
                of_client = min((self._of_client(request.client, session) for session in each), key=len)
            if of_caseloads is None:
                everyone = {int(c): int(n) for n, c in enumerate(rows.clinician.tolist())}
                sessions = [self._session(index, request, rows, number) for number in everyone.values()]
                of_caseloads = self._of_each(sessions, Trait.COUNTS_CLIENTS)
            of_dates = self._of_dates(day, given)
            for clinician in first:
                code = index.clinicians[clinician].id
                own = (*of_client, *of_caseloads[code], *of_dates[code])
                if own:
                    found[clinician, day] = own
        return found

    def _rules(self, trait: Trait) -> tuple[str, ...]:
        return self._standing.problem.rulebook.rules_with(trait)

    def _session(self, index: Index, request: Request, rows: Rows, number: int) -> Session:
        return self._standing.week.session(appointment_of(index, request, rows, number))

    def _of_dates(self, day: int, given: Iterable[Session]) -> dict[str, tuple[Finding, ...]]:
        found: dict[str, tuple[Finding, ...]] = {}
        unknown = []
        for session in given:
            (code,) = session.clinicians
            key = ("" if session.type is None else session.type.id, session.high, day, code)
            if key in self._by_type:
                found[code] = self._by_type[key]
            else:
                unknown.append((key, session))
        new = self._of_each([session for _, session in unknown], Trait.COUNTS_SESSIONS)
        self._by_type.update({key: new[key[-1]] for key, _ in unknown})
        return {**found, **new}

    def _of_each(self, given: Sequence[Session], trait: Trait) -> dict[str, tuple[Finding, ...]]:
        """Return by clinician what a session with them breaks; there is one with each of them."""
        if not given:
            return {}
        # As each clinician's sessions are counted apart, all are judged at once.
        people = [code for session in given for code in session.clinicians]
        of = self._of_clinicians
        beside = {id(session): session for code in people for session in of.get(code, ())}
        breaks = self._standing.breaks_of([*beside.values(), *given], self._rules(trait), ())
        return {code: tuple(finding for finding in breaks if code in finding.who) for code in people}

    def _of_client(self, client: str, session: Session) -> tuple[Finding, ...]:
        beside = [other for other in self._sessions if client in other.clients]
        breaks = self._standing.breaks_of([*beside, session], self._rules(Trait.COUNTS_VISITS), [client])
        return tuple(finding for finding in breaks if client in finding.who)


def dates_of(index: Index, rows: Rows) -> Ints:
    """Return for each row one number for its date and its clinician's working day.

    What is about the client goes by the date, what is about the clinician by the working day: of the date on
    which a night ends, the early morning is another one than the evening.
    """
    found: Ints = rows.day * (DAYS + 1) + index.day_of(rows.clinician, rows.start)
    return found


def appointment_of(index: Index, request: Request, rows: Rows, number: int) -> Appointment:
    """Return the session that an opening would become, without a room."""
    return Appointment(
        request=request.id,
        session_type=request.session_type,
        clients=(request.client,),
        clinicians=(index.clinicians[int(rows.clinician[number])].id,),
        start=moment_at(index.problem.week_start, int(rows.start[number])),
        minutes=int(rows.minutes[number]),
        mode=MODES[int(rows.mode[number])],
        site=[*index.site_number, None][int(rows.site[number])],
    )
