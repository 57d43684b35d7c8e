"""A scenario: named changes of a problem, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safeschedule.errors import ArgumentError, Fault, InputError
from safeschedule.problem import Problem, Setting, require_sound
from safeschedule.problem.kinds import require_kind
from safeschedule.problem.showing import show
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.making import Making
from safeschedule.scenarios.parsing import changes_of, plain_of
from safeschedule.scenarios.settling import left, settle

if TYPE_CHECKING:
    from typing import Self

MOST_SEED = 2**31 - 1


@dataclass(frozen=True)
class ChangedProblem:
    """What a scenario makes of a problem.

    Parameters
    ----------
    problem
        The changed problem; it has no faults.
    notes
        What the changes brought with them, in words: pins that are gone, clients who are handed over.
    lost
        Sessions that were asked for, and that nobody can be asked for any more.
    """

    problem: Problem
    notes: tuple[str, ...] = ()
    lost: int = 0


@dataclass(frozen=True, init=False)
class Scenario:
    """Named changes of a problem, each sound: nothing is left that names what is gone, or no longer fits.

    Parameters
    ----------
    name
        What it is called.
    changes
        The changes, made one after the other.
    about
        What is asked by it, for people.
    more
        Further changes by the words for them, with their fields, or with the main one alone: see
        docs/reference/study.md.

    Raises
    ------
    ArgumentError
        There is no change of some name, or it has other fields; with every fault.

    Examples
    --------
    >>> from safeschedule import Scenario
    >>> from safeschedule.samples import sample
    >>> smaller = Scenario("smaller", remove=["C03"], rules_off=["recovery_buffer"])
    >>> len(smaller.apply(sample()).clinicians)
    7
    >>> (smaller + Scenario("busier", demand=1.2)).name
    'smaller + busier'
    >>> Scenario("slip", rule_off=["recovery_buffer"])
    Traceback (most recent call last):
    ...
    safeschedule.errors.ArgumentError: scenario slip: 1 fault
      rule_off: found a list of 1 entry; expected a change (did you mean rules_off?) [unknown_name]
    """

    name: str
    changes: tuple[ScenarioChange, ...]
    about: str

    def __init__(
        self, name: str, changes: Iterable[ScenarioChange] = (), *, about: str = "", **more: Any
    ) -> None:
        call = "Scenario"
        require_kind(call, "name", name, str, "text")
        require_kind(call, "about", about, str, "text")
        given = tuple(changes)
        for number, change in enumerate(given):
            require_kind(call, f"changes[{number}]", change, ScenarioChange, "a change of a scenario")
        if not name or len(name) > 200 or not name.isprintable():
            fault = Fault("bad_value", "name", show(name), "1 to 200 characters that can be seen")
            raise ArgumentError(f"arguments of {call}", [fault])
        found, faults = changes_of(more)
        if faults:
            raise ArgumentError(f"scenario {name}", faults)
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "changes", (*given, *found))
        object.__setattr__(self, "about", about)

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Return the scenario of plain data: its name, `about`, and a list of changes, each by its word.

        Raises
        ------
        InputError
            It is no such data; with every fault.
        """
        require_kind("Scenario.from_dict", "data", data, Mapping, "an object with fields")
        known = {"name": str, "about": str, "changes": list}
        faults = [
            Fault("unknown_field", str(key), show(value), f"one of: {', '.join(known)}")
            if key not in known
            else Fault("wrong_type", str(key), show(value), "a list" if key == "changes" else "text")
            for key, value in data.items()
            if not isinstance(value, known.get(key, ()))
        ]
        changes: list[ScenarioChange] = []
        for number, entry in enumerate(data.get("changes", []) if not faults else []):
            found, wrong = changes_of(entry if isinstance(entry, Mapping) else {"": entry})
            changes += found
            faults += [Fault(f.code, f"changes[{number}].{f.place}", f.value, f.expected) for f in wrong]
        if faults:
            raise InputError("scenario as plain data", faults)
        return cls(data.get("name", ""), changes, about=data.get("about", ""))

    def to_dict(self) -> dict[str, Any]:
        """Return the scenario as plain data."""
        return {
            "name": self.name,
            "about": self.about,
            "changes": [{change.name: plain_of(change)} for change in self.changes],
        }

    def apply(self, problem: Problem, seed: int = 0) -> Problem:
        """Return the changed problem; see `applied`."""
        return self.applied(problem, seed).problem

    def applied(self, problem: Problem, seed: int = 0) -> ChangedProblem:
        """Return what the scenario makes of a problem.

        Parameters
        ----------
        problem
            A problem without faults.
        seed
            Of what changes draw: the same seed draws the same people in every scenario.

        Raises
        ------
        InputError
            A change names what the problem does not have, or cannot be made of it; with every fault.

        Examples
        --------
        >>> from safeschedule import Scenario
        >>> from safeschedule.samples import sample
        >>> Scenario("smaller", remove=["C03"]).applied(sample()).notes[0]
        'remove: 32 clients are handed over'
        """
        require_kind("Scenario.applied", "problem", problem, Problem, "a Problem; see read_problem")
        require_kind("Scenario.applied", "seed", seed, int, "a whole number")
        if not 0 <= seed <= MOST_SEED:
            fault = Fault("out_of_range", "seed", str(seed), f"0 to {MOST_SEED}")
            raise ArgumentError("arguments of Scenario.applied", [fault])
        require_sound(problem)
        making = Making(problem, seed)
        for place, change in _placed(self.changes):
            making.place = place
            before, told = making.problem, len(making.faults)
            change.apply(making)
            if making.problem is not before:
                settle(making)
                making.faults += left(making)
            if len(making.faults) > told:
                making.problem = before  # what follows is looked at as if this change were not there
        if making.faults:
            raise InputError(f"scenario {self.name} of problem {problem.name}", making.faults)
        return ChangedProblem(making.problem, tuple(making.notes), making.lost)

    def relaxes(self, problem: Problem) -> bool:
        """Return whether every schedule that keeps the problem's rules keeps those of the scenario, too.

        That is known of scenarios that switch hard rules off and do nothing else, as long as no other rule
        asks for something else because of it.
        """
        if not self.changes or any(change.name != "rules_off" for change in self.changes):
            return False
        settings = problem.rulebook.settings()
        off = {str(rule) for change in self.changes for rule in getattr(change, "rules", ())}
        return all(rule not in settings or settings[rule].hard for rule in off) and not _heeded(off, settings)

    def __add__(self, other: Scenario) -> Scenario:
        if not isinstance(other, Scenario):
            return NotImplemented
        about = " ".join(text for text in (self.about, other.about) if text)
        return Scenario(f"{self.name} + {other.name}", (*self.changes, *other.changes), about=about)

    def named(self, name: str, about: str | None = None) -> Scenario:
        """Return the same changes by another name."""
        return Scenario(name, self.changes, about=self.about if about is None else about)

    def __str__(self) -> str:
        return self.name if not self.about else f"{self.name}: {self.about}"


def _heeded(off: set[str], settings: Mapping[str, Setting]) -> bool:
    """Return whether a rule that stays changes what it asks because others are off."""
    return any(off & set(s.rule.heeds) for name, s in settings.items() if name not in off)


def _placed(changes: tuple[ScenarioChange, ...]) -> Iterator[tuple[str, ScenarioChange]]:
    """Yield changes with the places by which faults name them."""
    counts = [change.name for change in changes]
    seen: dict[str, int] = {}
    for change in changes:
        number = seen.get(change.name, 0)
        seen[change.name] = number + 1
        yield change.name if counts.count(change.name) == 1 else f"{change.name}[{number}]", change


def read_scenarios(path: str | Path) -> tuple[Scenario, ...]:
    r"""Return the scenarios of a TOML file: a table each, in `scenarios`.

    Raises
    ------
    InputError
        The file cannot be read, is no TOML, or has faults; with every one of them.

    Examples
    --------
    >>> from safeschedule import read_scenarios
    >>> path = folder / "scenarios.toml"
    >>> written = path.write_text("[scenarios.busier]\ndemand = 1.2\n", encoding="utf-8")
    >>> [scenario.name for scenario in read_scenarios(path)]
    ['busier']
    """
    from safeschedule.scenarios.reading import scenarios_of_file

    return scenarios_of_file(path)
