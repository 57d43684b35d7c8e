"""Huddle, intake, measures, one client, sheets and call lists: over the library, and for whom they are."""

from __future__ import annotations

import json
import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from safeschedule import Actuals, HuddleHeld, PlanAccepted, Problem, Schedule
from safeschedule.samples import generate_actuals
from safeschedule.web.jobs import ask_for
from safeschedule.web.jobs.kinds import KINDS
from safeschedule.web.storage import Store, documents
from safeschedule.web.storage.tables import accounts, jobs
from safeschedule.web.weeks import Actor, find
from safeschedule.web.weeks.deciding import approve, propose, publish
from safeschedule.web.weeks.proposals import find_proposal, keep
from tests.web.conftest import House

Planned = tuple[Problem, Schedule]
TODAY = datetime.now(UTC).date()
SOON = str(TODAY + timedelta(days=3))


def recorded(house: House, planned: Planned, weeks: int = 12) -> None:
    """Bring in how weeks went, as a scheduler does."""
    files = [
        ("files", (f"{week.week_start}.json", week.model_dump_json().encode()))
        for week in generate_actuals(planned[0], seed=1, weeks=weeks)
    ]
    answer = house.client("scheduler").post(f"/weeks/{house.week}/measures", files=files)
    assert answer.status_code == 303, answer.text


def given_out(house: House) -> None:
    """Publish the week."""
    with house.store.deciding() as connection:
        week = propose(connection, Actor("scheduler", "scheduler"), find(connection, house.week), "Ready")
        lead = Actor("lead", "lead")
        publish(connection, lead, approve(connection, lead, week, "Fine", ()), "Out", ())


def test_what_a_huddle_decides_stands_in_the_ledger_and_on_the_next_agenda(house: House) -> None:
    """What was decided would be forgotten, or an action would be nobody's for ever."""
    client, home = house.client("scheduler"), f"/weeks/{house.week}/huddle"
    assert client.post(f"{home}/held", data={"present": ["C01", "C02"], "why": "Monday"}).status_code == 303
    (held,) = house.store.ledger().entries("huddle_held")
    assert isinstance(held.content, HuddleHeld)
    assert held.content.present == ("C01", "C02")
    assert held.basis.problem_hash
    body = {"what": "See P001 this week", "due": SOON}
    assert client.post(f"{home}/action", data=body).status_code == 303
    page = client.get(home).text
    assert "See P001 this week" in page
    (action,) = house.store.ledger().entries("huddle_action")
    assert action.content.huddle == held.number  # type: ignore[union-attr]
    assert client.post(f"{home}/{action.number}/assign", data={"owner": "C02"}).status_code == 303
    page = client.get(home).text
    assert "Nobody’s" in page or "Nobody&#39;s" in page
    assert re.search(r"See P001 this week.*?C02", page, re.DOTALL)
    assert client.post(f"{home}/{action.number}/assign", data={"owner": ""}).status_code == 422
    assert client.post(f"{home}/action", data={"what": " ", "due": SOON}).status_code == 422


def test_an_exception_is_opened_and_decided_by_a_lead_alone(house: House) -> None:
    """Anybody could close the intakes of a team, or nobody."""
    home = f"/weeks/{house.week}/huddle"
    body = {
        "breach": "C01 is over the cap by 5 points",
        "mitigation": "No new clients",
        "recovery_plan": "Two discharges",
        "owner": "lead",
        "review_on": SOON,
        "clinician": "C01",
    }
    assert house.client("scheduler").post(f"{home}/exception", data=body).status_code == 403
    lead = house.client("lead")
    assert lead.post(f"{home}/exception", data=body).status_code == 303
    (opened,) = house.store.ledger().entries("exception_opened")
    decided = {"decision": "restrict_intakes", "until": SOON}
    assert "Leadership has to decide" in lead.get(home).text
    assert lead.post(f"{home}/{opened.number}/decide", data=decided).status_code == 303
    assert "no intakes for C01" in lead.get("/matters").text
    assert lead.post(f"{home}/{opened.number}/decide", data=decided | {"decision": "x"}).status_code == 422


def test_a_week_that_comes_from_a_huddle_says_so(house: House) -> None:
    """Nobody could see later what came of a huddle."""
    house.client("scheduler").post(f"/weeks/{house.week}/huddle/held", data={"present": ["C01"]})
    (held,) = house.store.ledger().entries("huddle_held")
    with house.store.deciding() as connection:
        week = propose(connection, Actor("scheduler", "scheduler"), find(connection, house.week), "Ready")
        week = approve(connection, Actor("lead", "lead"), week, "Fine", ())
    lead = house.client("lead")
    assert f'<option value="{held.number}">' in lead.get(f"/weeks/{house.week}").text
    body = {"version": str(week.version), "what": "publish", "huddle": str(held.number)}
    assert lead.post(f"/weeks/{house.week}/decide", data=body).status_code == 303
    (accepted,) = house.store.ledger().entries("plan_accepted")
    assert isinstance(accepted.content, PlanAccepted)
    assert accepted.content.huddle == held.number


def test_measures_are_of_the_team_and_those_of_a_person_for_two_people_alone(
    house: House, planned: Planned
) -> None:
    """Figures of one person would be shown to whoever asks."""
    recorded(house, planned)
    given_out(house)
    team = house.client("auditor").get(f"/weeks/{house.week}/measures")
    assert team.status_code == 200
    assert "Active clients per clinician" in team.text
    supervisors = {person.supervisor for person in planned[0].clinicians}
    own = next(person.id for person in planned[0].clinicians if person.id not in supervisors)
    stands_for(house, "clinician", own)
    mine = house.client("clinician").get("/mine/measures")
    assert f"Figures of {own}" in mine.text
    assert "Notes finished" in mine.text
    other = next(person.id for person in planned[0].clinicians if person.id != own)
    for role in ("clinician", "lead", "scheduler"):
        assert house.client(role).get(f"/mine/measures?of={other}").status_code == 403, role
    for role in ("auditor", "viewer", "admin"):
        assert house.client(role).get("/mine/measures").status_code == 403, role


def stands_for(house: House, account: str, clinician: str | None) -> None:
    """Let an account be that of a clinician."""
    with house.store.writing() as connection:
        row = update(accounts).where(accounts.c.code == account)
        connection.execute(row.values(clinician=clinician))


def test_the_named_supervisor_sees_the_figures_of_whom_they_supervise(house: House, planned: Planned) -> None:
    """A supervisor could not do the work that the figures are for."""
    recorded(house, planned)
    given_out(house)
    person = next(p for p in planned[0].clinicians if p.supervisor is not None)
    stands_for(house, "lead", person.supervisor)
    answer = house.client("lead").get(f"/mine/measures?of={person.id}")
    assert answer.status_code == 200
    assert f"Figures of {person.id}" in answer.text


def test_a_record_with_faults_is_told_and_changes_nothing(house: House) -> None:
    """Half of a record would count, or its faults would come one by one."""
    client, home = house.client("scheduler"), f"/weeks/{house.week}/measures"
    bad = [("files", ("week.json", b'{"week_start": "soon", "visits": 3}')), ("files", ("x.pdf", b"%PDF"))]
    answer = client.post(home, files=bad)
    assert answer.status_code == 422
    assert answer.text.count('role="alert"') >= 3
    assert "No week is recorded yet" in answer.text


def test_early_warnings_ask_for_a_review_that_is_written_down(house: House, planned: Planned) -> None:
    """A warning would be seen and forgotten."""
    recorded(house, planned, 30)
    lead, home = house.client("lead"), f"/weeks/{house.week}/measures"
    body = {"subject": "missed_breaks", "outcome": "A break at noon for everybody"}
    assert house.client("scheduler").post(f"{home}/review", data=body).status_code == 403
    assert lead.post(f"{home}/review", data=body).status_code == 303
    (entry,) = house.store.ledger().entries("review_held")
    assert entry.content.subject == "missed_breaks"  # type: ignore[union-attr]


def test_the_waiting_list_says_what_is_known_of_waits(house: House, planned: Planned) -> None:
    """Somebody would be told a wait that nobody knows."""
    client, home = house.client("scheduler"), f"/weeks/{house.week}/intake"
    assert "not known" in client.get(home).text
    recorded(house, planned, 26)
    page = client.get(home).text
    assert "weeks" in page
    assert "Groups" in page


@pytest.mark.slow
def test_who_can_take_somebody_is_asked_as_a_job_and_taken_as_a_version(
    house: House, planned: Planned
) -> None:
    """A client would be taken by headcount, or the page would wait for the whole week to be looked at."""
    problem, schedule = planned
    asked = {"client": "N1", "band": problem.bands[0].id, "seconds": 30.0, "on": str(TODAY), "ledger": []}
    kind = next(each.id for each in problem.session_types if each.largest == 1)
    found = KINDS["intake"](
        problem, schedule, asked | {"session_type": kind}, lambda _: None, threading.Event()
    )
    assert found.found["client"] == "N1"
    assert found.offers or found.found["refusals"]
    for offer in found.offers[:1]:
        with house.store.writing() as connection:
            job = ask_for(connection, "intake", house.week, 1, asked, "scheduler")
            given = Problem.model_validate_json(offer.problem or "")
            week = Schedule.model_validate_json(offer.schedule)
            code = keep(connection, job.code, house.week, 1, given, week, offer.body)
        client = house.client("scheduler")
        path = f"/weeks/{house.week}/proposals/{code}"
        assert client.post(path, data={"version": "1", "what": "take"}).status_code == 303
        with house.store.reading() as connection:
            now = find(connection, house.week)
            assert now.action == "admitted"
            assert "N1" in {each.id for each in now.problem(connection).clients}


def test_an_intake_job_knows_whose_intakes_are_restricted(house: House) -> None:
    """Somebody whose intakes leadership has closed would be proposed."""
    test_an_exception_is_opened_and_decided_by_a_lead_alone(house)
    answer = house.client("scheduler").post(
        f"/api/v1/weeks/{house.week}/jobs",
        json={"kind": "intake", "client": "N1"},
        headers={"If-Match": '"1"'},
    )
    assert answer.status_code == 202
    with house.store.reading() as connection:
        row = connection.execute(jobs.select().where(jobs.c.code == answer.json()["job"])).one()
    kinds = [entry["content"]["kind"] for entry in json.loads(row.asked)["ledger"]]
    assert kinds == ["exception_opened", "exception_decided"]


def proposed(store: Store, week: str) -> str:
    """Keep a proposal with a call list, and return its code."""
    tell = [
        {"kind": "client", "code": "P001", "before": "2026-10-05T09:00", "changes": ["Moved to Tuesday"]},
        {"kind": "clinician", "code": "C01", "before": "2026-10-05T10:00", "changes": ["One more session"]},
    ]
    with store.writing() as connection:
        job = ask_for(connection, "sick", week, 1, {}, "scheduler").code
        now = find(connection, week)
        given = (
            documents.problem(connection, now.problem_key),
            documents.schedule(connection, now.schedule_key),
        )
        return keep(
            connection, job, week, 1, *given, {"kind": "sick", "who": "C02", "told": [], "tell": tell}
        )


def test_who_was_called_is_kept_and_seen_by_the_next_who_calls(house: House) -> None:
    """Two coordinators would call the same client, or one of them nobody."""
    code = proposed(house.store, house.week)
    path, client = f"/weeks/{house.week}/proposals/{code}", house.client("scheduler")
    assert client.post(f"{path}/calls", data={"who": "client:P001", "state": "agreed"}).status_code == 303
    assert client.post(f"{path}/calls", data={"who": "clinician:C01", "state": "asks"}).status_code == 303
    other = house.client("lead").get(path).text
    assert "1 of 2 agreed, 1 ask for another time" in other
    assert "reached, and agreed" in other
    assert "1 of 2 agreed" in other
    client.post(f"{path}/calls", data={"who": "client:P001", "state": "nobody"})
    assert "0 of 2 agreed" in client.get(path).text
    for bad in ({"who": "client:P999", "state": "agreed"}, {"who": "client:P001", "state": "shouted"}):
        assert client.post(f"{path}/calls", data=bad).status_code == 422
    assert "C02 is ill" in client.get(f"/weeks/{house.week}/today").text
    with house.store.reading() as connection:
        assert find_proposal(connection, code).state == "open"


def test_another_time_is_taken_without_the_board(house: House, planned: Planned) -> None:
    """On a phone nobody could give a client another time."""
    client, home = house.client("scheduler"), f"/weeks/{house.week}/another-time"
    for given in planned[1].appointments:
        if given.group is None:
            page = client.get(home, params={"item": given.id}).text
            slot = re.search(r'name="slot" value="([^"]+)"', page)
            if slot is not None:
                break
    else:
        pytest.skip("no session of the week has another time")
    body = {"version": "1", "slot": slot[1], "item": given.id}
    assert client.post(home, data=body).status_code == 303
    with house.store.reading() as connection:
        assert find(connection, house.week).action == "moved"


def test_all_of_one_client_is_on_one_page(house: House, planned: Planned) -> None:
    """Whoever calls about a client would have to look for it in five places."""
    code = planned[1].appointments[0].clients[0]
    client, home = house.client("auditor"), f"/weeks/{house.week}/client"
    page = client.get(home, params={"client": code}).text
    person = planned[0].by_code.clients[code]
    assert person.band.replace("_", " ") in page
    assert f"{planned[1].appointments[0].start:%H:%M}" in page
    assert client.get(home, params={"client": "nobody"}).status_code == 404


@pytest.mark.parametrize("kind", ["clinician", "day", "room", "wall"])
def test_a_sheet_says_which_version_it_is_and_when_it_was_printed(house: House, kind: str) -> None:
    """Two printed rotas on a wall could not be told apart."""
    page = house.client("scheduler").get(f"/weeks/{house.week}/sheet/{kind}").text
    assert "Version 1, draft" in page
    assert re.search(r"Printed \d{4}-\d\d-\d\d \d\d:\d\d UTC", page)
    head = str(house.store.ledger().verify().head)[:24]
    assert head in page
    assert house.client("scheduler").get(f"/weeks/{house.week}/sheet/menu").status_code == 404


def test_a_sheet_of_a_clinician_is_of_that_clinician(house: House, planned: Planned) -> None:
    """Somebody would carry a colleague's clients home."""
    first, second = (person.id for person in planned[0].clinicians[:2])
    page = house.client("scheduler").get(f"/weeks/{house.week}/sheet/clinician", params={"who": first}).text
    only = {c for a in planned[1].appointments if second in a.clinicians for c in a.clients}
    only -= {c for a in planned[1].appointments if first in a.clinicians for c in a.clients}
    assert only
    assert not any(code in page for code in only)


def test_the_teams_workbook_comes_out_as_it_would_go_in(house: House, planned: Planned) -> None:
    """A team that began on the page could not go on in its workbook."""
    pytest.importorskip("openpyxl")
    data = house.client("scheduler").get(f"/weeks/{house.week}/out/team").content
    files = [("papers", ("team.xlsx", data))]
    answer = house.client("scheduler").post("/bring-in/papers", files=files)
    page = house.client("scheduler").get(answer.headers["location"]).text
    assert "No faults" in page
    assert f"{len(planned[0].clients)} clients" in page


def test_a_recorded_week_replaces_an_earlier_record_of_it(house: House) -> None:
    """A correction would be refused, or both would count."""
    client, home = house.client("scheduler"), f"/weeks/{house.week}/measures"
    for _ in range(2):
        week = Actuals(week_start="2026-09-28", events=()).model_dump_json().encode()
        assert client.post(home, files=[("files", ("week.json", week))]).status_code == 303
    assert "(1)</small>: weeks of 2026-09-28." in client.get(home).text
