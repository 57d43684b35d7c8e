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
