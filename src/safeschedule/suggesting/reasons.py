"""Why there is no slot: what stood against the dates that were tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from safeschedule.catalogue import Trait
from safeschedule.explaining.unplaced.reasons import without_opening
from safeschedule.suggesting.moving import amended
from safeschedule.suggesting.openings import OnDate
from safeschedule.suggesting.searching import SlotSearch
from safeschedule.verifier.again import Standing
from safeschedule.verifier.finding import Finding

Reason = tuple[tuple[str, ...], str]

_CASELOAD, _WEEK, _DATE = "the caseload", "the week", "the date"
_LIMITS = (_CASELOAD, _WEEK, _DATE)
"""The widest first: where the limit of the week is reached, no other date helps."""

_NOWHERE_ELSE = "It has no other opening beside what cannot move."


def why_none(search: SlotSearch) -> Reason:
    """Return the rules that stood against every slot, the most frequent first, and plain sentences."""
    if search.stop.is_set():
        return (), "The search was stopped before one was found."
    dates = search.openings.dates()
    if not dates:
        return _without_opening(search)
    rules = tuple(name for name, _ in search.against.most_common(4))
    example = next((search.examples[name].sentence for name in rules if name in search.examples), "")
    for_example = f" For example: {example}" if example else ""
    full = sum((unit.clinician, unit.date) in search.barred for unit in dates)
    people = _count(len({unit.clinician for unit in dates}), "clinician")
    head = f"{_count(len(dates), 'date')} with an opening for it, with {people}"
    if full:
        on = "each" if full == len(dates) else f"{full} of them"
        head += f"; on {on} {_limits(search, dates)}"
    if search.looks:
        head += f"; {search.looks} {'of the others ' if full else ''}tried, with own blocks arranged anew"
    against = f" What stands against it: {', '.join(rules)}." if rules else ""
    return rules, f"{head}.{against}{for_example}"


def _limits(search: SlotSearch, dates: Sequence[OnDate]) -> str:
    """Return which limits are reached on the dates that are barred, the widest of each date."""
    found: dict[str, Counter[str]] = {name: Counter() for name in _LIMITS}
    for unit in dates:
        breaks = search.barred.get((unit.clinician, unit.date), ())
        widest = next(
            (name for name in _LIMITS if any(_limit(search, each) == name for each in breaks)), None
        )
        if widest is not None:
            found[widest].update({each.rule for each in breaks if _limit(search, each) == widest})
    told = [f"{name} ({', '.join(rules)})" for name, rules in found.items() if rules]
    if len(told) == 1:
        return f"the limit of {told[0]} is reached"
    return f"a limit is reached: that of {' or of '.join(told)}"


def _limit(search: SlotSearch, finding: Finding) -> str:
    """Return of what a limit is that a session would go beyond."""
    if Trait.COUNTS_CLIENTS in search.standing.week.settings[finding.rule].rule.traits:
        return _CASELOAD
    return _WEEK if finding.when is None else _DATE


def _without_opening(search: SlotSearch) -> Reason:
    """Return why not even an opening is left, as it is told of a request that is left out."""
    standing, request = search.standing, search.request
    if search.without:
        standing = Standing(standing.problem, amended(standing.schedule, search.without, []))
    found = without_opening(standing, request.id)
    return ((), _NOWHERE_ELSE) if found is None else (found.rules, found.sentence)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
