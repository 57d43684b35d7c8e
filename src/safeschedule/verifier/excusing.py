"""What overrides in force excuse: findings of hard rules for which somebody has answered, each shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from safeschedule.ledger.fitting import why_not_overridden
from safeschedule.ledger.overrides import OverrideInForce, why_not_in_week
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.verifier.finding import Excused, Finding, Verification
from safeschedule.verifier.week import Week


def excuse(week: Week, found: Verification, overrides: Sequence[OverrideInForce]) -> Verification:
    """Return an account in which what overrides excuse stands apart from what breaks a rule.

    Parameters
    ----------
    week
        The week of the account.
    found
        The account without overrides.
    overrides
        Those that are in force; see `safeschedule.ledger.overrides_in_force`. What has ended before the week
        is told as refused.
    """
    if not overrides:
        return found
    excused = excused_of(week, week.schedule, found.findings, overrides)
    # Equal findings are excused together: they name the same people, rule and date.
    gone = {each.finding for each in excused}
    refusals = ((override.entry, _refusal(week, override)) for override in overrides)
    return replace(
        found,
        findings=tuple(finding for finding in found.findings if finding not in gone),
        overrides=tuple(o for o in overrides if not why_not_in_week(o, week.problem.week_start)),
        excused=excused,
        refused=tuple(
            f"The override of entry {number} excuses nothing: {reason}."
            for number, reason in refusals
            if reason
        ),
    )


def excused_of(
    week: Week, schedule: Schedule, findings: Iterable[Finding], overrides: Sequence[OverrideInForce]
) -> tuple[Excused, ...]:
    """Return the findings of hard rules that overrides excuse.

    One is excused when each clinician whom it names, or each client, has an override of that rule which is
    in force on the finding's date; for a finding about the whole week, on the last date on which anything is
    planned. An override that the rule's tier forbids excuses nothing.

    Parameters
    ----------
    week
        Whose people and rules they are.
    schedule
        In which they were found.
    findings, overrides
        What was found, and what is in force.
    """
    honoured = [override for override in overrides if not _refusal(week, override)]
    last = _last_date(week, schedule)
    return tuple(
        Excused(finding, entries)
        for finding in findings
        if finding.hard and (entries := tuple(_entries(week, finding, honoured, last)))
    )


def _refusal(week: Week, override: OverrideInForce) -> str:
    """Return why an override is refused with this rulebook, which may be stricter than the catalogue."""
    setting = week.settings.get(override.rule)
    if setting is None:
        return "this rulebook has no such rule"
    second = override.second or None
    tiers = (setting.rule.tier, setting.tier)
    forbidden = why_not_overridden(override.clinician, override.client, override.by, second, tiers)
    return forbidden or why_not_in_week(override, week.problem.week_start)


def _entries(week: Week, finding: Finding, honoured: Sequence[OverrideInForce], last: date) -> Iterator[int]:
    """Yield the entries that excuse a finding; none where somebody is left whom the rule still protects."""
    on = last if finding.when is None else finding.when.date()
    there = [o for o in honoured if o.rule == finding.rule and o.since <= on <= o.until]
    clinicians = {o.clinician: o.entry for o in there if o.clinician is not None}
    clients = {o.client: o.entry for o in there if o.client is not None}
    for known, covered in ((week.clinicians, clinicians), (week.clients, clients)):
        named = [code for code in finding.who if code in known]
        if named and all(code in covered for code in named):
            yield from dict.fromkeys(covered[code] for code in named)
            return


def _last_date(week: Week, schedule: Schedule) -> date:
    """Return the last date on which anything is planned."""
    planned: list[Appointment | Block] = [*schedule.appointments, *schedule.blocks]
    return max((given.start.date() for given in planned if week.holds(given.start)), default=week.dates[-1])
