"""Another process that answers over the same database, as one that the supervisor starts beside others."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
"""What a browser says of a request that a page of the application has sent."""


@dataclass
class Answer:
    """What a process answered."""

    status: int
    text: str
    found: Any


class Neighbour:
    """Asks an application in a process of its own."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def ask(self, method: str, path: str, **more: Any) -> Answer:
        """Return what it answers; `cookies` say who asks."""
        self._pipe.send((method, path, more))
        answer: Answer = self._pipe.recv()
        return answer


@contextmanager
def neighbour(where: str) -> Iterator[Neighbour]:
    """Run an application over a database in a process of its own."""
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe()
    process = context.Process(target=_answer, args=(where, its), daemon=True)
    process.start()
    its.close()
    try:
        yield Neighbour(mine)
    finally:
        mine.close()
        process.join(60)
        process.kill()


def _answer(where: str, pipe: Connection) -> None:
    """Answer until nobody asks any more."""
    from starlette.testclient import TestClient

    from safeschedule.web.app import create_app
    from safeschedule.web.settings import Settings

    app = create_app(Settings(where))
    while True:
        try:
            method, path, more = pipe.recv()
        except EOFError:
            return
        # A new browser each time: nobody's cookies are left.
        client = TestClient(app, base_url="http://127.0.0.1:8420", headers=OWN_PAGE, follow_redirects=False)
        client.cookies.update(more.pop("cookies", {}))
        found = client.request(method, path, **more)
        is_json = "json" in found.headers.get("content-type", "")
        pipe.send(Answer(found.status_code, found.text, found.json() if is_json else None))
