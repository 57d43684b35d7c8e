"""Closures from the calendar of a country's public holidays."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from safeschedule.arguments import Arguments
from safeschedule.problem import Closure, Problem
from safeschedule.problem.clock import FIRST_DATE, LAST_DATE

_MOST_NAME = 200
"""A date may be several holidays at once; their names are cut to what a name may have."""


def public_holidays(
    country: str, region: str | None = None, *, years: Iterable[int], language: str | None = None
) -> tuple[Closure, ...]:
    """Return the public holidays of a country as closures, sorted by date.

    They come from the library ``holidays``, which needs no network; look at them before a week is planned by
    them.

    Parameters
    ----------
    country
        ISO 3166-1 code of two letters, such as ``"DE"``.
    region
        Code of a part of the country, such as ``"BY"`` for Bavaria; without one, what holds in all of it.
    years
        Which years.
    language
        Of the names, such as ``"en_US"``; by itself the country's own.

    Raises
    ------
    ArgumentError
        The library knows no such country, region or language, or a year is out of range.

    Examples
    --------
    >>> from safeschedule import public_holidays
    >>> [str(closure.date) for closure in public_holidays("DE", "BY", years=[2026])][:2]
    ['2026-01-01', '2026-01-06']
    """
    # Loaded late: only this needs it, and it has the calendars of all countries.
    from holidays import country_holidays, list_supported_countries

    Arguments("public_holidays").kind("years", years, Iterable, "some years, such as [2026]").done()
    wanted, known = list(years), list_supported_countries()
    looked = Arguments("public_holidays").code("country", country, sorted(known), "a country, such as DE")
    for year in wanted:
        looked.whole("years", year, FIRST_DATE.year, LAST_DATE.year)
    if country in known:
        looked.choice("region", region, sorted(known[country]), needed=False)
        languages = country_holidays(country).supported_languages
        looked.choice("language", language, languages, needed=False)
    looked.done()
    found = country_holidays(country, subdiv=region, years=wanted, language=language, expand=False)
    return tuple(Closure(date=day, name=found[day][:_MOST_NAME] or "closed") for day in sorted(found))


def with_closures(problem: Problem, closures: Collection[Closure]) -> Problem:
    """Return the problem with these closures as well; of those on one date the first stays."""
    known: dict[date, Closure] = {}
    for closure in (*problem.closures, *closures):
        known.setdefault(closure.date, closure)
    return problem.with_changes(closures=tuple(known[day] for day in sorted(known)))
