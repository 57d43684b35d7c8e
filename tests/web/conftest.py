"""An application in this process, with an account for each role, over a small week that is planned."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the web application is not installed: pip install 'safeschedule[web]'")
pytest.importorskip("httpx2", reason="the test client needs httpx2")

from fastapi import FastAPI
from starlette.testclient import TestClient

from safeschedule import Problem, Schedule, solve
from safeschedule.samples import generate
from safeschedule.web.app import create_app
from safeschedule.web.auth.accounts import add_account, find_account
from safeschedule.web.auth.roles import ROLES
from safeschedule.web.auth.sessions import COOKIE, begin_session
from safeschedule.web.settings import Settings
from safeschedule.web.storage import Store
from safeschedule.web.weeks import Actor
from safeschedule.web.weeks.changing import begin

OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
"""What a browser says of a request that a page of the application has sent."""


@pytest.fixture(scope="session")
def planned() -> tuple[Problem, Schedule]:
    """Give a week of three clinicians with its schedule, which keeps every hard rule."""
    problem = generate(3, 1)
    found = solve(problem, deterministic_limit=0.05, workers=1, seed=1)
    assert found.schedule is not None
    return problem, found.schedule


@pytest.fixture(scope="session")
def new_postgres() -> Iterator[Callable[[], str]]:
    """Give what makes a new database and returns its URL, or skip where there is no server."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'safeschedule[postgres]'")
    from tests.support.postgres import new_database, programs, server

    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    numbers = count()
    with server(folder) as port:
        yield lambda: new_database(port, f"web_{next(numbers)}")


POSTGRES = pytest.param("postgresql", marks=[pytest.mark.xdist_group("postgres"), pytest.mark.slow])


@pytest.fixture(scope="session")
def empty_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of an empty store, for each test to copy: to make one takes half a second."""
    folder = tmp_path_factory.mktemp("empty") / "data"
    made = Store(str(folder / "safeschedule.db"))
    made.make()
    made.close()
    return folder


@pytest.fixture(params=["sqlite", POSTGRES])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give an empty store, in each of the two databases."""
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("empty_data"), tmp_path / "data")
        made = Store(str(tmp_path / "data" / "safeschedule.db"))
    else:
        new: Callable[[], str] = request.getfixturevalue("new_postgres")
        made = Store(new())
        made.make()
    yield made
    made.close()


@dataclass
class House:
    """An application with people in it.

    Parameters
    ----------
    store
        Where it keeps everything.
    week
        The code of the week that is in it.
    """

    store: Store
    settings: Settings
    week: str

    @cached_property
    def app(self) -> FastAPI:
        """The application that all of its browsers ask: to make one takes a third of a second."""
        return create_app(self.settings, self.store)

    def client(self, role: str | None) -> TestClient:
        """Give a browser: of somebody of that role, or of nobody."""
        client = TestClient(
            self.app, base_url="http://127.0.0.1:8420", headers=OWN_PAGE, follow_redirects=False
        )
        if role is not None:
            with self.store.writing() as connection:
                account = find_account(connection, role)
                assert account is not None
                client.cookies.set(COOKIE, begin_session(connection, account))
        return client


@pytest.fixture(scope="session")
def furnished(
    empty_data: Path, tmp_path_factory: pytest.TempPathFactory, planned: tuple[Problem, Schedule]
) -> tuple[Path, str]:
    """Give the folder of a store with accounts and a week, for each test to copy, and the week's code."""
    folder = tmp_path_factory.mktemp("furnished") / "data"
    shutil.copytree(empty_data, folder)
    store = Store(str(folder / "safeschedule.db"))
    with store.writing() as connection:
        for role in (*ROLES, "second"):
            clinician = planned[0].clinicians[0].id if role == "clinician" else None
            add_account(connection, role, "lead" if role == "second" else role, "test", clinician=clinician)
    with store.deciding() as connection:
        week = begin(connection, Actor("scheduler", "scheduler"), *planned, "For a test")
    store.close()
    return folder, week.code


@pytest.fixture
def house(tmp_path: Path, furnished: tuple[Path, str]) -> Iterator[House]:
    """Give an application on SQLite with a week, and an account for each role that is called like it."""
    folder, week = furnished
    shutil.copytree(folder, tmp_path / "data")
    where = str(tmp_path / "data" / "safeschedule.db")
    store = Store(where)
    yield House(store, Settings(where), week)
    store.close()
