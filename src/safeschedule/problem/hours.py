"""Working hours in one line of a script."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from safeschedule.errors import ArgumentError, Fault
from safeschedule.problem.clock import DAY, Weekday, parse_clock
from safeschedule.problem.kinds import require_kind
from safeschedule.problem.people import WorkingPeriod
from safeschedule.problem.showing import did_you_mean, show

_DAYS = [day.value for day in Weekday]


class Hours:
    """Working periods of a week, for `Clinician.working` and `Attendant.working`.

    Examples
    --------
    >>> from safeschedule import Clinician, Hours
    >>> part_time = Hours.weekly("mon-wed", "09:00", "13:00") + Hours.weekly("fri", "12:00", "18:00")
    >>> len(Clinician(id="C1", fte=0.5, working=part_time).working)
    4
    """

    @staticmethod
    def weekly(
        days: str,
        start: str | int,
        end: str | int,
        *,
        breaks: Iterable[tuple[str | int, str | int]] = (),
        site: str | None = None,
        telehealth_only: bool = False,
    ) -> tuple[WorkingPeriod, ...]:
        """Return a working period for each of some weekdays, parted by breaks.

        Parameters
        ----------
        days
            Days and spans of days, such as ``"mon-fri"`` or ``"mon, wed-thu"``.
        start, end
            Clock times such as ``"09:00"``, or minutes after midnight. An end before the start lies on the
            next day.
        breaks
            Start and end of times within, in which nobody is at work. Breaks that the rules ask for need no
            mention.
        site
            Where; ``None``: wherever the clinician may work.
        telehealth_only
            Whether nobody is seen in person then.

        Raises
        ------
        ArgumentError
            A day or a time is none, or breaks do not lie within, one after another; with every fault.

        Examples
        --------
        >>> from safeschedule import Hours
        >>> day = Hours.weekly("tue", "09:00", "17:00", breaks=[("12:30", "13:15")])
        >>> [(period.start, period.end) for period in day]
        [(540, 750), (795, 1020)]
        """
        require_kind("Hours.weekly", "days", days, str, "days such as mon-fri")
        faults: list[Fault] = []
        found = _days(days, faults)
        breaks = list(breaks)
        named = [("start", start), ("end", end)]
        named += [(f"breaks[{n}]", moment) for n, pause in enumerate(breaks) for moment in pause]
        minutes = [_minutes(name, moment, faults) for name, moment in named]
        spans = [] if faults else _spans(minutes[0], minutes[1], minutes[2:], faults)
        if faults:
            raise ArgumentError("arguments of Hours.weekly", faults)
        return tuple(
            WorkingPeriod(
                day=list(Weekday)[(day.number + first // DAY) % 7],
                start=first % DAY,
                end=(last - 1) % DAY + 1 if last // DAY == first // DAY or last % DAY == 0 else last % DAY,
                site=site,
                telehealth_only=telehealth_only,
            )
            for day in found
            for first, last in spans
        )


def _days(text: str, faults: list[Fault]) -> list[Weekday]:
    """Return the weekdays of a text, each once, in its order."""
    found: list[Weekday] = []
    for part in text.replace(",", " ").split():
        first, dash, last = part.partition("-")
        wrong = [word for word in (first, *([last] if dash else [])) if word not in _DAYS]
        if wrong:
            expected = f"days such as mon-fri, or mon, wed{did_you_mean(wrong[0], _DAYS)}"
            faults.append(Fault("unknown_value", "days", show(wrong[0]), expected))
            continue
        start = _DAYS.index(first)
        count = (_DAYS.index(last) - start) % 7 + 1 if dash else 1
        found += [Weekday(_DAYS[(start + n) % 7]) for n in range(count)]
    if not found and not faults:
        faults.append(Fault("missing_argument", "days", show(text), "days such as mon-fri"))
    return list(dict.fromkeys(found))


def _minutes(name: str, moment: str | int, faults: list[Fault]) -> int:
    try:
        return parse_clock(moment)
    except ValueError as error:
        expected = str(error).removeprefix("expected ")
        faults.append(Fault("bad_value", name, show(moment), expected))
        return 0


def _spans(start: int, end: int, pauses: list[int], faults: list[Fault]) -> list[tuple[int, int]]:
    """Return the spans of work in minutes of a day that may go on over midnight."""

    def after(moment: int) -> int:
        return moment if moment >= start else moment + DAY

    last = end if end > start else end + DAY
    edges = [start, *map(after, pauses), last]
    if any(early >= late for early, late in pairwise(edges)):
        expected = "times between start and end, one after another"
        faults.append(Fault("out_of_range", "breaks" if pauses else "end", "", expected))
    return list(zip(edges[::2], edges[1::2], strict=True))
