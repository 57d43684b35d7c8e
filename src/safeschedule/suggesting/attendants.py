"""Attendants for one session, while all others keep theirs."""

from __future__ import annotations

from collections.abc import Collection

from safeschedule.problem.attendants import filled
from safeschedule.schedule import Appointment
from safeschedule.verifier.activity import Session
from safeschedule.verifier.again import Standing
from safeschedule.verifier.attending import gap_due, is_there, needed, ways
from safeschedule.verifier.nearby import Given


class Attendants:
    """The attendants of a schedule.

    Parameters
    ----------
    standing
        The schedule.
    """

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._ways = ways(standing.week)

    def choose(self, given: Appointment, without: Collection[Given]) -> Appointment | None:
        """Return a session with attendants who are free: its own as far as they are, else others.

        ``None`` when somebody whom it needs is missing. Whoever attends it beside its needs stays where
        that is possible.

        Parameters
        ----------
        without
            What does not count.
        """
        session = self._standing.week.session(given)
        needs = needed(self._standing.week, session)
        if not needs and not given.attendants:
            return given  # nearly always
        free = [code for code in self._in_turn(given) if self._is_free(code, session, without)]
        people = filled(needs, [self._standing.week.attendants[code] for code in free])
        if people is None:
            return None
        found = [person.id for person in people]
        beside = [code for code in given.attendants if code in free and code not in found]
        own = given.attendants if set(given.attendants) == {*found, *beside} else (*found, *beside)
        return given.model_copy(update={"attendants": own})

    def _in_turn(self, given: Appointment) -> list[str]:
        """Return everybody's code, the session's own attendants first."""
        known = self._standing.week.attendants
        return list(dict.fromkeys((*(code for code in given.attendants if code in known), *known)))

    def _is_free(self, code: str, session: Session, without: Collection[Given]) -> bool:
        """Return whether an attendant is there, in no other session, and has minutes left in the week."""
        week, person = self._standing.week, self._standing.week.attendants[code]
        if not is_there(week, person, session):
            return False
        left = {id(other) for other in without}
        near = self._standing.nearby.of([("attendant", code)])
        others = [week.session(a) for a in near if isinstance(a, Appointment) and id(a) not in left]
        held = sum(other.minutes for other in others) + session.minutes
        if person.weekly_minutes is not None and held > person.weekly_minutes:
            return False
        return all(self._apart(session, other) for other in others)

    def _apart(self, one: Session, other: Session) -> bool:
        first, second = sorted((one, other), key=lambda session: session.start)
        return second.start - first.end >= gap_due(first, second, self._ways)
