"""The ledger in both databases: what goes in stays, as it was, in its order."""

from __future__ import annotations

import sqlite3
import stat
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

from safeschedule import ArgumentError, InputError
from safeschedule.ledger import (
    Correction,
    ExceptionDecided,
    Ledger,
    LedgerHead,
    PolicySet,
    Resolved,
    Signatory,
    Statement,
    Transferred,
    WeekChanged,
    append_within,
    read_ledger,
)
from safeschedule.ledger.reading import as_lines, links_of
from safeschedule.ledger.storage.database import appending, engine_of
from tests.ledger.statements import LEAD, MONDAY, SECOND, concern, meddle, override, statement


def codes(caught: pytest.ExceptionInfo[InputError]) -> list[tuple[str, str]]:
    return [(fault.code, fault.place) for fault in caught.value.faults]


def test_what_is_written_down_stays(where: str) -> None:
    """A decision would be lost, or come back as another one."""
    with_zone = datetime(2026, 10, 5, 11, 0, 30, 900, tzinfo=timezone(timedelta(hours=2)))
    ledger = Ledger(where, create=True)
    first = ledger.add(concern("Première semaine, 日本"), concern(at=with_zone))
    second = Ledger(where).add(statement(override()))
    assert [entry.number for entry in (*first, *second)] == [1, 2, 3]
    assert Ledger(where).entries() == read_ledger(where) == (*first, *second)
    assert Ledger(where).entries("override") == second
    assert first[1].at == datetime(2026, 10, 5, 9, 0, 30, tzinfo=UTC)
    assert second[0].before == first[1].hash


def test_a_statement_that_is_refused_takes_the_others_with_it(where: str) -> None:
    """Half of what belongs together would be written down, or only the first fault be told."""
    ledger = Ledger(where, create=True)
    with pytest.raises(InputError) as caught:
        ledger.add(
            concern(), statement(override(confirmed_by=None)), statement(Resolved(entry=9, outcome="Done"))
        )
    assert codes(caught) == [("refused_override", "[1].content"), ("unknown_reference", "[2].content.entry")]
    assert ledger.entries() == ()


def test_an_application_writes_its_rows_and_entries_together_or_neither(where: str) -> None:
    """A row would be there without its entry, or an entry speak of what did not happen."""
    ledger = Ledger(where, create=True)
    content = WeekChanged(week="w1", week_start=MONDAY.date(), version=1, action="brought_in")
    engine = engine_of(where)
    with pytest.raises(InputError), appending(engine) as connection:
        append_within(connection, statement(content), statement(Resolved(entry=9, outcome="Done")))
    assert ledger.entries() == ()
    with appending(engine) as connection:
        append_within(connection, statement(content))
    engine.dispose()
    (entry,) = ledger.entries("week_changed")
    assert entry.content == content
    assert ledger.verify().sound


@pytest.mark.parametrize("change", ["UPDATE ledger_entry SET kind = 'x'", "DELETE FROM ledger_entry"])
def test_the_database_refuses_to_change_or_remove(where: str, change: str) -> None:
    """A slip of the hand in a database tool would be enough to lose what was decided."""
    ledger = Ledger(where, create=True)
    ledger.add(concern())
    with pytest.raises(DatabaseError, match="neither changed nor removed"):
        meddle(where, change)
    assert ledger.verify().entries == 1


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Somebody else on the machine could read why clients were not taken."""
    ledger = Ledger(tmp_path / "ledger.db", create=True)
    ledger.add(concern())
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}
    ledger.close()
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


def test_an_export_is_read_as_the_ledger_is(tmp_path: Path) -> None:
    """An auditor without a database would see another ledger, or could not verify it."""
    ledger = Ledger(tmp_path / "ledger.db", create=True)
    ledger.add(concern("first"), concern("second"))
    lines = tmp_path / "ledger.jsonl"
    lines.write_text(as_lines(ledger.entries()), encoding="utf-8")
    assert read_ledger(lines) == ledger.entries()
    assert tuple(links_of(lines)) == tuple(ledger.links())
    lines.write_text(as_lines(ledger.entries()).replace("second", "other"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_ledger(lines)
    assert codes(caught) == [("broken_chain", "entry 2")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (override("siesta", confirmed_by=None), "unknown_rule"),
        (override("no_overlap"), "refused_override"),
        (override(confirmed_by=LEAD), "refused_override"),
        (override(clinician="S1"), "refused_override"),
        (override(client="K1"), "refused_override"),
        (override(until=date(2026, 10, 4)), "out_of_range"),
        (override(until=date(2026, 10, 20)), "out_of_range"),
        (Transferred(client="K1", giver="C1", taker="C1", confirmed_by=SECOND), "bad_value"),
        (Transferred(client="K1", giver="C1", taker="C2", confirmed_by=LEAD), "one_person"),
        (ExceptionDecided(entry=1, decision="add_staff", until=date(2026, 10, 9)), "unknown_reference"),
        (Correction(entry=7, correct="Nothing of it"), "unknown_reference"),
    ],
)
def test_what_makes_no_sense_is_refused(content: Any, code: str, tmp_path: Path) -> None:
    """A decision that nobody may take, or that speaks of nothing, would stand in the record for ever."""
    ledger = Ledger(tmp_path / "ledger.db", create=True)
    ledger.add(concern())
    with pytest.raises(InputError) as caught:
        ledger.add(statement(content))
    assert code in [fault.code for fault in caught.value.faults]
    assert len(ledger.entries()) == 1


def test_the_policy_says_how_long_overrides_last(tmp_path: Path) -> None:
    """A service could not hold itself to shorter exceptions, or a policy would not count."""
    ledger = Ledger(tmp_path / "ledger.db", create=True)
    ledger.add(statement(override(until=date(2026, 10, 19))), statement(PolicySet(safety_days=3)))
    with pytest.raises(InputError):
        ledger.add(statement(override(until=date(2026, 10, 9))))
    (entry,) = ledger.add(statement(override(until=date(2026, 10, 8))))
    assert entry.number == 3


def test_a_ledger_that_is_none_is_refused(tmp_path: Path) -> None:
    """A mistyped name would begin another ledger, and a stranger's file be taken for one."""
    with pytest.raises(InputError) as caught:
        Ledger(tmp_path / "ledger.db")
    assert codes(caught) == [("missing_file", '"ledger.db"')]
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "words").write_text("no database " * 100, encoding="utf-8")
    sqlite3.connect(tmp_path / "empty.db").close()
    for name in ("words", "empty.db"):
        with pytest.raises(InputError) as caught:
            Ledger(tmp_path / name)
        assert codes(caught) == [("not_a_ledger", "--ledger")]
    for url in ("mysql://somebody@nowhere/x", "postgresql:/x://"):
        with pytest.raises(InputError):
            Ledger(url)


def test_a_server_that_is_not_there_is_told_without_its_password() -> None:
    """A password would stand in a log."""
    with pytest.raises(InputError) as caught:
        Ledger("postgresql://somebody:hush@127.0.0.1:1/nothing")
    assert caught.value.faults[0].code == "unreachable"
    assert "hush" not in str(caught.value)


def test_a_newer_ledger_is_not_touched(where: str) -> None:
    """An older release would write what a newer one cannot read."""
    Ledger(where, create=True)
    meddle(where, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(InputError) as caught:
        Ledger(where)
    assert codes(caught) == [("wrong_version", "--ledger")]


def test_what_is_no_statement_is_refused(tmp_path: Path) -> None:
    """A program would meet an error of another library, or not be told all that is wrong."""
    ledger = Ledger(tmp_path / "ledger.db", create=True)
    with pytest.raises(ArgumentError):
        ledger.add("a word")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError):
        ledger.entries("gossip")
    with pytest.raises(InputError) as caught:
        Statement.from_dict(
            {"at": "2026-10-05T09:00", "by": {"role": "lead"}, "why": " ", "content": {"kind": "x"}}
        )
    assert sorted(place for _, place in codes(caught)) == ["at", "by.code", "content.kind", "why"]
    with pytest.raises(ArgumentError):
        LedgerHead.from_text("3:abc")
    assert Signatory(role="lead", code="L1") == Signatory.from_dict({"role": "lead", "code": "L1"})
    assert MONDAY.tzinfo is UTC
