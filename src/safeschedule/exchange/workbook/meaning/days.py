"""Days of the week as people write them: Mon, Tues, M-F, "Tues or Thurs", "not Fri"."""

from __future__ import annotations

import re

from safeschedule.exchange.workbook.meaning.meant import Meant, UnreadError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EXPECTED = "a day such as mon, or several such as mon-fri"

NAME = (
    r"(?:mondays?|mon|m|tuesdays?|tues|tue|t|wednesdays?|weds|wed|w|"
    r"thursdays?|thurs|thur|thu|th|fridays?|fri|f|saturdays?|sat|sundays?|sun)\b\.?"
)
_GROUPS = {"weekdays": DAYS[:5], "daily": DAYS, "every day": DAYS, "any day": DAYS, "weekends": DAYS[5:]}
_RANGE = re.compile(rf"({NAME})(?:\s*(?:-|–|to)\s*({NAME}))?", re.IGNORECASE)
SPAN = rf"{NAME}(?:\s*(?:-|–|to)\s*{NAME})?"
SEVERAL = rf"(?:not\s+)?(?:{'|'.join(_GROUPS)}|{SPAN}(?:\s*(?:,|/|&|\+|and|or)\s*{SPAN})*)"
"""A pattern of several days; it has no groups of its own."""


def read_days(text: str) -> Meant:
    """Return the days that a text means, as a list of codes in the order of the text.

    Raises
    ------
    UnreadError
        It means none.
    """
    word = text.strip().casefold()
    if word in DAYS:
        return Meant([word])
    if not re.fullmatch(SEVERAL, word):
        raise UnreadError(EXPECTED)
    refused = word.startswith("not ")
    rest = word.removeprefix("not ").strip()
    found = list(_GROUPS.get(rest, ()))
    if not found:
        for match in _RANGE.finditer(rest):
            first = last = day_of(match[1])
            if match[2]:
                last = day_of(match[2])
            found += [DAYS[(first + n) % 7] for n in range((last - first) % 7 + 1)]
    found = list(dict.fromkeys(found))
    return Meant([day for day in DAYS if day not in found] if refused else found, literal=False)


def day_of(word: str) -> int:
    """Return the number of a day by its name or the beginning of it."""
    word = word.casefold().rstrip(".")
    return next(n for n, day in enumerate(DAYS) if word.startswith(day) or day.startswith(word))
