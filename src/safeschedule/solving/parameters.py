"""What a search is tuned by: every number that was measured and might be chosen otherwise, in one object.

The values that stand here are those that the benchmarks are run with. A study of the search changes some of
them in a file of its own; the result names what was changed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from safeschedule.problem.entity import SHORT, Entity
from safeschedule.problem.reading.toml_text import read_toml

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Positive = Annotated[float, Field(gt=0.0, le=1e6)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Some = Annotated[int, Field(ge=1, le=1_000_000)]
Shapes = Annotated[tuple[tuple[Some, Some, bool], ...], Field(min_length=1, max_length=SHORT)]


class Parameters(Entity):
    """Base of all parts: what stands below a field says what it means."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class SizeParameters(Parameters):
    """From how many clinicians on a search goes another way."""

    all_tiers_up_to: Count = 3
    """Clinicians up to which fairness is pursued from the beginning."""
    pooled_from: Count = 15
    """Clinicians from which the plan is made with open requests pooled, then group by group."""
    wide_from: Count = 25
    """Clinicians from which an open request is offered to some of those who could take it."""
    apart_from: Count = 300
    """Clinicians from which the relaxation is solved by groups."""
    group: Some = 10
    """Clinicians whose plans are made together: more take HiGHS longer, fewer exchange less."""
    whole_rows: Count = 20_000
    """Placements up to which a week that a plug-in arranged is solved as a whole after that."""


class ConstructionParameters(Parameters):
    """The first schedule, session by session."""

    share: Share = 0.5
    """Of the limit: when a construction leaves out the rest."""
    again_share: Share = 0.05
    """Of the limit: what further constructions may take."""
    again_share_in_a_hurry: Share = 0.5
    """The same where there is no time to find anybody's week from nothing."""
    work: Positive = 0.004
    """Deterministic time that one construction counts for a clinician."""
    blocks_share: Share = 0.1
    """Of the limit: what the blocks may take where a construction came to nothing."""
    completing_seconds: Positive = 0.05
    """Seconds for a clinician's week that is constructed round what stands."""


class PlanParameters(Parameters):
    """The plan of half-days."""

    share: Share = 0.4
    """Of the limit: what planning may take."""
    chance: Share = 0.5
    """Of a step of a tier: the chance that is added to a session's worth in one more relaxation."""
    group_gap: Share = 1e-4
    """The gap at which a group's plan is good enough."""
    team_gap: Share = 2e-6
    """The gap at which a whole team's plan is good enough."""
    group_patience: tuple[Positive, Positive] = (1.0, 2.0)
    """Seconds, and seconds for each of the relaxation's, that a group's plan may take."""
    team_patience: tuple[Positive, Positive] = (2.0, 10.0)
    """The same of a whole team's plan."""
    poor: Share = 0.02
    """Below its bound by more than this, a whole plan misleads more than a relaxation does."""
    cuts_within: Share = 0.02
    """Of the limit: where a large team's relaxation takes longer, there are no cuts."""
    conditional_times: Positive = 1.0
    """Bounds of weaker tiers are looked for where there is so many times what the relaxation took."""
    bound_share: Share = 0.8
    """Of the limit: until when tighter bounds are looked for."""
    beside_until: Positive = 2.0
    """The first schedule is bettered beside the planning until so many times a second more than there was
    none."""
    beside_share: Share = 0.2
    """Of the time for a clinician's week: what a date may take beside the planning."""
    quick_blocks_share: Share = 0.3
    """Of the time for the team's blocks: what the quick way to them may take."""


class ProcessParameters(Parameters):
    """Processes in which parts are solved, one for each worker: to begin, one takes a second."""

    from_clinicians: Count = 10
    """Clinicians from which there are some."""
    seconds: Positive = 8.0
    """The least limit with which there are some."""


class TimesParameters(Parameters):
    """The exact times, clinician by clinician."""

    part_share: Share = 0.15
    """Of the limit: what one part may take at most."""
    part_limit: Positive = 1.0
    """What one part may take at most for a clinician, in the limit's unit."""
    planned_share: Share = 0.5
    """Of that: what a clinician's planned half-days may take."""
    date_share: Share = 0.5
    """Of that: what one date may take."""
    lacking: Share = 0.03
    """Of what is planned for a clinician: who misses more has the whole week timed once more."""
    ahead: Some = 4
    """Clinicians a thread whose weeks are under way together."""
    week_work: Positive = 0.2
    """Deterministic time in which a clinician's week is timed anew."""
    week_seconds: Positive = 0.6
    """The same in seconds of a processor."""
    anew_work: Positive = 0.2
    """Deterministic time for a clinician from which a week begun empty comes to be the better one."""
    anew_seconds: Positive = 0.25
    """The same in seconds of a processor, where each part is encoded by itself."""
    row_seconds: Positive = 1e-4
    """Seconds for a placement in the encoding of the whole model, on a slow processor."""
    whole_share: Share = 0.15
    """Of the time that is left: what encoding the whole model may take."""
    whole_share_beside: Share = 0.5
    """The same beside the planning."""


class ImprovementParameters(Parameters):
    """The adaptive large neighbourhood search (Ropke and Pisinger 2006)."""

    until: Share = 0.9
    """Of the limit: when to stop improving."""
    fairness_at: Share = 0.84
    """Of the limit: when to turn to fairness where the stronger tiers are not at their bounds."""
    shapes: Shapes = ((1, 1, False), (1, 2, False), (2, 1, False), (2, 2, False), (1, 1, True), (3, 1, True))
    """Neighbourhoods: clinicians, dates, and whether the team's blocks are free as well."""
    dates_of_a_week: Positive = 8.0
    """What a clinician's whole week may take, in terms of what one date of it may."""
    reaction: Share = 0.1
    """How much of an operator's weight its last neighbourhood makes."""
    least_share: Share = 0.1
    """The least share of draws of each operator."""
    lacking: Share = 0.5
    """How often the first clinician is one who lacks what was planned."""
    supervisor: Share = 0.15
    """How often a mate is the supervisor."""


class SearchParameters(Entity):
    """All that a search is tuned by; each number's meaning stands in docs/reference/search-parameters.md.

    Examples
    --------
    >>> from safeschedule import SearchParameters
    >>> mine = SearchParameters(improvement={"lacking": 0.8})
    >>> mine.changed()
    {'improvement': {'lacking': 0.8}}
    """

    size: SizeParameters = SizeParameters()
    construction: ConstructionParameters = ConstructionParameters()
    plan: PlanParameters = PlanParameters()
    processes: ProcessParameters = ProcessParameters()
    times: TimesParameters = TimesParameters()
    improvement: ImprovementParameters = ImprovementParameters()

    @classmethod
    def from_file(cls, path: str | Path) -> SearchParameters:
        r"""Return the parameters of a TOML file; what it does not name stays as it comes with the package.

        Raises
        ------
        InputError
            The file cannot be read, or has faults; with every one of them.

        Examples
        --------
        >>> from safeschedule import SearchParameters
        >>> path = folder / "search.toml"
        >>> written = path.write_text("[improvement]\nlacking = 0.8\n", encoding="utf-8")
        >>> SearchParameters.from_file(path).improvement.lacking
        0.8
        """
        return read_toml(cls, path, "search parameters")

    def changed(self) -> dict[str, dict[str, Any]]:
        """Return what is not as it comes with the package, by part and name."""
        usual = SearchParameters().model_dump(mode="json")
        mine = self.model_dump(mode="json")
        found = {
            part: {name: value for name, value in values.items() if value != usual[part][name]}
            for part, values in mine.items()
        }
        return {part: values for part, values in found.items() if values}

    def told(self) -> tuple[str, ...]:
        """Return the same as lines, such as ``improvement.lacking = 0.8``."""
        return tuple(
            f"{part}.{name} = {json.dumps(value)}"
            for part, values in self.changed().items()
            for name, value in values.items()
        )
