"""What is drawn for one session or block: by whom, when, and where it is held."""

from __future__ import annotations

from safeschedule.problem import AllowedMode, BlockKind, Group, Mode, Request
from safeschedule.problem.clock import DAY
from safeschedule.testing.strategies.drawing import chance, one_of, whole
from safeschedule.testing.strategies.week import DrawnWeek, Venue


def clinician_for(week: DrawnWeek, request: Request) -> str:
    """Return the clinician whom a request asks for most of the time, else anybody."""
    own = request.clinician or week.clients[request.client].clinician
    if own is not None and own in week.people and not chance(week.draw, 25):
        return own
    return one_of(week.draw, *week.codes)


def block_minutes(week: DrawnWeek, kind: BlockKind) -> int:
    """Return a length of a kind of block, mostly the first."""
    return one_of(week.draw, *week.lengths[kind][:1] * 3, *week.lengths[kind])


def any_start(week: DrawnWeek, code: str, minutes: int) -> int:
    """Return any start on the grid, three times out of four near a working period."""
    draw, grid = week.draw, week.grid
    if week.periods[code] and not chance(draw, 25):
        begin, end = one_of(draw, *week.periods[code])
        start = begin // grid * grid + grid * whole(draw, 0, max(1, (end - begin) // grid))
    else:
        low, high = (0, DAY) if chance(draw, 20) else (480, 1080)
        day = whole(draw, 0, 6) * DAY
        start = day + grid * whole(draw, low // grid, high // grid - 1)
    return week.within_date(start, minutes)


def place_for(
    week: DrawnWeek,
    asked: Request | Group,
    code: str,
    start: int,
    *,
    mode: Mode | None = None,
    room: str | None = None,
) -> Venue:
    """Return how and where a session is held: mostly as is asked, and as suits the clinician.

    The mode and the room may be given already. Rooms are named only in schedules that name any.
    """
    mode = mode or _mode(week, asked)
    if mode is Mode.TELEHEALTH:
        return Venue(mode)
    site = _site(week, asked, code, start, room)
    if not week.rooms:
        return Venue(mode, site)
    return Venue(mode, site, room or _room(week, asked, site))


def _room(week: DrawnWeek, asked: Request | Group, site: str | None) -> str | None:
    """Return a room to name, mostly one at the site that serves as what is needed, or none."""
    wanted = week.types[asked.session_type].room_kind
    here = [room.id for room in week.problem.rooms if room.site == site and wanted in room.kinds]
    if here and chance(week.draw, 60):
        return one_of(week.draw, *here)
    return one_of(week.draw, None, *(room.id for room in week.problem.rooms))


def _mode(week: DrawnWeek, asked: Request | Group) -> Mode:
    allowed, every = AllowedMode(asked.mode.value), list(Mode)
    fit = [mode for mode in every if allowed in (AllowedMode.EITHER, mode.value)]
    return one_of(week.draw, *(every if chance(week.draw, 8) else fit))


def _site(week: DrawnWeek, asked: Request | Group, code: str, start: int, room: str | None) -> str | None:
    """Return the site that suits most of the time, otherwise any or none."""
    if chance(week.draw, 12):
        return one_of(week.draw, None, *week.sites)
    if asked.site is not None:
        return asked.site
    named = None if room is None else week.problem.by_code.rooms[room].site
    weekday = (week.problem.week_start.weekday() + start // DAY) % 7
    for period in week.people[code].working:
        if period.site and period.day.number == weekday and period.start <= start % DAY < period.end:
            return period.site
    sites = week.people[code].sites or week.sites
    return named or (one_of(week.draw, *sites) if sites else None)
