"""Pages: each is there, nothing on them comes from elsewhere, and what people wrote stays text."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import safeschedule.web
from safeschedule import Problem, Schedule, write_csv
from safeschedule.exchange.json_text import as_text
from safeschedule.web.weeks import Actor, find
from safeschedule.web.weeks.changing import begin
from safeschedule.web.weeks.deciding import approve, propose, publish
from tests.web.conftest import House

WEEK_PAGES = (
    "", "/board", "?view=day", "?view=rooms", "/today", "/phone", "/panels", "/safe", "/rules",
    "/rules/documentation", "/out", "/history", "/history/1", "/intake", "/huddle", "/measures", "/client",
    "/sheet/clinician", "/sheet/day", "/sheet/room", "/sheet/wall",
)  # fmt: skip
PAGES = ("/weeks", "/ledger", "/matters", "/mine", "/mine/measures", "/published", "/bring-in")


class Addresses(HTMLParser):
    """Gathers what a page loads or points to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.styles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action", "srcset", "poster", "data") and value:
                self.found.append(value)
            if name == "style" or name.startswith("on"):
                self.styles.append(f"{tag} {name}")


def test_a_page_is_there_and_loads_nothing_from_elsewhere(house: House) -> None:
    """A page would tell somebody elsewhere that it was read, or the policy would break it."""
    client = house.client("lead")
    for path in (*(f"/weeks/{house.week}{each}" for each in WEEK_PAGES), *PAGES):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200, path
        page = Addresses()
        page.feed(answer.text)
        away = [each for each in page.found if not each.startswith(("/", "?", "#", "data:,"))]
        assert away + [each for each in page.found if each.startswith("//")] == [], path
        assert page.styles == [], path


def test_no_file_of_the_package_names_an_address_elsewhere() -> None:
    """A script or a style would call home."""
    folder = Path(safeschedule.web.__file__).parent
    found = [
        (path.name, address)
        for kind in ("*.js", "*.css", "*.j2")
        for path in folder.rglob(kind)
        for address in re.findall(r"(?:https?:)?//[\w.-]+\.\w+", path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_telemetry_is_configured_whatever_the_environment_says(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The framework would send traces somewhere because a variable is set."""
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    client = house.client(None)
    with client:
        assert client.get("/healthy").status_code == 200
    config: Any = client.app.state._state["settings"] and client.app._telemetry  # type: ignore[attr-defined]
    assert not any(config[name] for name in ("auto_configure", "tracing", "metrics", "logs"))


def test_what_people_wrote_is_text_on_every_page(house: House, planned: tuple[Problem, Schedule]) -> None:
    """A client's code or a reason could run as a script."""
    evil = "<script>alert(1)</script>"
    problem, schedule = planned
    named = problem.model_copy(update={"name": evil})
    named_schedule = schedule.model_copy(update={"problem": evil})
    with house.store.deciding() as connection:
        week = begin(connection, Actor("scheduler", "scheduler"), named, named_schedule, evil)
    client = house.client("lead")
    for path in ("/weeks", "/ledger", *(f"/weeks/{week.code}{each}" for each in WEEK_PAGES)):
        page = client.get(path, headers={"Accept": "text/html"}).text
        assert evil not in page
    assert "&lt;script&gt;" in client.get("/weeks").text


def sent(name: str, data: bytes, rota: bytes = b"") -> dict[str, tuple[str, bytes]]:
    """Return the files of the form that brings a week in."""
    return {"problem": (name, data), "rota": ("rota.csv" if rota else "", rota)}


def test_a_week_is_brought_in_with_its_rota(
    house: House, planned: tuple[Problem, Schedule], tmp_path: Path
) -> None:
    """What people keep in files could not come in."""
    write_csv(*planned, tmp_path / "rota.csv")
    files = sent("team.json", as_text(planned[0]).encode(), (tmp_path / "rota.csv").read_bytes())
    answer = house.client("scheduler").post("/bring-in", files=files)
    assert answer.status_code == 200
    assert f"{len(planned[1].appointments)} sessions in the rota" in answer.text


@pytest.mark.parametrize("name", ["../../evil.json", "/etc/passwd", "a.json\x00.xlsx", "team.json"])
def test_faults_are_listed_and_a_name_is_never_a_path(house: House, name: str, tmp_path: Path) -> None:
    """A file could be written elsewhere by its name, or its faults would come one by one."""
    data = b'{"week_start": "soon", "clinicians": [], "rooms": 3}'
    answer = house.client("scheduler").post("/bring-in", files=sent(name, data))
    assert answer.status_code == 422
    assert "nothing was brought in" in answer.text
    if name.endswith(".json"):
        assert answer.text.count("wrong_type") >= 2
    assert not list(tmp_path.rglob("evil*"))


def test_a_packed_file_that_grows_beyond_all_measure_is_refused(house: House) -> None:
    """A small file could fill the memory."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(300):
            part.write(b"\0" * 2**20)
    answer = house.client("scheduler").post("/bring-in", files=sent("team.xlsx", packed.getvalue()))
    assert answer.status_code == 422
    assert "too_large" in answer.text


def test_a_body_that_is_too_large_is_refused_before_it_is_read(house: House) -> None:
    """Somebody could fill the disk."""
    client = house.client("scheduler")
    answer = client.post("/api/v1/weeks", content=b"x", headers={"Content-Length": str(2**40)})
    assert answer.status_code == 413


def test_a_published_week_is_in_its_clinicians_page_and_calendar_until_it_is_taken_back(house: House) -> None:
    """A clinician would not see the own week, or somebody else's would be in it."""
    with house.store.deciding() as connection:
        week = propose(connection, Actor("scheduler", "scheduler"), find(connection, house.week), "Ready")
        lead = Actor("lead", "lead")
        publish(connection, lead, approve(connection, lead, week, "Fine", ()), "Out", ())
    client = house.client("clinician")
    mine = client.get("/mine").text
    with house.store.reading() as connection:
        schedule = find(connection, house.week).schedule(connection)
        me = find(connection, house.week).problem(connection).clinicians[0].id
    own = {c for a in schedule.appointments if me in a.clinicians for c in a.clients}
    others = {c for a in schedule.appointments if me not in a.clinicians for c in a.clients} - own
    assert all(code in mine for code in own)
    assert not any(code in mine for code in others)
    page = client.post("/mine/calendar", data={"label": "phone"}).text
    address = re.search(r'value="(http[^"]+\.ics)"', page)
    assert address is not None
    stranger = house.client(None)
    calendar = stranger.get(address[1])
    assert calendar.status_code == 200
    assert calendar.text.count("BEGIN:VEVENT") >= len(own)
    hash_ = re.search(r"/mine/calendar/([0-9a-f]{64})/take-back", page)
    assert hash_ is not None
    client.post(f"/mine/calendar/{hash_[1]}/take-back")
    assert stranger.get(address[1]).status_code == 404
