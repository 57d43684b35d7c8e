"""Any schedule over a problem, good or bad, and half of the time nearly good."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from safeschedule.problem import AllowedMode, BlockKind, Clinician, Kind, Mode, Problem, Request
from safeschedule.problem.clock import minutes_after, moment_at
from safeschedule.schedule import Appointment, Block, LeftOut, Schedule
from safeschedule.testing.strategies.drawing import Draw, chance, one_of

_DAY = 1440
_JOINT = (BlockKind.CONSULTATION, BlockKind.SUPERVISION)


def block_lengths(problem: Problem) -> dict[BlockKind, tuple[int, ...]]:
    """Return lengths worth trying for the blocks that rules ask for, in minutes on the grid.

    For each kind: what the rulebook's parameters ask for, rounded up to the grid; then one step less where
    that leaves something, and one step more.
    """
    asked = {kind: _rounded(problem.grid, minutes) for kind, minutes in _asked(problem).items()}
    return {kind: minutes for kind, minutes in asked.items() if minutes}


def _asked(problem: Problem) -> dict[BlockKind, list[int]]:
    book = problem.rulebook

    def figure(rule: str, name: str) -> int:
        return book.setting(rule).whole(name)

    note = figure("documentation", "minutes")
    own = [t.documentation_minutes for t in problem.session_types]
    extras = [figure("documentation", kind) for kind in ("intake", "crisis", "court")]
    recovery = [t.recovery_minutes for t in problem.session_types]
    flagged = sum("coordination" in client.flags for client in problem.clients)
    return {
        BlockKind.DOCUMENTATION: [note, *(note + extra for extra in [*extras, *own] if extra)],
        BlockKind.BREAK: [figure("breaks", "meal")],
        BlockKind.CONSULTATION: [figure("consultation", "minutes")],
        BlockKind.SUPERVISION: [figure("supervision", "new_minutes"), figure("supervision", "high_minutes")],
        BlockKind.COORDINATION: [
            figure("coordination", "minutes"),
            figure("coordination", "per_client") * flagged,
        ],
        BlockKind.URGENT_SLOT: [figure("urgent_slots", "minutes")],
        BlockKind.RESET: [figure("crisis_reset", "minutes")],
        BlockKind.RECOVERY: [figure("recovery_buffer", "minutes"), *(extra for extra in recovery if extra)],
    }


def _rounded(grid: int, minutes: list[int]) -> tuple[int, ...]:
    up = list(dict.fromkeys(-(-m // grid) * grid for m in minutes if m > 0))
    near = [m + step for m in up for step in (-grid, grid) if m + step > 0]
    return tuple(dict.fromkeys([*up, *near]))


def schedules(
    problem: Problem, *, lengths: Mapping[BlockKind, tuple[int, ...]] | None = None, max_blocks: int = 8
) -> st.SearchStrategy[Schedule]:
    """Draw a schedule over the problem: it may break any rule, but it is of one piece.

    Each session of each request is placed once or left out; all codes are the problem's; everything starts on
    the grid and ends on the date on which it starts.

    Parameters
    ----------
    lengths
        Minutes that blocks may have, by kind; ``None``: those of `block_lengths`.
    max_blocks
        Blocks scattered about; schedules that are nearly good may have more.
    """
    return _schedules(problem, dict(block_lengths(problem) if lengths is None else lengths), max_blocks)


@st.composite
def _schedules(
    draw: st.DrawFn, problem: Problem, lengths: dict[BlockKind, tuple[int, ...]], max_blocks: int
) -> Schedule:
    week = _Week(draw, problem, lengths)
    sessions = [(r, n) for r in problem.requests for n in range(r.count)]
    if chance(draw, 60):
        week.pack(sessions)
    else:
        week.scatter(sessions, max_blocks)
    placed: dict[str | None, int] = defaultdict(int)
    for appointment in week.appointments:
        placed[appointment.request] += 1
    missing = [(r.id, r.count - placed[r.id]) for r in problem.requests if r.count > placed[r.id]]
    return Schedule(
        problem=problem.name,
        week_start=problem.week_start,
        time_zone=problem.time_zone,
        appointments=tuple(week.appointments),
        blocks=tuple(week.blocks),
        left_out=tuple(LeftOut(request=code, sessions=count) for code, count in missing),
    )


@dataclass
class _Week:
    """A schedule while it is drawn; times are minutes after the week's start."""

    draw: Draw
    problem: Problem
    lengths: dict[BlockKind, tuple[int, ...]]
    appointments: list[Appointment] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.people = {clinician.id: clinician for clinician in self.problem.clinicians}
        self.codes = tuple(self.people)
        self.types = {entry.id: entry for entry in self.problem.session_types}
        self.clients = {client.id: client for client in self.problem.clients}
        self.periods = {code: self._periods(person) for code, person in self.people.items()}
        self.busy: dict[str, list[tuple[int, int]]] = defaultdict(list)

    def _periods(self, person: Clinician) -> list[tuple[int, int]]:
        first = self.problem.week_start.weekday()
        found = [((p.day.number - first) % 7 * _DAY, p) for p in person.working]
        return sorted((day + p.start, day + p.end) for day, p in found)

    # Nearly good: one thing after the other, and what the rules ask for.

    def pack(self, sessions: list[tuple[Request, int]]) -> None:
        """Place what is pinned, joint blocks, then each clinician's sessions and blocks in turn."""
        grid = self.problem.grid
        for meeting in self.problem.meetings:
            start = self._minute(meeting.start)
            self._take(meeting.clinicians, start, meeting.minutes)
        kept = self._keep_pins()
        self._joint_blocks()
        plan: dict[tuple[str, int], list[Any]] = defaultdict(list)
        for request, number in sessions:
            if number >= kept[request.id] and not chance(self.draw, 15):
                code = self._clinician_for(request)
                plan[code, self._date_of(code)].append(request)
        for code in self.codes:
            days = sorted(
                {start // _DAY for start, _ in self.periods[code]} | {d for c, d in plan if c == code}
            )
            for day in days:
                todo = plan.get((code, day), [])
                todo = self.draw(st.permutations([*todo, *self._blocks_for(todo)]))
                cursor = self._opening(code, day)
                for item in todo:
                    cursor = self._put_next(code, item, cursor + grid * one_of(self.draw, 0, 0, 1, 2, 3))

    def _keep_pins(self) -> dict[str, int]:
        kept: dict[str, int] = defaultdict(int)
        requests = {request.id: request for request in self.problem.requests}
        for pin in self.problem.pinned_appointments:
            if not chance(self.draw, 10):
                kept[pin.request] += 1
                mode = pin.mode or self._mode(requests[pin.request])
                start = self._minute(pin.start)
                self._appointment(requests[pin.request], pin.clinician, start, mode, pin.room)
        for block in self.problem.pinned_blocks:
            if not chance(self.draw, 10):
                start = self._minute(block.start)
                self._block(block.kind, list(block.clinicians), start, block.minutes, block.supervisor)
        return kept

    def _joint_blocks(self) -> None:
        """Place a consultation for everybody who works then, and supervision for some."""
        leads = [code for code, person in self.people.items() if person.is_supervisor]
        for code in self.codes:
            hosts = [lead for lead in leads if lead != code]
            for kind in _JOINT:
                if (
                    not hosts
                    or kind not in self.lengths
                    or not self.periods[code]
                    or not chance(self.draw, 55)
                ):
                    continue
                named = self.people[code].supervisor
                host = named if named in hosts and chance(self.draw, 70) else one_of(self.draw, *hosts)
                minutes = one_of(self.draw, *self.lengths[kind])
                common = self._common(code, host, minutes)
                if common:
                    self._join(kind, code, host, one_of(self.draw, *common), minutes)

    def _join(self, kind: BlockKind, code: str, host: str, start: int, minutes: int) -> None:
        others = [c for c in self.codes if c not in (code, host) and self._free(c, start, minutes)]
        guests = [c for c in others if kind is BlockKind.CONSULTATION and chance(self.draw, 60)]
        self._block(kind, [code, *guests], start, minutes, host)

    def _common(self, one: str, other: str, minutes: int) -> list[int]:
        """Return starts at which both are free, the earliest dozen."""
        grid = self.problem.grid
        starts = [
            start
            for begin, end in self.periods[one]
            for start in range(-(-begin // grid) * grid, end - minutes + 1, grid)
            if self._free(one, start, minutes) and self._free(other, start, minutes)
        ]
        return starts[:12]

    def _free(self, code: str, start: int, minutes: int) -> bool:
        inside = any(a <= start and start + minutes <= b for a, b in self.periods[code])
        return inside and all(b <= start or start + minutes <= a for a, b in self.busy[code])

    def _clinician_for(self, request: Request) -> str:
        own = request.clinician or self.clients[request.client].clinician
        return own if own in self.people and not chance(self.draw, 25) else one_of(self.draw, *self.codes)

    def _date_of(self, code: str) -> int:
        days = sorted({start // _DAY for start, _ in self.periods[code]})
        return one_of(self.draw, *days) if days and not chance(self.draw, 5) else self.draw(st.integers(0, 6))

    def _opening(self, code: str, day: int) -> int:
        starts = [start for start, _ in self.periods[code] if start // _DAY == day]
        start = min(starts, default=day * _DAY + 540)
        return -(-start // self.problem.grid) * self.problem.grid

    def _blocks_for(self, todo: list[Any]) -> list[BlockKind]:
        """Return blocks that the rules ask for on a date with these sessions, most of the time."""
        wanted = [(BlockKind.URGENT_SLOT, 45), (BlockKind.COORDINATION, 35)]
        if todo:
            wanted += [(BlockKind.DOCUMENTATION, 85), (BlockKind.BREAK, 75), (BlockKind.DOCUMENTATION, 40)]
        return [kind for kind, percent in wanted if kind in self.lengths and chance(self.draw, percent)]

    def _put_next(self, code: str, item: Request | BlockKind, cursor: int) -> int:
        """Place a session or block, often with the reset or recovery that goes with it; return its end."""
        urgent = item is BlockKind.URGENT_SLOT
        kind = self.types[item.session_type].kind if isinstance(item, Request) else None
        if (urgent or kind is Kind.CRISIS) and BlockKind.RESET in self.lengths and chance(self.draw, 80):
            cursor = self._put_next(code, BlockKind.RESET, cursor)
        minutes = self._minutes(item)
        start = self._within_date(self._after_busy(code, cursor, minutes), minutes)
        if isinstance(item, Request):
            self._appointment(item, code, start, self._mode(item), self._room())
            trauma = self.types[item.session_type].trauma_processing
            if trauma and BlockKind.RECOVERY in self.lengths and chance(self.draw, 30):
                return self._put_next(code, BlockKind.RECOVERY, start + minutes)
        else:
            self._block(item, [code], start, minutes, None)
        return start + minutes

    def _after_busy(self, code: str, start: int, minutes: int) -> int:
        """Return the first start from here on that meets nothing placed; now and then this one as it is."""
        if chance(self.draw, 8):
            return start
        for begin, end in sorted(self.busy[code]):
            if begin < start + minutes and start < end:
                start = -(-end // self.problem.grid) * self.problem.grid
        inside = any(a <= start and start + minutes <= b for a, b in self.periods[code])
        later = [a for a, _ in self.periods[code] if a >= start and a // _DAY == start // _DAY]
        if not inside and later:
            return -(-later[0] // self.problem.grid) * self.problem.grid
        return start

    # Anything: starts anywhere, mostly where people work, so that much collides.

    def scatter(self, sessions: list[tuple[Request, int]], max_blocks: int) -> None:
        """Place sessions and blocks without regard for each other."""
        for request, _ in sessions:
            if not chance(self.draw, 20):
                code = self._clinician_for(request)
                start = self._start(code, self._minutes(request))
                self._appointment(request, code, start, self._mode(request), self._room())
        kinds = tuple(self.lengths)
        for _ in range(self.draw(st.integers(0, max_blocks)) if kinds else 0):
            kind, code = one_of(self.draw, *kinds), one_of(self.draw, *self.codes)
            minutes = one_of(self.draw, *self.lengths[kind])
            hosts = [other for other in self.codes if other != code]
            joint = kind in _JOINT and bool(hosts) and not chance(self.draw, 10)
            host = one_of(self.draw, *hosts) if joint else None
            guests = [c for c in hosts if c != host and joint and chance(self.draw, 25)]
            self._block(kind, [code, *guests], self._start(code, minutes), minutes, host)

    def _start(self, code: str, minutes: int) -> int:
        """Return any start on the grid, three times out of four near a working period."""
        grid = self.problem.grid
        if self.periods[code] and not chance(self.draw, 25):
            begin, end = one_of(self.draw, *self.periods[code])
            start = begin // grid * grid + grid * self.draw(st.integers(0, max(1, (end - begin) // grid)))
        else:
            low, high = (0, _DAY) if chance(self.draw, 20) else (480, 1080)
            day = self.draw(st.integers(0, 6)) * _DAY
            start = day + grid * self.draw(st.integers(low // grid, high // grid - 1))
        return self._within_date(start, minutes)

    # Common to both.

    def _within_date(self, start: int, minutes: int) -> int:
        grid, day = self.problem.grid, min(start // _DAY, 6)
        return max(day * _DAY, min(start, ((day + 1) * _DAY - minutes) // grid * grid))

    def _minutes(self, item: Request | BlockKind) -> int:
        if isinstance(item, Request):
            return self.types[item.session_type].minutes
        return one_of(self.draw, *self.lengths[item][:1] * 3, *self.lengths[item])

    def _mode(self, request: Request) -> Mode:
        allowed = [mode for mode in Mode if request.mode in (AllowedMode.EITHER, mode.value)]
        return one_of(self.draw, *Mode) if chance(self.draw, 8) else one_of(self.draw, *allowed)

    def _room(self) -> str | None:
        rooms = [room.id for room in self.problem.rooms]
        return one_of(self.draw, *rooms) if rooms and chance(self.draw, 20) else None

    def _site(self, request: Request, code: str, start: int, room: str | None) -> str | None:
        """Return the site that suits most of the time, otherwise any or none."""
        if chance(self.draw, 15):
            return one_of(self.draw, None, *(site.id for site in self.problem.sites))
        if request.site is not None:
            return request.site
        named = [r.site for r in self.problem.rooms if r.id == room and r.site]
        weekday = moment_at(self.problem.week_start, start).weekday()
        for period in self.people[code].working:
            if period.site and period.day.number == weekday and period.start <= start % _DAY < period.end:
                return period.site
        sites = self.people[code].sites or tuple(site.id for site in self.problem.sites)
        return (named or [one_of(self.draw, *sites)])[0] if sites else None

    def _appointment(self, request: Request, code: str, start: int, mode: Mode, room: str | None) -> None:
        person = mode is Mode.IN_PERSON
        minutes = self.types[request.session_type].minutes
        self._take((code,), start, minutes)
        self.appointments.append(
            Appointment(
                request=request.id,
                session_type=request.session_type,
                clients=(request.client,),
                clinicians=(code,),
                start=moment_at(self.problem.week_start, start),
                minutes=minutes,
                mode=mode,
                site=self._site(request, code, start, room) if person else None,
                room=room if person else None,
            )
        )

    def _block(self, kind: BlockKind, who: list[str], start: int, minutes: int, host: str | None) -> None:
        self._take([*who, host] if host else who, start, minutes)
        begins = moment_at(self.problem.week_start, start)
        self.blocks.append(
            Block(kind=kind, clinicians=tuple(who), start=begins, minutes=minutes, supervisor=host)
        )

    def _take(self, who: list[str] | tuple[str, ...], start: int, minutes: int) -> None:
        for code in who:
            self.busy[code].append((start, start + minutes))

    def _minute(self, moment: datetime) -> int:
        return minutes_after(self.problem.week_start, moment)
