"""A clinic's papers through the page: understood before they are taken, mended there, and then gone."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from safeschedule.web.storage.tables import bringings, papers
from safeschedule.web.weeks import find
from tests.web.clinic import ANSWERS, PAPERS, TYPED, WEEK
from tests.web.conftest import House

pytest.importorskip("openpyxl", reason="workbooks need openpyxl: pip install 'safeschedule[excel]'")
pytest.importorskip("icalendar", reason="calendars need icalendar: pip install 'safeschedule[calendars]'")

Files = list[tuple[str, tuple[str, bytes]]]


def files(*names: str) -> Files:
    """Return papers as a browser sends them."""
    return [("papers", (name, (PAPERS / name).read_bytes())) for name in names]


def dropped(client: TestClient, *names: str) -> str:
    """Drop papers, and return where they are."""
    answer = client.post("/bring-in/papers", files=files(*names))
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def numbers(page: str) -> dict[str, str]:
    """Return the numbers of tables by their names."""
    found = re.findall(r'papers/(\d+)">(?:Look over|Change)<span class="vh"> ([^<]+)<', page)
    return {html.unescape(name): number for number, name in found}


def form_of(page: str) -> dict[str, str]:
    """Return the form in which a table is looked over, as it stands."""
    page = page[page.index('<form method="post">') :]
    found = {n: html.unescape(v) for n, v in re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', page)}
    for name, choices in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r"<option selected>([^<]*)", choices)
        found[name] = html.unescape(chosen[1]) if chosen else ""
    return found


def looked_over(client: TestClient, home: str, name: str, answers: dict[str, Any]) -> None:
    """Look a table over, and take it in with some answers."""
    number = next(n for called, n in numbers(client.get(home).text).items() if name in called)
    page = client.get(f"{home}/papers/{number}").text
    form = form_of(page)
    heads = {
        html.unescape(heading): n
        for heading, n in re.findall(r'<legend>([^<]*)</legend>.*?name="c(\d+)"', page, re.DOTALL)
    }
    for heading, target in answers["columns"].items():
        form[f"c{heads[heading]}"] = form[f"b{heads[heading]}"] = target
    for key, word in list(form.items()):
        if key.startswith("k") and word in answers["words"]:
            form[f"w{key[1:]}"] = answers["words"][word]
    for heading in answers.get("leave", ()):
        form[f"o{heads[heading]}"] = "leave"
    answer = client.post(f"{home}/papers/{number}", data=form)
    assert answer.status_code == 303, re.findall(r'role="alert">([^<]+)', answer.text)


def typed(client: TestClient, home: str, title: str) -> None:
    """Type rows in."""
    rows = TYPED[title]
    form = {f"r{n}.{heading}": text for n, row in enumerate(rows) for heading, text in row.items()}
    assert client.post(f"{home}/rows/{title}", data=form).status_code == 303


def test_a_clinics_papers_become_a_week_and_are_gone_then(house: House) -> None:
    """A clinic would have to type its lists again, or its lists would stay in the database."""
    client = house.client("scheduler")
    home = dropped(client, "staff.csv", "clients.csv", "waiting_list.csv", "JM_calendar.ics")
    assert client.post(f"{home}/week", data=WEEK).status_code == 303
    for title in TYPED:
        typed(client, home, title)
    page = client.get(home).text
    assert page.count("to be looked over</span>") == 3
    for name, title in (("staff", "Staff"), ("clients", "Clients"), ("waiting_list", "waiting_list")):
        looked_over(client, home, name, ANSWERS[title])
    page = client.get(home).text
    assert "selected>JM" in page
    number = re.search(r"papers/(\d+)/who", page)
    assert number is not None
    client.post(f"{home}/papers/{number[1]}/who", data={"who": "JM"})
    page = client.get(home).text
    assert "No faults" in page, re.findall(r"<article.*?</article>", page, re.DOTALL)[:5]
    assert "A usual time at which the client cannot come" in page
    answer = client.post(f"{home}/finish")
    assert answer.status_code == 303
    with house.store.reading() as connection:
        week = find(connection, answer.headers["location"].rpartition("/")[2])
        problem = week.problem(connection)
        assert connection.execute(papers.select()).all() == connection.execute(bringings.select()).all() == []
    assert len(problem.clinicians) == 6
    assert len(problem.clients) == 69
    assert any("JM" in meeting.clinicians for meeting in problem.meetings)
    assert "Brought in from papers: 3 tables, 1 calendar" in week.why
    assert client.get(home).status_code == 404


def test_a_fault_is_mended_by_a_click_and_the_click_taken_back(house: House) -> None:
    """For a typing error somebody would have to mend a list in a spreadsheet and bring it again."""
    client = house.client("scheduler")
    staff = b"Code,Hours,Sites,Supervises\nKB,mon 9-12,rivreside,yes\nJM,tue 9-12,riverside,\n"
    seen = b"Client,Therapist,Last seen\nK1,KB,08/10\nK2,KB,09/10\n"
    given = [("papers", ("staff.csv", staff)), ("papers", ("clients.csv", seen))]
    home = client.post("/bring-in/papers", files=given).headers["location"]
    client.post(f"{home}/week", data=WEEK | {"Dates are written": "", "Hours from 1 to 6": ""})
    form = {"r0.What": "site", "r0.Code": "riverside"}
    client.post(f"{home}/rows/Rooms and sites", data=form)
    for name in ("staff", "clients"):
        number = next(n for called, n in numbers(client.get(home).text).items() if name in called)
        form = form_of(client.get(f"{home}/papers/{number}").text)
        # What cannot be read is brought in as it is written, to be mended afterwards.
        form |= {key: "keep" for key in form if re.fullmatch(r"o\d+", key)}
        assert client.post(f"{home}/papers/{number}", data=form).status_code == 303
    page = client.get(home).text
    assert "3 faults of 2 kinds" in page
    assert "Team row 3" not in page  # said once for the column, with the row beside the value
    for says in ("Dates are written: day/month/year", "&#34;rivreside&#34; is riverside"):
        edits = re.search(rf'name="edits" value="([^"]+)"><button class="mend">{says}', page)
        assert edits is not None, says
        assert client.post(f"{home}/mends", data={"edits": html.unescape(edits[1])}).status_code == 303
    page = client.get(home).text
    assert "No faults" in page, re.findall(r"<article.*?</article>", page, re.DOTALL)
    gone = re.search(r'action="[^"]+/take-back"><input type="hidden" name="edits" value="([^"]+)"', page)
    assert gone is not None
    client.post(f"{home}/mends/take-back", data={"edits": html.unescape(gone[1])})
    assert "2 faults of 1 kind" in client.get(home).text


def test_a_cell_can_say_what_somebody_types(house: House) -> None:
    """A fault for which nothing is offered could not be mended on the page."""
    client = house.client("scheduler")
    given = [("papers", ("staff.csv", b"Code,Hours,FTE,Supervises\nKB,mon 9-12,most,yes\n"))]
    home = client.post("/bring-in/papers", files=given).headers["location"]
    client.post(f"{home}/week", data=WEEK)
    (number,) = numbers(client.get(home).text).values()
    form = form_of(client.get(f"{home}/papers/{number}").text)
    form |= {key: "keep" for key in form if re.fullmatch(r"o\d+", key)}
    client.post(f"{home}/papers/{number}", data=form)
    page = client.get(home).text
    edits = re.search(r'class="row instead"><input type="hidden" name="edits" value="([^"]+)"', page)
    assert edits is not None
    client.post(f"{home}/mends", data={"edits": html.unescape(edits[1]), "put": "0.8"})
    assert "No faults" in client.get(home).text
    for bad in ("{", '[{"sheet": 1}]', '"x"'):
        assert client.post(f"{home}/mends", data={"edits": bad}).status_code == 422


def test_what_was_decided_is_proposed_again_next_week(house: House) -> None:
    """The same words of the same list would have to be answered every week."""
    client = house.client("scheduler")
    for week in ("2026-10-05", "2026-10-12"):
        home = dropped(client, "staff.csv")
        page = client.get(home).text
        if week != "2026-10-05":
            assert 'value="2026-10-12"' in page
            assert "Rooms and sites, as last time" in page
        client.post(f"{home}/week", data=WEEK | {"Week start": week})
        if week == "2026-10-05":
            typed(client, home, "Rooms and sites")
            looked_over(client, home, "staff", ANSWERS["Staff"])
            continue
        (number,) = numbers(client.get(home).text).values()
        page = client.get(f"{home}/papers/{number}").text
        assert "Such a table came before" in page
        assert "Role = counsellor; New in post = yes" in page
        assert form_of(page)["c4"] == ""


def test_papers_are_seen_by_whoever_brought_them_alone(house: House) -> None:
    """A client list on its way would be open to everybody who signs in."""
    client = house.client("scheduler")
    home = dropped(client, "clients.csv")
    (number,) = numbers(client.get(home).text).values()
    lead = house.client("lead")
    for path in (home, f"{home}/papers/{number}", f"{home}/rows/Travel"):
        assert lead.get(path).status_code == 404
    assert lead.post(f"{home}/away").status_code == 404
    assert client.post(f"{home}/away").status_code == 303
    assert client.get(home).status_code == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("week.pdf", b"%PDF-1.7"),
        ("list.csv", b"\0\0\0"),
        ("list.csv", b"one\ntwo\n"),
        ("book.xlsx", b"no zip"),
        ("../../etc/passwd", b"root"),
    ],
)
def test_another_kind_of_file_is_refused_by_its_own_name(house: House, name: str, data: bytes) -> None:
    """A file that nobody can read would be taken in, or be called by a name that nobody knows."""
    answer = house.client("scheduler").post("/bring-in/papers", files=[("papers", (name, data))])
    assert answer.status_code == 422
    assert "file0" not in answer.text
    assert name.rpartition("/")[2] in answer.text


def test_a_workbook_gives_a_table_for_each_sheet_and_the_teams_own_is_known(house: House) -> None:
    """A workbook with four lists would have to be brought four times."""
    client = house.client("scheduler")
    home = dropped(client, "clinic.xlsx")
    assert [name.partition(", ")[2] for name in numbers(client.get(home).text)] == [
        "Staff", "Clients", "Waiting list", "Groups",
    ]  # fmt: skip


def test_old_papers_are_removed(house: House) -> None:
    """A client list that somebody forgot would stay for ever."""
    from sqlalchemy import update

    client = house.client("scheduler")
    home = dropped(client, "clients.csv")
    with house.store.writing() as connection:
        connection.execute(update(bringings).values(seen_at="2020-01-01T00:00:00.000000Z"))
    client.get("/bring-in")
    assert client.get(home).status_code == 404
    with house.store.reading() as connection:
        assert connection.execute(papers.select()).all() == []
