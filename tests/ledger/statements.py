"""Statements to write down, and clocks that stand still."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import text

from safeschedule.ledger import ConcernRaised, Content, Override, Signatory, Statement
from safeschedule.ledger.storage.database import appending, engine_of

LEAD = Signatory(role="service_lead", code="L1")
SECOND = Signatory(role="supervisor", code="S1")
MONDAY = datetime(2026, 10, 5, 9, tzinfo=UTC)


def statement(
    content: Content, *, at: datetime = MONDAY, by: Signatory = LEAD, why: str = "Asked for"
) -> Statement:
    return Statement(at=at, by=by, why=why, content=content)


def concern(text: str = "No break on Tuesdays", **beside: Any) -> Statement:
    return statement(ConcernRaised(concern=text), **beside)


def override(rule: str = "breaks", until: date = date(2026, 10, 9), **given: Any) -> Override:
    """Give an override for C1 with two keys, or as it is asked for."""
    return Override(**{"rule": rule, "clinician": "C1", "until": until, "confirmed_by": SECOND} | given)


def meddle(where: str, change: str) -> None:
    """Run a statement of SQL in a ledger's database, as somebody with its password could."""
    engine = engine_of(where)
    try:
        with appending(engine) as there:
            there.execute(text(change))
    finally:
        engine.dispose()
