"""A week as one small picture, for notebooks: a strip for each person, and what each carries as a bar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from safeschedule.problem.clock import DAY
from safeschedule.reports.words import count, hours, short_date

MOST_PEOPLE = 40
"""People who are drawn; the size of a picture is bounded by it."""

_TOLD = 12
"""Up to so many people each thing says what it is, when the pointer is on it."""

LEFT, WIDE, BAR, HEAD, ROW = 84, 700, 150, 34, 18
"""Of the picture, in pixels: names, the week, the bars, the head, one person."""

COLOURS = {
    "session": ("#3d85c6", "sessions"),
    "write": ("#c79a1e", "documentation and preparation"),
    "meet": ("#8e6cc4", "supervision and consultation"),
    "rest": ("#87929b", "breaks, recovery, travel"),
    "open": ("#2a9d84", "urgent slots and reserve"),
    "meeting": ("#b5651d", "meetings"),
    "work": ("#9aa7b1", "at work"),
    "leave": ("#c0504d", "leave"),
}
"""Colours that stand out on light and on dark ground, and what they mean, in the order of the legend."""

PALE = ("work", "leave")
"""What lies behind the others."""


@dataclass(frozen=True)
class Mark:
    """Something in somebody's week: one of `COLOURS`, and what it is in words."""

    who: str
    start: datetime
    minutes: int
    look: str
    told: str


@dataclass(frozen=True)
class Lane:
    """One person's strip: where its things are, by look, and its bar.

    Parameters
    ----------
    who
        The person.
    y
        Where it begins.
    paths
        Colour, opacity and path of all things of one look.
    told
        Where each thing is, and what it is in words; empty in large teams.
    bars
        Colour, start and width of each part of the bar.
    sum
        What the bar says, in words.
    """

    who: str
    y: int
    paths: tuple[tuple[str, float, str], ...]
    told: tuple[tuple[float, float, str], ...]
    bars: tuple[tuple[str, float, float], ...]
    sum: str


@dataclass(frozen=True)
class WeekPicture:
    """A picture, ready for its template."""

    words: str
    height: int
    days: tuple[tuple[float, str], ...]
    lanes: tuple[Lane, ...]
    legend: tuple[tuple[str, str], ...]
    missing: str


def picture(people: Sequence[str], marks: Iterable[Mark], counted: Sequence[str], what: str) -> WeekPicture:
    """Return the picture of a week.

    Parameters
    ----------
    people
        Whose strips are drawn, in this order.
    marks
        What is in them.
    counted
        The looks of which the bars tell the minutes.
    what
        What it shows, for those who cannot see it.
    """
    drawn = people[:MOST_PEOPLE]
    own: dict[str, list[Mark]] = {who: [] for who in people}
    for mark in marks:
        for part in _by_date(mark):
            own.setdefault(part.who, []).append(part)
    found = [part for who in drawn for part in own[who]]
    axis = _Axis([part for part in found if part.look != "leave"] or found)
    minutes = {who: _minutes(own[who], counted) for who in drawn}
    most = max((sum(each.values()) for each in minutes.values()), default=0) or 1
    lanes = [
        _lane(who, HEAD + n * ROW, own[who], axis, minutes[who], most, told=len(drawn) <= _TOLD)
        for n, who in enumerate(drawn)
    ]
    looks = {part.look for part in found}
    rest = len(people) - len(drawn)
    return WeekPicture(
        words=f"{what}: {count(len(people), 'person').replace('persons', 'people')}.",
        height=HEAD + len(drawn) * ROW + 4,
        days=tuple((axis.x(day, axis.first), short_date(day)) for day in axis.days),
        lanes=tuple(lanes),
        legend=tuple(entry for look, entry in COLOURS.items() if look in looks),
        missing=f"{rest} more are not drawn." if rest else "",
    )


class _Axis:
    """Dates side by side, of each the hours in which anything is."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        dates = [mark.start.date() for mark in marks]
        first = min(dates, default=date(2000, 1, 3))
        last = max(dates, default=first)
        self.days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        begins = [mark.start.hour * 60 + mark.start.minute for mark in marks]
        ends = [begin + mark.minutes for begin, mark in zip(begins, marks, strict=True)]
        self.first = min(begins, default=0) // 60 * 60
        self.span = max(60, -(-max(ends, default=DAY) // 60) * 60 - self.first)
        self._wide = WIDE / len(self.days)

    def x(self, day: date, minute: int) -> float:
        """Return where a minute of a date is; what is beyond the hours drawn is at their edge."""
        within = min(max(minute - self.first, 0), self.span) / self.span * (self._wide - 6)
        return round(LEFT + (day - self.days[0]).days * self._wide + within, 1)


def _by_date(mark: Mark) -> Iterator[Mark]:
    """Yield a mark, parted at midnights."""
    start, left = mark.start, mark.minutes
    while left > 0:
        part = min(left, DAY - start.hour * 60 - start.minute)
        yield Mark(mark.who, start, part, mark.look, mark.told)
        start, left = start + timedelta(minutes=part), left - part


def _minutes(marks: Iterable[Mark], counted: Sequence[str]) -> dict[str, int]:
    found = dict.fromkeys(counted, 0)
    for mark in marks:
        if mark.look in found:
            found[mark.look] += mark.minutes
    return found


def _lane(
    who: str, y: int, marks: Sequence[Mark], axis: _Axis, minutes: Mapping[str, int], most: int, *, told: bool
) -> Lane:
    paths: dict[str, str] = {}
    words = []
    for mark in sorted(marks, key=lambda each: each.start):
        begin = mark.start.hour * 60 + mark.start.minute
        x, end = axis.x(mark.start.date(), begin), axis.x(mark.start.date(), begin + mark.minutes)
        wide = round(end - x - 0.6, 1)
        if wide <= 0:
            continue
        low, high = (2, ROW - 4) if mark.look in PALE else (3, ROW - 6)
        paths[mark.look] = paths.get(mark.look, "") + f"M{x:g} {y + low}h{wide:g}v{high}h-{wide:g}z"
        words.append((x, wide, f"{mark.start:%H:%M}, {hours(mark.minutes)}: {mark.told}"))
    order = [look for look in dict.fromkeys((*PALE, *COLOURS)) if look in paths]
    bars, at = [], float(LEFT + WIDE + 6)
    for look, spent in minutes.items():
        wide = round(spent / most * (BAR - 62), 1)
        bars.append((COLOURS[look][0], round(at, 1), wide))
        at += wide
    return Lane(
        who=who,
        y=y,
        paths=tuple(
            (COLOURS[look][0], 0.3 if look in PALE else 0.85, paths[look]) for look in dict.fromkeys(order)
        ),
        told=tuple(words) if told else (),
        bars=tuple(bars),
        sum=hours(sum(minutes.values())),
    )
