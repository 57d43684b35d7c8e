"""What is counted by clinician, client and date: how much more of it the rules allow."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from safeschedule.model.courses import course_days, course_gaps, courses
from safeschedule.model.encoders import caseload_cap, client_spacing, high_acuity_cap, return_days
from safeschedule.model.encoders.rolling_exposure import past_minutes, spans_of
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.points import high_acuity, points_of
from safeschedule.model.slots import case_of, slots_of
from safeschedule.model.spans import DAYS
from safeschedule.problem.clock import DAY
from safeschedule.solving.search.construction.board import Board
from safeschedule.solving.search.construction.leaving import Leaving

_PLENTY = 10**9


class Allowance:
    """Counts the sessions on a board; answers for many rows at once whether one more is allowed."""

    def __init__(self, board: Board) -> None:
        self._board, index = board, board.index
        people, padding = len(index.clinicians), [0]
        limits = board.index.problem.rulebook.setting("session_limits")
        of_group = index.of_kind("group")
        self._weight: Ints = np.append(np.where(of_group, limits.whole("group"), 1), padding)
        self._high: Bools = np.append(index.request_high, False)
        self._left_day = self._daily(index)
        self._left_week = np.array([self._weekly(c) for c in range(people)], dtype=np.int64)
        setting = board.active("daily_intensity")
        most = _PLENTY if setting is None else setting.whole("most")
        self._left_high = np.full((people, DAYS + 1), most, dtype=np.int64)
        self._left_intakes = np.full((people, DAYS + 1), _PLENTY, dtype=np.int64)
        self._intake: Bools = np.append(index.of_kind("intake"), False)
        back = board.active("return_days")
        for person, days in return_days.first_days(index, back).items() if back is not None else ():
            assert back is not None
            self._left_high[person, days] = np.minimum(self._left_high[person, days], back.whole("high"))
            self._left_intakes[person, days] = back.whole("intakes")
        self._exposure = np.zeros((people, DAYS + 1), dtype=np.int64)
        self._spans = self._exposure_spans()
        self._left_minutes = np.full((people, DAYS + 1), _PLENTY, dtype=np.int64)
        for clinician in self._spans:
            self._look_at_exposure(clinician)
        self._spacing = board.active("client_spacing")
        exempt = index.of_kind(*self._spacing.names("exempt")) if self._spacing is not None else of_group
        self._exempt: Bools = np.append(exempt, False)
        self._dates: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        # Of each request that is a course, the starts of its sessions.
        self._held: dict[int, list[int]] = defaultdict(list)
        if self._spacing is not None:
            self._courses = courses(index, self._spacing)
            self._course_days, self._course_gaps = (
                course_days(index, self._spacing),
                course_gaps(index, self._spacing),
            )
        self._leaving = Leaving(board)
        self._note_history()
        self.taker: dict[int, int] = {}
        self._is_new = np.array([c.clinician is None for c in index.clients] + [False], dtype=bool)
        self._joined: set[tuple[int, int]] = set()
        self._left_points, self._left_acute = self._caps(index)
        for row in np.flatnonzero(board.chosen & slots_of(board.rows)).tolist():
            self._note_slot(row)

    # How much there is at first.

    def _daily(self, index: Index) -> Ints:
        setting = self._board.active("session_limits")
        limits = index.problem.rulebook.setting("session_limits")
        own = [
            limits.whole("day") if c.daily_sessions is None else c.daily_sessions for c in index.clinicians
        ]
        found = np.full((len(own), DAYS + 1), _PLENTY, dtype=np.int64)
        if setting is not None:
            found[:] = np.array(own, dtype=np.int64)[:, None]
        back = self._board.active("return_days")
        for clinician, days in return_days.first_days(index, back).items() if back is not None else ():
            assert back is not None
            found[clinician, days] = max(1, int(back.exact("share") * own[clinician]))
        return found

    def _weekly(self, clinician: int) -> int:
        setting, person = self._board.active("session_limits"), self._board.index.clinicians[clinician]
        if setting is None:
            return _PLENTY
        if person.weekly_sessions is not None:
            return person.weekly_sessions
        return int(setting.whole("week") * person.fte)

    def _exposure_spans(self) -> dict[int, list[tuple[int, int, int]]]:
        """Return by clinician (first date, last date, high-intensity minutes that may be held in them)."""
        setting, index = self._board.active("rolling_exposure"), self._board.index
        if setting is None:
            return {}
        past = index.once("past minutes", lambda: past_minutes(index))
        most, found = setting.whole("minutes"), {}
        for clinician in range(len(index.clinicians)):
            before = past.get(clinician, {})
            found[clinician] = [
                (max(-1, first), last, most - sum(m for d, m in before.items() if first <= d <= last))
                for first, last in spans_of(index, clinician)
            ]
        return found

    def _look_at_exposure(self, clinician: int) -> None:
        left = self._left_minutes[clinician]
        left[:] = _PLENTY
        for first, last, most in self._spans[clinician]:
            # The last column is of the working day that began before the week, -1.
            days = np.arange(first, last + 1)
            left[days] = np.minimum(left[days], most - self._exposure[clinician, days].sum())

    def _note_history(self) -> None:
        index = self._board.index
        if self._spacing is None:
            return
        exempt = self._spacing.names("exempt")
        for past in index.problem.history.appointments:
            day = (past.start.date() - index.problem.week_start).days
            if -DAYS <= day < 0 and past.kind not in exempt and past.client in index.client_number:
                self._dates[index.client_number[past.client]][day] += 1

    def _caps(self, index: Index) -> tuple[Ints, Ints]:
        people = range(len(index.clinicians))
        points, acute = self._board.active("caseload_cap"), self._board.active("high_acuity_cap")
        self._points = np.array([points_of(index, client) for client in index.clients] + [0], dtype=np.int64)
        self._acute = np.array([high_acuity(index, client) for client in index.clients] + [0], dtype=np.int64)
        left = [_PLENTY if points is None else caseload_cap.headroom(index, points, c) for c in people]
        high = [_PLENTY if acute is None else high_acuity_cap.headroom(index, acute, c) for c in people]
        return np.array(left, dtype=np.int64), np.array(high, dtype=np.int64)

    # One more.

    def allowed(self, request: int, numbers: Ints) -> Ints:
        """Return those rows of a request's sessions that the counts allow."""
        board = self._board
        who, day = board.rows.clinician[numbers], board.day[numbers]
        weight, client = int(self._weight[request]), int(board.client[numbers[0]]) if len(numbers) else -1
        ok = (self._left_day[who, day] >= weight) & (self._left_week[who] >= weight)
        if self._high[request]:
            ok &= self._left_high[who, day] > 0
            ok &= self._left_minutes[who, day] >= board.rows.minutes[numbers]
        if self._intake[request]:
            ok &= self._left_intakes[who, day] > 0
        if request in self.taker:
            ok &= who == self.taker[request]
        if client >= 0:
            ok &= ~self._too_near(request, client)[board.date[numbers]]
            ok &= self._leaving.allowed(request, client, numbers)
            ok &= ~self._out_of_course(request, board.date[numbers], board.rows.start[numbers] % DAY)
        if client >= 0 and self._is_new[client]:
            fits = (self._left_points >= self._points[client]) & (self._left_acute >= self._acute[client])
            fits[[c for c, other in self._joined if other == client]] = True
            ok &= fits[who]
        found: Ints = numbers[ok]
        return found

    def _too_near(self, request: int, client: int) -> Bools:
        """Return by date whether a client's session there is too many or too near to another one."""
        found = np.zeros(DAYS, dtype=bool)
        if self._spacing is None or self._exempt[request] or client not in self._dates:
            return found
        person = self._board.index.clients[client]
        between = client_spacing.days_between(self._spacing, person)
        most = client_spacing.most_daily(self._spacing, person)
        dates = self._dates[client]
        for day in range(DAYS):
            near = any(0 < abs(day - other) <= between and count for other, count in dates.items())
            found[day] = near or dates.get(day, 0) >= most
            if person.five_day_sessions is not None:
                firsts = range(max(0, day - 4), min(day, DAYS - 5) + 1)
                sums = [sum(dates.get(d, 0) for d in range(first, first + 5)) for first in firsts]
                found[day] |= max(sums, default=0) >= person.five_day_sessions
        return found

    def _out_of_course(self, request: int, day: Ints, time: Ints) -> Bools:
        """Return of rows whether other sessions of their request, by itself, leave no place for them."""
        found: Bools = np.zeros(len(day), dtype=bool)
        if not self._held[request]:
            return found
        dates = np.array(self._held[request], dtype=np.int64) // DAY
        gaps = np.abs(day[:, None] - dates[None, :])
        found |= ((gaps > 0) & (gaps <= self._course_gaps[request])).any(axis=1)
        found |= (gaps == 0).sum(axis=1) >= self._course_days[request]
        if self._board.index.requests[request].same_time:
            found |= time != self._held[request][0] % DAY
        return found

    def seat_allowed(self, row: int) -> bool:
        """Return whether a client may have one more session on the date of a place in a group."""
        request = int(self._board.rows.request[row])
        return not self._too_near(request, int(self._board.client[row]))[self._board.date[row]]

    def lead_allowed(self, row: int) -> bool:
        """Return whether a clinician may give the group session of a row."""
        request = int(self._board.rows.request[row])
        return bool(len(self.allowed(request, np.array([row], dtype=np.int64))))

    def _note_slot(self, row: int) -> None:
        """Count an urgent slot as the session that it is held for."""
        rows, board = self._board.rows, self._board
        clinician, day = int(rows.clinician[row]), int(board.day[row])
        self._left_day[clinician, day] -= 1
        self._left_week[clinician] -= 1
        if case_of(board.index).high:
            self._left_high[clinician, day] -= 1
            self._exposure[clinician, day] += rows.minutes[row]
            if clinician in self._spans:
                self._look_at_exposure(clinician)

    def load(self, people: Ints) -> Ints:
        """Return how much of their weekly sessions clinicians have left, negated: most left first."""
        found: Ints = -self._left_week[people]
        return found

    def note(self, row: int) -> None:
        """Count a session, or a part of a group's, that was put on."""
        board, rows = self._board, self._board.rows
        request, clinician, day = int(rows.request[row]), int(rows.clinician[row]), int(board.day[row])
        client = int(board.client[row])
        if board.is_work[row]:
            self._left_day[clinician, day] -= self._weight[request]
            self._left_week[clinician] -= self._weight[request]
            self._left_intakes[clinician, day] -= self._intake[request]
            if self._high[request]:
                self._left_high[clinician, day] -= 1
                self._exposure[clinician, day] += rows.minutes[row]
                if clinician in self._spans:
                    self._look_at_exposure(clinician)
        if client >= 0 and not self._exempt[request]:
            self._dates[client][int(board.date[row])] += 1
            if self._spacing is not None and self._courses[request]:
                self._held[request].append(int(rows.start[row]))
        if board.is_session[row]:
            self._leaving.note(request, client, row)
            if board.active("continuity") is not None:
                self.taker[request] = clinician
            if self._is_new[client] and (clinician, client) not in self._joined:
                self._joined.add((clinician, client))
                self._left_points[clinician] -= self._points[client]
                self._left_acute[clinician] -= self._acute[client]
