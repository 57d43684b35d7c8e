"""What the verifier reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from safeschedule.errors import Fault
from safeschedule.lazily import later
from safeschedule.ledger.overrides import OverrideInForce
from safeschedule.returned import Returned
from safeschedule.verifier.notice import WeekNotice

if TYPE_CHECKING:
    from safeschedule.problem import Problem


@dataclass(frozen=True)
class Finding:
    """One way in which a schedule does not keep a rule (or what a soft rule costs).

    Parameters
    ----------
    rule
        The rule's name, or ``consistency`` for what no rule can judge.
    who
        Codes of the clinicians, clients, rooms or requests concerned.
    when
        Local time at which it begins; ``None`` when it concerns the whole week.
    measured, limit
        What was found and what is allowed, in the rule's own unit.
    sentence
        The finding in one plain sentence.
    amount
        How much, in the rule's unit of violation; amounts of one rule add up.
    tier, hard
        As the rulebook has them.

    Examples
    --------
    >>> from safeschedule import Schedule, verify
    >>> nothing = Schedule(week_start=problem.week_start, time_zone=problem.time_zone)
    >>> finding = verify(problem, nothing).findings[0]
    >>> finding.hard, finding.sentence.endswith(".")
    (True, True)
    """

    rule: str
    who: tuple[str, ...]
    when: datetime | None
    measured: str
    limit: str
    sentence: str
    amount: int = 1
    tier: str = "physical"
    hard: bool = True


@dataclass(frozen=True)
class Unchecked:
    """A rule of the tiers physical and safety that the rulebook does not hold a schedule to.

    Parameters
    ----------
    rule, tier
        The rule, and its tier in the catalogue, whatever the rulebook makes of it.
    how
        ``off``: it was not looked at. ``soft``: it was, but what breaks it only costs.
    """

    rule: str
    tier: str
    how: str

    def __str__(self) -> str:
        return f"{self.rule} ({self.how})"


@dataclass(frozen=True)
class Excused:
    """A finding of a hard rule that overrides in force excuse: it is told, and does not count as broken.

    Parameters
    ----------
    finding
        What was found.
    entries
        The numbers of the ledger's entries that excuse it.
    """

    finding: Finding
    entries: tuple[int, ...]

    def __str__(self) -> str:
        numbers = " and ".join(map(str, self.entries))
        return f"Excused by entry {numbers}: [{self.finding.rule}] {self.finding.sentence}"


@dataclass(frozen=True)
class Verification(Returned):
    """The verifier's account of one schedule.

    Parameters
    ----------
    findings
        All findings, hard ones first, in the order of tiers, rules and time.
    amounts
        The amount of each enabled rule, zero included, in the rule's unit.
    penalties
        The amount times the weight of each enabled soft rule.
    own_rules
        The rules that it was checked against and that do not come with the package, each with the
        distribution (and its version) from which it comes.
    notices
        What breaks no rule and has to be known, pressing ones first.
    off
        Every rule that the rulebook switches off, by name.
    unchecked
        The rules of the tiers physical and safety that are off, or that the rulebook makes soft.
    problem_hash, schedule_hash, rulebook_hash
        What was checked against what, each as it was given: rules given to the call stand in `own_rules`. The
        rulebook's is taken with the catalogue's defaults in it.
    rulebook
        Name and version of the rulebook.
    safeschedule
        The version of this package.
    warnings
        What is hardly meant in the problem; see `safeschedule.problem.warnings`.
    overrides
        The overrides that were in force, whether they excuse anything or not.
    excused
        The findings that they excuse, which are not among `findings`. Amounts count them as well.
    refused
        Why some of them excuse nothing, each in one sentence.

    Examples
    --------
    >>> from safeschedule import Schedule, verify
    >>> from safeschedule.samples import sample
    >>> problem = sample()
    >>> account = verify(problem, Schedule(week_start=problem.week_start, time_zone=problem.time_zone))
    >>> account.compliant, account.qualified
    (False, False)
    >>> Verification.from_dict(account.to_dict()) == account
    True
    """

    _derived: ClassVar[tuple[str, ...]] = ("compliant", "qualified")

    findings: tuple[Finding, ...]
    amounts: Mapping[str, int]
    penalties: Mapping[str, int]
    own_rules: tuple[str, ...] = ()
    notices: tuple[WeekNotice, ...] = ()
    off: tuple[str, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    problem_hash: str = ""
    schedule_hash: str = ""
    rulebook_hash: str = ""
    rulebook: str = ""
    safeschedule: str = ""
    warnings: tuple[Fault, ...] = ()
    overrides: tuple[OverrideInForce, ...] = ()
    excused: tuple[Excused, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def compliant(self) -> bool:
        """Whether every hard rule that is on is kept, or what breaks it is excused by an override in force.

        `unchecked` says what was not asked, and `excused` what is excused.
        """
        return not any(finding.hard for finding in self.findings)

    @property
    def qualified(self) -> bool:
        """Whether rules of the tiers physical and safety were off or soft, or something is excused.

        Then compliant says less.
        """
        return bool(self.unchecked or self.excused)

    @property
    def pressing(self) -> tuple[WeekNotice, ...]:
        """The notices on which somebody has to act."""
        return tuple(notice for notice in self.notices if notice.pressing)

    @property
    def qualification(self) -> str:
        """What has to stand beside "compliant", in plain sentences; empty when nothing has to."""
        off = [str(rule) for rule in self.unchecked if rule.how == "off"]
        soft = [str(rule) for rule in self.unchecked if rule.how != "off"]
        parts = [f"Not checked: {', '.join(off)}."] if off else []
        parts += [f"Not required: {', '.join(soft)}."] if soft else []
        excused = dict.fromkeys(each.finding.rule for each in self.excused)
        parts += [f"Excused by overrides: {', '.join(excused)}."] if excused else []
        return " ".join(parts)

    @property
    def exceptions(self) -> tuple[str, ...]:
        """What is excused, the overrides that were in force, and what was refused, in plain sentences."""
        used = {entry for each in self.excused for entry in each.entries}
        told = (
            f"In force{'' if o.entry in used else ', and excuses nothing here'}: {o}" for o in self.overrides
        )
        return (*map(str, self.excused), *told, *self.refused)

    def frames(self, problem: Problem, backend: str = "pandas") -> dict[str, Any]:
        """Return the account as tidy data frames, by name: findings, notices and rules.

        Parameters
        ----------
        problem
            The week that was planned.
        backend
            ``pandas``, ``polars`` or ``pyarrow``.

        Raises
        ------
        InputError
            There is no such backend, or a library is not installed.

        Examples
        --------
        >>> from safeschedule import verify
        >>> rules = verify(problem, schedule).frames(problem)["rules"]
        >>> set(rules.state) <= {"kept", "broken", "cost"}
        True
        """
        found: dict[str, Any] = later("exchange.frames.calls.account_frames", self, problem, backend)
        return found

    def _repr_html_(self) -> str:
        return str(later("reports.notebook.account_html", self))

    def by_rule(self) -> dict[str, tuple[Finding, ...]]:
        """Return the findings of each enabled rule, empty ones included."""
        names = dict.fromkeys([*self.amounts, *(finding.rule for finding in self.findings)])
        return {name: tuple(f for f in self.findings if f.rule == name) for name in names}

    def __str__(self) -> str:
        hard = [finding for finding in self.findings if finding.hard]
        head = f"not compliant: {len(hard)} findings"
        if self.compliant:
            head = "compliant with the rules that were asked" if self.qualified else "compliant"
            head += f", and {len(self.pressing)} to act on" if self.pressing else ""
        lines = [head, *(f"  [{finding.rule}] {finding.sentence}" for finding in hard)]
        lines += [f"  [{notice.code}] {notice.text}" for notice in self.pressing]
        lines += [self.qualification] if self.qualified else []
        return "\n".join([*lines, *self.exceptions])
