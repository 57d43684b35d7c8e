"""The evidence pack: what it tells is in the ledger, and nobody's code is in it."""

from __future__ import annotations

import csv
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from safeschedule import EvidencePack, InputError, evidence_pack
from safeschedule.evidence.printing import as_pdf, browser
from safeschedule.evidence.section import NOTHING
from safeschedule.evidence.writing import evidence_html, section_csv
from safeschedule.ledger import (
    BandConfirmed,
    ConcernRaised,
    Content,
    Correction,
    ExceptionDecided,
    ExceptionOpened,
    HuddleAction,
    HuddleHeld,
    LedgerEntry,
    PolicySet,
    Resolved,
    ReviewHeld,
    Signatory,
    Statement,
)
from safeschedule.ledger.chain import Link, chained, entry_of
from tests.api.answers import problem
from tests.caseload.happened import series
from tests.ledger.statements import LEAD, concern, override, statement

SINCE, UNTIL = date(2026, 10, 5), date(2026, 10, 31)


def on(day: int, content: Content, why: str = "Asked for") -> Statement:
    return statement(content, at=datetime(2026, 10, day, 9, tzinfo=UTC), why=why)


def opened(breach: str) -> ExceptionOpened:
    plan = {"mitigation": "Move two", "recovery_plan": "Agency nurse", "owner": "L1"}
    return ExceptionOpened(breach=breach, review_on=date(2026, 10, 30), **plan)


SAID = [
    on(1, PolicySet(decision_days=2)),
    on(5, HuddleHeld(present=("L1", "C1"), flagged=("P1", "P2"))),
    on(5, HuddleAction(action="See P1 today", owner="C1", due=date(2026, 10, 5), client="P1", huddle=2)),
    on(6, BandConfirmed(client="P1", before="high", after="very_high"), "C1 saw P1: <b>worse</b>"),
    on(6, Resolved(entry=3, outcome="P1 seen by C1")),
    on(7, opened("C1 has 9 high-acuity clients, 8 allowed")),
    on(8, ExceptionDecided(entry=6, decision="restrict_intakes", until=date(2026, 10, 20))),
    on(9, opened("The team is over its cap")),
    on(14, ExceptionDecided(entry=8, decision="add_staff", until=date(2026, 11, 1))),
    concern("=no break", at=datetime(2026, 10, 12, 9, tzinfo=UTC), by=Signatory(role="nurse", code="C2")),
    concern("Too many calls", at=datetime(2026, 10, 12, 9, tzinfo=UTC)),
    on(16, Resolved(entry=10, outcome="Rota changed")),
    on(16, ReviewHeld(about="supervision", attended=("C1", "L1"), outcome="Caseload of C1 gone through")),
    on(17, override(clinician="C1", until=date(2026, 10, 23))),
    on(18, Correction(entry=11, correct="Meant for another team", withdraws=True)),
]


@cache
def entries() -> tuple[LedgerEntry, ...]:
    links: list[Link] = []
    for said in SAID:
        links.append(chained(said, links[-1] if links else None))
    return tuple(map(entry_of, links))


@cache
def pack() -> EvidencePack:
    return evidence_pack(problem(), entries(), SINCE, UNTIL)


def rows(name: str) -> list[tuple[str, ...]]:
    (found,) = [section for section in pack().sections if section.name == name]
    return list(found.rows)


def test_a_trace_tells_what_followed_a_sign_of_risk() -> None:
    """A commissioner would be told a story, or steps would be missing from it."""
    numbers = {(row[0], row[1]) for row in rows("risk")}
    # P1's: huddle, action, band, end. Each exception's: opened, decided. P2's alone is not among the longest.
    assert numbers == {("1", n) for n in "2345"} | {("2", n) for n in "67"} | {("3", n) for n in "89"}
    (answer,) = [section.answer for section in pack().sections if section.name == "risk"]
    assert answer.startswith("4 times")


def test_decisions_count_as_in_time_by_the_policy_of_their_day() -> None:
    """Leadership would look prompt that was not."""
    assert [(row[0], row[5], row[7]) for row in rows("exceptions")] == [
        ("6", "2026-10-09", "yes"),
        ("8", "2026-10-11", "no"),
    ]


def test_concerns_are_told_with_their_answers() -> None:
    """A concern without an answer would not be seen, or a withdrawn one be counted."""
    assert [(row[0], row[2], row[4]) for row in rows("concerns")] == [("10", "nurse", "4")]
    assert rows("concerns")[0][5] == "2026-10-16: Rota changed"


def test_what_lies_outside_the_period_is_not_told() -> None:
    """Figures of a quarter would hold those of another."""
    quiet = evidence_pack(problem(), entries(), date(2027, 1, 1), date(2027, 3, 31))
    assert {
        s.name: len(s.rows) for s in quiet.sections if s.name not in ("acuity", "limits")
    } == dict.fromkeys(("reviews", "risk", "concerns", "exceptions", "overrides", "supervision"), 0)
    early = evidence_pack(problem(), entries(), date(2026, 10, 1), date(2026, 10, 9))
    (told,) = [s for s in early.sections if s.name == "exceptions"]
    assert [row[6] for row in told.rows] == ["2026-10-08: restrict_intakes until 2026-10-20", "none yet"]
    with pytest.raises(InputError):
        evidence_pack(problem(), entries(), UNTIL, SINCE)


def test_nobody_is_named() -> None:
    """A client or a clinician could be known from what a service gives out."""
    codes = {"L1", "S1", "P1", "P2", "C1", "C2"}
    told = " ".join(cell for s in pack().sections for row in s.rows for cell in row)
    assert codes.isdisjoint(re.findall(r"\w+", told))
    assert any("client 1" in row[5] for row in rows("risk"))
    assert rows("overrides")[0][6:8] == (LEAD.role, "supervisor")


def test_the_page_escapes_what_people_have_written() -> None:
    """What somebody wrote as a reason could change the page."""
    page = evidence_html(pack())
    assert "<b>worse</b>" not in page
    assert "&lt;b&gt;worse&lt;/b&gt;" in page
    assert str(pack().head) in page
    (told,) = [s for s in pack().sections if s.name == "concerns"]
    (row,) = csv.DictReader(section_csv(told).splitlines())
    assert row["concern"] == "'=no break"


def test_measures_of_whole_weeks_in_the_period_are_told_and_nobody_is_counted() -> None:
    """A quarter's figures would hold another's weeks, or the pack be silent about measures."""
    weeks = series("documentation_outside", [8, 12] * 6)
    first, last = weeks[2].week_start, weeks[5].week_start
    found = evidence_pack(problem(), entries(), first, last + timedelta(days=6), actuals=weeks)
    told = {section.name: section for section in found.sections}
    assert told["weeks"].columns == ("measure", *(str(week.week_start) for week in weeks[2:6]))
    assert "of 4 recorded weeks" in told["measures"].answer
    (own,) = [row for row in told["measures"].rows if row[1] == "Documentation outside the hours"]
    assert own[2] == "10.00 minutes a day"
    assert "warnings" in told
    assert "measures" not in {section.name for section in pack().sections}
    none = evidence_pack(problem(), entries(), date(2027, 1, 1), date(2027, 2, 1), actuals=weeks)
    assert {s.answer for s in none.sections if s.name in ("measures", "weeks", "warnings")} == {NOTHING}
    assert evidence_html(found).count("measures.csv") == 1


def test_codes_that_are_numbers_do_not_change_figures_and_dates() -> None:
    """Of a record system with numbers as codes every figure and date would be replaced."""
    said = [
        on(5, HuddleHeld(present=("10",), flagged=("2",))),
        on(6, ConcernRaised(concern="10 has no break since 2026-10-05")),
    ]
    links: list[Link] = []
    for each in said:
        links.append(chained(each, links[-1] if links else None))
    found = {s.name: s for s in evidence_pack(problem(), list(map(entry_of, links)), SINCE, UNTIL).sections}
    assert found["concerns"].rows[0][:2] == ("2", "2026-10-06")
    assert found["concerns"].rows[0][3] == "clinician 2 has no break since 2026-10-05"
    assert found["risk"].rows[0][1:3] == ("1", "2026-10-05 09:00")
    assert "flagged client 1" in found["risk"].rows[0][5]


@pytest.mark.slow
@pytest.mark.skipif(browser() is None, reason="no Chromium is installed (Debian: apt-get install chromium)")
def test_the_page_is_printed() -> None:
    """The folder would lack the paper that a board signs, or hold an empty one."""
    found = browser()
    assert found is not None
    made = as_pdf(evidence_html(pack()), found)
    assert made.startswith(b"%PDF-")
    assert len(made) > 10_000
    false = shutil.which("false")
    assert false is not None
    with pytest.raises(InputError) as caught:
        as_pdf("<p>nothing</p>", false)
    assert caught.value.faults[0].code == "not_printed"
