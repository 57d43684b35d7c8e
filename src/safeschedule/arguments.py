"""The arguments of public calls: all that is wrong with them is told at once, before any work begins."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from safeschedule.errors import ArgumentError, Fault
from safeschedule.problem.problem import Problem
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.schedule.schedule import Schedule

if TYPE_CHECKING:
    from typing import Self

LARGEST_SEED = 2**31 - 1
"""Engines take seeds of 31 bits."""
MOST_WORKERS = 1024
LONGEST = 10 * 366 * 86_400.0
"""Seconds; longer limits mean that there should be none."""


class Arguments:
    """Looks at one argument after the other; `done` raises with all faults.

    Parameters
    ----------
    call
        The name of the public function, for the error's first line.

    Examples
    --------
    >>> Arguments("solve").whole("seed", 1.5).seconds("time_limit", float("nan")).done()
    Traceback (most recent call last):
    ...
    safeschedule.errors.ArgumentError: arguments of solve: 2 faults
      seed: found 1.5; expected a whole number from 0 to 2147483647 [wrong_type]
      time_limit: found NaN; expected a finite number of seconds, or None for no limit [not_finite]
    """

    def __init__(self, call: str) -> None:
        self._call = call
        self._faults: list[Fault] = []

    def done(self) -> None:
        """Raise when anything was wrong.

        Raises
        ------
        ArgumentError
            With every fault.
        """
        if self._faults:
            raise ArgumentError(f"arguments of {self._call}", self._faults)

    def fault(self, code: str, place: str, value: object, expected: str) -> Self:
        """Note a fault."""
        self._faults.append(Fault(code, place, shown(value), expected))
        return self

    def kind(self, name: str, value: object, kind: type | tuple[type, ...], expected: str) -> Self:
        """Look whether a value is of a kind; truth values are no numbers."""
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fault("wrong_type", name, value, expected)
        return self

    def problem(self, value: object, name: str = "problem") -> Self:
        """Look whether it is a problem; its own faults are another matter."""
        return self.kind(name, value, Problem, "a Problem; see read_problem and Problem.from_dict")

    def week(self, problem: object, schedule: object, name: str = "schedule") -> Self:
        """Look whether it is a problem and a schedule of the same week in the same time zone."""
        self.problem(problem)
        self.kind(name, schedule, Schedule, "a Schedule; see read_schedule and Schedule.from_dict")
        if isinstance(problem, Problem) and isinstance(schedule, Schedule):
            for part in ("week_start", "time_zone"):
                found, due = getattr(schedule, part), getattr(problem, part)
                if found != due:
                    self.fault("other_week", f"{name}.{part}", found, f"{shown(due)}, as in the problem")
        return self

    def whole(self, name: str, value: object, least: int = 0, most: int = LARGEST_SEED) -> Self:
        """Look whether a value is a whole number within bounds."""
        expected = f"a whole number from {least} to {most}"
        if not isinstance(value, int) or isinstance(value, bool):
            return self.fault("wrong_type", name, value, expected)
        return self if least <= value <= most else self.fault("out_of_range", name, value, expected)

    def seconds(self, name: str, value: object, *, needed: bool = False) -> Self:
        """Look whether a value is a number of seconds, not negative; ``None``, or infinity, is no limit."""
        if value == math.inf and not needed:
            return self
        return self.number(name, value, LONGEST, "seconds", needed=needed)

    def number(self, name: str, value: object, most: float, unit: str = "", *, needed: bool = False) -> Self:
        """Look whether a value is a finite number from nought to `most`; or ``None`` where none is needed."""
        if value is None and not needed:
            return self
        what = f"a finite number of {unit}" if unit else "a finite number"
        expected = what if needed else f"{what}, or None for no limit"
        if not isinstance(value, int | float) or isinstance(value, bool):
            return self.fault("wrong_type", name, value, expected)
        if not math.isfinite(value):
            return self.fault("not_finite", name, value, expected)
        if not 0 <= value <= most:
            return self.fault("out_of_range", name, value, f"{expected}, from 0 to {most:g}")
        return self

    def moment(self, name: str, value: object, *, needed: bool = False) -> Self:
        """Look whether a value is a local time without zone, to the minute."""
        expected = "a local time without zone, to the minute: datetime(2026, 10, 5, 9, 30)"
        if value is None and not needed:
            return self
        if not isinstance(value, datetime):
            return self.fault("wrong_type", name, value, expected)
        if value.tzinfo is not None:
            return self.fault("with_zone", name, value, expected)
        if value.second or value.microsecond:
            return self.fault("out_of_range", name, value, expected)
        return self

    def date(self, name: str, value: object, *, needed: bool = False) -> Self:
        """Look whether a value is a date; a date with a time is none."""
        if value is None and not needed:
            return self
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fault("wrong_type", name, value, "a date: date(2026, 10, 5)")
        return self

    def flag(self, name: str, value: object) -> Self:
        """Look whether a value is true or false."""
        return self.kind(name, value, bool, "True or False")

    def text(self, name: str, value: object, *, needed: bool = True) -> Self:
        """Look whether a value is text."""
        return self if value is None and not needed else self.kind(name, value, str, "text")

    def choice(self, name: str, value: object, choices: Iterable[str], *, needed: bool = True) -> Self:
        """Look whether a value is one of some words."""
        if value is None and not needed:
            return self
        known = [str(choice) for choice in choices]
        expected = f"one of: {', '.join(known)}"
        if not isinstance(value, str):
            return self.fault("wrong_type", name, value, expected)
        if value not in known:
            self.fault("unknown_value", name, value, expected + did_you_mean(value, known))
        return self

    def code(self, name: str, value: object, known: Iterable[str], what: str, *, needed: bool = True) -> Self:
        """Look whether a value is one of the codes of the problem."""
        if value is None and not needed:
            return self
        if not isinstance(value, str):
            return self.fault("wrong_type", name, value, f"the code of {what}")
        codes = list(known)
        if value not in codes:
            expected = f"the code of {what}{did_you_mean(value, codes[:5000])}"
            self.fault("unknown_reference", name, value, expected)
        return self

    def sequence(self, name: str, value: object, kind: type | tuple[type, ...], expected: str) -> Self:
        """Look whether a value is a list or tuple with entries of a kind."""
        if not isinstance(value, Sequence) or isinstance(value, str | bytes):
            return self.fault("wrong_type", name, value, f"a list of {expected}")
        for number, entry in enumerate(value):
            self.kind(f"{name}[{number}]", entry, kind, expected)
        return self

    def request(self, problem: object, value: object, name: str = "request") -> Self:
        """Look whether a value is the code of one of the problem's requests, or ``None``."""
        if not isinstance(problem, Problem):
            return self  # that is told already
        return self.code(name, value, [r.id for r in problem.requests], "a request", needed=False)

    def codes(self, name: str, value: object) -> Self:
        """Look whether a value is a collection of codes."""
        if not isinstance(value, Collection) or isinstance(value, str | bytes):
            return self.fault("wrong_type", name, value, "a collection of codes")
        for number, entry in enumerate(value):
            self.text(f"{name}[{number}]", entry)
        return self

    def watching(self, on_progress: object = None, stop: object = None) -> Self:
        """Look whether progress can be told and a stop be heard."""
        if on_progress is not None and not callable(on_progress):
            self.fault("wrong_type", "on_progress", on_progress, "a function, or None")
        # Whatever has the method will do: events of other processes have another class.
        if stop is not None and not callable(getattr(stop, "is_set", None)):
            self.fault("wrong_type", "stop", stop, "a threading.Event, or None")
        return self

    def search(
        self,
        time_limit: object = None,
        deterministic_limit: object = None,
        seed: object = 0,
        on_progress: object = None,
        stop: object = None,
    ) -> Self:
        """Look at what most searches take."""
        self.seconds("time_limit", time_limit)
        self.number("deterministic_limit", deterministic_limit, 1e9)
        return self.whole("seed", seed).watching(on_progress, stop)


def shown(value: Any) -> str:
    """Return a value as a fault shows it: without what it could hold of people."""
    if isinstance(value, float):
        return str(value).replace("nan", "NaN").replace("inf", "infinity")
    if value is None:
        return "None"
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, str | int | datetime | date):
        return show(str(value) if isinstance(value, date) else value)
    return f"a {type(value).__name__}"
