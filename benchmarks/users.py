"""Many people at the application at once, beside a running solve: how long each answer takes.

Each person looks at the board, checks moves, asks for slots and now and then pins a session, as fast as
somebody does who reads what is answered: a pause lies between two questions, five seconds at the mean.
"""

from __future__ import annotations

import json
import random
import statistics
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.instances import Instance
from benchmarks.served import planned, served

Line = dict[str, Any]

_SEED = 0
_EXPECTED = (200, 202, 409)
"""409: somebody else was faster, and the person is shown the difference."""


@dataclass
class Visitor:
    """Somebody at the page, with a cookie for pages and a key for the same answers as data."""

    address: str
    week: str
    cookie: str
    key: str
    items: list[tuple[str, str]]
    dice: random.Random
    pause: float = 5.0
    took: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    version: int = 1

    def work(self, ended: threading.Event) -> None:
        """Ask one thing after the other."""
        kinds = [self.board, self.look, self.check, self.check, self.check, self.slots, self.pin]
        while not ended.wait(self.dice.expovariate(1 / self.pause)):
            self.dice.choice(kinds)()

    def board(self) -> None:
        """Open the week's page."""
        self._ask("board", f"/weeks/{self.week}", {"Cookie": self.cookie})

    def look(self) -> None:
        """Ask which version there is."""
        found = self._ask("version", f"/api/v1/weeks/{self.week}/version", self._own())
        if found is not None:
            self.version = int(json.loads(found)["version"])

    def check(self) -> None:
        """Hold a session over another time."""
        (item, _), (_, start) = self.dice.choice(self.items), self.dice.choice(self.items)
        body = {"item": item, "to": start}
        self._ask("check", f"/api/v1/weeks/{self.week}/check", self._own(seen=True), body)

    def slots(self) -> None:
        """Ask where else a session could be."""
        item, _ = self.dice.choice(self.items)
        self._ask("slots", f"/api/v1/weeks/{self.week}/slots?item={item}", self._own())

    def pin(self) -> None:
        """Pin a session, or unpin it."""
        self.look()
        body = {"item": self.dice.choice(self.items)[0]}
        self._ask("pin", f"/api/v1/weeks/{self.week}/pin", self._own(seen=True), body)

    def _own(self, *, seen: bool = False) -> dict[str, str]:
        own = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        return own | ({"If-Match": f'"{self.version}"'} if seen else {})

    def _ask(self, name: str, path: str, headers: dict[str, str], body: Any = None) -> bytes | None:
        data = None if body is None else json.dumps(body).encode()
        began = time.perf_counter()
        try:
            request = urllib.request.Request(self.address + path, data, headers)
            with urllib.request.urlopen(request, timeout=60) as answer:
                found: bytes = answer.read()
                return found
        except urllib.error.HTTPError as error:
            if error.code not in _EXPECTED:
                self.faults.append(f"{name}: {error.code} {error.read(200).decode(errors='replace')}")
        except OSError as error:
            self.faults.append(f"{name}: {type(error).__name__}")
        finally:
            self.took.setdefault(name, []).append(time.perf_counter() - began)
        return None


def run(
    instance: Instance,
    count: int,
    seconds: float,
    database: str | None,
    pause: float = 5.0,
    processes: int | None = None,
) -> list[Line]:
    """Return a line for each kind of question, and one for all.

    Parameters
    ----------
    instance
        The week; it is solved first, for ten seconds.
    count
        How many people.
    seconds
        How long they ask; beside them a plan is made anew all the time.
    pause
        Mean seconds between two questions of a person.
    database
        A URL of PostgreSQL; ``None``: SQLite in a folder that is gone afterwards.
    processes
        How many answer; ``None``: as many as the command takes by itself.
    """
    with TemporaryDirectory() as folder:
        where = database or str(Path(folder) / "safeschedule.db")
        week, secrets, items = _prepared(instance, count, where)
        options = ["--database", where] if database else ["--data", folder]
        if processes is not None:
            options += ["--processes", str(processes)]
        with served(options) as address:
            people = [
                Visitor(address, week, cookie, key, items, random.Random(_SEED + n), pause)
                for n, (cookie, key) in enumerate(secrets)
            ]
            _asking(people, seconds)
    faults = [fault for one in people for fault in one.faults]
    kinds = sorted({name for one in people for name in one.took})
    lines = [_line(name, [t for one in people for t in one.took.get(name, [])]) for name in kinds]
    every = [t for one in people for times in one.took.values() for t in times]
    return [*lines, _line("all", every) | {"people": count, "faults": len(faults), "first": faults[:3]}]


def _prepared(
    instance: Instance, count: int, where: str
) -> tuple[str, list[tuple[str, str]], list[tuple[str, str]]]:
    """Make people and a planned week; return its code, everybody's secrets, and sessions with starts."""
    from safeschedule.web.auth import grants
    from safeschedule.web.auth.accounts import find_account
    from safeschedule.web.auth.sessions import COOKIE, begin_session
    from safeschedule.web.storage import Store

    week, schedule = planned(instance, 10.0, where, count)
    store, secrets = Store(where), list[tuple[str, str]]()
    with store.writing() as connection:
        for number in range(count):
            account = find_account(connection, f"S{number}")
            assert account is not None
            cookie = f"{COOKIE}={begin_session(connection, account)}"
            secrets.append((cookie, grants.give(connection, grants.PROGRAM, account.code, "benchmark")))
    store.close()
    alone = [each for each in schedule.appointments if each.group is None]
    return week, secrets, [(each.id or "", f"{each.start:%Y-%m-%dT%H:%M}") for each in alone]


def _asking(people: list[Visitor], seconds: float) -> None:
    """Let everybody ask for some time, beside plans that are made anew."""
    ended = threading.Event()
    threads = [threading.Thread(target=one.work, args=(ended,), daemon=True) for one in people]
    first = people[0]
    first.look()
    body = {"kind": "plan", "seconds": seconds}
    first._ask("plan", f"/api/v1/weeks/{first.week}/jobs", first._own(seen=True), body)
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    ended.set()
    for thread in threads:
        thread.join()


def _line(name: str, took: list[float]) -> Line:
    ordered = sorted(took)
    return {
        "question": name,
        "asked": len(ordered),
        "median_ms": 1e3 * statistics.median(ordered),
        "within_95_ms": 1e3 * ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))],
        "highest_ms": 1e3 * ordered[-1],
    }


def table(lines: list[Line]) -> str:
    """Return the lines as a table, and what went wrong."""
    rows = [
        f"| {line['question']} | {line['asked']} | {line['median_ms']:.0f} | {line['within_95_ms']:.0f} "
        f"| {line['highest_ms']:.0f} |"
        for line in lines
    ]
    head = "| question | asked | median ms | 95 of 100 within | highest |"
    last = lines[-1]
    told = f"{last['people']} people, {last['faults']} faults. {'; '.join(last['first'])}"
    return "\n".join([head, "|---|---|---|---|---|", *rows, "", told.strip()])
