"""Rules that the scheduler has no eye for: what breaks them is taken out again, as a careful person would."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from benchmarks.peers.greedy.board import Board
from safeschedule.model.extract import extract
from safeschedule.problem.clock import DAY
from safeschedule.schedule import Schedule
from safeschedule.verifier import Finding, examine

_SEEN = frozenset(
    (
        "access",
        "attendants",
        "before_leave",
        "breaks",
        "case_review",
        "caseload_cap",
        "client_availability",
        "client_spacing",
        "consultation",
        "contact_expectations",
        "continuity",
        "coordination",
        "cover",
        "crisis_reset",
        "daily_intensity",
        "debrief",
        "documentation",
        "even_days",
        "fair_load",
        "group_size",
        "group_support",
        "high_acuity_cap",
        "high_intensity_run",
        "intake_spacing",
        "intensity_pairing",
        "late_intake",
        "late_intensity",
        "leave",
        "no_overlap",
        "pinned",
        "preferences",
        "preparation",
        "qualification",
        "recovery_buffer",
        "response_reserve",
        "rest",
        "return_days",
        "rolling_exposure",
        "room_capacity",
        "session_limits",
        "stability",
        "supervision",
        "travel_time",
        "urgent_access",
        "urgent_rooms",
        "urgent_slots",
        "working_hours",
    )
)
"""Rules that the scheduler keeps, or in whose weeks it gives up."""


def without_breaks(board: Board) -> Schedule:
    """Return the schedule, less the sessions placed last of those that break rules it has no eye for."""
    unseen = {name for name, setting in board.index.settings.items() if setting.hard} - _SEEN
    while True:
        schedule = extract(board.index, board.rows.take(np.array(sorted(board.chosen), dtype=np.int64)))
        findings = examine(board.index.problem, schedule).findings if unseen else ()
        named = (_last_named(board, finding) for finding in findings if finding.rule in unseen)
        row = next((row for row in named if row is not None), None)
        if row is None:
            return schedule
        board.remove(row)


def _last_named(board: Board, finding: Finding) -> int | None:
    """Return the session placed last that a finding may be about; ``None`` without one."""
    index, rows = board.index, board.rows
    for row in reversed(board.chosen):
        if not rows.is_session[row]:
            continue
        client = index.clients[int(index.request_client[rows.request[row]])].id
        people = {index.clinicians[int(rows.clinician[row])].id, client}
        if people & set(finding.who) and (finding.when is None or _same_date(board, row, finding.when)):
            return row
    return None


def _same_date(board: Board, row: int, when: datetime) -> bool:
    return int(board.rows.start[row]) // DAY == board.index.minute(when) // DAY
