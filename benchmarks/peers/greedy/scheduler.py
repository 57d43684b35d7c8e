"""The greedy scheduler: one pass over the blocks, one over the sessions, one more over what was left."""

from __future__ import annotations

import time
from typing import ClassVar

from benchmarks.peers.greedy.blocks import place_blocks
from benchmarks.peers.greedy.board import Board
from benchmarks.peers.greedy.paperwork import Paperwork
from benchmarks.peers.greedy.sessions import Sessions
from benchmarks.peers.greedy.unknown import without_breaks
from safeschedule.model.index import Index
from safeschedule.problem import Problem
from safeschedule.solving.backend import Found, Limits
from safeschedule.solving.outcome import Phase


class Greedy:
    """Fills a calendar in by hand, so to say; nothing that stands is moved again."""

    name: ClassVar[str] = "greedy"

    def solve(self, problem: Problem, limits: Limits) -> Found:
        """Return the schedule; it proves nothing, and does not know pinned times."""
        if problem.pinned_appointments or problem.pinned_blocks:
            return Found(None, explanation=("The greedy scheduler does not place pinned times.",))
        if problem.groups or problem.incidents:
            return Found(None, explanation=("The greedy scheduler knows no groups and no debriefs.",))
        marks = [time.monotonic()]
        board = Board(Index(problem))
        paperwork = Paperwork(board)

        def over() -> bool:
            late = limits.time_limit is not None and time.monotonic() - marks[0] > limits.time_limit
            return late or limits.stop.is_set()

        place_blocks(board)
        paperwork.reserve()
        marks.append(time.monotonic())
        sessions = Sessions(board, paperwork)
        sessions.place_all(over)
        # Half-days that stayed empty need no paperwork: their contracted minutes go to others.
        paperwork.give_back_unused()
        sessions.place_all(over)
        paperwork.give_back_unused()
        marks.append(time.monotonic())
        schedule = without_breaks(board)
        phases = (Phase("blocks", marks[1] - marks[0]), Phase("sessions", marks[2] - marks[1]))
        return Found(schedule, phases=phases)
