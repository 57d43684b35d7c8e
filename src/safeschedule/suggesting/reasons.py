"""Why there is no slot: what stood against the dates that were tried."""

from __future__ import annotations

from safeschedule.explaining.unplaced.reasons import without_opening
from safeschedule.suggesting.moving import amended
from safeschedule.suggesting.searching import Search
from safeschedule.verifier.again import Standing

Reason = tuple[tuple[str, ...], str]


def why_none(search: Search) -> Reason:
    """Return the rules that stood against every slot, the most frequent first, and plain sentences."""
    if search.stop.is_set():
        return (), "The search was stopped before one was found."
    dates = search.openings.dates()
    if not dates:
        return _without_opening(search)
    rules = tuple(name for name, _ in search.against.most_common(4))
    example = next((search.examples[name].sentence for name in rules if name in search.examples), "")
    for_example = f" For example: {example}" if example else ""
    full = sum((unit.clinician, unit.day) in search.barred for unit in dates)
    people = _count(len({unit.clinician for unit in dates}), "clinician")
    head = f"{_count(len(dates), 'date')} with an opening for it, with {people}"
    if full == len(dates):
        head += "; on each a limit of the date or of the week is reached"
    elif full:
        head += f"; on {full} of them a limit of the date or of the week is reached"
    if search.looks:
        head += f"; {search.looks} {'of the others ' if full else ''}tried, with own blocks arranged anew"
    against = f" What stands against it: {', '.join(rules)}." if rules else ""
    return rules, f"{head}.{against}{for_example}"


def _without_opening(search: Search) -> Reason:
    """Return why not even an opening is left, as it is told of a request that is left out."""
    standing, request = search.standing, search.request
    if search.without:
        standing = Standing(standing.problem, amended(standing.schedule, search.without, []))
    found = without_opening(standing, request.id)
    return found.rules, found.sentence


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
