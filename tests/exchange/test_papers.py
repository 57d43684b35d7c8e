"""A clinic's papers become a planned week, as docs/howto/from-your-papers.md says."""

from __future__ import annotations

import json
import re
import shutil
import warnings
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from safeschedule.problem import Problem
from tests.cli.conftest import Done
from tests.cli.conftest import run as run_once

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

PAPERS = Path(__file__).parent / "data" / "papers"
PAGE = Path(__file__).parents[2] / "docs" / "howto" / "from-your-papers.md"
EVERYBODY = "KB, JM, TS, AO, PW, DN"

HEARD: dict[str, dict[str, Any]] = {
    "staff": {},
    "clients": {
        "EMDR phase 2": "trauma_processing", "EMDR": "EMDR 60", "biweekly": 2, "6 weekly": 6,
        "overdue!": "", "Oct": "", "Nov 26": "",
    },
    "waiting_list": {
        "CBT intake": "intake", "assessment": "intake", "EMDR?": "EMDR intake", "meds": "meds intake",
    },
}  # fmt: skip
"""What somebody fills in for each ``?`` that the page has no example of."""


def run(*words: str, cwd: Path, width: int = 80) -> Done:
    """Run the command; a step may have to wait for a busy machine."""
    return run_once(*words, cwd=cwd, width=width, timeout=900)


class Desk:
    """Somebody with a spreadsheet program and a text editor."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / name
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.book = openpyxl.load_workbook(self.path)

    def setting(self, name: str, value: Any) -> None:
        (row,) = (row for row in self.book["Week"].iter_rows() if row[0].value == name)
        row[1].value = value

    def type(self, title: str, *rows: dict[str, Any]) -> None:
        page = self.book[title]
        columns = {cell.value: cell.column for cell in page[1]}
        for row in rows:
            number = page.max_row + 1
            for heading, value in row.items():
                page.cell(number, columns[heading], value)

    def change(self, title: str, code: str, heading: str, value: Any) -> None:
        page = self.book[title]
        (column,) = (cell.column for cell in page[1] if cell.value == heading)
        (row,) = (row[0].row for row in page.iter_rows(min_row=2) if row[0].value == code)
        page.cell(row, column).value = value

    def save(self) -> None:
        self.book.save(self.path)


def examples() -> dict[str, dict[str, str]]:
    """Return the lines of the page's mappings, by their heading and the words that they map."""
    blocks = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    found: dict[str, dict[str, str]] = {}
    heading = ""
    for line in (line.strip() for block in blocks for line in block.splitlines()):
        if line.startswith("["):
            heading = line
        elif line:
            found.setdefault(heading, {})[line.partition(" = ")[0]] = line
    return found


def looked_over(path: Path, list_name: str) -> None:
    """Fill in a mapping: as the page does where it does, and what is open."""
    text, shown, found, heading = path.read_text(encoding="utf-8"), examples(), [], ""
    for line in text.splitlines():
        heading = line if line.startswith("[") else heading
        word, own = line.partition(" = ")[0], shown.get(heading, {})
        if line.endswith('= "?"') and word not in own:
            meant = HEARD[list_name][word.strip('"')]
            line = f"{word} = {meant}" if isinstance(meant, int) else f'{word} = "{meant}"'
        found.append(own.get(word, line))
    for heading, own in shown.items():
        # Remarks: columns for which the proposal knows no place.
        column = heading.removeprefix("[values.").removesuffix("]")
        found += [heading, *own.values()] if f'{column} = ""' in text else []
    path.write_text("\n".join(found), encoding="utf-8")


def typed_in(desk: Desk) -> None:
    """Steps 2 and 3."""
    for name, value in (
        ("Name", "two-sites"), ("Week start", date(2026, 10, 5)), ("Time zone", "Europe/London"), ("Grid", 5),
        ("Dates are written", "day/month/year"), ("Hours from 1 to 6", "afternoon"),
    ):  # fmt: skip
        desk.setting(name, value)
    room = {"What": "room", "Kind": "consulting"}
    desk.type(
        "Rooms and sites",
        *({"What": "site", "Code": code} for code in ("Riverside", "Hilltop")),
        *({**room, "Code": f"Riverside {number}", "Site": "Riverside"} for number in (1, 2)),
        {
            "What": "room",
            "Code": "Riverside 3",
            "Kind": "group",
            "Also": "consulting",
            "Site": "Riverside",
            "Seats": 12,
        },
        *({**room, "Code": f"Hilltop {letter}", "Site": "Hilltop"} for letter in "AB"),
    )
    midwives = {"From": time(8), "Until": time(12, 30)}
    day = date(2026, 10, 8)
    desk.type("Rooms unavailable", {"Room": "Hilltop B", "First day": day, "Last day": day, **midwives})
    desk.type("Travel", {"Origin": "Riverside", "Destination": "Hilltop", "Minutes": 20})
    desk.type("Session types", *_session_types())
    for code, day, at in (("team", date(2026, 10, 6), time(9, 30)), ("peers", date(2026, 10, 8), time(12))):
        when = {"Start date": day, "Start time": at, "Minutes": 60, "Weekly": "yes"}
        desk.type("Meetings", {"Code": code, "Clinicians": EVERYBODY, **when})


def _session_types() -> list[dict[str, Any]]:
    one = {"Room kind": "consulting"}
    emdr = {**one, "Intensity": "high", "Trauma processing": "yes", "Skills": "EMDR"}
    intake = {**one, "Minutes": 60, "Kind": "intake"}
    group = {"Kind": "group", "Room kind": "group", "Smallest": 4, "Largest": 9, "Facilitators": 2}
    return [
        {"Code": "CBT", "Minutes": 50, **one},
        {"Code": "counselling", "Minutes": 50, **one},
        {"Code": "EMDR 60", "Minutes": 60, **emdr},
        {"Code": "EMDR 90", "Minutes": 90, **emdr},
        {"Code": "case mgmt", "Minutes": 45, "Intensity": "low", **one},
        {"Code": "med review", "Minutes": 30, "Kind": "medication", "Skills": "meds", **one},
        {"Code": "intake", **intake},
        {"Code": "EMDR intake", "Skills": "EMDR", **intake},
        {"Code": "meds intake", "Skills": "meds", **intake},
        {"Code": "DBT skills", "Minutes": 90, **group},
        {"Code": "Anxiety mgmt", "Minutes": 75, **group},
    ]


def brought_in(folder: Path, name: str, sheet: str, number: int) -> None:
    """Steps 4 to 8: a list goes into the next workbook by a mapping that somebody has looked over."""
    words = ("import", "table", f"{name}.csv", "--as", sheet, "--into", f"team-{number}.xlsx")
    assert run(*words, "--propose", f"{name}.toml", cwd=folder).returncode == 0
    looked_over(folder / f"{name}.toml", name)
    done = run(*words, "--map", f"{name}.toml", "-o", f"team-{number + 1}.xlsx", cwd=folder)
    assert (done.stderr, done.returncode) == ("", 0)


def groups_and_leave(desk: Desk) -> None:
    """Step 9."""
    group = {"Site": "Riverside", "Members ask": "yes"}
    desk.type(
        "Groups",
        {"Code": "DBT", "Session type": "DBT skills", "When": "Thurs 1.30", "Facilitators": "TS + PW",
         "Members": "R004, R013, R017, R022, R025, R033, R041, R044", **group},
        {"Code": "ANX", "Session type": "Anxiety mgmt", "When": "Thu 10", "Facilitators": "AO, PW",
         "Members": "R031 R035 R036 R037 R046 + W05", "Open": "yes", **group},
    )  # fmt: skip
    desk.type(
        "Leave",
        {"Who": "TS", "First day": "12/10", "Last day": "23/10"},
        {"Who": "PW", "First day": "09/10", "Last day": "09/10", "Kind": "study"},
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder in which the page's steps up to the tenth were taken."""
    path = tmp_path_factory.mktemp("papers")
    for paper in PAPERS.iterdir():
        shutil.copy(paper, path)
    assert run("workbook", "new", "team-1.xlsx", cwd=path).returncode == 0
    desk = Desk(path, "team-1.xlsx")
    typed_in(desk)
    desk.save()
    brought_in(path, "staff", "team", 1)
    brought_in(path, "clients", "clients", 2)
    brought_in(path, "waiting_list", "waiting list", 3)
    desk = Desk(path, "team-4.xlsx")
    groups_and_leave(desk)
    desk.save()
    return path


@pytest.fixture(scope="module")
def read(folder: Path) -> str:
    """Give what the tenth step says, after the faults that it tells first have been mended."""
    tenth = ("import", "xlsx", "team-4.xlsx", "-o", "problem.json", "--marked", "faults.xlsx", "--overwrite")
    refused = run(*tenth, cwd=folder)
    assert refused.returncode == 2
    assert [line.strip().partition(":")[0] for line in refused.stderr.splitlines()[1:]] == [
        "Team row 6 Supervisor (I) (clinician AO)",
        "Groups row 4 (request ANX R036)",
        "Groups row 4 Members (C) (group ANX)",
    ]
    desk = Desk(folder, "team-4.xlsx")
    desk.change("Team", "TS", "Supervises", "yes")
    desk.change("Team", "TS", "Cover", "PW")
    desk.change("Groups", "ANX", "Members", "R031 R035 r036 R037 R046 + W05")
    desk.save()
    done = run(*tenth, cwd=folder, width=1_000)
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout


def test_the_page_has_at_most_twelve_steps() -> None:
    """Otherwise a clinic would give up on the way."""
    steps = [int(n) for n in re.findall(r"^(\d+)\. \*\*", PAGE.read_text(encoding="utf-8"), re.MULTILINE)]
    assert steps == list(range(1, len(steps) + 1))
    assert len(steps) <= 12


@pytest.mark.slow
def test_every_contradiction_of_the_papers_is_told_with_its_cell(read: str) -> None:
    """Otherwise a time that nobody can keep, or a room that is used twice, would be found by the client."""
    told = [line.strip() for line in read.partition("To look at in the problem:")[2].splitlines()]
    codes = re.findall(r"\[(\w+)(?:, (\d+) times)?\]", "\n".join(told))
    count = {code: sum(int(n or 1) for c, n in codes if c == code) for code, _ in codes}
    assert count == {
        "never_in_windows": 4,
        "never_led": 4,
        "exempt": 1,
        "standing_outside_windows": 7,
        "usual_times_elsewhere": 1,
        "usual_times_overlap": 6,
        "usual_times_share_a_room": 1,
    }
    (outside,) = (line for line in told if "standing_outside_windows" in line)
    assert outside.startswith("Clients rows 4-5, 18, 24, 28, 46, 51 Usual slot (W)")
    (elsewhere,) = (line for line in told if "usual_times_elsewhere" in line)
    assert elsewhere.startswith("Clients row 32 Usual slot (W) (request R030): found thu 10:30")
    assert "clinician TS is at work at Riverside" in elsewhere
    (twice,) = (line for line in told if "usual_times_share_a_room" in line)
    assert twice.startswith("Clients row 28 Usual slot (W) (request R026): found wed 09:30")
    assert "2 rooms at Hilltop" in twice
    assert all(f"request {code} (Clients row " in twice for code in ("R012", "R057"))


@pytest.mark.slow
def test_remarks_and_lengths_are_not_lost(folder: Path, read: str) -> None:
    """Otherwise an hour would be planned for 90 minutes of EMDR, or somebody during the school run."""
    assert read
    problem = Problem.from_dict(json.loads((folder / "problem.json").read_text(encoding="utf-8")))
    asked = {own.client: own.session_type for own in problem.requests if own.group is None}
    assert (asked["R011"], asked["R013"]) == ("EMDR 60", "EMDR 90")
    (tuesday,) = (p for c in problem.clinicians if c.id == "AO" for p in c.working if p.day == "tue")
    assert tuesday.end == 16 * 60


@pytest.mark.slow
def test_contradictions_are_comments_of_the_marked_copy(folder: Path, read: str) -> None:
    """Otherwise somebody would have to look for the row in a list of messages."""
    assert read
    page = Desk(folder, "faults.xlsx").book["Clients"]
    noted = {
        row[0].value: cell.comment.text for row in page.iter_rows(min_row=3) for cell in row if cell.comment
    }
    assert {"R002", "R026", "R049"} <= noted.keys()
    assert "Hilltop" in noted["R026"]


@pytest.mark.long
@pytest.mark.slow
def test_the_papers_become_a_week_that_verifies(folder: Path, read: str) -> None:
    """Otherwise the how-to would end in nothing."""
    assert read
    limits = ("--deterministic-limit", "2", "--workers", "1")
    done = run("solve", "problem.json", "-o", "schedule.json", *limits, cwd=folder)
    assert done.returncode == 0
    placed = re.search(r"(\d+) sessions placed", done.stdout)
    assert placed is not None
    assert int(placed[1]) >= 60
    assert (
        run("export", "xlsx", "problem.json", "schedule.json", "-o", "rota.xlsx", cwd=folder).returncode == 0
    )
    assert run("verify", "problem.json", "rota.xlsx", cwd=folder).returncode == 0


@pytest.mark.slow
def test_a_calendar_with_sessions_of_clients_adds_its_meetings(folder: Path, read: str) -> None:
    """Otherwise sessions as they are booked elsewhere would be planned around as meetings."""
    pytest.importorskip("recurring_ical_events")
    assert read
    more = ("--who", "JM", "-o", "problem-2.json")
    done = run("import", "calendar", "problem.json", "JM_calendar.ics", *more, cwd=folder)
    assert done.returncode == 0
    assert "events of clients left out" in done.stdout
    assert "The meeting on Tue 6 Oct at 09:30 is there already." in done.stdout
