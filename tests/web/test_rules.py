"""Rules on the page: what a change would do is seen first, and overrides have two keys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from starlette.testclient import TestClient

from safeschedule import Override, Signatory, Statement
from safeschedule.web.auth.accounts import set_password
from safeschedule.web.weeks import find
from safeschedule.web.weeks.deciding import overrides
from tests.web.conftest import House

PASSWORD = "four words are good"
UNTIL = str((datetime.now(UTC) + timedelta(days=3)).date())


def asked(client: TestClient, house: House, second: str, password: str, rule: str = "documentation") -> int:
    """Ask for an override for a clinician, and return the status of the answer."""
    with house.store.reading() as connection:
        whom = find(connection, house.week).problem(connection).clinicians[1].id
    body = {"whom": whom, "until": UNTIL, "why": "Short of staff", "second": second, "password": password}
    return client.post(f"/weeks/{house.week}/rules/{rule}/override", data=body).status_code


def test_an_override_of_safety_needs_a_second_person_with_a_password(house: House) -> None:
    """One person alone could lift a rule that protects somebody."""
    with house.store.writing() as connection:
        for code in ("second", "scheduler"):
            set_password(connection, code, PASSWORD)
        set_password(connection, "lead", PASSWORD)
    client = house.client("lead")
    assert asked(client, house, "", "") == 422
    assert asked(client, house, "second", "a guess") == 401
    assert asked(client, house, "scheduler", PASSWORD) == 403
    assert asked(client, house, "lead", PASSWORD) == 422
    assert asked(client, house, "second", PASSWORD, "no_overlap") == 422
    assert house.store.ledger().entries("override") == ()
    assert asked(client, house, "second", PASSWORD) == 303
    (entry,) = house.store.ledger().entries("override")
    assert isinstance(entry.content, Override)
    assert entry.content.confirmed_by is not None
    assert (entry.by.code, entry.content.confirmed_by.code) == ("lead", "second")


def test_an_override_that_has_ended_excuses_nothing_on_the_page(house: House) -> None:
    """A week would be approved by an exception for which nobody answers any more."""
    today = datetime.now(UTC)
    for days, in_force in ((1, 0), (-1, 1)):
        content = Override(
            rule="documentation",
            clinician="C01",
            until=(today - timedelta(days=days)).date(),
            confirmed_by=Signatory(role="supervisor", code="second"),
        )
        by = Signatory(role="service_lead", code="lead")
        at = today - timedelta(days=5)
        house.store.ledger().add(Statement(at=at, by=by, why="Short of staff", content=content))
        with house.store.reading() as connection:
            assert len(overrides(house.store, connection)) == in_force


def test_another_setting_is_looked_at_before_it_is_taken(house: House) -> None:
    """A rule would be changed by a click, without anybody seeing what comes of it."""
    client = house.client("lead")
    page = f"/weeks/{house.week}/rules/documentation"
    body = {"version": "1", "what": "look", "state": "hard", "weight": "1", "parameters": '{"minutes": 60}'}
    looked = client.post(page, data=body)
    assert looked.status_code == 200
    assert "Broken then" in looked.text
    with house.store.reading() as connection:
        assert find(connection, house.week).version == 1
    assert client.post(page, data=body | {"parameters": '{"minuts": 60}'}).status_code == 422
    assert client.post(page, data=body | {"what": "take"}).status_code == 303
    with house.store.reading() as connection:
        week = find(connection, house.week)
        setting = week.problem(connection).rulebook.setting("documentation")
    assert (week.version, week.action, setting.whole("minutes")) == (2, "rule_changed", 60)


def test_a_concern_stays_open_until_somebody_answers(house: House) -> None:
    """A clinician's concern would be lost, or be closed by nobody."""
    assert house.client("clinician").post("/mine/concern", data={"text": "No break"}).status_code == 303
    lead = house.client("lead")
    assert "No break" in lead.get("/matters").text
    (entry,) = house.store.ledger().entries("concern_raised")
    path = f"/matters/{entry.number}/resolve"
    assert lead.post(f"/matters/{entry.number + 1}/resolve", data={"outcome": "x"}).status_code == 422
    assert lead.post(path, data={"outcome": "A break at noon"}).status_code == 303
    assert "No break" not in lead.get("/matters").text


def test_a_call_is_booked_with_its_new_client(house: House) -> None:
    """A slot that was read aloud could not be kept, or would be without its client."""
    client = house.client("scheduler")
    with house.store.reading() as connection:
        problem = find(connection, house.week).problem(connection)
    for kind in problem.session_types:
        params = {"session_type": kind.id, "client": "", "band": problem.bands[0].id, "mode": "either"}
        page = client.get(f"/weeks/{house.week}/phone", params=params)
        assert page.status_code == 200
        if 'name="slot"' in page.text:
            slot = page.text.partition('name="slot" value="')[2].partition('"')[0]
            break
    else:
        return  # a week so full that nobody can be promised anything
    answer = client.post(f"/weeks/{house.week}/phone", data=params | {"slot": slot, "version": "1"})
    assert answer.status_code == 303
    with house.store.reading() as connection:
        week = find(connection, house.week)
        assert "NEW1" in {each.id for each in week.problem(connection).clients}
        assert any("NEW1" in each.clients for each in week.schedule(connection).appointments)
