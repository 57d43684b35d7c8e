"""Tasks that cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.errors import Fault
from safeschedule.problem.faults.view import View


def answered_before_received(view: View) -> Iterator[Fault]:
    """Find tasks that are to be answered before they came."""
    for i, task in enumerate(view.problem.tasks):
        if task.received is not None and task.received > task.respond_by:
            found = task.received.isoformat("T", "minutes")
            expected = "no later than it is to be answered"
            yield Fault("out_of_order", f"tasks[{i}].received", found, expected)


CHECKS = (answered_before_received,)
