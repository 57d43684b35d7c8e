"""Files that are nearly right: each is refused with what is wrong in it, or taken, and then good for all.

A few dozen of each kind run always, hundreds in the slow run. No traceback, no hang, no half-written file.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import ITIMER_VIRTUAL, SIGVTALRM, setitimer, signal

import pytest

from safeschedule.errors import InputError
from safeschedule.exchange.csv_rota import read_csv, write_csv
from safeschedule.exchange.ehr_csv import import_ehr_csv
from safeschedule.exchange.ics import write_ics
from safeschedule.exchange.json_text import as_text
from safeschedule.problem import Problem, problem_from_text, warnings
from safeschedule.replanning.faults import faults_in_changes
from safeschedule.replanning.reading import changes_from_text
from safeschedule.reports.html import write_html
from safeschedule.schedule import Schedule
from safeschedule.schedule.reading import schedule_from_text
from safeschedule.verifier import verify
from tests.exchange.test_ehr_csv import SMALL, WEEK
from tests.support.mutating import mutated_json, mutated_text, mutated_toml

DATA = Path(__file__).parent / "data"
PROBLEM = (DATA / "full.json").read_text(encoding="utf-8")
SCHEDULE = (DATA / "full.week.json").read_text(encoding="utf-8")
CHANGES = (DATA / "changes.json").read_text(encoding="utf-8")
MAPPING = (DATA / "mapping.toml").read_text(encoding="utf-8")

MOST_WORK = 20
"""Seconds of processor time in which any of these files is judged; they take hundredths."""


@contextmanager
def bounded() -> Iterator[None]:
    """End what would go on for ever, counted in processor time, so that a busy machine is no matter."""

    def stop(*_: object) -> None:
        raise TimeoutError("this file is worked on for ever")

    before = signal(SIGVTALRM, stop)
    setitimer(ITIMER_VIRTUAL, MOST_WORK)
    try:
        yield
    finally:
        setitimer(ITIMER_VIRTUAL, 0)
        signal(SIGVTALRM, before)


def judged(text: str, use: Callable[[str], None]) -> str:
    """Return "taken" or "refused"; a refusal says what and where, in few and clean words."""
    caught = None
    try:
        with bounded():
            use(text)
    except InputError as error:
        caught = error
    if caught is None:
        return "taken"
    assert caught.faults
    assert len(str(caught)) < 60_000
    for fault in caught.faults:
        assert fault.code
        assert fault.place
        assert fault.expected
        assert str(fault).isprintable()
        assert len(str(fault)) < 1500
        assert not any(words in str(fault) for words in ("Input should be", "Extra inputs"))
    return "refused"


def use_problem(text: str) -> None:
    problem = problem_from_text(text)
    assert problem_from_text(as_text(problem)) == problem
    warnings.find(problem)
    use_both(problem, schedule_from_text(SCHEDULE))


def use_schedule(text: str) -> None:
    schedule = schedule_from_text(text)
    assert schedule_from_text(as_text(schedule)) == schedule
    use_both(problem_from_text(PROBLEM), schedule)


def use_both(problem: Problem, schedule: Schedule) -> None:
    account = verify(problem, schedule)
    assert account.amounts
    folder = Path(FOLDER[0])
    for write in (
        lambda: write_csv(problem, schedule, folder / "rota.csv"),
        lambda: write_ics(problem, schedule, folder / "calendars"),
        lambda: write_html(problem, schedule, account, folder / "rota.html"),
    ):
        # That the two do not belong together is a finding for the verifier, and a refusal here.
        with suppress(InputError):
            write()


def use_changes(text: str) -> None:
    faults = faults_in_changes(problem_from_text(PROBLEM), changes_from_text(text))
    if faults:
        raise InputError("changes", faults)


def use_mapping(text: str) -> None:
    path = Path(FOLDER[0]) / "mapping.toml"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    problem, booked = import_ehr_csv(SMALL, WEEK, path)
    assert problem_from_text(as_text(problem)) == problem
    verify(problem, booked)


def use_rota(text: str) -> None:
    path = Path(FOLDER[0]) / "rota.csv"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    problem = problem_from_text(PROBLEM)
    verify(problem, read_csv(problem, path))


def rota() -> str:
    path = Path(FOLDER[0]) / "rota.csv"
    write_csv(problem_from_text(PROBLEM), schedule_from_text(SCHEDULE), path)
    return path.read_text(encoding="utf-8-sig")


FOLDER = [""]
KINDS: dict[str, tuple[Callable[[], str], Callable[[str, int], str], Callable[[str], None]]] = {
    "problem": (lambda: PROBLEM, mutated_json, use_problem),
    "schedule": (lambda: SCHEDULE, mutated_json, use_schedule),
    "changes": (lambda: CHANGES, mutated_json, use_changes),
    "mapping": (lambda: MAPPING, mutated_toml, use_mapping),
    "rota": (rota, mutated_text, use_rota),
}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> None:
    FOLDER[0] = str(tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_mutated_is_right_to_begin_with(kind: str) -> None:
    """Everything would be refused for a reason that has nothing to do with the mutation."""
    text, _, use = KINDS[kind]
    assert judged(text(), use) == "taken"


def run(kind: str, seeds: range) -> None:
    text, mutate, use = KINDS[kind]
    before, counts = text(), Counter[str]()
    for seed in seeds:
        mutated = mutate(before, seed)
        try:
            counts[judged(mutated, use)] += 1
        except Exception as error:
            raise AssertionError(f"{kind}, seed {seed}") from error
    # Both have to happen often, or one of the two is not tested.
    assert min(counts["taken"], counts["refused"]) > len(seeds) // 25, counts
    assert not list(Path(FOLDER[0]).glob("**/.*")), "half-written files stay"


@pytest.mark.parametrize("kind", KINDS)
def test_mutated_files_are_refused_with_their_faults_or_taken_rightly(kind: str) -> None:
    """A slip of the pen in a file would end in a traceback, or go on for ever."""
    run(kind, range(30))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_five_hundred_mutated_files(kind: str) -> None:
    """As above, for what happens once in hundreds of times."""
    run(kind, range(1000, 1500))


COMMANDS: dict[str, list[str]] = {
    "verify": ["verify", "P", "S"],
    "solve": ["solve", "P", "-o", "out.json", "--deterministic-limit", "0.2", "-q"],
    "csv": ["export", "csv", "P", "S", "-o", "out.csv"],
    "html": ["export", "html", "P", "S", "-o", "out.html"],
    "ics": ["export", "ics", "P", "S", "-o", "out"],
    "suggest": ["suggest", "P", "S", "--request", "R16"],
    "slots": ["slots", "P", "S", "--type", "talk", "--json"],
    "check-move": ["check-move", "P", "S", "R1", "--to", "2026-10-06T11:00"],
    "stress": ["stress", "P", "S", "--time-limit", "5"],
    "contacts": ["contacts", "P", "-o", "out.json"],
    "replan": ["replan", "P", "S", "C", "-o", "out.json", "--time-limit", "3", "-q"],
}


def run_command(name: str, folder: Path, seed: int) -> None:
    """Run a command on a mutated problem, schedule or changes file, with a bound on its work."""
    which = ("P", "S", "C")[seed % 3] if name == "replan" else ("P", "S")[seed % 2]
    texts = {"P": PROBLEM, "S": SCHEDULE, "C": CHANGES}
    texts[which] = mutated_json(texts[which], seed)
    for key, text in texts.items():
        (folder / f"{key}.json").write_text(text, encoding="utf-8", errors="replace")
    arguments = [f"{word}.json" if word in texts else word for word in COMMANDS[name]]
    done = subprocess.run(
        [sys.executable, "-m", "safeschedule", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (120, 120)),
    )
    assert done.returncode in (0, 1, 2), (name, seed, done.returncode, done.stderr)
    for words in ("Traceback", "Something went wrong", "disagree"):
        assert words not in done.stderr, (name, seed, done.stderr)
    left = {path.name for path in folder.iterdir()} - {"P.json", "S.json", "C.json"}
    if done.returncode == 2:
        assert not left, (name, seed, left)
    for path in folder.glob("out.json"):
        json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["verify", "html"])
def test_commands_on_a_mutated_file(name: str, tmp_path: Path) -> None:
    """The command would show a traceback, or leave half a file, where the library is sound."""
    for seed in (3, 6):
        folder = tmp_path / str(seed)
        folder.mkdir()
        run_command(name, folder, seed)


@pytest.mark.skipif("SAFESCHEDULE_LONG" not in os.environ, reason="twenty minutes; SAFESCHEDULE_LONG=1")
@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_on_mutated_files(name: str, tmp_path: Path) -> None:
    """As above, for every command."""
    for seed in range(2000, 2012):
        folder = tmp_path / str(seed)
        folder.mkdir()
        run_command(name, folder, seed)
