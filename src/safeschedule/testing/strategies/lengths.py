"""Lengths worth trying for protected blocks."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import BlockKind, Problem

Lengths = dict[BlockKind, tuple[int, ...]]


def block_lengths(problem: Problem) -> Lengths:
    """Return lengths worth trying for the blocks that rules ask for, in minutes on the grid.

    For each kind of which the problem gives an occasion: what the rulebook's parameters ask for (for travel,
    what the ways take), rounded up to the grid; then one step less where that leaves something, and one step
    more. Other blocks, for which no rule asks, have one step or two.
    """
    asked: dict[BlockKind, list[int]] = {}
    for kind, minutes in _asked(problem):
        asked.setdefault(kind, []).append(minutes)
    found = {kind: _rounded(problem.grid, minutes) for kind, minutes in asked.items()}
    found[BlockKind.OTHER] = (problem.grid, 2 * problem.grid)
    return {kind: minutes for kind, minutes in found.items() if minutes}


def _rounded(grid: int, minutes: list[int]) -> tuple[int, ...]:
    up = list(dict.fromkeys(-(-m // grid) * grid for m in minutes if m > 0))
    near = [m + step for m in up for step in (-grid, grid) if m + step > 0]
    return tuple(dict.fromkeys([*up, *near]))


def _asked(problem: Problem) -> Iterator[tuple[BlockKind, int]]:
    yield from _of_sessions(problem)
    yield from _of_people(problem)
    yield from _of_occasions(problem)


def _figure(problem: Problem, rule: str, name: str) -> int:
    return problem.rulebook.setting(rule).whole(name)


def _of_sessions(problem: Problem) -> Iterator[tuple[BlockKind, int]]:
    """Give what goes with sessions: documentation, breaks, resets, recovery, preparation."""
    note = _figure(problem, "documentation", "minutes")
    yield BlockKind.DOCUMENTATION, note
    extras = [_figure(problem, "documentation", kind) for kind in ("intake", "crisis", "court")]
    own = [entry.documentation_minutes for entry in problem.session_types]
    yield from ((BlockKind.DOCUMENTATION, note + extra) for extra in [*extras, *own] if extra)
    yield BlockKind.BREAK, _figure(problem, "breaks", "meal")
    yield BlockKind.RESET, _figure(problem, "crisis_reset", "minutes")
    yield BlockKind.RECOVERY, _figure(problem, "recovery_buffer", "minutes")
    yield from ((BlockKind.RECOVERY, entry.recovery_minutes or 0) for entry in problem.session_types)
    yield from ((BlockKind.PREPARATION, entry.preparation_minutes or 0) for entry in problem.session_types)
    if any(entry.kind == "group" for entry in problem.session_types):
        yield BlockKind.GROUP_PREPARATION, _figure(problem, "group_support", "before")
        yield BlockKind.DOCUMENTATION, _figure(problem, "group_support", "after")


def _of_people(problem: Problem) -> Iterator[tuple[BlockKind, int]]:
    """Give what people need in every week."""
    flagged = sum("coordination" in client.flags for client in problem.clients)
    yield BlockKind.CONSULTATION, _figure(problem, "consultation", "minutes")
    yield BlockKind.SUPERVISION, _figure(problem, "supervision", "new_minutes")
    yield BlockKind.SUPERVISION, _figure(problem, "supervision", "high_minutes")
    yield BlockKind.COORDINATION, _figure(problem, "coordination", "minutes")
    yield BlockKind.COORDINATION, _figure(problem, "coordination", "per_client") * flagged
    crises = [entry.minutes for entry in problem.session_types if entry.kind == "crisis"]
    yield BlockKind.URGENT_SLOT, max([_figure(problem, "urgent_slots", "minutes"), *crises])


def _of_occasions(problem: Problem) -> Iterator[tuple[BlockKind, int]]:
    """Give what only some weeks need: reviews, debriefs, cover, reserve, travel."""
    if any(person.teams for person in problem.clinicians):
        yield BlockKind.CASE_REVIEW, _figure(problem, "case_review", "minutes")
    if problem.incidents:
        yield BlockKind.DEBRIEF, _figure(problem, "debrief", "minutes")
        yield BlockKind.DEBRIEF, _figure(problem, "debrief", "follow_minutes")
    if any(person.leave for person in problem.clinicians):
        yield BlockKind.COVER, _figure(problem, "cover", "minutes")
    volatile = sum("volatile" in client.flags for client in problem.clients)
    if volatile:
        yield BlockKind.RESERVE, _figure(problem, "response_reserve", "piece")
        yield BlockKind.RESERVE, _figure(problem, "response_reserve", "per_client") * volatile
    for way in problem.travel:
        yield BlockKind.TRAVEL, way.minutes
