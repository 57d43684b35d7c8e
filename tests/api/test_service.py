"""A service as other applications would write it: its types are right, and it works."""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from safeschedule import Result
from tests.api.answers import problem
from tests.api.service import Service

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield Service(pool)


@pytest.mark.slow
def test_mypy_finds_nothing_wrong(tmp_path: Path) -> None:
    """Somebody who writes typed code would have to silence it at each call."""
    pytest.importorskip("mypy")
    # Without this project's settings and plugins: others have their own.
    command = (sys.executable, "-m", "mypy", "--strict", "--config-file", "", "--cache-dir", tmp_path)
    done = subprocess.run([*command, HERE / "service.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_pyright_finds_nothing_wrong(tmp_path: Path) -> None:
    """Somebody whose editor checks types would see errors that are none."""
    pytest.importorskip("basedpyright")
    settings = {
        "include": [str(HERE / "service.py")],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
    }
    file = tmp_path / "pyrightconfig.json"
    file.write_text(json.dumps(settings), encoding="utf-8")
    command = (BIN / "basedpyright", "--project", file, "--pythonpath", sys.executable)
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_plans_asks_moves_and_plans_again(service: Service) -> None:
    """What the types promise would not be what happens."""
    planned = service.post_problem(json.dumps(problem().to_dict()))
    assert planned.status == 201, planned.body
    week = planned.body["week"]
    assert json.loads(json.dumps(planned.body))["result"]["verified"]
    assert set(planned.body["result"]) < set(Result.json_schema()["properties"])

    first = service.schedules[week].appointments[0]
    assert first.request is not None
    moved = service.get_move(week, first.request, first.start + timedelta(hours=12))
    assert (moved.status, moved.body["allowed"]) == (409, False)

    sick = service.post_sick_call(week, first.clinicians[0], datetime(2026, 10, 5), datetime(2026, 10, 6))
    assert sick.status == 200, sick.body
    again = sick.body["week"]
    assert first.clinicians[0] in {c.id for c in service.problems[again].clinicians if c.leave}
    slots = service.get_slots(again, first.request)
    assert slots.status in (200, 422)


@pytest.mark.parametrize(
    ("text", "status", "codes"),
    [
        ("{", 400, {"not_json"}),
        ('{"week_start": "soon", "clinicians": [], "rooms": 3}', 422, {"wrong_type"}),
        (json.dumps(problem().to_dict() | {"rooms": []}), 201, set()),
        (json.dumps(problem().to_dict() | {"session_types": []}), 422, {"unknown_reference"}),
    ],
)
def test_faults_go_back_with_their_codes(service: Service, text: str, status: int, codes: set[str]) -> None:
    """One bad problem would kill the pool, or leave the client without a reason."""
    reply = service.post_problem(text)
    assert reply.status == status, reply.body
    assert codes <= {fault["code"] for fault in reply.body.get("faults", ())}


def test_unknown_weeks_and_requests_are_told(service: Service) -> None:
    """A slip of a client's program would be a failure of the service's."""
    assert service.get_slots("nope", "R0").status == 404
    week = service.post_problem(json.dumps(problem().to_dict())).body["week"]
    reply = service.get_slots(week, "nope")
    assert (reply.status, reply.body["faults"][0]["code"]) == (422, "unknown_reference")
    zoned = datetime.fromisoformat("2026-10-05T09:00:00+02:00")
    assert service.get_move(week, "R0", zoned).body["faults"][0]["code"] == "with_zone"
