"""Check of the rule ``no_overlap``: nobody and no room in two places at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Activity, MeetingTime, Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR_AND_THEN
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR_AND_THEN


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each activity that starts while others of the same person or room still run.

    The amount of a finding is the number of those others, so that amounts add up to pairs while ten
    thousand activities at once stay ten thousand findings.
    """
    for clinician in week.clinicians:
        yield from _clashes(week, setting, clinician, week.activities(clinician))
    for client, sessions in sorted(_by_client(week).items()):
        yield from _clashes(week, setting, client, sessions)
    for room, sessions in sorted(_by_room(week).items()):
        yield from _clashes(week, setting, room, sessions)


def _by_client(week: Week) -> dict[str, list[Session]]:
    found: dict[str, list[Session]] = {}
    for session in week.sessions:
        for client in session.clients:
            found.setdefault(client, []).append(session)
    return found


def _by_room(week: Week) -> dict[str, list[Session]]:
    found: dict[str, list[Session]] = {}
    for session in week.sessions:
        if session.room is not None and session.room in week.rooms:
            found.setdefault(session.room, []).append(session)
    return found


def _clashes(week: Week, setting: Setting, who: str, activities: Sequence[Activity]) -> Iterator[Finding]:
    # Sweep by start. Meetings run apart: two meetings among themselves are not judged.
    running: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    for index, activity in enumerate(activities):
        for heap in running.values():
            while heap and heap[0][0] <= activity.start:
                heappop(heap)
        meeting = isinstance(activity, MeetingTime)
        pairs = len(running[False]) + (0 if meeting else len(running[True]))
        if pairs:
            _, other = (running[False] or running[True])[0]
            yield _finding(week, setting, who, activities[other], activity, pairs)
        heappush(running[meeting], (activity.end, index))


def _finding(
    week: Week, setting: Setting, who: str, first: Activity, second: Activity, pairs: int
) -> Finding:
    more = "" if pairs == 1 else f", and {wording.count(pairs - 1, 'other')} at the same time"
    sentence = (
        f"{who} has {_with(first, who)} ({wording.span(first.start, first.end)}) and {_with(second, who)} "
        f"({wording.span(second.start, second.end)}) that overlap on {week.day_name(second.day)}{more}."
    )
    return report(
        setting, [who], week.moment(second.start), f"{pairs + 1} at once", "1 at a time", sentence, pairs
    )


def _with(activity: Activity, who: str) -> str:
    """Return what somebody has, and with whom: a clinician with clients, a client with clinicians."""
    if not isinstance(activity, Session):
        return activity.name
    people = activity.clinicians if who in activity.clients else activity.clients
    return f"a session with {wording.listing(people)}" if people else "a session"
