"""Numbers, yes and no, words to choose from, dates and times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from safeschedule.exchange.workbook.kinds.kind import Around, Cell, Clock, Out
from safeschedule.exchange.workbook.kinds.texts import Single, match_word
from safeschedule.exchange.workbook.meaning import Meant, UnreadError
from safeschedule.exchange.workbook.meaning.clocks import read_clock
from safeschedule.exchange.workbook.meaning.dates import read_date
from safeschedule.exchange.workbook.meaning.days import DAYS, read_days
from safeschedule.exchange.workbook.meaning.numbers import read_decimal, read_truth, read_whole

_SAYINGS = {
    "in_person": ("f2f", "face to face", "in person", "face-to-face", "clinic"),
    "telehealth": ("zoom", "video", "online", "remote", "phone", "telephone", "teams"),
    "either": ("both", "any", "either way"),
    "mon": (), "tue": (), "wed": (), "thu": (), "fri": (), "sat": (), "sun": (),
}  # fmt: skip
"""Other words that people use for some of those that there are."""


def told(meant: Meant, around: Around, part: int = 0) -> Any:
    """Return a value; where it is not what the cell says, that is told."""
    if not meant.literal:
        around.told.append((part, _shown(meant.value)))
    return meant.value


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@dataclass(frozen=True)
class NumberKind(Single):
    """A number.

    Parameters
    ----------
    whole
        Whether it has no fraction.
    least, most
        Its bounds, for words.
    """

    whole: bool
    least: float | None = None
    most: float | None = None
    styles: tuple[str, ...] = ("number",)

    @property
    def expected(self) -> str:
        """What goes in."""
        word = "a whole number" if self.whole else "a number"
        if self.least is None or self.most is None:
            return word
        return f"{word} from {self.least:g} to {self.most:,.9g}"

    def write(self, value: Any) -> tuple[Out, ...]:
        """Return the number."""
        return (value,)

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return the number."""
        value = cells[0].value
        if self.whole:
            return told(read_whole(value), around)
        return told(read_decimal(value, percent=around.percent and "%" not in cells[0].style), around)


@dataclass(frozen=True)
class TruthKind(Single):
    """Yes or no."""

    expected: str = "yes or no"
    choices: tuple[str, ...] = ("yes", "no")

    def write(self, value: Any) -> tuple[Out, ...]:
        """Return yes or no."""
        return ("yes" if value else "no",)

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return whether it is yes."""
        return told(read_truth(cells[0].value), around)


@dataclass(frozen=True)
class ChoiceKind(Single):
    """One of a few words or numbers.

    Parameters
    ----------
    values
        These, as plain data.
    """

    values: tuple[str | int, ...]

    @property
    def choices(self) -> tuple[str, ...]:  # type: ignore[override]
        """The words."""
        return tuple(map(str, self.values))

    @property
    def expected(self) -> str:
        """What goes in."""
        return f"one of {', '.join(self.choices)}"

    def write(self, value: Any) -> tuple[Out, ...]:
        """Return the word."""
        return (value,)

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return the value of the word."""
        value = cells[0].value
        text = str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
        word = match_word(text, self.choices)
        if word is None:
            said = text.strip().casefold()
            word = next((w for w in self.choices if said in _SAYINGS.get(w, ())), None)
            if word is None and set(self.choices) == set(DAYS):
                word = self._day(said)
            if word is None:
                raise UnreadError(self.expected, "unknown_value")
            around.told.append((0, word))
        return self.values[self.choices.index(word)]

    @staticmethod
    def _day(said: str) -> str:
        days = read_days(said).value
        if len(days) != 1:
            raise UnreadError("one day")
        return str(days[0])


@dataclass(frozen=True)
class DaysKind(Single):
    """A day of the week, or several, of which each makes an entry of its own."""

    expected: str = "a day such as mon, or several such as mon-fri"
    choices: tuple[str, ...] = DAYS

    def write(self, value: Any) -> tuple[Out, ...]:
        """Return the day."""
        return (value,)

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return the days."""
        if not isinstance(cells[0].value, str):
            raise UnreadError(self.expected, "wrong_type")
        return told(read_days(cells[0].value), around)


@dataclass(frozen=True)
class DateKind(Single):
    """A date."""

    expected: str = "a date"
    styles: tuple[str, ...] = ("date",)

    def write(self, value: Any) -> tuple[Out, ...]:
        """Return the date."""
        return (date.fromisoformat(value),)

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return the date as ISO text."""
        return told(read_date(cells[0].value, around.habits), around)


@dataclass(frozen=True)
class ClockKind(Single):
    """A time of day."""

    expected: str = "a time of day such as 09:30"
    styles: tuple[str, ...] = ("clock",)

    def write(self, value: Any) -> tuple[Out, ...]:
        """Return the time."""
        return (_clock(value),)

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return the time as text."""
        return told(read_clock(cells[0].value, around.habits), around)


def _clock(text: str) -> Clock:
    return Clock(int(text[:2]) * 60 + int(text[3:]))


@dataclass(frozen=True)
class MomentKind:
    """A date and a time, in two columns.

    Parameters
    ----------
    headings
        Of the two columns.
    blank
        The time of day that a blank time stands for; ``None``: it has to be given. ``"24:00"`` is the end
        of the day: whoever writes a last day means all of it.
    """

    headings: tuple[str, ...] = ("date", "time")
    blank: str | None = None
    styles: tuple[str, ...] = ("date", "clock")
    choices: tuple[str, ...] = ()

    @property
    def expected(self) -> str:
        """What goes in."""
        if self.blank is None:
            return "a date and a time of day"
        return "a date; the time of day may stay empty for the whole day"

    def write(self, value: Any) -> tuple[Out, ...]:
        """Return date and time."""
        moment = datetime.fromisoformat(value)
        clock = moment.hour * 60 + moment.minute
        if self.blank == "24:00" and clock == 0:
            return (moment.date() - timedelta(days=1), None)
        if self.blank == "00:00" and clock == 0:
            return (moment.date(), None)
        return (moment.date(), Clock(clock))

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return the moment as ISO text."""
        day: Any = cells[0].value
        clock: Any = cells[1].value
        if cells[1].blank and isinstance(day, datetime) and (day.hour or day.minute):
            clock, day = day.time(), day.date()  # both in one cell
        if day is None:
            raise UnreadError("a date beside the time", "missing_field", 0)
        at = date.fromisoformat(told(read_date(day, around.habits), around))
        if clock is None or (isinstance(clock, str) and not clock.strip()):
            if self.blank is None:
                raise UnreadError("a time beside the date", "missing_field", 1)
            time = self.blank
        else:
            time = self._time(clock, around)
        if time == "24:00":
            at, time = at + timedelta(days=1), "00:00"
        return f"{at.isoformat()}T{time}"

    @staticmethod
    def _time(clock: Any, around: Around) -> str:
        try:
            return str(told(read_clock(clock, around.habits), around, 1))
        except UnreadError as error:
            raise UnreadError(error.expected, error.code, 1) from None
