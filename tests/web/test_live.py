"""Live questions and hands on the week, as a program asks them."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from safeschedule import Problem, Schedule
from tests.web.conftest import House


def api(client: TestClient, house: House, path: str, body: object = None, version: int = 1) -> Any:
    """Ask about the week, and return the answer."""
    return client.post(f"/api/v1/weeks/{house.week}/{path}", json=body, headers={"If-Match": f'"{version}"'})


def sessions(client: TestClient, house: House) -> list[dict[str, Any]]:
    """Return the week's sessions."""
    found: list[dict[str, Any]] = client.get(f"/api/v1/weeks/{house.week}/schedule").json()["appointments"]
    return found


def test_a_move_is_judged_before_it_is_made_and_a_broken_rule_refuses_it(house: House) -> None:
    """Somebody would drop a session where it breaks a rule, without a word."""
    client = house.client("scheduler")
    first, other = sessions(client, house)[:2]
    onto = {"item": first["id"], "to": other["start"], "clinician": other["clinicians"][0]}
    night = {"item": first["id"], "to": first["start"][:11] + "03:00"}
    for body in (onto, night):
        verdict = api(client, house, "check", body).json()
        assert verdict["state"] == "breaks"
        assert verdict["said"]
        refused = api(client, house, "move", body)
        assert refused.status_code == 409
        assert refused.json()["verdict"]["said"] == verdict["said"]
    assert sessions(client, house)[0]["start"] == first["start"]


def test_a_move_that_breaks_a_rule_can_be_made_and_then_the_week_says_so(house: House) -> None:
    """A coordinator could not work through a state that is not whole yet, or it would look whole."""
    client = house.client("scheduler")
    first = sessions(client, house)[0]
    body = {"item": first["id"], "to": first["start"][:11] + "03:00", "all_the_same": True}
    assert api(client, house, "move", body).json()["version"] == 2
    told = client.get(f"/api/v1/weeks/{house.week}").json()
    assert not told["compliant"]
    assert told["broken"]
    assert api(client, house, "undo", version=2).json()["action"] == "undone"
    assert client.get(f"/api/v1/weeks/{house.week}").json()["compliant"]


def test_a_cancelled_session_is_not_placed_then_and_finds_its_place_again(house: House) -> None:
    """What was cancelled would be forgotten, or could not come back."""
    client = house.client("scheduler")
    first = next(s for s in sessions(client, house) if s.get("request"))
    placed = client.get(f"/api/v1/weeks/{house.week}").json()["placed"]
    assert api(client, house, "cancel", {"item": first["id"]}).status_code == 200
    assert client.get(f"/api/v1/weeks/{house.week}").json()["placed"] == placed - 1
    slots = client.get(f"/api/v1/weeks/{house.week}/slots", params={"request": first["request"]}).json()
    assert slots["slots"]
    taken = api(client, house, "take", {"request": first["request"], "slot": slots["slots"][0]["slot"]}, 2)
    assert taken.status_code == 200
    told = client.get(f"/api/v1/weeks/{house.week}").json()
    assert (told["placed"], told["compliant"]) == (placed, True)


def test_a_pin_is_kept_in_the_problem_and_can_be_let_go(house: House) -> None:
    """A pinned session would move when the week is planned anew."""
    client = house.client("scheduler")
    first = next(s for s in sessions(client, house) if s.get("request"))
    given = Problem.from_dict(client.get(f"/api/v1/weeks/{house.week}/problem").json())
    assert api(client, house, "pin", {"item": first["id"]}).json()["action"] == "pinned"
    pinned = Problem.from_dict(client.get(f"/api/v1/weeks/{house.week}/problem").json())
    assert len(pinned.pinned_appointments) == len(given.pinned_appointments) + 1
    assert api(client, house, "pin", {"item": first["id"]}, 2).json()["action"] == "unpinned"


def test_a_change_without_the_version_that_was_seen_is_refused(house: House) -> None:
    """Somebody could change a week that looks otherwise than they think."""
    client = house.client("scheduler")
    path = f"/api/v1/weeks/{house.week}/undo"
    assert client.post(path).status_code == 428
    assert client.post(path, headers={"If-Match": '"7"'}).status_code in (404, 409)


def test_a_week_goes_in_and_comes_out_through_the_interface(
    house: House, planned: tuple[Problem, Schedule]
) -> None:
    """An application that embeds the library would get something else than it gave."""
    client = house.client("scheduler")
    body = {"problem": planned[0].to_dict(), "schedule": planned[1].to_dict()}
    code = client.post("/api/v1/weeks", json=body).json()["week"]
    out = Schedule.from_dict(client.get(f"/api/v1/weeks/{code}/schedule").json())
    assert set(out.appointments) == set(planned[1].appointments)
    assert client.post("/api/v1/weeks", json={"problem": {"week_start": "soon"}}).status_code == 422


def test_the_interface_describes_itself_and_calls_nobody(house: House) -> None:
    """A program could not be made from the description, or a page of it would load scripts from elsewhere."""
    client = house.client(None)
    described = client.get("/api/v1/openapi.json").json()
    assert {"/api/v1/weeks", "/api/v1/weeks/{code}/check"} <= set(described["paths"])
    assert all(path.startswith("/api/v1/") for path in described["paths"])
    operations = [each for path in described["paths"].values() for each in path.values()]
    assert len({each["operationId"] for each in operations}) == len(operations)
    assert all(each["operationId"].replace("_", "").isalpha() for each in operations)
    assert "HTTPValidationError" not in str(described)  # faults are told in one shape
    for path in described["paths"].values():
        for operation in path.values():
            told = operation["responses"]["422"]["content"]
            assert list(told) == ["application/problem+json"]
    bring_in = described["paths"]["/api/v1/weeks"]["post"]
    assert bring_in["requestBody"]["required"]
    move = described["paths"]["/api/v1/weeks/{code}/move"]["post"]
    assert [each["name"] for each in move["parameters"] if each["required"]] == ["code", "if-match"]
    answer = move["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer == {"$ref": "#/components/schemas/WeekAnswer"}
    events = described["paths"]["/api/v1/jobs/{job}/events"]["get"]["responses"]["200"]["content"]
    assert list(events) == ["text/event-stream"]
    assert described["security"] == [{"key": []}]
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404
