"""Clients who need an interpreter, and the interpreters, for a week that is there already."""

from __future__ import annotations

from collections import Counter

import numpy as np

from safeschedule.problem import Attendant, AttendantNeed, Problem, WorkingPeriod
from safeschedule.problem.clock import Weekday

_LANGUAGES = ("fa", "uk", "ar", "so")
"""Codes of ISO 639-1."""

_SHARES = (0.4, 0.3, 0.2, 0.1)
"""How often each is needed; assumption."""

_SPARE = 1.5
"""Hours of interpreters over hours asked for; assumption: they are booked by the half-day, in advance."""

_HALF_DAYS = ((9 * 60, 13 * 60), (13 * 60, 17 * 60))


def with_interpreters(problem: Problem, share: float = 0.1, *, seed: int = 0) -> Problem:
    """Return a week in which some clients need an interpreter; the same arguments give the same week.

    Interpreters come for half-days, to any site and by telehealth, with half as much time again as is asked
    for.

    Parameters
    ----------
    problem
        A week, such as `generate` makes it.
    share
        Of clients who need an interpreter in each session, 0 to 1.
    seed
        Of ``numpy.random.default_rng``.

    Raises
    ------
    ValueError
        An argument is outside its range.

    Examples
    --------
    >>> from safeschedule.samples import sample, with_interpreters
    >>> len(with_interpreters(sample(), 0.2).attendants)
    3
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share must be 0 to 1, not {share}")
    rng = np.random.default_rng(seed)
    speaks = {
        client.id: str(language)
        for client, lucky, language in zip(
            problem.clients,
            rng.random(len(problem.clients)) < share,
            rng.choice(_LANGUAGES, size=len(problem.clients), p=_SHARES),
            strict=True,
        )
        if lucky
    }
    minutes = {kind.id: kind.minutes for kind in problem.session_types}
    asked: Counter[str] = Counter()
    requests = []
    for request in problem.requests:
        language = speaks.get(request.client)
        if language is not None and request.group is None:
            asked[language] += minutes[request.session_type] * request.count
            need = AttendantNeed(skill=f"interpreter:{language}")
            request = request.model_copy(update={"needs_attendants": (need,)})
        requests.append(request)
    people = tuple(
        person
        for language in _LANGUAGES
        if asked[language]
        for person in _interpreters(language, round(asked[language] * _SPARE), rng)
    )
    return problem.model_copy(update={"requests": tuple(requests), "attendants": people})


def _interpreters(language: str, minutes: int, rng: np.random.Generator) -> list[Attendant]:
    """Return interpreters of a language for so many minutes, each there for half of a week at most."""
    found: list[Attendant] = []
    days = list(Weekday)[:5]
    halves = [(day, start, end) for day in days for start, end in _HALF_DAYS]
    left = max(2, -(-minutes // 240))
    while left > 0:
        mine = sorted(rng.choice(len(halves), size=min(left, 5), replace=False).tolist())
        left -= len(mine)
        periods = tuple(WorkingPeriod(day=d, start=a, end=b) for d, a, b in (halves[n] for n in mine))
        code = f"int-{language}-{len(found) + 1}"
        found.append(Attendant(id=code, skills=(f"interpreter:{language}",), working=periods))
    return found
