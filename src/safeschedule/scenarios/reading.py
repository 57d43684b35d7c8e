"""Scenarios from TOML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from safeschedule.errors import Fault, InputError
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.problem.reading.toml_text import plain_toml
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.parsing import changes_of
from safeschedule.scenarios.scenario import Scenario

MOST = 1_000
"""Scenarios of a file."""

_ABOUT, _FROM = "about", "from"


def scenarios_of_file(path: str | Path) -> tuple[Scenario, ...]:
    """Return the scenarios of a TOML file; see `read_scenarios`."""
    what = name_of(path, "scenarios")
    data, faults = plain_toml(read_text(path, "scenarios"))
    found: tuple[Scenario, ...] = ()
    if data is not None:
        strange = [
            Fault("unknown_field", str(k), show(v), "scenarios") for k, v in data.items() if k != "scenarios"
        ]
        found, wrong = scenarios_of(data.get("scenarios", {}))
        faults = (*strange, *wrong)
    if faults:
        raise InputError(what, faults)
    return found


def scenarios_of(data: Any) -> tuple[tuple[Scenario, ...], tuple[Fault, ...]]:
    """Return the scenarios of a table of tables, and every fault of them.

    A table has the words of changes, `about`, and `from`: the scenarios above it whose changes come first.
    """
    if not isinstance(data, Mapping):
        return (), (Fault("wrong_type", "scenarios", show(data), "a table for each scenario"),)
    if len(data) > MOST:
        return (), (Fault("too_long", "scenarios", f"{len(data)} entries", f"at most {MOST}"),)
    known: dict[str, Scenario] = {}
    faults: list[Fault] = []
    for name, table in data.items():
        scenario, wrong = _scenario(str(name), table, known)
        faults += [replace(f, place=f"scenarios.{name}{'.' if f.place else ''}{f.place}") for f in wrong]
        known[str(name)] = scenario
    return tuple(known.values()), tuple(faults)


def _scenario(name: str, table: Any, known: Mapping[str, Scenario]) -> tuple[Scenario, list[Fault]]:
    if not isinstance(table, Mapping):
        return Scenario("faulty"), [Fault("wrong_type", "", show(table), "a table of changes")]
    words = {key: value for key, value in table.items() if key not in (_ABOUT, _FROM)}
    changes, faults = changes_of(words)
    about, parts = table.get(_ABOUT, ""), table.get(_FROM, [])
    if not isinstance(about, str):
        faults.append(Fault("wrong_type", _ABOUT, show(about), "text"))
        about = ""
    if not isinstance(parts, list):
        faults.append(Fault("wrong_type", _FROM, show(parts), "a list of scenarios above this one"))
        parts = []
    first: list[ScenarioChange] = []
    for number, part in enumerate(parts):
        if part in known:
            first += known[part].changes
        else:
            expected = f"a scenario above this one{did_you_mean(str(part), list(known))}"
            faults.append(Fault("unknown_reference", f"{_FROM}[{number}]", show(part), expected))
    if not name or len(name) > 200 or not name.isprintable():
        faults.append(Fault("bad_value", "", show(name), "a name of 1 to 200 characters that can be seen"))
        name = "faulty"
    return Scenario(name, (*first, *changes), about=about), faults
