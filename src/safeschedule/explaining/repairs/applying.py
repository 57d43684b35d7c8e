"""Levers put into effect: as much of each as a schedule needs, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from safeschedule.explaining.clashes import words
from safeschedule.explaining.clashes.condition import Condition, Core
from safeschedule.explaining.clashes.facts import without
from safeschedule.explaining.clashes.oracle import Oracle
from safeschedule.explaining.repairs import extra, hours
from safeschedule.explaining.repairs.giving_way import given_way
from safeschedule.explaining.repairs.levers import Capacity, Levers
from safeschedule.explaining.repairs.repair import Step
from safeschedule.explaining.repairs.softening import softened
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.model.rows import Rows
from safeschedule.problem import BlockKind, Clinician, Problem
from safeschedule.problem.faults.view import merged
from safeschedule.schedule import Schedule
from safeschedule.verifier import examine

# How many findings are told of a rule that gives way.
_SAID = 3


@dataclass(frozen=True)
class Applied:
    """A problem after levers were pulled.

    Parameters
    ----------
    problem
        After it.
    partly
        Steps of levers that give a part of what they could.
    wholly
        Facts that give way as a whole; their steps are told by what a schedule makes of them.
    before
        The problem to which the facts belong.
    """

    problem: Problem
    partly: tuple[Step, ...]
    wholly: tuple[Condition, ...]
    before: Problem

    def steps(self, schedule: Schedule) -> tuple[Step, ...]:
        """Return all steps, as a schedule of the problem makes use of them."""
        return (*self.partly, *(given_way(self.before, fact, schedule) for fact in self.wholly))


def applied(
    oracle: Oracle,
    levers: Levers,
    codes: Mapping[Capacity, str],
    cores: Sequence[Core],
    index: Index,
    rows: Rows,
) -> Applied | None:
    """Return the problem with as much of each lever as rows need; ``None`` when one is not needed at all.

    Parameters
    ----------
    codes
        Of the capacity that was added.
    cores
        What the levers break.
    index, rows
        Of a schedule with all levers pulled as far as they go.
    """
    problem, steps, wholly = oracle.problem, list[Step](), list[Condition]()
    schedule = extract(index, rows)
    for lever in sorted(levers, key=lambda one: isinstance(one, Condition)):
        if isinstance(lever, Capacity):
            problem, _ = extra.added(problem, lever, cores)
            problem, step = _capacity(oracle, lever, cores, codes[lever], problem, index, rows)
        elif lever.kind == "hours":
            problem, step = _overtime(problem, lever, index, rows)
        elif lever.kind == "leave":
            problem, step = _off_leave(oracle, problem, lever, index, rows)
        elif lever.kind == "rule":
            problem, step = _relaxed(oracle, problem, lever, schedule)
        else:
            wholly.append(lever)
            continue
        if not step.amount:
            return None
        steps.append(step)
    # All at once, because keys are places in the problem's lists.
    problem = _supervised(without(problem, wholly), wholly, schedule)
    return Applied(problem, tuple(steps), tuple(wholly), oracle.base)


def _supervised(problem: Problem, facts: Iterable[Condition], schedule: Schedule) -> Problem:
    """Return the problem in which who supervises instead is named, as a schedule has it."""
    for fact in facts:
        person = fact.who[0] if fact.kind == "supervisor" else ""
        held = (b for b in schedule.blocks if b.kind is BlockKind.SUPERVISION and b.clinicians == (person,))
        block = next(held, None)
        if block is not None:
            problem = hours.with_clinician(problem, person, {"supervisor": block.supervisor})
    return problem


def _spans(rows: Rows, numbers: Iterable[int]) -> list[hours.Span]:
    return sorted((int(rows.start[n]), int(rows.end[n])) for n in numbers)


def _overtime(problem: Problem, lever: Condition, index: Index, rows: Rows) -> tuple[Problem, Step]:
    code = str(lever.key[0])
    person = problem.by_code.clinicians[code]
    numbers = hours.held_by(index, rows, code)
    longer, new = hours.more_hours(problem, person, _spans(rows, numbers.tolist()))
    minutes = sum(end - start for start, end in new)
    used = hours.week_minutes(index, rows, numbers, code)
    contracted = person.contracted_minutes
    over = 0 if contracted is None else max(0, used - contracted)
    more = None if contracted is None else max(contracted, used)
    when = f": {hours.shown(problem, new)}" if new else ""
    total = max(minutes, over)
    what = f"{code} works {words.duration(total)} more{when}."
    update: dict[str, object] = {"working": longer.working, "contracted_minutes": more}
    return hours.with_clinician(problem, code, update), Step(
        "hours", "contract", (code,), total, "minutes", what
    )


def _off_leave(
    oracle: Oracle, problem: Problem, lever: Condition, index: Index, rows: Rows
) -> tuple[Problem, Step]:
    code = str(lever.key[0])
    person = problem.by_code.clinicians[code]
    away = hours.leave_span(oracle.base, lever)
    spans = _spans(rows, hours.held_by(index, rows, code).tolist())
    needed = merged((max(a, away[0]), min(b, away[1])) for a, b in spans if a < away[1] and away[0] < b)
    minutes = sum(end - start for start, end in needed)
    if not needed:
        return problem, Step("leave", "contract", (code,), 0, "minutes", "")
    what = f"{code} gives up {words.duration(minutes)} of leave: {hours.shown(problem, needed)}."
    shorter = hours.less_leave(problem, person, needed)
    changed = hours.with_clinician(problem, code, {"leave": shorter.leave})
    return changed, Step("leave", "contract", (code,), minutes, "minutes", what)


def _relaxed(oracle: Oracle, problem: Problem, lever: Condition, schedule: Schedule) -> tuple[Problem, Step]:
    name = str(lever.key[0])
    changed = softened(problem, [name], others_off=False)
    account = examine(softened(oracle.base, [name], others_off=True), schedule)
    said = [finding.sentence for finding in account.findings if finding.rule == name]
    tier = "service" if lever.tier is None else lever.tier.value
    unit = problem.rulebook.setting(name).rule.amount
    more = f" And {len(said) - _SAID} more like these." if len(said) > _SAID else ""
    what = f"The rule {name} gives way this week: {' '.join(said[:_SAID])}{more}"
    return changed, Step("rule", tier, (), account.amounts.get(name, 0), unit, what)


def _capacity(
    oracle: Oracle,
    lever: Capacity,
    cores: Sequence[Core],
    code: str,
    problem: Problem,
    index: Index,
    rows: Rows,
) -> tuple[Problem, Step]:
    if lever.form == "room":
        room = problem.by_code.rooms[code]
        _, pin = next(extra.pins_of(oracle.base, extra.members(lever, cores)))
        where = f" at {room.site}" if room.site else ""
        what = f"A room of the kind {room.kind}{where} is missing on {words.at(pin.start)}."
        return problem, Step("room", "capacity", (), 1, "rooms", what)
    spans = _spans(rows, hours.held_by(index, rows, code).tolist())
    if not spans:
        return problem, Step(lever.form, "capacity", (), 0, "minutes", "")
    person = problem.by_code.clinicians[code].model_copy(update={"working": ()})
    person, new = hours.more_hours(problem, person, spans)
    minutes = sum(end - start for start, end in new)
    whom = "a supervisor" if lever.form == "supervisor" else _somebody(person)
    what = f"{words.duration(minutes)} of {whom}, protected time included, are missing"
    what += f", for example on {hours.shown(problem, new)}."
    step = Step(lever.form, "capacity", (), minutes, "minutes", what)
    return hours.with_clinician(problem, code, {"working": person.working}), step


def _somebody(person: Clinician) -> str:
    return "another clinician" + (f" with {words.listing(person.skills)}" if person.skills else "")
