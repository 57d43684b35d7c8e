"""Links by which a client books one safe time: once, for some days, and never what breaks a rule."""

from __future__ import annotations

import re

from sqlalchemy import update
from starlette.testclient import TestClient

from safeschedule import Appointment, Desk, verify
from safeschedule.web.storage.tables import bookings
from safeschedule.web.weeks import Actor, find
from safeschedule.web.weeks.changing import change
from tests.web.conftest import House


def freed(house: House) -> Appointment:
    """Take a session out of the week, so that its time is free, and return it."""
    with house.store.deciding() as connection:
        week = find(connection, house.week)
        desk = Desk(week.problem(connection), week.schedule(connection))
        given = next(a for a in desk.schedule.appointments if a.group is None and len(a.clients) == 1)
        change(
            connection,
            Actor("scheduler", "scheduler"),
            week,
            "cancelled",
            "A test",
            schedule=desk.without(given),
        )
    return given


def link(house: House, given: Appointment) -> str:
    """Give a link for the client of a session that was taken out, and return its path."""
    body = {"client": given.clients[0], "session_type": given.session_type, "mode": given.mode.value}
    page = house.client("scheduler").post(f"/weeks/{house.week}/links", data=body).text
    found = re.search(r'value="http://[^/]+(/book/[^"]+)"', page)
    assert found is not None
    return found[1]


def keys(stranger: TestClient, path: str) -> list[str]:
    """Return the times that a link offers."""
    return re.findall(r'name="slot" value="([^"]+)"', stranger.get(path).text)


def test_a_client_books_one_time_by_a_link_and_no_second_one(house: House) -> None:
    """A client could book the whole week, or a time that breaks a rule."""
    given = freed(house)
    path, stranger = link(house, given), house.client(None)
    first, *_ = keys(stranger, path)
    assert stranger.post(path, data={"slot": first}).status_code == 303
    page = stranger.get(path).text
    assert "It is booked" in page
    assert 'name="slot"' not in page
    assert "It is booked" in stranger.post(path, data={"slot": first}).text
    with house.store.reading() as connection:
        week = find(connection, house.week)
        problem, schedule = week.problem(connection), week.schedule(connection)
    assert (week.version, week.action, week.by_role) == (3, "booked_by_link", "booking")
    assert given.request in {a.request for a in schedule.appointments}
    assert verify(problem, schedule).compliant


def test_a_time_that_is_gone_meanwhile_is_not_booked(house: House) -> None:
    """Two clients would have the same time."""
    given = freed(house)
    paths = [link(house, given), link(house, given)]
    stranger = house.client(None)
    first, *_ = keys(stranger, paths[0])
    assert stranger.post(paths[0], data={"slot": first}).status_code == 303
    answer = stranger.post(paths[1], data={"slot": first})
    assert answer.status_code == 409
    assert "gone meanwhile" in answer.text


def test_a_link_says_nothing_of_anybody_and_ends(house: House) -> None:
    """A stranger would read who works there, or use an old link."""
    given = freed(house)
    path, stranger = link(house, given), house.client(None)
    page = stranger.get(path).text
    with house.store.reading() as connection:
        problem = find(connection, house.week).problem(connection)
    codes = [person.id for person in problem.clinicians] + [client.id for client in problem.clients]
    assert not [code for code in codes if code in page]
    assert stranger.get("/book/nothing").status_code == 404
    with house.store.writing() as connection:
        connection.execute(update(bookings).values(ends_at="2020-01-01T00:00:00.000000Z"))
    assert stranger.get(path).status_code == 404


def test_a_link_is_taken_back_and_a_page_elsewhere_books_nothing(house: House) -> None:
    """A link that was sent to the wrong person would go on working."""
    given = freed(house)
    path, stranger = link(house, given), house.client(None)
    first, *_ = keys(stranger, path)
    elsewhere = stranger.post(path, data={"slot": first}, headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 403
    client = house.client("scheduler")
    for gone in re.findall(r"/links/([0-9a-f]{64})/take-back", client.get(f"/weeks/{house.week}/links").text):
        client.post(f"/weeks/{house.week}/links/{gone}/take-back")
    assert stranger.get(path).status_code == 404


def test_a_link_for_nothing_that_can_be_booked_is_refused(house: House) -> None:
    """Somebody would be sent a link that only tells a fault."""
    client = house.client("scheduler")
    for body in ({"client": "N1", "session_type": "x"}, {"client": " ", "session_type": "x"}):
        assert client.post(f"/weeks/{house.week}/links", data=body).status_code == 422
