"""Requests that follow from acuity bands: contacts and reviews that are due and nobody has asked for.

What follows from the bands is AB's: contact expectations, review intervals, overdue contacts first. The
figures (priorities 2 to 5, one more for each interval) are assumptions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from safeschedule.arguments import Arguments
from safeschedule.caseload.contacts import Due, due_contacts, due_reviews, last_contacts
from safeschedule.problem import AcuityBand, AllowedMode, Client, Kind, Problem, Request, Weekday

LOWEST, HIGHEST = 2, 5
"""Priorities of the lowest and the highest band's requests; the bands between lie evenly between them."""

_LONGEST_ID = 80


def with_requests_from_bands(problem: Problem, unmet: Collection[str] = ()) -> Problem:
    """Return the problem with a request for each contact and review that is due and not asked for.

    A contact is asked for when the client has an own clinician, is due (see `due_contacts`), is of a band
    with a contact_type, and has no request in the problem, groups' included and reviews left out. A review
    is asked for when it is due (see `due_reviews`), the client has an own clinician and is of a band with a
    review_type, and no request of the client is for a session of the kind review.

    * Sessions: the contacts that fall due in the week, the first at the date due (or the week's first, when
      that is past), the next ones every so many contact days; no more than there are dates on whose weekday
      the client has a window and between which the days of the rule ``client_spacing`` (or the client's
      own) are free, the last contact counted. One review.
    * Priority: 2 for the lowest band to 5 for the highest, and one more for each full interval overdue, at
      most 5. Overdue clients of high-acuity bands get 5 at once, so that no request of another band that
      has waited long comes before theirs.
    * Ids: ``contact P017 2026-10-01``, with the client and the date due. As long as nobody sees the client,
      the request has the same id week after week.

    Clients whose own clinician is away are asked for as well; such a request is left out with a reason
    unless somebody names who stands in.

    Parameters
    ----------
    unmet
        Codes of requests that were left out week after week, perhaps because nobody can meet them. They do
        not count as requests of clients who are overdue by a full interval or more.

    Examples
    --------
    >>> from safeschedule import with_requests_from_bands, without_requests_from_bands
    >>> more = with_requests_from_bands(problem)
    >>> without_requests_from_bands(more) == problem
    True
    """
    Arguments("with_requests_from_bands").problem(problem).codes("unmet", unmet).done()
    added = _Deriver(problem, frozenset(unmet)).requests()
    return problem.model_copy(update={"requests": (*problem.requests, *added)})


def without_requests_from_bands(problem: Problem) -> Problem:
    """Return the problem without the requests that `with_requests_from_bands` has added to it.

    One that somebody has changed since, by naming a clinician for instance, is no longer such a request.

    Examples
    --------
    >>> from safeschedule import without_requests_from_bands
    >>> without_requests_from_bands(problem) == problem
    True
    """
    Arguments("without_requests_from_bands").problem(problem).done()
    deriver = _Deriver(problem)
    derived = {deriver.contact(due) for due in deriver.contacts} | set(map(deriver.review, deriver.reviews))
    kept = tuple(request for request in problem.requests if request not in derived)
    return problem if len(kept) == len(problem.requests) else problem.model_copy(update={"requests": kept})


@dataclass(frozen=True)
class _Deriver:
    """One problem, and what is due in it."""

    problem: Problem
    unmet: frozenset[str] = frozenset()

    @cached_property
    def contacts(self) -> tuple[Due, ...]:
        return due_contacts(self.problem)

    @cached_property
    def reviews(self) -> tuple[Due, ...]:
        return due_reviews(self.problem)

    @cached_property
    def bands(self) -> Mapping[str, AcuityBand]:
        return self.problem.by_code.bands

    @cached_property
    def clients(self) -> Mapping[str, Client]:
        return self.problem.by_code.clients

    def requests(self) -> Iterator[Request]:
        """Yield what is not asked for yet: contacts first, then reviews, each the most overdue first."""
        of_reviews = {kind.id for kind in self.problem.session_types if kind.kind is Kind.REVIEW}
        reviewed = {r.client for r in self.problem.requests if r.session_type in of_reviews}
        others = [r for r in self.problem.requests if r.session_type not in of_reviews]
        asking = {r.client for r in others}, {r.client for r in others if r.id not in self.unmet}
        for due in self.contacts:
            long_overdue = due.overdue >= self.bands[due.band].contact_days
            if due.client not in asking[long_overdue]:
                yield from self._named(self.contact(due))
        for due in self.reviews:
            if due.client not in reviewed:
                yield from self._named(self.review(due))

    def _named(self, request: Request | None) -> Iterator[Request]:
        """Yield a request under a name that none has; that another's is taken would be a strange chance."""
        if request is not None:
            name = request.id
            while name in self._taken:
                name = f"{name[: _LONGEST_ID - 2]} +"
            yield request if name == request.id else request.model_copy(update={"id": name})

    @cached_property
    def _taken(self) -> frozenset[str]:
        return frozenset(request.id for request in self.problem.requests)

    def contact(self, due: Due) -> Request | None:
        """Return the request for a contact, if the band names a type and there are dates for it."""
        band = self.bands[due.band]
        count = self._contacts(self.clients[due.client], due, band)
        if band.contact_type is None or not count:
            return None
        return self._request("contact", due, band.contact_type, band.contact_days, count)

    def review(self, due: Due) -> Request | None:
        """Return the request for a review, if the band names a type and there is somebody to hold it."""
        band = self.bands[due.band]
        if band.review_type is None or due.clinician is None:
            return None
        return self._request("review", due, band.review_type, band.review_days, 1)

    def _request(self, what: str, due: Due, session_type: str, interval: int, count: int) -> Request:
        return Request(
            id=_name(what, due),
            client=due.client,
            session_type=session_type,
            count=count,
            priority=self._priority(due, interval),
            mode=AllowedMode.EITHER,
        )

    def _priority(self, due: Due, interval: int) -> int:
        if due.high_acuity and due.overdue:
            return HIGHEST
        ranks = sorted(band.rank for band in self.problem.bands)
        place, steps = ranks.index(due.rank), max(1, len(ranks) - 1)
        # Rounded half up, in whole numbers.
        base = LOWEST + (2 * (HIGHEST - LOWEST) * place + steps) // (2 * steps)
        return min(HIGHEST, base + due.overdue // interval)

    def _contacts(self, client: Client, due: Due, band: AcuityBand) -> int:
        """Return how many contacts fall due in the week and can lie in it."""
        first, last = max(due.due, self.problem.week_start), self.problem.week_start + timedelta(days=6)
        fall_due = (last - first).days // band.contact_days + 1
        return min(fall_due, self._dates(client))

    def _dates(self, client: Client) -> int:
        """Return on how many dates of the week the client can come, far enough from each other."""
        between, weekdays = self._between(client), {window.day for window in client.windows}
        latest, found = self._last.get(client.id), 0
        for day in (self.problem.week_start + timedelta(days=number) for number in range(7)):
            near = latest is not None and (day - latest).days <= between
            if not near and (not weekdays or Weekday.of(day) in weekdays):
                latest, found = day, found + 1
        return found

    @cached_property
    def _last(self) -> dict[str, date]:
        return last_contacts(self.problem)

    def _between(self, client: Client) -> int:
        if client.days_between is not None:
            return client.days_between
        setting = self.problem.rulebook.setting("client_spacing")
        return setting.whole("days") if setting.enabled else 0


def _name(what: str, due: Due) -> str:
    name = f"{what} {due.client} {due.due}"
    if len(name) <= _LONGEST_ID:
        return name
    return f"{what} {hashlib.sha256(due.client.encode()).hexdigest()[:16]} {due.due}"
