"""Sessions of groups: nearly good ones, with preparation and documentation around them, and any."""

from __future__ import annotations

from collections.abc import Sequence

from safeschedule.problem import BlockKind, Group, Request
from safeschedule.problem.clock import DAY
from safeschedule.testing.strategies.choosing import any_start, place_for
from safeschedule.testing.strategies.drawing import chance, one_of, some_of, whole
from safeschedule.testing.strategies.week import DrawnWeek


def gather(week: DrawnWeek) -> None:
    """Place sessions of groups that are led and attended as they should be, most of the time."""
    for group in week.problem.groups:
        for _ in range(one_of(week.draw, 1, 1, 2, 3, 0)):
            asking = asking_for(week, group)
            if not (asking and week.room_in(group)):
                break
            _hold(week, group, asking)


def scatter_groups(week: DrawnWeek) -> None:
    """Place sessions of groups with anybody, at any time."""
    for group in week.problem.groups:
        for _ in range(whole(week.draw, 0, group.sessions)):
            asking = asking_for(week, group)
            if not asking:
                break
            who = some_of(week.draw, week.codes, 3) or list(week.codes[:1])
            there = some_of(week.draw, asking, len(asking)) or asking[:1]
            start = any_start(week, who[0], week.types[group.session_type].minutes)
            week.add(group, who, start, place_for(week, group, who[0], start), there)


def asking_for(week: DrawnWeek, group: Group) -> list[Request]:
    """Return the requests for a group that have sessions left, one for each client."""
    found = {r.client: r for r in week.problem.requests if r.group == group.id and week.left[r.id]}
    return list(found.values())


def _hold(week: DrawnWeek, group: Group, asking: list[Request]) -> None:
    """Place one session with most of those who ask, and what goes with it."""
    kind, who = week.types[group.session_type], _facilitators(week, group)
    before, after = _around(week, group)
    start = _start(week, group, who, before, after)
    there = [request for request in asking if chance(week.draw, 85)] or asking[:1]
    fitting = there if chance(week.draw, 10) else there[: kind.largest]
    week.add(group, who, start, place_for(week, group, who[0], start), fitting)
    _support(week, who, start, kind.minutes, before, after)


def _start(week: DrawnWeek, group: Group, who: Sequence[str], before: int, after: int) -> int:
    """Return a slot, or a start with time before and after, when all are free; rarely any start."""
    minutes = week.types[group.session_type].minutes
    starts = _slots(week, group) or [at + before for at in week.common(who, before + minutes + after)]
    free = [start for start in starts if all(week.free(code, start, minutes) for code in who)]
    if not starts or chance(week.draw, 10):
        return any_start(week, who[0], minutes)
    return week.within_date(one_of(week.draw, *(free or starts)), minutes)


def _facilitators(week: DrawnWeek, group: Group) -> list[str]:
    """Return as many clinicians as are due most of the time, mostly of those who may lead the group."""
    kind = week.types[group.session_type]
    due = kind.facilitators
    if kind.kind == "group" and kind.intensity == "high":
        due = max(due, week.problem.rulebook.setting("group_size").whole("high"))
    due = due if chance(week.draw, 80) else one_of(week.draw, 1, 2, 3, 3)
    able = [code for code, person in week.people.items() if set(kind.skills) <= set(person.skills)]
    able = [code for code in able if not group.facilitators or code in group.facilitators]
    pool = able if able and chance(week.draw, 90) else list(week.codes)
    found = some_of(week.draw, pool, 3) or pool[:1]
    return list(dict.fromkeys([*found, *pool, *week.codes]))[:due]


def _slots(week: DrawnWeek, group: Group) -> list[int]:
    first = week.problem.week_start.weekday()
    return [(slot.day.number - first) % 7 * DAY + slot.start for slot in group.slots]


def _around(week: DrawnWeek, group: Group) -> tuple[int, int]:
    """Return the minutes due before and after a session of a group, on the grid."""
    if week.types[group.session_type].kind != "group":
        return 0, 0
    setting = week.problem.rulebook.setting("group_support")
    return week.up(setting.whole("before")), week.up(setting.whole("after"))


def _support(week: DrawnWeek, who: Sequence[str], start: int, minutes: int, before: int, after: int) -> None:
    """Place preparation and documentation for most of the clinicians, at once or a step away."""
    together = len(who) > 1 and chance(week.draw, 20)
    for people in [list(who)] if together else [[code] for code in who]:
        gap = one_of(week.draw, 0, 0, 0, week.grid)
        _beside(week, BlockKind.GROUP_PREPARATION, people, start - before - gap, before)
        _beside(week, BlockKind.DOCUMENTATION, people, start + minutes + gap, after)


def _beside(week: DrawnWeek, kind: BlockKind, people: list[str], start: int, minutes: int) -> None:
    """Place a block where all are free, rarely elsewhere, and sometimes not at all."""
    if not minutes or kind not in week.lengths or not chance(week.draw, 88):
        return
    free = all(week.free(code, start, minutes) for code in people)
    if free or (week.within_date(start, minutes) == start and chance(week.draw, 8)):
        week.add_block(kind, people, start, minutes)
