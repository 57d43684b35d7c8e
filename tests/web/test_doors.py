"""Coming in and going out: links, passwords, sessions, and requests from elsewhere."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from safeschedule.web.auth import grants, signing_in, throttle
from safeschedule.web.auth.accounts import set_password
from safeschedule.web.auth.headers import HEADERS
from safeschedule.web.auth.sessions import COOKIE
from safeschedule.web.storage import Store
from safeschedule.web.told import RefusalError
from tests.web.conftest import House

PASSWORD = "four words are good"


def joined(house: House, code: str) -> TestClient:
    """Give a browser at the door, of somebody who has a password."""
    with house.store.writing() as connection:
        set_password(connection, code, PASSWORD)
    return house.client(None)


def test_the_first_link_makes_one_admin_and_holds_no_longer(store: Store) -> None:
    """Whoever finds an old link could make an admin."""
    secret = signing_in.first_link(store)
    assert secret is not None
    assert signing_in.join_first(store, secret, "A1", PASSWORD)
    assert signing_in.first_link(store) is None
    with pytest.raises(RefusalError):
        signing_in.join_first(store, secret, "A2", PASSWORD)


def test_a_password_lets_in_and_a_wrong_one_does_not(house: House) -> None:
    """Anybody would come in, or nobody."""
    client = joined(house, "lead")
    assert client.post("/sign-in", data={"code": "lead", "password": "wrong"}).status_code == 401
    answer = client.post("/sign-in", data={"code": "lead", "password": PASSWORD})
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert client.get("/api/v1/me").json()["code"] == "lead"


def test_a_session_that_was_signed_out_is_worth_nothing(house: House) -> None:
    """A stolen cookie would live on after its owner has gone."""
    client = house.client("lead")
    secret = client.cookies[COOKIE]
    assert client.post("/sign-out").status_code == 303
    thief = house.client(None)
    thief.cookies.set(COOKIE, secret)
    assert thief.get("/api/v1/me").status_code == 401


def test_guessing_is_stopped_even_with_the_right_password(house: House) -> None:
    """Somebody could try passwords for ever."""
    client = joined(house, "lead")
    for _ in range(throttle.OF_ACCOUNT):
        client.post("/sign-in", data={"code": "lead", "password": "a guess"})
    answer = client.post("/sign-in", data={"code": "lead", "password": PASSWORD})
    assert answer.status_code == 429


def test_a_whole_clinic_comes_in_from_one_address(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind one router, those who come in late in the morning would be locked out by those who came in."""
    monkeypatch.setattr(throttle, "OF_ADDRESS", 3)
    client = joined(house, "lead")
    for _ in range(throttle.OF_ADDRESS + 2):
        assert client.post("/sign-in", data={"code": "lead", "password": PASSWORD}).status_code == 303


def test_who_has_an_account_does_not_guess_those_of_others_for_ever(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Coming in now and then would wipe out the failed tries of one's address."""
    monkeypatch.setattr(throttle, "OF_ADDRESS", 3)
    client = joined(house, "lead")
    for number in range(throttle.OF_ADDRESS):
        assert client.post("/sign-in", data={"code": f"N{number}", "password": "a guess"}).status_code == 401
        if number < throttle.OF_ADDRESS - 1:
            assert client.post("/sign-in", data={"code": "lead", "password": PASSWORD}).status_code == 303
    assert client.post("/sign-in", data={"code": "lead", "password": PASSWORD}).status_code == 429


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "", "Origin": "https://elsewhere.example"},
    ],
)
def test_a_page_elsewhere_changes_nothing(house: House, headers: dict[str, str]) -> None:
    """Another site could use a coordinator's cookie."""
    client = house.client("scheduler")
    answer = client.post(f"/api/v1/weeks/{house.week}/undo", headers={**headers, "If-Match": '"1"'})
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:safeschedule:elsewhere"


def test_a_request_that_says_nothing_of_where_it_comes_from_changes_nothing(house: House) -> None:
    """An old browser could be used from elsewhere."""
    client = house.client("scheduler")
    del client.headers["Sec-Fetch-Site"]
    assert client.post("/sign-out").status_code == 403
    assert client.post("/sign-out", headers={"Origin": "http://127.0.0.1:8420"}).status_code == 303


def test_a_key_of_a_program_needs_no_page_and_can_be_taken_back(house: House) -> None:
    """A program could not ask, or for ever."""
    owner = house.client("scheduler")
    key = owner.post("/api/v1/keys", json={"label": "records"}).json()["bearer"]
    program = house.client(None)
    del program.headers["Sec-Fetch-Site"]
    program.headers["Authorization"] = f"Bearer {key}"
    assert program.get("/api/v1/weeks").status_code == 200
    (kept,) = owner.get("/api/v1/keys").json()
    assert key not in str(kept)
    assert owner.delete(f"/api/v1/keys/{kept['key']}").status_code == 204
    assert program.get("/api/v1/weeks").status_code == 401


def test_a_closed_account_is_out_at_once_with_its_calendar_and_keys(house: House) -> None:
    """Whoever has left could still read."""
    inside = house.client("clinician")
    with house.store.writing() as connection:
        feed = grants.give(connection, grants.FEED, "clinician")
    assert inside.get(f"/calendar/{feed}.ics").status_code == 200
    house.client("admin").post("/accounts/clinician/active", data={"on": "false"})
    assert inside.get("/mine").status_code in (303, 401)
    assert inside.get(f"/calendar/{feed}.ics").status_code == 404


def test_the_last_admin_cannot_be_closed(house: House) -> None:
    """Nobody could make accounts any more."""
    client = house.client("admin")
    assert client.post("/accounts/admin/active", data={"on": "false"}).status_code == 409


def test_every_answer_tells_browsers_to_keep_to_this_place(house: House) -> None:
    """A page could load or frame something from elsewhere."""
    client = house.client(None)
    for path in ("/sign-in", "/assets/app.css", "/nothing", "/api/v1/me"):
        headers = client.get(path).headers
        assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_another_name_of_this_machine_is_refused(house: House) -> None:
    """A name elsewhere that points here could read with a visitor's browser."""
    assert house.client(None).get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.skipif(os.name != "posix", reason="modes of files are those of POSIX")
def test_files_are_readable_by_their_owner_alone(house: House) -> None:
    """Others on the machine could read the database."""
    folder = Path(house.settings.where).parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_database_that_is_away_is_nobodys_fault(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program would be told that its input is wrong, and not try again; or a log would hold codes."""
    client = house.client("lead")

    def away(_: Store) -> None:
        raise OperationalError("SELECT", {"secret": "P001"}, OSError("away"), hide_parameters=True)

    monkeypatch.setattr(Store, "reading", away)
    answer = client.get("/api/v1/weeks")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:safeschedule:away")
    assert house.store.engine.hide_parameters
