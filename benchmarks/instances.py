"""The weeks themselves: stored ones from their files, fresh ones from the generator."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.families import FAMILIES, SEEDS, Family

if TYPE_CHECKING:
    from safeschedule import Problem

FOLDER = Path(__file__).with_name("instances")


class ChoiceError(Exception):
    """What was asked for is not there; ``faults`` has one sentence for each thing."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


@dataclass(frozen=True)
class Instance:
    """One week.

    Parameters
    ----------
    family
        Its family.
    seed
        Of the generator.
    fresh
        Whether it is drawn anew instead of read from its file.
    """

    family: Family
    seed: int
    fresh: bool = False

    @property
    def name(self) -> str:
        """``clinic-10-1``, or ``clinic-10-fresh-77``."""
        return f"{self.family.name}-{'fresh-' if self.fresh else ''}{self.seed}"

    @property
    def path(self) -> Path:
        """The file of a stored instance."""
        return FOLDER / f"{self.name}.json.gz"

    @property
    def origin(self) -> str:
        """The call that makes it."""
        return (
            f"safeschedule.samples.generate({self.family.clinicians}, {self.seed}, "
            f"profile={self.family.profile!r}{self._features})"
        )

    @property
    def _features(self) -> str:
        return f", features={self.family.features!r}" if self.family.features else ""

    def generate(self) -> Problem:
        """Draw the week from the generator."""
        from safeschedule.samples import generate

        family = self.family
        return generate(family.clinicians, self.seed, profile=family.profile, features=family.features)

    def problem(self) -> Problem:
        """Return the week: from its file, or drawn when it is fresh.

        Raises
        ------
        FileNotFoundError
            The stored file is missing.
        """
        if self.fresh:
            return self.generate()
        from safeschedule.problem import problem_from_text

        return problem_from_text(gzip.decompress(self.path.read_bytes()).decode())


def stored() -> list[Instance]:
    """Return every stored instance, family by family."""
    return [Instance(family, seed) for family in FAMILIES.values() for seed in SEEDS]


def named(name: str) -> list[Instance]:
    """Return the stored instances of a family, or the one instance (perhaps a fresh one) of that name.

    Raises
    ------
    ChoiceError
        There is none.
    """
    if name in FAMILIES:
        return [Instance(FAMILIES[name], seed) for seed in SEEDS]
    head, _, seed = name.rpartition("-")
    fresh = head.endswith("-fresh")
    family = FAMILIES.get(head.removesuffix("-fresh"))
    if family is not None and seed.isdecimal() and (fresh or int(seed) in SEEDS):
        return [Instance(family, int(seed), fresh)]
    raise ChoiceError([f"There is no family or instance {name!r}. Families: {', '.join(FAMILIES)}."])


def choose(names: Sequence[str], number: int | None = None, fresh: Sequence[int] = ()) -> list[Instance]:
    """Return the instances that a command line asks for, without repetition.

    Parameters
    ----------
    names
        Families or instances.
    number
        Only this stored instance of each family, 1 to 3.
    fresh
        Generator seeds: instead of the stored instances, draw new ones of each family.

    Raises
    ------
    ChoiceError
        With every fault, not the first alone.
    """
    faults: list[str] = []
    found: dict[str, Instance] = {}
    if number is not None and number not in SEEDS:
        faults.append(f"--instance is {number}; stored are {', '.join(map(str, SEEDS))}.")
    if number is not None and fresh:
        faults.append("--instance names a stored instance and --fresh draws new ones: give one of the two.")
    for name in names:
        try:
            members = named(name)
        except ChoiceError as error:
            faults += error.faults
            continue
        if fresh:
            members = [Instance(members[0].family, seed, fresh=True) for seed in fresh]
        elif number is not None and name in FAMILIES:
            members = [instance for instance in members if instance.seed == number]
        found |= {instance.name: instance for instance in members}
    if faults:
        raise ChoiceError(faults)
    return list(found.values())
