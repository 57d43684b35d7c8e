"""Clients who need an interpreter, and the interpreters, for a week that is there already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from safeschedule.problem import Attendant, AttendantNeed, Problem, Weekday, Window, WorkingPeriod

_LANGUAGES = ("fa", "uk", "ar", "so")
"""Codes of ISO 639-1."""

_SHARES = (0.4, 0.3, 0.2, 0.1)
"""How often each is needed; assumption."""

_SPARE = 1.5
"""Hours of interpreters over hours asked for; assumption: they are booked by the half-day, in advance."""

_HalfDay = tuple[Weekday, int, int]

_WEEK: tuple[_HalfDay, ...] = tuple(
    (day, start, start + 240) for day in list(Weekday)[:5] for start in (9 * 60, 13 * 60)
)


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
    windows = {client.id: client.windows for client in problem.clients}
    minutes = {kind.id: kind.minutes for kind in problem.session_types}
    asked: Counter[str] = Counter()
    wanted: dict[str, list[list[_HalfDay]]] = {language: [] for language in _LANGUAGES}
    requests = []
    for request in problem.requests:
        language = speaks.get(request.client)
        if language is not None and request.group is None:
            length = minutes[request.session_type]
            asked[language] += length * request.count
            wanted[language].append(_possible((windows[request.client], request.windows), length))
            need = AttendantNeed(skill=f"interpreter:{language}")
            request = request.model_copy(update={"needs_attendants": (need,)})
        requests.append(request)
    people = tuple(
        person
        for language in _LANGUAGES
        if asked[language]
        for person in _interpreters(language, round(asked[language] * _SPARE), wanted[language], rng)
    )
    return problem.model_copy(update={"requests": tuple(requests), "attendants": people})


def _possible(windows: Sequence[Sequence[Window]], minutes: int) -> list[_HalfDay]:
    """Return the half-days in which windows of each sort leave so many minutes."""
    return [
        (day, start, end)
        for day, start, end in _WEEK
        if all(
            not several
            or any(w.day == day and min(w.end, end) - max(w.start, start) >= minutes for w in several)
            for several in windows
        )
    ]


def _interpreters(
    language: str, minutes: int, wanted: Sequence[Sequence[_HalfDay]], rng: np.random.Generator
) -> list[Attendant]:
    """Return interpreters of a language, each there for up to five half-days.

    There is one in some half-day of each request, and together they are there for so many minutes.
    """
    chosen: list[_HalfDay] = []
    for halves in wanted:
        if halves and not set(halves) & set(chosen):
            chosen.append(halves[int(rng.integers(len(halves)))])
    while len(chosen) * 240 < minutes or len(chosen) < 2:
        chosen.append(_WEEK[int(rng.integers(len(_WEEK)))])
    found: list[list[_HalfDay]] = []
    for half in chosen:
        mine = next((own for own in found if len(own) < 5 and half not in own), None)
        if mine is None:
            found.append([half])
        else:
            mine.append(half)
    return [
        Attendant(
            id=f"int-{language}-{number}",
            skills=(f"interpreter:{language}",),
            working=tuple(WorkingPeriod(day=d, start=a, end=b) for d, a, b in sorted(own, key=_WEEK.index)),
        )
        for number, own in enumerate(found, start=1)
    ]
