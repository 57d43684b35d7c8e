"""Where everything in a drawn week stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from docs.drawing.context import Strip
from docs.drawing.fitting import cut, lines, upright
from docs.drawing.legend import LINE, legend
from docs.drawing.rows import Row, axis
from docs.drawing.shapes import LEFT, WIDTH, Badge, Box, Scale, Sheet, Stripe
from docs.drawing.words import STRIPS
from docs.drawing.wrong import Wrong
from safeschedule.reports.grid import Entry
from safeschedule.reports.words import short_date

_MARGIN = 18
_TOP = 50
_LANE = 50
_BETWEEN = 14
_GAP = 16
"""What parts dates between which others are left out; their names stand in it."""
_STRIP = 15
_LINE = 14
_CORNER = (114, 15)
"""Of the words that say whether the week keeps the rule; findings that belong nowhere else stand there."""
_INSET = 7


def sheet(drawn: Sequence[Row], places: Wrong) -> Sheet:
    """Return the drawing of rows with the findings marked."""
    scale = Scale(*axis(drawn))
    stripes: list[Stripe] = []
    badges = [Badge(*_CORNER, _numbers(places.elsewhere))] if places.elsewhere else []
    y: float = _TOP
    for number, row in enumerate(drawn):
        last = drawn[number - 1].day if number else None
        skipped = _skipped(last, row.day)
        y += _GAP if skipped else 0
        stripes.append(_stripe(row, y, scale, short_date(row.day) if row.day != last else "", skipped))
        badges += _badges(row, stripes[-1], places, scale)
        y += stripes[-1].high + _STRIP * len(_whose(row)) + _BETWEEN
    entries = legend(drawn, places, scale.first, scale.last, WIDTH - 2 * _MARGIN)
    height = y + max((entry.y for entry in entries), default=0) + LINE + 18
    return Sheet(tuple(scale.hours()), tuple(stripes), tuple(badges), tuple(entries), y + 10, height)


def _skipped(last: date | None, day: date) -> str:
    """Return the name of the dates that are not drawn before a date."""
    days = (day - last).days if last else 0
    if not last or days < 2:
        return ""
    first, until = short_date(last + timedelta(days=1)), short_date(day - timedelta(days=1))
    return f"{first}: nothing" if days == 2 else f"{first} to {until}: nothing"


def _stripe(row: Row, y: float, scale: Scale, day: str, skipped: str) -> Stripe:
    high = _LANE * row.lanes
    whose = _whose(row)
    return Stripe(
        y=y,
        high=high,
        day=day,
        skipped=skipped,
        clinician=cut(row.clinician, "bold", 34),
        ground="plate" if row.past else "off",
        work=tuple(scale.span(*span) for span in row.work),
        leave=tuple(_leave(item, row, scale) for item in row.leave),
        strips=tuple(
            _strip(strip, y + high + 4 + _STRIP * whose.index((strip.kind, strip.who)), scale)
            for strip in row.strips
        ),
        flags=tuple((flag.kind, scale.at(flag.minute)) for flag in row.flags),
        boxes=tuple(_box(item, _part(item, row, y, high), scale) for item in row.items),
        note="" if row.items or row.leave or row.past else "Nothing planned",
    )


def _whose(row: Row) -> list[tuple[str, str]]:
    """Return whose windows of which kind a row shows, each in a line of its own."""
    return list(dict.fromkeys((strip.kind, strip.who) for strip in row.strips))


def _leave(item: Entry, row: Row, scale: Scale) -> tuple[float, float, float, str]:
    """Return a leave's span, and its name where nothing more is planned in it."""
    end = item.start + item.minutes
    x, wide = scale.span(item.start, end)
    covered = [other.start + other.minutes for other in row.items if _together(item, other)]
    free, room = scale.span(min(max(covered, default=item.start), end), end)
    return x, wide, free + 6, cut(item.label, "plain", room - 24)


def _together(one: Entry, other: Entry) -> bool:
    return one.start < other.start + other.minutes and other.start < one.start + one.minutes


def _strip(strip: Strip, y: float, scale: Scale) -> tuple[str, float, float, float, str]:
    return strip.kind, *scale.span(strip.start, strip.end), y, f"{strip.who} {STRIPS[strip.kind]}"


def _part(item: Entry, row: Row, y: float, high: float) -> tuple[float, float]:
    """Return top and height of an item; smaller in leave, which has to be seen behind it."""
    part = high / item.lanes
    inset = _INSET if any(_together(item, leave) for leave in row.leave) else 1
    return y + part * item.lane + inset, part - 2 * inset


def _box(item: Entry, place: tuple[float, float], scale: Scale) -> Box:
    x, wide = scale.span(item.start, item.start + item.minutes)
    top, high = place
    look = _look(item)
    inner = {"high": 10, "session": 8, "past": 8, "open": 6}.get(look, 5)
    said = lines(item, wide - inner - 1, int(high / _LINE))
    first = top + high / 2 - _LINE * (len(said) - 1) / 2 + 4
    return Box(
        x=x,
        y=round(top, 1),
        wide=wide,
        high=round(high, 1),
        look=look,
        inner=round(x + inner, 1),
        lines=tuple((round(first + _LINE * number, 1), line) for number, line in enumerate(said)),
        upright="" if said else upright(item, wide, high - 2),
    )


def _look(item: Entry) -> str:
    """Return the class of an item: ``session``, ``high``, ``meeting``, ``past``, or a block's pattern."""
    words = item.look.replace(" short", "").replace(" tiny", "").split()
    return words[-1]


def _badges(row: Row, stripe: Stripe, places: Wrong, scale: Scale) -> Iterator[Badge]:
    for item, box in zip(row.items, stripe.boxes, strict=True):
        if numbers := places.items.get((row.key, item)):
            yield Badge(box.x + box.wide + 2, box.y - 3, _numbers(numbers), outlined=box)
    for (key, minute), numbers in places.minutes.items():
        if key == row.key:
            yield Badge(scale.at(minute), stripe.y + stripe.high / 2, _numbers(numbers), line=stripe.high)
    if numbers := places.rows.get(row.key):
        yield Badge(LEFT - 14, stripe.y + stripe.high / 2, _numbers(numbers))


def _numbers(found: Sequence[int]) -> str:
    return ",".join(str(number) for number in found)
