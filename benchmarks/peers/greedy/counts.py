"""What a clinician, a client and a team may take on in a day and a week, counted as sessions are placed."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property

from benchmarks.peers.greedy.board import Board
from safeschedule.model.encoders import caseload_cap, high_acuity_cap
from safeschedule.model.points import high_acuity, points_of
from safeschedule.model.rows import KIND_NUMBER
from safeschedule.model.slots import case_of
from safeschedule.problem import BlockKind, Flag
from safeschedule.problem.clock import DAY


class Counts:
    """The counting rules: each answers whether one more session is allowed, and learns of those placed."""

    def __init__(self, board: Board) -> None:
        index = board.index
        self.index, self.rows = index, board.rows
        self.hard = {name: setting for name, setting in index.settings.items() if setting.hard}
        self.daily: Counter[tuple[int, int]] = Counter()
        self.weekly: Counter[int] = Counter()
        self.high: Counter[tuple[int, int]] = Counter()
        self.flagged: Counter[tuple[int, int]] = Counter()
        self.dates: dict[int, Counter[int]] = defaultdict(Counter)
        self.courses: dict[int, list[int]] = defaultdict(list)
        self.taker: dict[int, int] = {}
        self.joined: set[tuple[int, int]] = set()
        self.new_points: Counter[int] = Counter()
        self.new_high: Counter[int] = Counter()
        # An urgent slot counts as the session that it is held for.
        for row in [r for r in board.chosen if board.rows.kind[r] == KIND_NUMBER[BlockKind.URGENT_SLOT]]:
            clinician, day = int(board.rows.clinician[row]), int(board.day[row])
            self.daily[clinician, day] += 1
            self.weekly[clinician] += 1
            self.high[clinician, day] += case_of(index).high
        if "client_spacing" in self.hard:
            self.exempt = set(self.hard["client_spacing"].names("exempt"))
            for past in index.problem.history.appointments:
                if past.kind not in self.exempt and past.client in index.client_number:
                    day = (past.start.date() - index.problem.week_start).days
                    self.dates[index.client_number[past.client]][day] += 1

    def allow(self, row: int) -> bool:
        """Return whether the session of a row may be added."""
        request, clinician = int(self.rows.request[row]), int(self.rows.clinician[row])
        day = int(self.rows.start[row]) // DAY
        client = int(self.index.request_client[request])
        return (
            self._limits(request, clinician, day)
            and self._spacing(request, client, day)
            and self._course(request, int(self.rows.start[row]))
            and self.taker.get(request, clinician) == clinician
            and self._newcomer(client, clinician)
        )

    def add(self, row: int) -> None:
        """Learn of a session that was placed."""
        request, clinician = int(self.rows.request[row]), int(self.rows.clinician[row])
        day = int(self.rows.start[row]) // DAY
        number = int(self.index.request_client[request])
        client = self.index.clients[number]
        self.daily[clinician, day] += self._weight(request)
        self.weekly[clinician] += self._weight(request)
        self.high[clinician, day] += bool(self.index.request_high[request])
        self.flagged[clinician, day] += Flag.COORDINATION in client.flags
        if "client_spacing" in self.hard and self.index.request_types[request].kind not in self.exempt:
            self.dates[number][day] += 1
            self.courses[request].append(int(self.rows.start[row]))
        if "continuity" in self.hard:
            self.taker[request] = clinician
        if client.clinician is None and (number, clinician) not in self.joined:
            self.joined.add((number, clinician))
            self.new_points[clinician] += points_of(self.index, client)
            self.new_high[clinician] += high_acuity(self.index, client)

    def load(self, clinician: int) -> float:
        """Return a clinician's sessions by full-time equivalent: newcomers go to whoever has least."""
        return self.weekly[clinician] / self.index.fte_percent(clinician)

    def _weight(self, request: int) -> int:
        setting = self.hard.get("session_limits")
        group = setting is not None and self.index.request_types[request].kind == "group"
        return setting.whole("group") if setting is not None and group else 1

    def _limits(self, request: int, clinician: int, day: int) -> bool:
        person, weight = self.index.clinicians[clinician], self._weight(request)
        setting = self.hard.get("session_limits")
        if setting is not None:
            most = setting.whole("day") if person.daily_sessions is None else person.daily_sessions
            week = int(setting.whole("week") * person.fte)
            week = week if person.weekly_sessions is None else person.weekly_sessions
            if self.daily[clinician, day] + weight > most or self.weekly[clinician] + weight > week:
                return False
        setting = self.hard.get("daily_intensity")
        if setting is None or not self.index.request_high[request]:
            return True
        return self.high[clinician, day] < setting.whole("most")

    def _spacing(self, request: int, client: int, day: int) -> bool:
        setting = self.hard.get("client_spacing")
        if setting is None or self.index.request_types[request].kind in self.exempt:
            return True
        own = self.index.clients[client].days_between
        between = setting.whole("days") if own is None else own
        dates = self.dates[client]
        near = any(0 < abs(day - other) <= between for other, count in dates.items() if count)
        return not near and dates[day] < setting.whole("day")

    def _course(self, request: int, start: int) -> bool:
        """Return whether the other sessions of the request leave a place for one more."""
        setting, asked = self.hard.get("client_spacing"), self.index.requests[request]
        held = self.courses[request]
        if setting is None or not held:
            return True
        most = setting.whole("course") if asked.daily_sessions is None else asked.daily_sessions
        gaps = [abs(start // DAY - other // DAY) for other in held]
        near = any(0 < gap <= (asked.days_between or 0) for gap in gaps)
        late = asked.same_time and start % DAY != held[0] % DAY
        return not near and not late and gaps.count(0) < most

    def _newcomer(self, number: int, clinician: int) -> bool:
        client = self.index.clients[number]
        if client.clinician is not None or (number, clinician) in self.joined:
            return True
        if self.new_points[clinician] + points_of(self.index, client) > self._points_left[clinician]:
            return False
        high = high_acuity(self.index, client)
        return not high or self.new_high[clinician] < self._high_left[clinician]

    @cached_property
    def _points_left(self) -> list[float]:
        """What each clinician's cap leaves for new clients at the start, in hundredths of a point."""
        setting, people = self.hard.get("caseload_cap"), range(len(self.index.clinicians))
        if setting is None:
            return [float("inf") for _ in people]
        return [caseload_cap.headroom(self.index, setting, c) for c in people]

    @cached_property
    def _high_left(self) -> list[float]:
        """How many new high-acuity clients each clinician's cap leaves at the start."""
        setting, people = self.hard.get("high_acuity_cap"), range(len(self.index.clinicians))
        if setting is None:
            return [float("inf") for _ in people]
        return [high_acuity_cap.headroom(self.index, setting, c) for c in people]
