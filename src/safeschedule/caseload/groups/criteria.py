"""Who is appropriate for a group, as a service says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from safeschedule.errors import Fault
from safeschedule.problem import Flag, Problem
from safeschedule.problem.entity import LONG, LONGEST, SHORT, Code, Entity, PointsOrNone
from safeschedule.problem.reading.toml_text import read_toml
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.problem.taking import Entries, Many, Words, usual


class GroupCriteria(Entity):
    """Who is appropriate for one group (TC: clear criteria for who is appropriate for group).

    Parameters
    ----------
    group
        The group.
    bands
        Acuity bands of its clients; empty: any.
    without
        Flags that exclude.
    skills
        Skills of which each needs somebody among those who lead it, beside those of its session type.
    largest
        Most participants, where that is fewer than its session type takes.
    phases
        Phases of therapy in which clients may come; empty: any. A client whose phase is not said is not
        eligible: it is not known whether the client is.
    replaces
        Session types whose single sessions it stands for; empty: all of the kind therapy.
    admits
        Whether it takes in new members, though it is closed to guests.
    points
        What a client of the group weighs with the own clinician; ``None``: as much as before.
    """

    group: Code
    bands: Many[Code] = Field(default=usual(()), max_length=SHORT)
    without: Words[Flag] = Field(default=usual(()), max_length=SHORT)
    skills: Many[Code] = Field(default=usual(()), max_length=SHORT)
    largest: Annotated[int, Field(ge=1, le=200, strict=True)] | None = None
    phases: Many[Code] = Field(default=usual(()), max_length=SHORT)
    replaces: Many[Code] = Field(default=usual(()), max_length=SHORT)
    admits: StrictBool = False
    points: PointsOrNone = usual(None)


class ClientPhase(Entity):
    """In which phase of therapy a client is; a problem does not say it."""

    client: Code
    phase: Code


class GroupRules(Entity):
    """The criteria of a service's groups.

    Examples
    --------
    >>> from safeschedule import GroupRules
    >>> GroupRules(groups=[{"group": "skills", "bands": ["low"], "without": ["crisis_risk"]}]).phases
    ()
    """

    schema_version: Literal["1"] = "1"
    groups: Entries[GroupCriteria] = Field(default=usual(()), max_length=LONG)
    phases: Entries[ClientPhase] = Field(default=usual(()), max_length=LONGEST)


def read_group_rules(path: str | Path) -> GroupRules:
    r"""Return the criteria of a TOML file.

    Raises
    ------
    InputError
        The file cannot be read, or has faults of shape; with all of them.

    Examples
    --------
    >>> from safeschedule import read_group_rules
    >>> text = '[[groups]]\ngroup = "skills"\nbands = ["low", "moderate"]\n'
    >>> written = (folder / "groups.toml").write_text(text, encoding="utf-8")
    >>> read_group_rules(folder / "groups.toml").groups[0].bands
    ('low', 'moderate')
    """
    return read_toml(GroupRules, path, "criteria of groups")


def group_rules_faults(problem: Problem, rules: GroupRules) -> Iterator[Fault]:
    """Yield what in the criteria does not fit a problem."""
    known = problem.by_code
    seen: set[str] = set()
    for number, own in enumerate(rules.groups):
        place = f"groups[{number}]"
        yield from _known(f"{place}.group", [own.group], list(known.groups), "a group")
        yield from _known(f"{place}.bands", own.bands, list(known.bands), "an acuity band")
        yield from _known(f"{place}.replaces", own.replaces, list(known.session_types), "a session type")
        if own.group in seen:
            yield Fault("duplicate", f"{place}.group", show(own.group), "each group once")
        seen.add(own.group)
        group = known.groups.get(own.group)
        largest = None if group is None else known.session_types[group.session_type].largest
        if own.largest is not None and largest is not None and own.largest > largest:
            expected = f"at most {largest}, which its session type takes"
            yield Fault("out_of_range", f"{place}.largest", str(own.largest), expected)
    told: set[str] = set()
    for number, phase in enumerate(rules.phases):
        place = f"phases[{number}].client"
        yield from _known(place, [phase.client], list(known.clients), "a client")
        if phase.client in told:
            yield Fault("duplicate", place, show(phase.client), "each client once")
        told.add(phase.client)


def _known(place: str, codes: Sequence[str], known: Sequence[str], what: str) -> Iterator[Fault]:
    for code in codes:
        if code not in known:
            expected = f"the code of {what}{did_you_mean(code, known[:5000])}"
            yield Fault("unknown_reference", place, show(code), expected)
