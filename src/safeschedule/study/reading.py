"""A study from a TOML file: problems, scenarios, seeds and limits, with all faults at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.problem_file import read_problem_file
from safeschedule.problem import Problem
from safeschedule.problem.entity import SHORT, Code, Entity, Name
from safeschedule.problem.reading.plain_data import text_of
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.problem.reading.toml_text import plain_toml
from safeschedule.problem.reading.translating import validate
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.samples import FEATURES, PROFILES, generate, sample
from safeschedule.scenarios import Scenario
from safeschedule.scenarios.reading import scenarios_of
from safeschedule.study.jobs import StudyLimits
from safeschedule.study.prices import price_scenarios, priced_rules
from safeschedule.study.study import BASE, Study

Seed = Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)]
Seeds = Annotated[tuple[Seed, ...], Field(min_length=1, max_length=10_000)]


class StudySettings(Entity):
    """What a study's file says once, above its tables."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    name: Name = "study"
    """What the study is called."""
    seeds: Seeds = (0,)
    """Seeds of the searches, and of what scenarios draw."""
    base: Name = BASE
    """The scenario with which others are compared; where none has this name, the problem as it is."""
    limit: Annotated[float, Field(gt=0, le=1e9)] = 1.0
    """How much each search may do, in the solver's own units of work: the same on every machine."""
    ceiling: Annotated[float, Field(gt=0, le=86_400)] | None = None
    """Seconds at which a search ends all the same; what it cuts short is not compared fairly."""
    workers: Annotated[int, Field(ge=1, le=256, strict=True)] = 1
    """Search workers of each run."""
    processes: Annotated[int, Field(ge=1, le=1024, strict=True)] | None = None
    """Processes on this machine; without it one for each processor."""
    solver: Code = "auto"
    """Which solver plans."""
    prices: bool | Annotated[tuple[Code, ...], Field(min_length=1, max_length=SHORT)] = False
    """Rules to be priced: `true` for every hard rule of the tiers safety and service, or their names."""


class MadeUpTeam(Entity):
    """A problem that the generator makes up."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    clinicians: Annotated[int, Field(ge=1, le=500, strict=True)]
    """How many."""
    seed: Seed = 0
    """Of what is made up."""
    profile: Code = "community"
    """The kind of team, as for `safeschedule generate`."""
    demand: Annotated[float, Field(gt=0, le=5)] | None = None
    """Sessions asked for over sessions that fit."""
    part_time: Annotated[float, Field(ge=0, le=1)] | None = None
    """Share of clinicians below full time."""
    rooms: Annotated[float, Field(ge=0, le=5)] | None = None
    """Consulting rooms for each clinician."""
    features: tuple[Code, ...] = ()
    """What the team has besides."""

    example: ClassVar[str] = "north = {clinicians = 6, seed = 3}"


@dataclass(frozen=True)
class StudyFile:
    """What a file says: the study, and how far it goes.

    Parameters
    ----------
    study
        The study.
    limits
        How far each run goes.
    processes
        How many on this machine; ``None``: one for each processor.
    """

    study: Study
    limits: StudyLimits
    processes: int | None = None


def read_study(path: str | Path) -> StudyFile:
    """Return the study of a TOML file.

    Raises
    ------
    InputError
        The file, or a problem that it names, cannot be read; or it has faults; with every one of them.
    """
    what = name_of(path, "study")
    data, faults = plain_toml(read_text(path, "study"))
    if data is None:
        raise InputError(what, faults)
    problems, wrong = _problems(data.pop("problems", None), Path(path).parent)
    scenarios, more = scenarios_of(data.pop("scenarios", {}))
    settings, most = validate(StudySettings, text_of(data, what), data)
    faults = (*most, *wrong, *more)
    if settings is None or faults:
        raise InputError(what, faults)
    return _study(settings, problems, scenarios, what)


def _study(
    settings: StudySettings, problems: dict[str, Problem], scenarios: tuple[Scenario, ...], what: str
) -> StudyFile:
    priced: tuple[str, ...] = ()
    if settings.prices:
        asked = settings.prices
        priced = asked if isinstance(asked, tuple) else priced_rules(problems.values())
    have = {scenario.name for scenario in scenarios}
    more = tuple(each for each in price_scenarios(priced) if each.name not in have)
    try:
        study = Study(problems, (*scenarios, *more), settings.seeds, base=settings.base, name=settings.name)
    except InputError as error:
        raise InputError(what, error.faults) from None
    limits = StudyLimits(settings.limit, settings.ceiling, settings.workers, settings.solver)
    return StudyFile(study, limits, settings.processes)


def _problems(table: Any, folder: Path) -> tuple[dict[str, Problem], list[Fault]]:
    """Return problems by name: of files, made up, or the bundled one."""
    if not isinstance(table, Mapping) or not table:
        return {}, [Fault("missing_field", "problems", show(table), 'a table, such as team = "team.json"')]
    found: dict[str, Problem] = {}
    faults: list[Fault] = []
    for name, entry in table.items():
        place = f"problems.{name}"
        try:
            found[str(name)] = problem_of(entry, folder)
        except InputError as error:
            faults += [
                replace(fault, place=f"{place}: {fault.place}" if fault.place else place)
                for fault in error.faults
            ]
    return found, faults


def problem_of(entry: Any, folder: Path) -> Problem:
    """Return the problem of a file by name, made up by the generator, or the bundled one."""
    if isinstance(entry, str):
        return read_problem_file(folder / entry)[0]
    if not isinstance(entry, Mapping):
        raise InputError("problem", [Fault("wrong_type", "", show(entry), "the name of a file, or a table")])
    if entry == {"sample": True}:
        return sample()
    made, faults = validate(MadeUpTeam, text_of(entry, "problem"), dict(entry))
    if made is None:
        raise InputError("problem", faults)
    return _made(made)


def _made(team: MadeUpTeam) -> Problem:
    faults = []
    if team.profile not in PROFILES:
        expected = f"one of: {', '.join(PROFILES)}{did_you_mean(team.profile, list(PROFILES))}"
        faults.append(Fault("unknown_value", "profile", show(team.profile), expected))
    for number, name in enumerate(team.features):
        if name not in FEATURES and name != "all":
            expected = f"one of: all, {', '.join(FEATURES)}{did_you_mean(name, list(FEATURES))}"
            faults.append(Fault("unknown_value", f"features[{number}]", show(name), expected))
    if faults:
        raise InputError("problem", faults)
    return generate(
        team.clinicians,
        team.seed,
        profile=team.profile,
        demand=team.demand,
        part_time=team.part_time,
        rooms=team.rooms,
        features=team.features,
    )
