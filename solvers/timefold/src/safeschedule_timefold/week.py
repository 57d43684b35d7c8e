"""A problem as a week of tasks, for Timefold and back."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from safeschedule.model.index import Index
from safeschedule.model.rows import Rows, make_rows
from safeschedule.model.spans import DAYS
from safeschedule_timefold.blocks import Blocks
from safeschedule_timefold.figures import SCORED, figures
from safeschedule_timefold.sessions import Sessions
from safeschedule_timefold.task import DOCUMENTATION, Places, Task


class ImpossibleWeekError(Exception):
    """Something that a hard rule asks for has no place at all."""


class Week:
    """The tasks of a problem, pinned sessions and blocks first, and their places.

    Parameters
    ----------
    index
        A problem without faults.

    Raises
    ------
    ImpossibleWeekError
        A pin or a block that is due has no place.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        places = Places()
        maker = Blocks(index, places)
        blocks, sessions = maker.all(), Sessions(index, places, maker).all()
        pinned = [task for task in sessions if task.pinned]
        tasks = [*pinned, *blocks, *(task for task in sessions if not task.pinned)]
        self.figures = figures(index)
        for task in tasks:
            duty = task.kind.duty
            if not task.choices and duty >= 0 and self.figures["level"][duty] == 0:
                raise ImpossibleWeekError(f"The rule {SCORED[duty]} asks for something that has no place.")
        self.tasks = [task for task in tasks if task.choices]
        self.blocks = sum(1 for task in self.tasks if task.pinned or task.block is not None)
        self.places = places.all()
        self.figures |= self._at_work()

    def _at_work(self) -> dict[str, list[bool]]:
        """Tell which half-days and dates sessions could make use of, by where they may lie."""
        halves = [[False] * len(self.index.clinicians) * DAYS for _ in range(2)]
        writes = {
            (task.kind.clinician, self._half(task))
            for task in self.tasks
            if task.kind.what == DOCUMENTATION and not task.pinned
        }
        for clinician, half in writes:
            halves[half % 2][clinician * DAYS + half // 2] = True
        works = [a or b for a, b in zip(*halves, strict=True)]
        return {"worksMorning": halves[0], "worksAfternoon": halves[1], "works": works}

    def _half(self, task: Task) -> int:
        start = self.places[task.choices[0]].start
        return 2 * (start // (24 * 60)) + int(start % (24 * 60) >= self.index.midday)

    def to_java(self, java: Any) -> Any:
        """Return the week as the Java side's own."""
        jpype = import_module("jpype")
        facts = java.Facts()
        for name, value in self.figures.items():
            setattr(facts, name, _array(jpype, name, value))
        grid = jpype.JArray(jpype.JInt, 2)
        costs = [
            [figure for number, levels in task.costs.items() for figure in (number, *levels)]
            for task in self.tasks
        ]
        return java.Week.of(
            facts,
            grid([list(place) for place in self.places]),
            grid([list(task.kind) for task in self.tasks]),
            grid([task.choices for task in self.tasks]),
            jpype.JArray(jpype.JLong, 2)(costs),
            jpype.JArray(jpype.JBoolean)([task.pinned for task in self.tasks]),
        )

    def rows(self, chosen: list[int]) -> Rows:
        """Return the rows of tasks in their places.

        Parameters
        ----------
        chosen
            By task, the number of its place, or -1.
        """
        records = [
            record
            for task, place in zip(self.tasks, chosen, strict=True)
            if place >= 0
            for record in task.rows(self.places[place])
        ]
        return make_rows(records)


_FLAGS = {"member", "needsMeal", "works", "worksMorning", "worksAfternoon", "judged", "newHigh"}
_TABLES = {"meetings", "pastDays"}


def _array(jpype: Any, name: str, value: Any) -> Any:
    """Return a figure as the type that its field in `Facts.java` has; an empty list would not tell."""
    if not isinstance(value, list):
        return value
    if name in _TABLES:
        return jpype.JArray(jpype.JInt, 2)(value)
    if name == "weight":
        return jpype.JArray(jpype.JLong)(value)
    return jpype.JArray(jpype.JBoolean if name in _FLAGS else jpype.JInt)(value)
