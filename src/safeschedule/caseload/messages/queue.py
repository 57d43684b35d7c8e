"""The queue: of the tasks that a block can serve, the one that is to be answered first is done first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from safeschedule.arguments import Arguments
from safeschedule.caseload.messages.answers import LeftTask, MessageQueue
from safeschedule.caseload.messages.filling import OpenTask, coordination, filled, open_tasks, owner_of
from safeschedule.caseload.messages.owners import proposed_owners
from safeschedule.problem import MessageTask, Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier import wording


def message_queue(problem: Problem, schedule: Schedule) -> MessageQueue:
    """Return what is answered in which coordination block (TC: a queue, with response times).

    Each clinician's blocks are filled in the order of time: of the tasks that a block can serve, in the
    sense of the rule ``response_time``, the one that is to be answered first comes first (Jackson's rule).
    When all can be answered in time, this does it. A task goes on in a later block where it does not fit
    whole, and what has no place is told. For what is nobody's an owner is proposed: somebody with the skills
    that the client's requests ask for, in whose blocks it can be answered in time beside all that is there;
    of several the one with most free minutes left. Nothing is changed by a proposal; see `with_owners`.

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
    owned: dict[str | None, list[OpenTask]] = {}
    for entry in open_tasks(problem):
        owned.setdefault(owner_of(problem, entry.task), []).append(entry)
    held = coordination(problem, schedule)
    blocks = [filled(code, block, owned.get(code, ())) for code in held for block in held[code]]
    proposed = tuple(proposed_owners(problem, held))
    return MessageQueue(problem.week_start, tuple(blocks), tuple(_left(problem, owned)), proposed)


def left_tasks(problem: Problem, schedule: Schedule) -> tuple[MessageTask, ...]:
    """Return the tasks that are not done in a week, with what is left of each."""
    missing = {each.task: each.missing for each in message_queue(problem, schedule).left}
    return tuple(
        task.model_copy(update={"minutes": missing[task.id]}) for task in problem.tasks if task.id in missing
    )


def _left(problem: Problem, owned: dict[str | None, list[OpenTask]]) -> Iterator[LeftTask]:
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
