"""The week's page in a real Chromium: until the board can be used, and what a move would break."""

from __future__ import annotations

import random
import shutil
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.instances import Instance
from benchmarks.served import planned, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Line = dict[str, Any]

_SEED, _WAIT = 0, 30_000

# What the page does while a session is held over another cell: it asks, and draws the answer.
_CHECK = """async ([id, to, who]) => {
    const { code, version } = document.getElementById("board").dataset;
    const { ask } = await import("/assets/http.js");
    const { say } = await import("/assets/verdict.js");
    const began = performance.now();
    const found = await ask(`/weeks/${code}/check`, {
        method: "POST", body: { item: id, to, clinician: who }, version: Number(version) });
    say(found);
    document.getElementById("verdict").getBoundingClientRect();
    return performance.now() - began;
}"""


class NoBrowserError(ValueError):
    """There is no Chromium, or no Playwright."""


def chromium() -> str | None:
    """Return the browser's program, where one is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def run(instance: Instance, checks: int, opens: int, seconds: float = 10.0) -> list[Line]:
    """Return a line for each thing that was timed.

    Parameters
    ----------
    instance
        The week; it is solved first, for some seconds.
    checks
        How many moves are asked about, each over another cell.
    opens
        How often the page is opened, each time by a browser that knows nothing of it yet.

    Raises
    ------
    NoBrowserError
        There is nothing to drive, or nothing to drive it with.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise NoBrowserError("Playwright is not installed: pip install playwright") from error
    program = chromium()
    if program is None:
        raise NoBrowserError("no Chromium: apt-get install chromium")
    with TemporaryDirectory() as folder:
        week, cookie, places = _prepared(instance, seconds, Path(folder))
        with served(["--data", folder]) as address, sync_playwright() as play:
            made = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
            pages = [_stranger(made, address, cookie) for _ in range(opens)]
            opened = [_open(page, f"{address}/weeks/{week}") for page in pages]
            page = pages[-1]
            checked = _checks(page, places, checks)
            size = len(page.content().encode())
            made.close()
    first, again = opened[:1], opened[1:] or opened[:1]
    about = {"sessions": len(places), "page_bytes": size}
    return [
        _line("board usable, the first time", first) | about,
        _line("board usable, again", again),
        _line("check of a move", checked),
    ]


def _stranger(made: Browser, address: str, cookie: tuple[str, str]) -> Page:
    """Return a page of somebody who has signed in, in a browser that knows nothing of the application."""
    context = made.new_context(viewport={"width": 1400, "height": 900})
    context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": address}])
    return context.new_page()


def _open(page: Page, address: str) -> float:
    began = time.perf_counter()
    page.goto(address, wait_until="commit", timeout=_WAIT)
    page.wait_for_selector("#week[data-ready]", timeout=_WAIT)
    # Drawn as well, not only there.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    return time.perf_counter() - began


def _checks(page: Page, places: list[tuple[str, str, str]], count: int) -> list[float]:
    dice, found = random.Random(_SEED), []
    for _ in range(count):
        (item, _, _), (_, to, who) = dice.choice(places), dice.choice(places)
        found.append(page.evaluate(_CHECK, [item, to, who]) / 1e3)
    return found


def _prepared(
    instance: Instance, seconds: float, folder: Path
) -> tuple[str, tuple[str, str], list[tuple[str, str, str]]]:
    """Make somebody and a planned week; return its code, a cookie, and sessions: id, start, person."""
    from safeschedule.web.auth.accounts import find_account
    from safeschedule.web.auth.sessions import COOKIE, begin_session
    from safeschedule.web.storage import Store

    where = str(folder / "safeschedule.db")
    week, schedule = planned(instance, seconds, where, 1)
    store = Store(where)
    with store.writing() as connection:
        account = find_account(connection, "S0")
        assert account is not None
        secret = begin_session(connection, account)
    store.close()
    alone = [each for each in schedule.appointments if each.group is None]
    places = [(each.id or "", f"{each.start:%Y-%m-%dT%H:%M}", each.clinicians[0]) for each in alone]
    return week, (COOKIE, secret), places


def _line(name: str, took: list[float]) -> Line:
    ordered = sorted(took)
    return {
        "what": name,
        "times": len(ordered),
        "median_ms": 1e3 * statistics.median(ordered),
        "within_99_ms": 1e3 * ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))],
        "highest_ms": 1e3 * ordered[-1],
    }


def table(lines: list[Line]) -> str:
    """Return the lines as a table."""
    rows = [
        f"| {line['what']} | {line['times']} | {line['median_ms']:.0f} | {line['within_99_ms']:.0f} "
        f"| {line['highest_ms']:.0f} |"
        for line in lines
    ]
    head = "| what | times | median ms | 99 of 100 within | highest |"
    first = lines[0]
    told = f"{first['sessions']} sessions of one client; a page of {first['page_bytes'] / 1e6:.1f} MB."
    return "\n".join([head, "|---|---|---|---|---|", *rows, "", told])
