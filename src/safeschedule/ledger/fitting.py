"""Whether a statement may be written down: what its kind asks, and what stands in the ledger already."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Protocol

from safeschedule.catalogue import CustomRule, Tier, installed_rule, rules
from safeschedule.errors import Fault
from safeschedule.ledger.contents import (
    CapChange,
    Content,
    Correction,
    ExceptionDecided,
    HuddleAction,
    Override,
    PlanAccepted,
    PolicySet,
    Resolved,
    Transferred,
)
from safeschedule.ledger.entry import Statement
from safeschedule.problem.showing import did_you_mean, show

OPENED = ("concern_raised", "exception_opened", "huddle_action")
"""Kinds of entries that are open until they are resolved."""


class Earlier(Protocol):
    """What stands in the ledger already."""

    def content(self, number: int) -> Content | None:
        """Return what an entry says, or nothing when there is none of that number."""

    def policy(self) -> PolicySet:
        """Return the policy in force."""


def tier_of(rule: str) -> Tier | None:
    """Return the tier of a rule in the catalogue, or in a package that is installed."""
    if rule in rules():
        return rules()[rule].tier
    found = installed_rule(rule)
    return found.statement.tier if isinstance(found, CustomRule) else None


def faults_of_statement(statement: Statement, earlier: Earlier) -> Iterator[Fault]:
    """Yield what forbids a statement, beside its shape."""
    content = statement.content
    if isinstance(content, Override):
        yield from _override(statement, content, earlier.policy())
    elif isinstance(content, Transferred):
        yield from _transferred(statement, content)
    elif isinstance(content, CapChange):
        yield from _cap(content)
    elif isinstance(content, ExceptionDecided):
        yield from _names(earlier, "entry", content.entry, ("exception_opened",))
    elif isinstance(content, Resolved):
        yield from _names(earlier, "entry", content.entry, OPENED)
    elif isinstance(content, Correction):
        yield from _names(earlier, "entry", content.entry, ())
    elif isinstance(content, HuddleAction | PlanAccepted) and content.huddle is not None:
        yield from _names(earlier, "huddle", content.huddle, ("huddle_held",))


def why_not_overridden(
    clinician: str | None, client: str | None, by: str, second: str | None, tiers: Collection[Tier]
) -> str:
    """Return why an override is refused for a rule of these tiers; nothing when it is not.

    Parameters
    ----------
    clinician, client
        For whom the rule is not to bind.
    by, second
        The codes of who decides it, and of who confirms it.
    tiers
        Of the rule in the catalogue, and in a rulebook: the strictest counts.
    """
    if (clinician is None) == (client is None):
        return "it has to name one clinician or one client"
    if Tier.PHYSICAL in tiers:
        return "no decision makes a rule of the tier physical possible to break"
    if second == by:
        return "the second key has to be somebody else's"
    if Tier.SAFETY not in tiers:
        return ""
    if second is None:
        return "a rule of the tier safety needs a second key"
    if clinician in (by, second):
        return "nobody holds a key to the rule that protects them"
    return ""


def _override(statement: Statement, content: Override, policy: PolicySet) -> Iterator[Fault]:
    tier = tier_of(content.rule)
    if tier is None:
        expected = f"a rule of the catalogue{did_you_mean(content.rule, list(rules()))}"
        yield Fault("unknown_rule", "content.rule", show(content.rule), expected)
    second = None if content.confirmed_by is None else content.confirmed_by.code
    tiers = () if tier is None else (tier,)
    reason = why_not_overridden(content.clinician, content.client, statement.by.code, second, tiers)
    if reason:
        yield Fault("refused_override", "content", f"{content.rule}", f"something else: {reason}")
    most = policy.safety_days if tier in (Tier.SAFETY, None) else policy.override_days
    days = (content.until - statement.at.date()).days
    if not 0 <= days <= most:
        expected = f"a date from {statement.at:%Y-%m-%d} on, at most {most} days later (policy of the ledger)"
        yield Fault("out_of_range", "content.until", str(content.until), expected)


def _transferred(statement: Statement, content: Transferred) -> Iterator[Fault]:
    if content.confirmed_by.code == statement.by.code:
        yield Fault("one_person", "content.confirmed_by", show(statement.by.code), "somebody else than `by`")
    if content.giver == content.taker:
        yield Fault("bad_value", "content.taker", show(content.taker), "another clinician than the giver")


def _cap(content: CapChange) -> Iterator[Fault]:
    if tier_of(content.rule) is None:
        expected = f"a rule of the catalogue{did_you_mean(content.rule, list(rules()))}"
        yield Fault("unknown_rule", "content.rule", show(content.rule), expected)
    if content.before == content.after:
        yield Fault("bad_value", "content.after", show(content.after), "another cap than before")


def _names(earlier: Earlier, field: str, number: int, kinds: tuple[str, ...]) -> Iterator[Fault]:
    """Look whether an entry of that number is there, and is of one of these kinds."""
    found = earlier.content(number)
    expected = (
        f"the number of an entry of the kind {' or '.join(kinds)}" if kinds else "the number of an entry"
    )
    if found is None:
        yield Fault("unknown_reference", f"content.{field}", str(number), expected)
    elif kinds and found.kind not in kinds:
        yield Fault("unknown_reference", f"content.{field}", f"{number}, {found.kind}", expected)
