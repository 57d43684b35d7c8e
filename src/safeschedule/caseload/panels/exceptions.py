"""Panels and the ledger: what leadership has closed, which exceptions wait, and how one is opened (AB)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from safeschedule.arguments import Arguments
from safeschedule.caseload.panels.panel import Panel, PanelReason, PanelRow, PanelState
from safeschedule.ledger import ExceptionOpened, IntakeRestriction, LedgerView

_LONGEST = 10_000
"""Characters of a text in the ledger."""

RESTRICTED = "intakes_restricted"
"""Stands among the reasons of a panel or a refusal for a rule: a decision in the ledger closes it."""


def closed_by(ledger: LedgerView | None, clinician: str, week_start: date) -> IntakeRestriction | None:
    """Return the decision that closes somebody's intakes in a week: one that lasts into it, at the least.

    A week that begins on or before the last date of a decision is closed as a whole.
    """
    return None if ledger is None else ledger.closes(clinician, week_start)


def told(restriction: IntakeRestriction) -> str:
    """Return a restriction as a sentence."""
    whose = "" if restriction.clinician is not None else " for the whole team"
    return (
        f"Intakes are restricted{whose} until {restriction.until} "
        f"(capacity exception, entry {restriction.entry} of the ledger)."
    )


def unreported(rows: Sequence[PanelRow], ledger: LedgerView) -> tuple[str, ...]:
    """Return who is over a cap while no open capacity exception speaks of that (AB: no silent overload)."""
    waiting = {matter.entry for matter in ledger.exceptions}
    spoken_of = {
        entry.content.clinician
        for entry in ledger.entries
        if entry.number in waiting and isinstance(entry.content, ExceptionOpened)
    }
    return tuple(row.who for row in rows if row.state is PanelState.OVER and not {None, row.who} & spoken_of)


def breaches(panel: Panel, clinician: str | None = None) -> Iterator[tuple[str, PanelReason]]:
    """Yield who exceeds which limit, of one clinician or of all."""
    for row in panel.clinicians:
        if clinician in (None, row.who):
            yield from ((row.who, why) for why in row.because if why.found > why.limit)


def breach_sentence(panel: Panel, clinician: str | None = None) -> str:
    """Return what exceeds a limit, in words; empty where nothing does."""
    found = list(breaches(panel, clinician))
    if not found:
        return ""
    said = " ".join(f"{who}: {why.sentence}" for who, why in found)
    return f"Week of {panel.week_start}. {said}"[:_LONGEST]


def exception_of_panel(
    panel: Panel,
    clinician: str | None = None,
    *,
    mitigation: str,
    recovery_plan: str,
    owner: str,
    review_on: date,
) -> ExceptionOpened:
    """Return the capacity exception of a panel that is over, to be written into the ledger (AB).

    The breach is told by the panel's own figures; the rest is what people have decided.

    Parameters
    ----------
    panel
        See `panel_status`.
    clinician
        Of whom it speaks; ``None``: of the team, with everybody who is over.
    mitigation, recovery_plan
        What is done at once, and how things are to be well again.
    owner
        Who sees to it, by code.
    review_on
        When it is looked at again.

    Raises
    ------
    ArgumentError
        Nobody is over, or something is missing; all of it is told.

    Examples
    --------
    >>> from datetime import date
    >>> from safeschedule import exception_of_panel, panel_status
    >>> clients = [client.model_copy(update={"points": 500}) for client in problem.clients]
    >>> over = panel_status(problem.with_changes(clients=clients))
    >>> plan = {"mitigation": "Two transfers", "recovery_plan": "Agency nurse", "owner": "LEAD-1"}
    >>> exception_of_panel(over, review_on=date(2026, 10, 9), **plan).kind
    'exception_opened'
    """
    looked = Arguments("exception_of_panel").kind("panel", panel, Panel, "a Panel; see panel_status")
    for name, text in (("mitigation", mitigation), ("recovery_plan", recovery_plan), ("owner", owner)):
        looked.text(name, text)
        if not str(text).strip():
            looked.fault("missing_argument", name, text, "what people have decided")
    looked.date("review_on", review_on, needed=True)
    known = _people(panel)
    if known is not None:
        looked.code("clinician", clinician, known, "a clinician of the panel", needed=False)
        if (clinician is None or clinician in known) and not breach_sentence(panel, clinician):
            looked.fault("no_breach", "clinician", clinician, "somebody who is over a limit")
    looked.done()
    return ExceptionOpened(
        breach=breach_sentence(panel, clinician),
        mitigation=mitigation,
        recovery_plan=recovery_plan,
        owner=owner,
        review_on=review_on,
        clinician=clinician,
    )


def _people(panel: object) -> list[str] | None:
    """Return the clinicians of a panel; ``None``: it is none."""
    return [row.who for row in panel.clinicians] if isinstance(panel, Panel) else None
