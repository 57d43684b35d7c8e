"""Every route by every role: the list comes from the application itself, so that no route is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from safeschedule.web import api, pages
from safeschedule.web.auth.guard import permission_of
from safeschedule.web.auth.roles import GRANTED, Permission
from tests.web.conftest import House

PUBLIC = {
    "/healthy": "says that it answers, and nothing else",
    "/sign-in": "the door",
    "/first/{secret}": "a secret that holds for a day, until there is an account",
    "/join/{secret}": "a secret that holds for a week",
    "/book/{secret}": "a secret that holds for a week and books one session: clients have no accounts",
    "/calendar/{secret}.ics": "a secret that can be taken back: calendar programs cannot sign in",
}
"""The routes that ask for nobody, each with its reason."""

BODIES = {"PUT", "POST", "DELETE", "PATCH"}


def routes() -> Iterator[tuple[str, str, Permission | None]]:
    """Yield method, path and permission of every route."""
    for router in (*api.ROUTERS, *pages.ROUTERS):
        for route in router.routes:
            assert isinstance(route, APIRoute)
            found = set(asked_of(route.dependant))
            assert len(found) <= 1, f"{route.path} asks for several permissions"
            for method in sorted(route.methods):
                yield method, route.path, next(iter(found), None)


def asked_of(dependant: Dependant) -> Iterator[Permission]:
    """Yield the permissions that a route asks for, however deep."""
    if dependant.call is not None and (permission := permission_of(dependant.call)) is not None:
        yield permission
    for each in dependant.dependencies:
        yield from asked_of(each)


ALL = sorted(routes())


def test_a_route_asks_for_a_permission_or_is_public_for_a_reason() -> None:
    """A route would answer whoever asks, because nobody thought of it."""
    assert {path for _, path, permission in ALL if permission is None} == set(PUBLIC)


@pytest.mark.parametrize("role", [None, *GRANTED])
def test_every_route_by_every_role(house: House, role: str | None) -> None:
    """Somebody would be let in who has no permission, or kept out who has it."""
    client = house.client(role)
    wrong = []
    for method, path, permission in ALL:
        if permission is None or path == "/sign-out":
            continue
        address = re.sub(r"\{code\}", house.week, path)
        address = re.sub(r"\{version\}", "1", re.sub(r"\{[a-z_]+\}", "nothing", address))
        answer = client.request(method, address, headers={"If-Match": '"99"'})
        inside = answer.status_code not in (401, 403)
        may = role is not None and permission in GRANTED[role]
        if inside != may or (role is None and answer.status_code != 401):
            wrong.append((method, address, answer.status_code))
    assert wrong == []


def test_a_clinician_reads_no_week_that_is_worked_on(house: House) -> None:
    """A clinician would see the drafts of everybody's week."""
    client = house.client("clinician")
    assert client.get(f"/api/v1/weeks/{house.week}").status_code == 403
    assert client.get(f"/weeks/{house.week}/out/csv").status_code == 403
