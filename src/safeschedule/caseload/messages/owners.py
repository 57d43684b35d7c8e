"""Who could answer what is nobody's: proposals, which people accept or not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from safeschedule.arguments import Arguments
from safeschedule.caseload.messages.answers import MessageQueue, ProposedOwner, QueueBlock
from safeschedule.caseload.messages.filling import filled, open_tasks, owner_of
from safeschedule.problem import MessageTask, Problem
from safeschedule.schedule import Block
from safeschedule.verifier import wording


def proposed_owners(problem: Problem, held: Mapping[str, list[Block]]) -> Iterator[ProposedOwner]:
    """Yield who could answer what is nobody's, the first to be answered first, as if each were accepted."""
    entries = list(open_tasks(problem))
    owned = {code: [e.task.id for e in entries if owner_of(problem, e.task) == code] for code in held}
    nobodys = [entry for entry in entries if owner_of(problem, entry.task) is None]
    wanted = _skills_by_client(problem)
    people = problem.by_code.clinicians
    for entry in sorted(nobodys, key=lambda each: (each.end, each.task.id)):
        able = [c for c in held if wanted.get(entry.task.client, frozenset()) <= set(people[c].skills)]
        offers = [_offer(problem, code, held[code], owned[code], entry.task) for code in able]
        found = min((offer for offer in offers if offer is not None), key=_fit, default=None)
        if found is not None:
            owned[found.clinician].append(entry.task.id)
            yield found


def _fit(offer: ProposedOwner) -> tuple[int, datetime, str]:
    return -offer.free, offer.until, offer.clinician


def _offer(
    problem: Problem, code: str, blocks: Sequence[Block], own: Collection[str], task: MessageTask
) -> ProposedOwner | None:
    """Return how somebody could answer a task in time; ``None``: not beside what is there."""

    def left_of(tasks: Collection[str]) -> tuple[int, list[QueueBlock]]:
        entries = [entry for entry in open_tasks(problem) if entry.task.id in tasks]
        parts = [filled(code, block, entries) for block in blocks]
        return sum(entry.left for entry in entries), parts

    before, _ = left_of(own)
    after, parts = left_of([*own, task.id])
    if after > before:
        return None
    answered = [(b, p) for b in parts for p in b.parts if p.task == task.id]
    ends = [block.start + timedelta(minutes=block.minutes) for block, _ in answered]
    free, start = sum(block.free for block in parts), answered[0][0].start
    sentence = (
        f"{task.id} ({task.client}) is nobody's: {code} could answer it on "
        f"{wording.day_name(start.date())}, {start:%H:%M}, with {wording.count(free, 'minute')} of "
        "coordination time to spare."
    )
    return ProposedOwner(task.id, task.client, code, start, max(ends), free, sentence)


def _skills_by_client(problem: Problem) -> dict[str, frozenset[str]]:
    """Return the skills, such as languages, that each client's own requests ask for."""
    found: dict[str, frozenset[str]] = {}
    for request in problem.requests:
        if request.group is None:
            found[request.client] = found.get(request.client, frozenset()) | set(request.skills)
    return found


def with_owners(problem: Problem, queue: MessageQueue) -> Problem:
    """Return the problem in which everybody who is proposed has the task: people have accepted it.

    Parameters
    ----------
    problem
        The week of the queue.
    queue
        See `message_queue`.

    Raises
    ------
    ArgumentError
        The queue is of another problem; with all that does not fit.

    Examples
    --------
    >>> from safeschedule import message_queue, with_owners
    >>> with_owners(problem, message_queue(problem, schedule)) == problem
    True
    """
    looked = Arguments("with_owners").problem(problem)
    looked.kind("queue", queue, MessageQueue, "a MessageQueue; see message_queue").done()
    owners = {each.task: each.clinician for each in queue.proposed}
    tasks = {task.id: task for task in problem.tasks}
    for number, each in enumerate(queue.proposed):
        task = tasks.get(each.task)
        if task is None or owner_of(problem, task) is not None:
            looked.fault("unknown_reference", f"queue.proposed[{number}]", each.task, "a task of nobody")
        if each.clinician not in problem.by_code.clinicians:
            looked.fault("unknown_reference", f"queue.proposed[{number}]", each.clinician, "a clinician")
    looked.done()
    return problem.model_copy(
        update={
            "tasks": tuple(
                task.model_copy(update={"clinician": owners[task.id]}) if task.id in owners else task
                for task in problem.tasks
            )
        }
    )
