"""Who may see a client while the clinician who should is away: what the rule ``continuity`` says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from safeschedule.problem import Client, Clinician, Request, SessionType, Setting, Window
from safeschedule.verifier.hours import weekday_number
from safeschedule.verifier.intervals import Interval
from safeschedule.verifier.week import Week


class Absent:
    """A request and the clinician who should take it, seen in a week in which that clinician may be away.

    Parameters
    ----------
    week
        The week that is checked.
    setting
        Of the rule ``continuity``.
    request
        One of a client whom the week knows, not for a group.
    due
        The clinician whom the request names, or the client's own.
    """

    def __init__(self, week: Week, setting: Setting, request: Request, due: Clinician) -> None:
        self._week, self._setting, self._request, self.due = week, setting, request, due
        self._client: Client | None = week.clients.get(request.client)
        self._kind: SessionType | None = week.types.get(request.session_type)

    @property
    def away(self) -> bool:
        """Whether leave, and nothing else, takes every time at which the session could be."""
        hours = self._week.hours[self.due.id]
        return bool(hours.leave) and not self._fits(hours.ahead()) and self._fits(hours.ahead_but_for_leave())

    @property
    def urgent(self) -> bool:
        """Whether the session does not wait."""
        setting, client, kind = self._setting, self._client, self._kind
        if client is None or kind is None:
            return False
        band = self._week.bands.get(client.band)
        high = setting.flag("high_acuity") and band is not None and band.high_acuity
        flagged = any(flag in setting.names("flags") for flag in client.flags)
        return (
            high
            or flagged
            or kind.kind in setting.names("kinds")
            or self._request.priority >= setting.whole("priority")
        )

    @property
    def cover(self) -> Clinician | None:
        """The named cover, whether or not with time."""
        return None if self.due.cover is None else self._week.clinicians.get(self.due.cover)

    @property
    def cover_can(self) -> bool:
        """Whether there is a cover with the skills and a possible time free of leave."""
        cover = self.cover
        if cover is None or self._kind is None:
            return False
        lacking = {*self._request.skills, *self._kind.skills} - set(cover.skills)
        return not lacking and self._fits(self._week.hours[cover.id].ahead())

    def takes(self, clinician: str) -> bool:
        """Return whether a clinician may have the session instead."""
        if not self.away or not self.urgent:
            return False
        if self.cover is not None and self.cover.id == clinician:
            return True
        return self._setting.flag("anyone") and not self.cover_can

    def _fits(self, pieces: Iterable[Interval]) -> bool:
        return any(self._possible(start) for piece in pieces for start in self._starts(piece))

    def _starts(self, piece: Interval) -> Iterator[int]:
        """Yield the starts on the grid at which the session lies in a piece of working time."""
        if self._kind is not None:
            grid = self._week.problem.session_grid
            yield from range(-(-piece[0] // grid) * grid, piece[1] - self._kind.minutes + 1, grid)

    def _possible(self, start: int) -> bool:
        """Return whether the client could come at a minute of the week."""
        request, client = self._request, self._client
        if client is None or self._kind is None:
            return False
        day = self._week.dates[start // 1440]
        if not (request.earliest or date.min) <= day <= (request.latest or date.max):
            return False
        return self._within(client.windows, start, day) and self._within(request.windows, start, day)

    def _within(self, windows: tuple[Window, ...], start: int, day: date) -> bool:
        begin = start % 1440
        end = begin + (0 if self._kind is None else self._kind.minutes)
        return not windows or any(
            weekday_number(w.day) == day.weekday() and w.start <= begin and end <= w.end for w in windows
        )


def due_for(week: Week, request: Request, kind: SessionType | None) -> Clinician | None:
    """Return who should take a request, if anybody: the named clinician, or the own with the skills."""
    if request.clinician is not None:
        return week.clinicians.get(request.clinician)
    client = week.clients.get(request.client)
    own = None if client is None or client.clinician is None else week.clinicians.get(client.clinician)
    if own is None or kind is None:
        return None
    return own if {*request.skills, *kind.skills} <= set(own.skills) else None
