"""Messages and calls that wait for an answer, for a week that is there already."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import numpy as np

from safeschedule.problem import MessageTask, Problem, TaskKind

_KINDS = {
    TaskKind.MESSAGE: (0.6, (5, 10)),
    TaskKind.CALL: (0.3, (10, 15, 20)),
    TaskKind.LETTER: (0.1, (20, 30)),
}
"""How often each kind comes, and its minutes; assumptions."""

_DAYS = (1, 2, 3, 4)
"""Dates after the first of the week until whose evening an answer is due; an assumption."""

_EVENING = 17


def with_tasks(problem: Problem, share: float = 0.15, *, seed: int = 0) -> Problem:
    """Return a week in which messages and calls wait; the same arguments give the same week.

    Parameters
    ----------
    problem
        A week, such as `generate` makes it.
    share
        Of clients on caseloads about whom something is to be answered, 0 to 1.
    seed
        Of ``numpy.random.default_rng``.

    Raises
    ------
    ValueError
        An argument is outside its range.

    Examples
    --------
    >>> from safeschedule.samples import sample, with_tasks
    >>> len(with_tasks(sample(), 0.2).tasks) > 10
    True
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share must be 0 to 1, not {share}")
    rng = np.random.default_rng(seed)
    kinds, shares = list(_KINDS), [chance for chance, _ in _KINDS.values()]
    monday = datetime.combine(problem.week_start, time())
    tasks: list[MessageTask] = []
    for client in problem.clients:
        if client.clinician is None or rng.random() >= share:
            continue
        kind = kinds[int(rng.choice(len(kinds), p=shares))]
        tasks.append(
            MessageTask(
                id=f"T{len(tasks) + 1:03d}",
                client=client.id,
                minutes=int(rng.choice(_KINDS[kind][1])),
                kind=kind,
                received=monday - timedelta(hours=int(rng.integers(1, 72))),
                respond_by=monday + timedelta(days=int(rng.choice(_DAYS)), hours=_EVENING),
            )
        )
    return problem.with_changes(tasks=tasks)
