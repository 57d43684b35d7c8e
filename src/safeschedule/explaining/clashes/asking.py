"""What a rule asks of one clinician, in words that name the others whom it concerns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from safeschedule.explaining.clashes import words
from safeschedule.problem import Clinician, Problem

Whom = tuple[str, tuple[str, ...]]


def whom(problem: Problem, rule: str, person: Clinician) -> Whom:
    """Return for whom a rule holds when it asks a clinician, and the codes of all whom it then concerns."""
    found = _JOINT[rule](problem, person) if rule in _JOINT else None
    return (person.id, (person.id,)) if found is None else found


def _cover(problem: Problem, person: Clinician) -> Whom:
    covered = [other.id for other in problem.clinicians if other.cover == person.id]
    if covered == [person.cover]:
        return f"{person.id} and {person.cover}, who cover each other", (person.id, *covered)
    parts = [] if person.cover is None else [f"whose cover is {person.cover}"]
    parts += [f"who covers {words.listing(covered)}"] if covered else []
    parts = parts or ["for whom no cover is named"]
    who = tuple(dict.fromkeys([person.id, *(() if person.cover is None else (person.cover,)), *covered]))
    return f"{person.id}, {' and '.join(parts)}", who


def _case_review(problem: Problem, person: Clinician) -> Whom | None:
    """Whoever may supervise a review is asked for it, too."""
    names = sorted({name for other in problem.clinicians for name in other.teams})
    own = [name for name in names if name in person.teams or (person.is_supervisor and not person.teams)]
    if not own:
        return None
    members = {name: [c.id for c in problem.clinicians if name in c.teams] for name in own}
    what = words.listing([f"{name} ({words.listing(codes)})" for name, codes in members.items()])
    who = dict.fromkeys([person.id, *(code for codes in members.values() for code in codes)])
    lead = "" if person.teams else f", which {person.id} may supervise"
    return f"the {'team' if len(own) == 1 else 'teams'} {what}{lead}", tuple(who)


_JOINT: Mapping[str, Callable[[Problem, Clinician], Whom | None]] = MappingProxyType(
    {"case_review": _case_review, "cover": _cover}
)
"""Rules that ask one clinician for what is owed to others."""
