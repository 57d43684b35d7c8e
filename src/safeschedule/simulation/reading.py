"""A simulation from one TOML file: the team, what is assumed, the policies; with all faults at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from safeschedule.errors import Fault, InputError
from safeschedule.problem import Problem
from safeschedule.problem.entity import Entity, Name
from safeschedule.problem.reading.plain_data import text_of
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.problem.reading.toml_text import plain_toml
from safeschedule.problem.reading.translating import validate
from safeschedule.problem.showing import show
from safeschedule.scenarios.reading import scenarios_of
from safeschedule.simulation.assumptions import SimulationAssumptions
from safeschedule.simulation.planning import Effort
from safeschedule.simulation.policies import Routing, SimulationPolicy
from safeschedule.simulation.simulation import MOST_REPLICATIONS, MOST_WEEKS, Simulation
from safeschedule.study.reading import Seed, problem_of


class SimulationSettings(Entity):
    """What a simulation's file says once, above its tables."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    name: Name = "simulation"
    """What the simulation is called."""
    weeks: Annotated[int, Field(ge=1, le=MOST_WEEKS, strict=True)] = 52
    """How many weeks."""
    warm_up: Annotated[int, Field(ge=0, le=MOST_WEEKS, strict=True)] = 8
    """How many of them do not count."""
    replications: Annotated[int, Field(ge=1, le=MOST_REPLICATIONS, strict=True)] = 10
    """How often each policy is simulated."""
    seed: Seed = 0
    """With which random numbers begin."""
    effort: Effort = 0.0
    """Of the search for each week, in the solver's own units of work; 0: constructed alone."""


class PolicySettings(Entity):
    """What a policy's table says beside the changes of a scenario."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    routing: Routing = Routing.TRIAGE
    """Who of the waitlist is offered first: by `triage`, or the `longest` wait."""
    most_intakes: Annotated[int, Field(ge=0, le=10_000, strict=True)] | None = None
    """How many new clients are offered a week at most."""


@dataclass(frozen=True)
class SimulationFile:
    """What a file says.

    Parameters
    ----------
    simulation
        The simulation.
    replications
        How often each policy is simulated.
    """

    simulation: Simulation
    replications: int


def read_simulation(path: str | Path) -> SimulationFile:
    r"""Return the simulation of a TOML file.

    Raises
    ------
    InputError
        The file, or a problem that it names, cannot be read; or it has faults; with every one of them.

    Examples
    --------
    >>> from safeschedule import read_simulation
    >>> text = "weeks = 4\nwarm_up = 1\n[team]\nsample = true\n[policies.now]\n"
    >>> _ = (folder / "year.toml").write_text(text, encoding="utf-8")
    >>> read_simulation(folder / "year.toml").simulation.policies[0].name
    'now'
    """
    what = name_of(path, "simulation")
    data, faults = plain_toml(read_text(path, "simulation"))
    if data is None:
        raise InputError(what, faults)
    team, wrong = _team(data.pop("team", None), Path(path).parent)
    assumed, unknown = _validated(SimulationAssumptions, data.pop("assumptions", {}), "assumptions")
    policies, more = _policies(data.pop("policies", None))
    settings, most = validate(SimulationSettings, text_of(data, what), data)
    faults = (*most, *wrong, *unknown, *more)
    if faults or settings is None or team is None or assumed is None:
        raise InputError(what, faults)
    try:
        made = Simulation(
            team,
            policies,
            assumed,
            settings.weeks,
            settings.warm_up,
            settings.seed,
            settings.effort,
            settings.name,
        )
    except InputError as error:
        raise InputError(what, error.faults) from None
    return SimulationFile(made, settings.replications)


def _team(entry: Any, folder: Path) -> tuple[Problem | None, list[Fault]]:
    if entry is None:
        return None, [Fault("missing_field", "team", "none", 'a table: {clinicians = 12}, or "team.json"')]
    try:
        return problem_of(entry, folder), []
    except InputError as error:
        places = ((fault, f"team: {fault.place}" if fault.place else "team") for fault in error.faults)
        return None, [replace(fault, place=place) for fault, place in places]


def _validated(kind: type[Any], table: Any, place: str) -> tuple[Any, list[Fault]]:
    if not isinstance(table, Mapping):
        return None, [Fault("wrong_type", place, show(table), "a table")]
    made, faults = validate(kind, text_of(dict(table), place), dict(table))
    return made, [replace(fault, place=f"{place}.{fault.place}") for fault in faults]


def _policies(table: Any) -> tuple[list[SimulationPolicy], list[Fault]]:
    if not isinstance(table, Mapping) or not table:
        return [], [
            Fault("missing_field", "policies", show(table), "a table for each policy; the first is the base")
        ]
    own_names = PolicySettings.model_fields
    faults: list[Fault] = []
    settings: dict[str, PolicySettings] = {}
    changes: dict[str, Any] = {}
    for name, entry in table.items():
        if not isinstance(entry, Mapping):
            faults.append(Fault("wrong_type", f"policies.{name}", show(entry), "a table"))
            continue
        own = {key: value for key, value in entry.items() if key in own_names}
        made, wrong = _validated(PolicySettings, own, f"policies.{name}")
        faults += wrong
        settings[str(name)] = made
        changes[str(name)] = {key: value for key, value in entry.items() if key not in own_names}
    scenarios, wrong_changes = scenarios_of(changes)
    faults += [replace(f, place=f.place.replace("scenarios.", "policies.", 1)) for f in wrong_changes]
    if faults:
        return [], faults
    pairs = ((scenario, settings[scenario.name]) for scenario in scenarios)
    return [SimulationPolicy(s.name, s, own.routing, own.most_intakes) for s, own in pairs], []
