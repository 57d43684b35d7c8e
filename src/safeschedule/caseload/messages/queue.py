"""The queue: of the tasks that a block can serve, the one that is to be answered first is done first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from safeschedule.arguments import Arguments
from safeschedule.caseload.messages.answers import LeftTask, MessageQueue, QueueBlock, QueuedPart
from safeschedule.problem import BlockKind, MessageTask, Problem
from safeschedule.schedule import Block, Schedule
from safeschedule.verifier import wording


@dataclass
class _Open:
    """A task while the queue is made: from when, until when, and what is left of it."""

    task: MessageTask
    start: datetime
    end: datetime
    left: int


def message_queue(problem: Problem, schedule: Schedule) -> MessageQueue:
    """Return what is answered in which coordination block (TC: a queue, with response times).

    Each clinician's blocks are filled in the order of time: of the tasks that a block can serve, in the
    sense of the rule ``response_time``, the one that is to be answered first comes first (Jackson's rule).
    When all can be answered in time, this does it. A task goes on in a later block where it does not fit
    whole, and what has no place is told.

    Parameters
    ----------
    problem, schedule
        The week.

    Examples
    --------
    >>> from safeschedule import message_queue
    >>> message_queue(problem, schedule).left
    ()
    """
    Arguments("message_queue").week(problem, schedule).done()
    owned: dict[str | None, list[_Open]] = {}
    for entry in _open(problem):
        owned.setdefault(owner_of(problem, entry.task), []).append(entry)
    blocks = [
        _filled(code, block, owned.get(code, ()))
        for code in problem.by_code.clinicians
        for block in sorted(schedule.blocks, key=lambda held: held.start)
        if block.kind is BlockKind.COORDINATION and code in block.clinicians
    ]
    return MessageQueue(problem.week_start, tuple(blocks), tuple(_left(problem, owned)))


def owner_of(problem: Problem, task: MessageTask) -> str | None:
    """Return who answers a task; ``None``: nobody is named, and the client has no own clinician."""
    client = problem.by_code.clients.get(task.client)
    return task.clinician or (None if client is None else client.clinician)


def left_tasks(problem: Problem, schedule: Schedule) -> tuple[MessageTask, ...]:
    """Return the tasks that are not done in a week, with what is left of each."""
    missing = {each.task: each.missing for each in message_queue(problem, schedule).left}
    return tuple(
        task.model_copy(update={"minutes": missing[task.id]}) for task in problem.tasks if task.id in missing
    )


def _open(problem: Problem) -> Iterator[_Open]:
    week = datetime.combine(problem.week_start, time())
    late = problem.rulebook.setting("response_time").whole("late")
    for task in problem.tasks:
        passed = task.respond_by <= week
        end = week + timedelta(days=late) if passed else task.respond_by
        start = week if passed or task.received is None else max(task.received, week)
        yield _Open(task, start, end, task.minutes)


def _filled(code: str, block: Block, tasks: Iterable[_Open]) -> QueueBlock:
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


def _left(problem: Problem, owned: dict[str | None, list[_Open]]) -> Iterator[LeftTask]:
    after = datetime.combine(problem.week_start, time()) + timedelta(weeks=1)
    everything = [(code, entry) for code, entries in owned.items() for entry in entries if entry.left]
    for code, entry in sorted(everything, key=lambda each: (each[1].end, each[1].task.id)):
        task, waits = entry.task, entry.end > after
        due = f"{wording.day_name(task.respond_by.date())}, {task.respond_by:%H:%M}"
        if code is None:
            why = f"nobody is named, and {task.client} has no own clinician"
        elif waits:
            why = "it may wait for the next week"
        else:
            why = (
                f"{code} has no coordination time for {wording.count(entry.left, 'minute')} of it until then"
            )
        sentence = f"{task.id} ({task.client}) has no place before {due}: {why}."
        yield LeftTask(task.id, task.client, code, entry.left, task.respond_by, waits, sentence)
