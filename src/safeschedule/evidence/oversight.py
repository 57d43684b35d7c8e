"""What was reviewed, raised, excepted and overridden in a period, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from statistics import median

from safeschedule.evidence.section import EvidenceSection, section
from safeschedule.ledger import (
    BandConfirmed,
    CapChange,
    ConcernRaised,
    Correction,
    ExceptionDecided,
    ExceptionOpened,
    IntakeAccepted,
    LedgerEntry,
    Override,
    PolicySet,
    ReferralRefused,
    Resolved,
    ReviewHeld,
    Transferred,
)
from safeschedule.ledger.fitting import tier_of

Entries = Sequence[LedgerEntry]


def of_period(written: Entries, since: date) -> Iterator[LedgerEntry]:
    """Yield the entries from a date on that nobody has withdrawn."""
    gone = {e.content.entry for e in written if isinstance(e.content, Correction) and e.content.withdraws}
    return (entry for entry in written if entry.at.date() >= since and entry.number not in gone)


def reviews(written: Entries, since: date) -> EvidenceSection:
    """Return how caseloads are reviewed and adjusted (IG)."""
    rows = []
    for entry in of_period(written, since):
        told = _adjustment(entry)
        if told:
            rows.append((entry.number, entry.at.date(), *told, entry.by.role, entry.why))
    held = sum(row[2] == "review" for row in rows)
    answer = f"{held} reviews were held and {len(rows) - held} adjustments made, each with its reason."
    columns = ("entry", "date", "what", "about", "outcome", "decided by", "reason")
    return section("reviews", "How are caseloads reviewed and adjusted?", answer, columns, rows)


def _adjustment(entry: LedgerEntry) -> tuple[str, ...]:
    content = entry.content
    if isinstance(content, ReviewHeld) and content.about != "supervision":
        return "review", f"{content.about} {content.subject or ''}".strip(), content.outcome
    if isinstance(content, Transferred):
        return "transfer", content.client, f"from {content.giver} to {content.taker}, confirmed by two"
    if isinstance(content, CapChange):
        return "cap", content.clinician, f"{content.rule}: {content.before or '-'} to {content.after or '-'}"
    if isinstance(content, BandConfirmed):
        return "acuity band", content.client, f"{content.before} to {content.after}"
    if isinstance(content, IntakeAccepted):
        return "intake", content.client, f"to {content.clinician}, first session on {content.first_on}"
    if isinstance(content, ReferralRefused):
        return "referral refused", content.client, content.alternative or "no alternative is told"
    return ()


def concerns(written: Entries, since: date) -> EvidenceSection:
    """Return how staff raise concerns, and how soon they have an answer (IG)."""
    answers = _resolved(written)
    rows, days = [], []
    for entry in of_period(written, since):
        if isinstance(entry.content, ConcernRaised):
            answered = answers.get(entry.number)
            took = None if answered is None else (answered.at.date() - entry.at.date()).days
            days += [] if took is None else [took]
            told = "" if answered is None else _outcome(answered)
            rows.append((entry.number, entry.at.date(), entry.by.role, entry.content.concern, took, told))
    answer = f"{len(rows)} concerns were raised and {len(days)} of them answered"
    answer += f", half of these within {median(days):g} days." if days else "."
    columns = ("entry", "date", "raised by", "concern", "days to the answer", "answer")
    return section("concerns", "How do staff raise concerns?", answer, columns, rows)


def exceptions(written: Entries, since: date) -> EvidenceSection:
    """Return the capacity exceptions with leadership's decisions, and whether these came in time (AB)."""
    answers = _resolved(written)
    decided = {e.content.entry: e for e in written if isinstance(e.content, ExceptionDecided)}
    rows, late = [], 0
    for entry in of_period(written, since):
        content = entry.content
        if not isinstance(content, ExceptionOpened):
            continue
        due = entry.at.date() + timedelta(days=_policy(written, entry).decision_days)
        decision, ended = decided.get(entry.number), answers.get(entry.number)
        in_time = decision is not None and decision.at.date() <= due
        late += not in_time
        rows.append(
            (
                *(
                    entry.number,
                    entry.at.date(),
                    content.breach,
                    content.mitigation,
                    content.recovery_plan,
                    due,
                ),
                _decision(decision),
                "yes" if in_time else "no",
                "" if ended is None else _outcome(ended),
            )
        )
    answer = f"{len(rows)} were opened. Leadership decided in the set time about {len(rows) - late} of them."
    columns = (
        "entry",
        "opened",
        "breach",
        "mitigation",
        "recovery plan",
        "decision due",
        "decision",
        "in time",
    )
    title = "What happens when capacity is not enough?"
    return section("exceptions", title, answer, (*columns, "ended"), rows)


def overrides(written: Entries, since: date) -> EvidenceSection:
    """Return the rules that were lifted for somebody, by whom and until when."""
    gone = {e.content.entry: e for e in written if isinstance(e.content, Correction) and e.content.withdraws}
    rows = []
    for entry in written:
        content = entry.content
        if not isinstance(content, Override) or content.until < since:
            continue
        withdrawn = gone.get(entry.number)
        second = content.confirmed_by
        rows.append(
            (
                *(entry.number, content.rule, tier_of(content.rule), content.clinician or content.client),
                *(entry.at.date(), content.until if withdrawn is None else withdrawn.at.date()),
                *(entry.by.role, "" if second is None else second.role, entry.why),
            )
        )
    safety = sum(row[2] == "safety" for row in rows)
    answer = f"{len(rows)} overrides were in force, {safety} of rules of the tier safety, each with two keys."
    columns = ("entry", "rule", "tier", "for", "from", "until", "decided by", "confirmed by", "reason")
    return section("overrides", "Which rules were lifted, for whom and until when?", answer, columns, rows)


def supervision(written: Entries, since: date) -> EvidenceSection:
    """Return the supervision log (CD)."""
    rows = [
        (e.number, e.at.date(), len(e.content.attended), e.content.outcome, e.content.next_on)
        for e in of_period(written, since)
        if isinstance(e.content, ReviewHeld) and e.content.about == "supervision"
    ]
    answer = f"{len(rows)} supervisions are on record."
    columns = ("entry", "date", "attended by", "outcome", "next on")
    return section("supervision", "Is supervision held?", answer, columns, rows)


def _resolved(written: Entries) -> dict[int, LedgerEntry]:
    """Return the entries by which matters ended, by the number of the matter."""
    return {entry.content.entry: entry for entry in written if isinstance(entry.content, Resolved)}


def _outcome(entry: LedgerEntry) -> str:
    return f"{entry.at:%Y-%m-%d}: {getattr(entry.content, 'outcome', '')}"


def _decision(entry: LedgerEntry | None) -> str:
    if entry is None or not isinstance(entry.content, ExceptionDecided):
        return "none yet"
    return f"{entry.at:%Y-%m-%d}: {entry.content.decision} until {entry.content.until}"


def _policy(written: Entries, entry: LedgerEntry) -> PolicySet:
    """Return the policy that was in force when an entry was written."""
    found = [e.content for e in written if isinstance(e.content, PolicySet) and e.number < entry.number]
    return found[-1] if found else PolicySet()
