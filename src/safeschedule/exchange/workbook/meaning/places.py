"""Where somebody works on which days, as people write it: "Riverside mon/tue, Hilltop wed"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from safeschedule.exchange.workbook.meaning.days import DAYS, SEVERAL, read_days
from safeschedule.exchange.workbook.meaning.meant import UnreadError

_PARTS = re.compile(r"[;\n,()]")
_LATER = re.compile(rf"(?P<site>.+?)\s*[:@]?\s+(?:on\s+)?(?P<days>{SEVERAL})", re.IGNORECASE)
_FIRST = re.compile(rf"(?P<days>{SEVERAL})\s*[:@]?\s+(?:(?:at|in)\s+)?(?P<site>.+)", re.IGNORECASE)
ONE_A_DAY = "one site a day; what changes within a day goes on the sheet Hours"


@dataclass(frozen=True)
class Places:
    """Where somebody works.

    Parameters
    ----------
    sites
        All the sites, in the order of the text.
    on
        The site of each day of which one is said.
    rest
        The one that has all days which no other has.
    """

    sites: tuple[str, ...]
    on: dict[str, str]
    rest: str | None = None

    def text(self) -> str:
        """Return the same as it can be typed into a cell."""
        days = {site: [day for day in DAYS if self.on.get(day) == site != self.rest] for site in self.sites}
        return ", ".join(f"{site} {'/'.join(own)}" if own else site for site, own in days.items())


def read_places(text: str, known: Collection[str]) -> Places | None:
    """Return where somebody works on which days; ``None`` where a text says nothing of days.

    Where one site alone has no days, it has those that no other has.

    Parameters
    ----------
    known
        The codes of sites; spelt as they are, or with other capitals.

    Raises
    ------
    UnreadError
        A day has two sites.
    """
    on: dict[str, str] = {}
    order: list[str] = []
    everywhere: list[str] = []
    for site, days in _items(text, {code.casefold(): code for code in known}):
        if site is None:
            return None
        order.append(site)
        if not days:
            everywhere.append(site)
        for day in days:
            if on.setdefault(day, site) != site:
                raise UnreadError(ONE_A_DAY, "ambiguous")
    if not on:
        return None
    rest = everywhere[0] if len(set(everywhere)) == 1 else None
    if rest is not None:
        on |= {day: rest for day in DAYS if day not in on}
    return Places(tuple(dict.fromkeys(order)), on, rest)


def _items(text: str, codes: dict[str, str]) -> Iterator[tuple[str | None, list[str]]]:
    """Yield each site with its days: of "North mon/tue", "Mon + Tues at North", "Mon, Tue North"."""
    waiting: list[str] = []
    for item in (part.strip() for part in _PARTS.split(text)):
        if re.fullmatch(SEVERAL, item, re.IGNORECASE):
            waiting += read_days(item).value
        elif item:
            site, days = _item(item, codes)
            yield site, [*waiting, *days]
            waiting = []
    if waiting:
        yield None, waiting


def _item(item: str, codes: dict[str, str]) -> tuple[str | None, list[str]]:
    if item.casefold() in codes:
        return codes[item.casefold()], []
    for pattern in (_LATER, _FIRST):
        match = pattern.fullmatch(item)
        if match is not None and match["site"].casefold() in codes:
            return codes[match["site"].casefold()], read_days(match["days"]).value
    return None, []
