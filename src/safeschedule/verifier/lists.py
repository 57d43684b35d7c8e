"""A week's activities by person, date, kind and request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from safeschedule.verifier.activity import Activity, MeetingTime, ProtectedTime, Session


class Lists:
    """Activities as checks ask for them, each list sorted by time.

    Parameters
    ----------
    sessions, blocks
        Sorted by time.
    meetings
        Each with those of its people whom the problem knows.
    working_day
        Returns the working day of a clinician to which a minute belongs.
    """

    def __init__(
        self,
        sessions: Sequence[Session],
        blocks: Sequence[ProtectedTime],
        meetings: Iterable[tuple[MeetingTime, tuple[str, ...]]],
        working_day: Callable[[str, int], int],
    ) -> None:
        self.activities: dict[str, list[Activity]] = {}
        self.days: dict[tuple[str, int], list[Activity]] = {}
        self.sessions_on: dict[tuple[str, int], list[Session]] = {}
        self.blocks_on: dict[tuple[str, int, str], list[ProtectedTime]] = {}
        self.served: dict[str, list[Session]] = {}
        self.seen: dict[str, list[Session]] = {}
        for session in sessions:
            for clinician in session.clinicians:
                day = working_day(clinician, session.start)
                self.sessions_on.setdefault((clinician, day), []).append(session)
            for client in session.clients:
                self.seen.setdefault(client, []).append(session)
            for request in session.requests:
                self.served.setdefault(request.id, []).append(session)
        for block in blocks:
            for clinician in block.clinicians:
                day = working_day(clinician, block.start)
                self.blocks_on.setdefault((clinician, day, block.kind), []).append(block)
        people: list[tuple[Activity, tuple[str, ...]]] = [(s, s.clinicians) for s in sessions]
        people += [(block, _everyone(block)) for block in blocks]
        people += meetings
        for activity, clinicians in sorted(
            people, key=lambda pair: (pair[0].start, pair[0].end, pair[0].name)
        ):
            for clinician in clinicians:
                self.activities.setdefault(clinician, []).append(activity)
                day = working_day(clinician, activity.start)
                self.days.setdefault((clinician, day), []).append(activity)


def _everyone(block: ProtectedTime) -> tuple[str, ...]:
    """Return who is in a block: those who attend, and the supervisor."""
    if block.supervisor is None or block.supervisor in block.clinicians:
        return block.clinicians
    return (*block.clinicians, block.supervisor)
