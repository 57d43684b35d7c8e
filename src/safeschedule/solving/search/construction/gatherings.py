"""Sessions of groups: those that most clients can come to first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np

from safeschedule.model.gathering import facilitators_due
from safeschedule.model.index import Ints
from safeschedule.model.rows import Role, groups
from safeschedule.solving.search.construction.sessions import Sessions


class Gatherings:
    """Puts the sessions of groups on a board, with their facilitators and clients."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions, self._board = sessions, sessions.board
        rows, items = self._board.rows, np.append(self._board.index.items, -1)
        self._leads = {i: m for (i,), m in groups(rows.request, where=rows.role == Role.LEAD)}
        self._others: dict[tuple[int, ...], Ints] = {}
        self._seats: dict[tuple[int, ...], Ints] = {}
        place = (rows.start, rows.mode, rows.site)
        for key, members in groups(rows.request, rows.partner, *place, where=rows.role == Role.CO):
            self._others[key] = members
        for key, members in groups(items[rows.request], rows.clinician, *place, where=rows.role == Role.SEAT):
            self._seats[key] = members

    def put_all(self, over: Callable[[], bool]) -> None:
        """Put on sessions of each group until it has as many as it may, or nobody more can come."""
        for item in self._leads:
            while self._sessions.missing[item] > 0 and not over() and self._put(item):
                pass

    def _put(self, item: int) -> bool:
        """Put on the best session of a group; return whether there was a place for one."""
        board = self._board
        leads = board.fits(self._leads[item])
        ranked: dict[tuple[float, int], list[int]] = defaultdict(list)
        for position, lead in enumerate(leads[np.argsort(board.rows.start[leads], kind="stable")].tolist()):
            seats = self._coming(item, lead)
            if len(seats) >= max(1, board.index.request_types[item].smallest):
                ranked[-float(self._sessions.worth[0, seats].sum()), position] = [lead, *seats]
        return any(self._take(item, lead, seats) for _, (lead, *seats) in sorted(ranked.items()))

    def _key(self, item: int, lead: int) -> tuple[int, ...]:
        rows = self._board.rows
        return (
            item,
            int(rows.clinician[lead]),
            int(rows.start[lead]),
            int(rows.mode[lead]),
            int(rows.site[lead]),
        )

    def _coming(self, item: int, lead: int) -> list[int]:
        """Return the places of those clients who can come, those worth most first, as many as may."""
        worth = self._sessions.worth
        offers = self._board.fits(self._seats.get(self._key(item, lead), np.zeros(0, dtype=np.int64)))
        offers = offers[self._sessions.missing[self._board.rows.request[offers]] > 0]
        offers = offers[np.lexsort((offers, *-worth[::-1, offers]))]
        most = self._board.index.request_types[item].largest
        return [row for row in offers.tolist() if self._sessions.limits.seat_allowed(row)][:most]

    def _take(self, item: int, lead: int, seats: list[int]) -> bool:
        """Put on a session with as many facilitators as are due; return whether it fits."""
        board, limits, order = self._board, self._sessions.limits, self._sessions.order
        due = facilitators_due(board.index, board.index.request_types[item]) - 1
        if not limits.lead_allowed(lead) or not order.allows(lead):
            return False
        offers = board.fits(self._others.get(self._key(item, lead), np.zeros(0, dtype=np.int64)))
        fit = (row for row in offers.tolist() if limits.lead_allowed(row) and order.allows(row))
        others = [row for row, _ in zip(fit, range(due), strict=False)]
        if len(others) < due or self._sessions.companions.put_with(lead, *others, *seats) is None:
            return False
        for row in (lead, *others, *seats):
            self._sessions.note(row)
        return True
