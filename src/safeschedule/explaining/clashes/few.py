"""Who is needed to answer a question about some clinicians: the others need not be in the model."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from safeschedule.explaining.clashes.condition import Condition
from safeschedule.model.registry import encoder_of
from safeschedule.problem import Problem


def with_few(problem: Problem, people: Collection[str]) -> Problem:
    """Return the problem in which nobody works but some people, and who may be needed by them."""
    return _with(problem, {*people, *_beside(problem)})


def with_only(problem: Problem, people: Collection[str]) -> Problem:
    """Return the problem in which nobody works but some people, and who is pinned."""
    return _with(problem, {*people, *_pinned(problem)})


def _with(problem: Problem, needed: Collection[str]) -> Problem:
    team = tuple(
        person if person.id in needed else person.model_copy(update={"working": (), "leave": ()})
        for person in problem.clinicians
    )
    return problem.model_copy(update={"clinicians": team})


def _beside(problem: Problem) -> Iterator[str]:
    """Yield who supervises or is pinned; or everybody, where requests are for anybody."""
    pinned = {pin.request for pin in problem.pinned_appointments}
    if any(request.id not in pinned for request in problem.requests):
        yield from (person.id for person in problem.clinicians)
        return
    yield from (person.id for person in problem.clinicians if person.is_supervisor)
    yield from _pinned(problem)


def _pinned(problem: Problem) -> Iterator[str]:
    yield from (pin.clinician for pin in problem.pinned_appointments)
    for session in problem.pinned_groups:
        yield from session.clinicians
    for block in problem.pinned_blocks:
        yield from block.clinicians
        yield from () if block.supervisor is None else (block.supervisor,)


def asks_the_team(problem: Problem, rule: str) -> bool:
    """Return whether a rule that asks nothing of single clinicians asks for blocks of the team."""
    return encoder_of(problem.rulebook.setting(rule)).propose is not None


def people_of(problem: Problem, cores: Sequence[Sequence[Condition]]) -> set[str]:
    """Return the clinicians whom cores are about: everybody, where a rule asks something of the team."""
    everybody = {person.id for person in problem.clinicians}
    conditions = [condition for core in cores for condition in core]
    if any(
        c.kind == "rule" and len(c.key) == 1 and asks_the_team(problem, str(c.key[0])) for c in conditions
    ):
        return everybody
    return {code for condition in conditions for code in condition.who} & everybody
