"""What a service says of its waitlist: triage classes with target days, check-ins, and what else there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, TextIO

from pydantic import Field, StrictBool

from safeschedule.errors import Fault
from safeschedule.problem import Flag, Kind
from safeschedule.problem.entity import SHORT, Code, Entity, Prose
from safeschedule.problem.reading.json_entity import read_entity
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.problem.taking import Entries, Many, Words, usual

Days = Annotated[int, Field(ge=0, le=730, strict=True)]
AtLeast = Annotated[int, Field(ge=1, le=520, strict=True)]


class TriageClass(Entity):
    """One class of a waitlist: who belongs to it, and within how many working days they are to be seen.

    A client belongs to the first class of which one criterion is met. The last class takes everybody else.

    Parameters
    ----------
    target_days
        Working days (Monday to Friday, closures left out) from the date since when the client waits.
    rank
        Bands of this rank and higher; ``None``: no band by its rank.
    high_acuity
        Whether clients of bands marked high acuity belong to it.
    flags
        Each of them is enough.
    priority
        A request of the client with this priority or a higher one; ``None``: none.
    kinds
        Kinds of sessions that the client asks for.
    check_in_days
        Days between check-ins, of everybody in the class; ``None``: by risk alone, as often as the band says.
    """

    id: Code
    target_days: Days
    rank: Annotated[int, Field(ge=1, le=9, strict=True)] | None = None
    high_acuity: StrictBool = False
    flags: Words[Flag] = Field(default=usual(()), max_length=SHORT)
    priority: Annotated[int, Field(ge=1, le=5, strict=True)] | None = None
    kinds: Words[Kind] = Field(default=usual(()), max_length=SHORT)
    check_in_days: Annotated[int, Field(ge=1, le=365, strict=True)] | None = None


class OtherOption(Entity):
    """Something that a service offers to people who wait: a brief intervention, a community referral.

    Parameters
    ----------
    says
        What it is, in a sentence for the client.
    classes
        Triage classes to which it is offered; empty: to all.
    """

    id: Code
    says: Prose
    classes: Many[Code] = Field(default=usual(()), max_length=SHORT)


EXTERNAL = OtherOption(id="external", says="A referral to another service.")
"""What there always is (TC: external referrals)."""


class WaitlistRules(Entity):
    """How a service keeps its waitlist.

    Parameters
    ----------
    classes
        The most urgent first; empty: urgent, soon and routine, by the rulebook (see `waitlist`).
    risk_flags
        With one of them, and in a band marked high acuity, somebody who waits is checked on as often as the
        band's contact days say (TC: check-ins when risk is present).
    options
        What is offered beside groups.
    least_weeks, least_starts
        Recorded weeks, and starts in them, below which a wait is not known.
    least_referrals
        Recorded referrals with a known class below which only the first class has a known wait: how many
        come before the others is not known. All three are assumptions.

    Examples
    --------
    >>> from safeschedule import WaitlistRules
    >>> classes = [{"id": "now", "target_days": 2, "rank": 3}, {"id": "others", "target_days": 20}]
    >>> WaitlistRules(classes=classes).least_weeks
    8
    """

    schema_version: Literal["1"] = "1"
    classes: Entries[TriageClass] = Field(default=usual(()), max_length=SHORT)
    risk_flags: Words[Flag] = Field(
        default=usual((Flag.CRISIS_RISK, Flag.SAFETY_PLANNING, Flag.VOLATILE)), max_length=SHORT
    )
    options: Entries[OtherOption] = Field(default=usual((EXTERNAL,)), max_length=SHORT)
    least_weeks: AtLeast = 8
    least_starts: AtLeast = 5
    least_referrals: AtLeast = 20


def read_waitlist_rules(source: str | Path | TextIO) -> WaitlistRules:
    """Return the rules of a JSON file.

    Raises
    ------
    InputError
        The file cannot be read, or has faults of shape; with all of them.

    Examples
    --------
    >>> from safeschedule import WaitlistRules, read_waitlist_rules
    >>> written = (folder / "waitlist.json").write_text('{"least_weeks": 12}', encoding="utf-8")
    >>> read_waitlist_rules(folder / "waitlist.json").least_weeks
    12
    """
    return read_entity(WaitlistRules, source, "rules of the waitlist")


def rules_faults(rules: WaitlistRules) -> Iterator[Fault]:
    """Yield what contradicts itself: a class or an option twice, an option of no class."""
    for name in ("classes", "options"):
        seen = Counter[str]()
        for number, entry in enumerate(getattr(rules, name)):
            seen[entry.id] += 1
            if seen[entry.id] == 2:
                yield Fault("duplicate_id", f"{name}[{number}].id", show(entry.id), "each code once")
    known = [each.id for each in rules.classes]
    for number, option in enumerate(rules.options if known else ()):
        for code in option.classes:
            if code not in known:
                expected = f"one of {', '.join(known)}{did_you_mean(code, known)}"
                yield Fault("unknown_name", f"options[{number}].classes", show(code), expected)
