"""Coordination blocks and the tasks that are answered in them, the one that is due first before others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from safeschedule.caseload.messages.answers import QueueBlock, QueuedPart
from safeschedule.problem import BlockKind, MessageTask, Problem
from safeschedule.schedule import Block, Schedule


@dataclass
class OpenTask:
    """A task while the queue is made: from when, until when, and what is left of it."""

    task: MessageTask
    start: datetime
    end: datetime
    left: int


def owner_of(problem: Problem, task: MessageTask) -> str | None:
    """Return who answers a task; ``None``: nobody is named, and the client has no own clinician."""
    client = problem.by_code.clients.get(task.client)
    return task.clinician or (None if client is None else client.clinician)


def open_tasks(problem: Problem) -> Iterator[OpenTask]:
    """Yield the tasks of a week as they are before anything is answered."""
    week = datetime.combine(problem.week_start, time())
    late = problem.rulebook.setting("response_time").whole("late")
    for task in problem.tasks:
        passed = task.respond_by <= week
        end = week + timedelta(days=late) if passed else task.respond_by
        start = week if passed or task.received is None else max(task.received, week)
        yield OpenTask(task, start, end, task.minutes)


def coordination(problem: Problem, schedule: Schedule) -> dict[str, list[Block]]:
    """Return each clinician's coordination blocks in the order of time."""
    in_order = sorted(schedule.blocks, key=lambda block: block.start)
    own = [block for block in in_order if block.kind is BlockKind.COORDINATION]
    return {code: [b for b in own if code in b.clinicians] for code in problem.by_code.clinicians}


def filled(code: str, block: Block, tasks: Iterable[OpenTask]) -> QueueBlock:
    """Return a block with what is answered in it; the tasks have less left then."""
    end, free = block.start + timedelta(minutes=block.minutes), block.minutes
    served = [entry for entry in tasks if entry.left and entry.start <= block.start and end <= entry.end]
    parts = []
    for entry in sorted(served, key=lambda each: (each.end, each.start, each.task.id)):
        minutes = min(free, entry.left)
        if not minutes:
            break
        free, entry.left = free - minutes, entry.left - minutes
        task = entry.task
        parts.append(
            QueuedPart(
                task=task.id,
                client=task.client,
                kind=task.kind.value,
                minutes=minutes,
                of=task.minutes,
                respond_by=task.respond_by,
                ends=not entry.left,
            )
        )
    return QueueBlock(code, block.start, block.minutes, tuple(parts), free)
