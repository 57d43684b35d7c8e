"""Overrides in force: which rule does not bind for whom on a date, by whose decision, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeschedule.arguments import Arguments
from safeschedule.catalogue import Tier
from safeschedule.ledger.contents import Correction, Override
from safeschedule.ledger.entry import LedgerEntry
from safeschedule.ledger.fitting import tier_of, why_not_overridden

_WEEK = 7


@dataclass(frozen=True)
class OverrideInForce:
    """An override as of a date.

    Parameters
    ----------
    entry
        The number of the ledger's entry.
    rule
        Which rule does not bind.
    clinician, client
        For whom: one of the two.
    since, until
        The first and the last date: that of the entry in UTC, and that which it names.
    by, by_role
        Who decided it.
    second, second_role
        Who confirmed it; empty where nobody did.
    why
        The reason.
    """

    entry: int
    rule: str
    clinician: str | None
    client: str | None
    since: date
    until: date
    by: str
    by_role: str
    second: str
    second_role: str
    why: str

    @property
    def whom(self) -> str:
        """For whom the rule does not bind."""
        return self.clinician or self.client or "nobody"

    def __str__(self) -> str:
        keys = f"{self.by_role} {self.by}" + (f" and {self.second_role} {self.second}" if self.second else "")
        return f"{self.rule} for {self.whom} until {self.until} (entry {self.entry}, {keys}): {self.why}"


def overrides_in_force(entries: Sequence[LedgerEntry], on: date) -> tuple[OverrideInForce, ...]:
    """Return the overrides that are in force on a date.

    An override is in force from the date of its entry (in UTC) to the last date that it names, unless an
    entry of no later date has withdrawn it. One that the catalogue's tier forbids (no second key, or a rule
    that nobody can override) is in force nowhere.

    Parameters
    ----------
    entries
        Of a ledger; see `read_ledger`.
    on
        The date.

    Raises
    ------
    ArgumentError
        These are no entries and no date.

    Examples
    --------
    >>> from datetime import date
    >>> from safeschedule import overrides_in_force
    >>> overrides_in_force([], date(2026, 10, 5))
    ()
    """
    looked = Arguments("overrides_in_force").sequence("entries", entries, LedgerEntry, "entries of a ledger")
    looked.date("on", on, needed=True).done()
    written = [entry for entry in entries if entry.at.date() <= on]
    withdrawn = {
        entry.content.entry
        for entry in written
        if isinstance(entry.content, Correction) and entry.content.withdraws
    }
    found = (
        _in_force(entry, entry.content)
        for entry in written
        if isinstance(entry.content, Override) and entry.number not in withdrawn
    )
    return tuple(override for override in found if on <= override.until and not _refused(override))


def why_not_in_week(override: OverrideInForce, monday: date) -> str:
    """Return why an override is in force on no date of a week; empty where it is on one."""
    if override.until < monday:
        return f"it ended on {override.until}, before this week"
    if (override.since - monday).days >= _WEEK:
        return f"it begins on {override.since}, after this week"
    return ""


def not_used(overrides: Sequence[OverrideInForce]) -> tuple[str, ...]:
    """Return what a search says of overrides in force: it keeps every rule, as if there were none."""
    return tuple(
        f"In force, and not used, as no search uses an override: {override}" for override in overrides
    )


def _refused(override: OverrideInForce) -> str:
    # A rule that nobody knows counts as one of safety.
    tier = tier_of(override.rule) or Tier.SAFETY
    second = override.second or None
    return why_not_overridden(override.clinician, override.client, override.by, second, (tier,))


def _in_force(entry: LedgerEntry, content: Override) -> OverrideInForce:
    second = content.confirmed_by
    return OverrideInForce(
        entry=entry.number,
        rule=content.rule,
        clinician=content.clinician,
        client=content.client,
        since=entry.at.date(),
        until=content.until,
        by=entry.by.code,
        by_role=entry.by.role,
        second="" if second is None else second.code,
        second_role="" if second is None else second.role,
        why=entry.why,
    )
