"""``--ledger`` of verify, solve, replan and check-move: overrides in force are heeded, and shown."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import save
from tests.support.calling import call

KEYS = ("--by", "service_lead:L1", "--why", "Agreed", "--at", "2026-10-02T09:00:00Z")
MOVE = ("--request", "R1", "--to")


@pytest.fixture(scope="module")
def asked(problem: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the small problem without a rule that no override for a person can excuse."""
    content = json.loads(problem.read_text(encoding="utf-8"))
    off = {"rulebook": {"rules": {"urgent_slots": {"enabled": False}}}}
    return save(tmp_path_factory.mktemp("asked"), content | off)


@pytest.fixture(scope="module")
def bare(asked: Path, schedule: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a week without protected time, and the ledger whose overrides excuse all that it lacks."""
    folder = tmp_path_factory.mktemp("bare")
    week = json.loads(schedule.read_text(encoding="utf-8"))
    bare = save(folder, week | {"blocks": []}, "bare.json")
    account = json.loads(call("verify", asked, bare, "--json").stdout)
    found = [finding for finding in account["findings"] if finding["hard"]]
    ledger = folder / "ledger.db"
    for rule, who in dict.fromkeys(
        (f["rule"], code) for f in found for code in f["who"] if code in ("S1", "S2")
    ):
        content = ("override", f"rule={rule}", f"clinician={who}", "until=2026-10-11", "confirmed_by=lead:L2")
        assert call("ledger", "add", "--ledger", ledger, *content, *KEYS).returncode == 0
    return bare, ledger


def test_verify_heeds_overrides_until_they_end(asked: Path, bare: tuple[Path, Path]) -> None:
    """A week would be refused though two people have answered for it, or accepted after their date."""
    week, ledger = bare
    assert call("verify", asked, week).returncode == 1
    done = call("verify", asked, week, "--ledger", ledger, "--on", "2026-10-05")
    assert done.returncode == 0, done.stdout
    assert "Compliant but for what is excused" in done.stdout
    assert "Excused by overrides: breaks, " in done.stdout
    assert "Excused by entry 1:" in done.stdout
    late = call("verify", asked, week, "--ledger", ledger, "--on", "2026-10-12", "--json")
    assert late.returncode == 1
    assert json.loads(late.stdout)["overrides"] == []
    assert call("verify", asked, week, "--on", "2026-10-05").returncode == 2
    assert call("verify", asked, week, "--ledger", week.parent / "nothing.db").returncode == 2


def test_solve_tells_of_overrides_and_keeps_every_rule(
    asked: Path, bare: tuple[Path, Path], tmp_path: Path
) -> None:
    """A plan would use an exception silently, or its page not say that there is one."""
    _, ledger = bare
    out = ("-o", tmp_path / "week.json", "--report", tmp_path / "rota", "--deterministic-limit", "0.5")
    done = call("solve", asked, *out, "--workers", "1", "-q", "--ledger", ledger, "--on", "2026-10-05")
    assert done.returncode == 0, done.stderr
    assert "no search uses an override" in " ".join(done.stdout.split())
    assert "In force, and excuses nothing here" in (tmp_path / "rota" / "rota.html").read_text(
        encoding="utf-8"
    )
    assert call("verify", asked, tmp_path / "week.json").returncode == 0


def test_the_page_shows_what_is_excused(asked: Path, bare: tuple[Path, Path], tmp_path: Path) -> None:
    """Whoever reads the page would not see that the week is an exception, or see it refused."""
    week, ledger = bare
    page = ("html", asked, week, "-o", tmp_path / "rota.html")
    assert call("export", *page, "--ledger", ledger, "--on", "2026-10-05").returncode == 0
    text = (tmp_path / "rota.html").read_text(encoding="utf-8")
    assert "Every hard rule is kept or excused, but look at this" in text
    assert "Excused by overrides" in text
    table = ("csv", asked, week, "-o", tmp_path / "rota.csv", "--ledger", ledger)
    assert call("export", *table).returncode == 2


def test_a_move_by_hand_is_written_with_an_override(asked: Path, schedule: Path, tmp_path: Path) -> None:
    """Somebody with two keys could not make the exception that they have answered for."""
    ledger, out = tmp_path / "ledger.db", tmp_path / "moved.json"
    week = json.loads(schedule.read_text(encoding="utf-8"))
    days = {a["request"]: a["start"][:10] for a in week["appointments"]}
    hours = (f"{day}T{hour:02d}:00" for day in sorted(set(days.values())) for hour in range(9, 17))
    tried = (
        (to, json.loads(call("check-move", asked, schedule, *MOVE, to, "--json").stdout)) for to in hours
    )
    breaks = ((to, {(f["rule"], f["tier"]) for f in told["effects"]["breaks"]}) for to, told in tried)
    to, found = next(
        (to, found) for to, found in breaks if found and {tier for _, tier in found} == {"safety"}
    )
    for rule, _ in found:
        content = ("override", f"rule={rule}", "clinician=S1", "until=2026-10-11", "confirmed_by=lead:L2")
        assert call("ledger", "add", "--ledger", ledger, *content, *KEYS).returncode == 0
    assert call("check-move", asked, schedule, *MOVE, to, "-o", out).returncode == 1
    assert not out.exists()
    heeding = ("--ledger", ledger, "--on", "2026-10-05")
    done = call("check-move", asked, schedule, *MOVE, to, "-o", out, *heeding)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Breaks no other rule that is kept now." in done.stdout
    assert json.loads(out.read_text(encoding="utf-8"))["provenance"].get("verified", False) is False
    assert call("verify", asked, out).returncode == 1
    assert call("verify", asked, out, *heeding).returncode == 0
