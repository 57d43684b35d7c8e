"""``safeschedule stress``: in words, as JSON, as files, and stopped."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import environment, run, save
from tests.cli.test_signals import wait_for
from tests.solving.weeks import hours
from tests.stressing.weeks import planned, team

STUBBORN = """
import sys
import threading
from safeschedule.cli import main, stress

watched = stress.watched

def patched(work, shown, words):
    def slowly(hear, stop):
        # Only here, because threads of numpy that are there before the signals are held back would take them.
        import safeschedule.stressing.engine

        testing = sys.modules["safeschedule.stressing.engine"]
        ask = testing.can_take

        def can_take(diaries, arrival, people, budget):
            if arrival.half:
                print("second half-day", file=sys.stderr, flush=True)
                stop.wait()
                if STUBBORN:
                    threading.Event().wait()
            return ask(diaries, arrival, people, budget)

        testing.can_take = can_take
        return work(hear, stop)

    return watched(slowly, shown, words)

stress.watched = patched
main()
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give the files of a small week and its schedule."""
    # Monday's sessions, so that there is room for a case on each half-day, whatever week is found.
    monday = hours("mon", start="09:00", end="16:00")
    clients = [{"id": f"P{n}", "clinician": f"C{n}", "windows": monday} for n in range(3)]
    folder, problem = tmp_path_factory.mktemp("stress"), team(sessions=1, clients=clients)
    return (
        save(folder, problem.model_dump_json()),
        save(folder, planned(problem).model_dump_json(), "schedule.json"),
    )


def test_a_proof_in_words_and_as_json(files: tuple[Path, Path]) -> None:
    """Nobody could read the outcome, or a program would get another one."""
    done = run("stress", *files, "--urgent", "1", "--sick", "1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Proved: 1 urgent case")
    assert "Monday morning" in done.stdout
    assert all(len(line.rstrip()) <= 80 for line in done.stdout.splitlines())
    told = json.loads(run("stress", *files, "--sick", "1", "--json", "-q").stdout)
    assert (told["verdict"], told["method"], told["sick"]) == ("proved", "exhaustion", 1)
    assert told["looked_at"] == told["picks"] == 12


@pytest.mark.slow
def test_a_worst_case_can_be_looked_at(files: tuple[Path, Path], tmp_path: Path) -> None:
    """The worst case could not be opened, or would not belong to its problem."""
    arguments = ("--urgent", "9", "--sick", "1", "--worst", "w.json", "--worst-problem", "p.json")
    done = run("stress", *files, *arguments, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("Refuted: of 9 urgent cases on")
    assert "Written: w.json" in done.stdout
    assert all(len(line.rstrip()) <= 80 for line in done.stdout.splitlines())
    assert run("export", "html", "p.json", "w.json", "-o", "w.html", cwd=tmp_path).returncode == 0
    assert run("verify", "p.json", "w.json", cwd=tmp_path).returncode == 0
    alone = run("stress", *files, *arguments[:4], "--worst", "-", "-q")
    worst, file = json.loads(alone.stdout), json.loads((tmp_path / "w.json").read_text(encoding="utf-8"))
    assert worst.pop("provenance") | {"made": None} == file.pop("provenance") | {"made": None}
    assert worst == file
    assert "Refuted" in alone.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--urgent", "0"),
        ("--urgent", "21"),
        ("--sick", "-1"),
        ("--session-type", "surgery"),
        ("--within", "week"),
        ("--time-limit", "nan"),
        ("--worst", "missing/w.json"),
        ("--worst", "-", "--json"),
        ("--worst", "-", "--worst-problem", "-"),
    ],
)
def test_bad_use(arguments: tuple[str, ...], files: tuple[Path, Path], tmp_path: Path) -> None:
    """A mistyped option would test something else."""
    done = run("stress", *files, *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_broken_schedule_is_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    """A week that breaks rules by itself would be said to hold."""
    broken = json.loads(files[1].read_text(encoding="utf-8")) | {"blocks": []}
    done = run("stress", files[0], save(tmp_path, broken, "broken.json"), "--worst", tmp_path / "w.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "not_compliant" in done.stderr
    assert not (tmp_path / "w.json").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("stubborn", "status"), [(False, 1), (True, 130)])
def test_signals_show_what_is_known(
    stubborn: bool, status: int, files: tuple[Path, Path], tmp_path: Path
) -> None:
    """Whoever stops a long test would lose what it had found, or could not get rid of it."""
    worst = tmp_path / "worst.json"
    arguments = ("stress", *map(str, files), "--json", "--worst", str(worst), "--time-limit", "inf")
    program, pipe = f"STUBBORN = {stubborn}\n{STUBBORN}", subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env=environment(),
        stdout=pipe,
        stderr=pipe,
        text=True,
    ) as process:
        try:
            wait_for(process, "second half-day")
            process.send_signal(signal.SIGINT)
            if stubborn:
                wait_for(process, "Stopping")
                process.send_signal(signal.SIGINT)
            stdout, stderr = process.communicate()
        finally:
            process.kill()
    assert process.returncode == status, stderr
    if stubborn:
        assert stdout == ""
        assert list(tmp_path.iterdir()) == []
    else:
        told = json.loads(stdout)
        assert (told["verdict"], told["interrupted"]) == ("not refuted", True)
        assert 0 < told["looked_at"] < told["picks"]
        assert worst.exists()
