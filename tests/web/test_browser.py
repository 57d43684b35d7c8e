"""End to end in a real Chromium, with real workers: a week from the file to the clinician's phone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.sync_api import Browser, Locator, Page, expect

from safeschedule import (
    ExceptionOpened,
    HuddleAction,
    HuddleHeld,
    Problem,
    Schedule,
    Signatory,
    Statement,
)
from safeschedule.exchange.json_text import as_text
from safeschedule.ledger import Content, append_within
from safeschedule.samples import generate_actuals
from safeschedule.web.auth.accounts import add_account
from safeschedule.web.auth.bookings import give_booking
from safeschedule.web.jobs import ask_for
from safeschedule.web.storage import Store
from safeschedule.web.storage.tables import jobs
from safeschedule.web.weeks import Actor
from safeschedule.web.weeks.calls import ASKS, tick
from safeschedule.web.weeks.changing import begin
from safeschedule.web.weeks.proposals import find_proposal, keep
from safeschedule.web.weeks.recorded import record
from tests.web import browser as hands

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(hands.chromium() is None, reason="no Chromium: apt-get install chromium"),
]

Planned = tuple[Problem, Schedule]
SCREENS = (
    "", "/today", "/phone", "/links", "/panels", "/intake", "/huddle", "/measures", "/client", "/safe",
    "/rules", "/rules/documentation", "/out", "/sheet/clinician", "/sheet/day", "/sheet/room", "/sheet/wall",
    "/history", "/history/1",
)  # fmt: skip
ROLES = ("scheduler", "lead", "auditor", "admin", "clinician", "viewer")


@pytest.fixture(scope="module")
def made() -> Iterator[Browser]:
    """Give a browser."""
    with hands.browser() as found:
        yield found


@pytest.fixture
def address(tmp_path: Path, planned: Planned) -> Iterator[str]:
    """Give a running application with people and without weeks."""
    hands.wrong.clear()
    store = Store(str(tmp_path / "data" / "safeschedule.db"))
    store.make()
    with store.writing() as connection:
        for role in ROLES:
            clinician = planned[0].clinicians[0].id if role == "clinician" else None
            add_account(connection, role, role, "test", clinician=clinician, password=hands.PASSWORD)
    store.close()
    with hands.serving(tmp_path / "data", "--search", "4") as found:
        yield found
    assert hands.wrong == []


def bring(tmp_path: Path, planned: Planned) -> str:
    """Put the planned week into the database, and return its code."""
    store = Store(str(tmp_path / "data" / "safeschedule.db"))
    with store.deciding() as connection:
        code = begin(connection, Actor("other", "scheduler"), *planned, "For a test").code
    store.close()
    return code


def week_page(made: Browser, address: str, code: str, who: str = "scheduler", **more: object) -> Page:
    """Return the page of a week that is ready for hands."""
    page = hands.person(made, address, who, **more)  # type: ignore[arg-type]
    page.goto(f"{address}/weeks/{code}")
    page.wait_for_selector("#week[data-ready]")
    return page


def lived_in(tmp_path: Path, planned: Planned, code: str) -> list[str]:
    """Let a week have all that fills screens: records, a huddle, an exception, calls, an intake, a link."""
    problem, schedule = planned
    store = Store(str(tmp_path / "data" / "safeschedule.db"))
    by, soon = Signatory(role="lead", code="lead"), datetime.now(UTC).date() + timedelta(days=3)
    contents: list[Content] = [
        HuddleHeld(present=("C01",)),
        HuddleAction(action="See P001", due=soon),
        ExceptionOpened(
            breach="Over", mitigation="None new", recovery_plan="Discharges", owner="lead", review_on=soon
        ),
    ]
    client = schedule.appointments[0].clients[0]
    tell = [{"kind": "client", "code": client, "before": "2026-10-05T09:00", "changes": ["Moved"]}]
    with store.deciding() as connection:
        record(connection, generate_actuals(problem, seed=1, weeks=30), "lead")
        said = [Statement(at=datetime.now(UTC), by=by, why="A test", content=each) for each in contents]
        append_within(connection, *said)
        sick, intake = (ask_for(connection, kind, code, 1, {}, "lead").code for kind in ("sick", "intake"))
        body = {"kind": "sick", "who": "C02", "told": ["Kept"], "tell": tell, "dropped": ["One"]}
        proposal = keep(connection, sick, code, 1, problem, schedule, body)
        way = {"kind": "intake", "client": "N1", "clinician": "C01", "told": ["Has room"], "when": "Monday"}
        keep(connection, intake, code, 1, problem, schedule, way)
        tick(connection, Actor("lead", "lead"), find_proposal(connection, proposal), f"client:{client}", ASKS)
        refusals = [{"clinician": "C02", "reason": "Full", "change": ""}]
        found = {
            "client": "N1",
            "told": ["One can"],
            "refusals": refusals,
            "when": "In a week",
            "instead": ["A group"],
        }
        row = jobs.update().where(jobs.c.code == intake)
        connection.execute(row.values(state="done", found=json.dumps(found)))
        given = schedule.appointments[0]
        secret = give_booking(connection, code, client, given.session_type, given.mode.value, "lead")
    store.close()
    home = f"/weeks/{code}"
    return [
        *(f"{home}{path}" for path in ("/huddle", "/measures", "/intake", "/links", "/today")),
        f"{home}/client?client={client}",
        f"{home}/proposals/{proposal}",
        f"{home}/another-time?item={schedule.appointments[0].id}",
        f"/book/{secret}",
        "/book/nothing",
    ]


def middle(found: Locator) -> tuple[float, float]:
    """Return the middle of something on the page."""
    box = found.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 8)


def version(page: Page) -> int:
    """Return the version of the week that the page shows."""
    return int(page.locator("#board").get_attribute("data-version") or 0)


def test_a_week_from_the_file_to_the_phone(
    made: Browser, address: str, tmp_path: Path, planned: Planned
) -> None:
    """One of the steps on which a team relies would not work in a browser."""
    (tmp_path / "team.json").write_text(as_text(planned[0]))
    page = hands.person(made, address, "scheduler")
    page.click("text=Bring in a week")
    page.set_input_files("#problem", tmp_path / "team.json")
    page.click("text=Bring it in")
    page.click("text=To the week")
    page.wait_for_selector("#week[data-ready]")
    expect(page.locator(".strip")).to_contain_text("broken")

    page.click("text=Plan anew")
    page.wait_for_url(re.compile("/proposals/"), timeout=120_000)
    page.click("text=Take it")
    page.wait_for_selector("#week[data-ready]")
    expect(page.locator(".strip")).to_contain_text("All hard rules kept")
    assert version(page) == 2

    page.goto(f"{page.url}/today")
    page.select_option("#clinician", planned[0].clinicians[-1].id)
    page.click("text=What changes?")
    page.wait_for_url(re.compile("/proposals/"), timeout=120_000)
    expect(page.get_by_role("heading", name="Who is told")).to_be_visible()
    told = page.locator("#tell")
    if told.locator(".calls > li").count():
        told.get_by_role("button", name=re.compile("^Agreed")).first.click()
        expect(told.locator("h2")).to_contain_text("1 of")
    else:  # what the search found leaves everybody's session where it is
        expect(told).to_contain_text("Nobody has to be called")
    page.click("text=Take it")
    page.wait_for_selector("#week[data-ready]")
    week = page.url
    page.click("text=Propose")
    expect(page.locator(".strip")).to_contain_text("proposed")

    lead = hands.person(made, address, "lead")
    lead.goto(week)
    lead.click("text=Approve")
    lead.click("text=Publish")
    expect(lead.locator(".strip")).to_contain_text("published")

    phone = hands.person(made, address, "clinician", width=390, height=844)
    expect(phone.locator(".agenda li").first).to_be_visible()
    phone.click("text=Give me an address")
    calendar = phone.get_by_label("Address of the calendar").input_value()
    assert "BEGIN:VEVENT" in phone.request.get(calendar).text()

    auditor = hands.person(made, address, "auditor")
    auditor.goto(f"{address}/ledger")
    expect(auditor.get_by_role("status")).to_contain_text("Sound.")


def test_a_session_is_dragged_and_what_it_breaks_is_said_before_it_is_dropped(
    made: Browser, address: str, tmp_path: Path, planned: Planned
) -> None:
    """Somebody would drop a session blindly, or it would move although it may not."""
    page = week_page(made, address, bring(tmp_path, planned))
    sessions = page.locator("button.item.session")
    one, other = sessions.nth(0), sessions.nth(1)
    page.mouse.move(*middle(one))
    page.mouse.down()
    page.mouse.move(*middle(other), steps=6)
    expect(page.locator("#verdict.breaks")).to_contain_text("Would break a rule")
    page.mouse.up()
    expect(page.get_by_role("button", name="Move all the same")).to_be_visible()
    assert version(page) == 1
    page.click("text=Leave it")

    one.click()
    slot = page.locator("dialog [data-act=take]").first
    if slot.count():
        slot.click()
        expect(page.locator("#verdict")).to_contain_text("Done:")
        assert version(page) == 2
        page.click("text=Undo")
        expect(page.locator("#verdict")).to_contain_text("Undone")
        assert version(page) == 3


def test_the_whole_week_works_with_keys_alone(
    made: Browser, address: str, tmp_path: Path, planned: Planned
) -> None:
    """Whoever uses no pointer could not move, cancel or undo."""
    page = week_page(made, address, bring(tmp_path, planned))
    first = page.locator("button.item.session").first
    name = first.get_attribute("id")
    first.focus()
    page.keyboard.press("m")
    expect(page.locator("#verdict")).to_contain_text("in your hand")
    for key in ("ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "PageDown", "PageUp", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator("#verdict.breaks, #verdict.costs, #verdict.fits")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".aim")).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == name
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.locator("dialog [data-act=cancel]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_contain_text("Cancelled")
    assert version(page) == 2
    page.locator("[data-act=undo]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_contain_text("Undone")


def test_who_is_slower_is_told_and_sees_the_week_as_it_is(
    made: Browser, address: str, tmp_path: Path, planned: Planned
) -> None:
    """One of two coordinators would lose a change, or not know of the other's."""
    code = bring(tmp_path, planned)
    one, other = week_page(made, address, code), week_page(made, address, code, "lead")
    other.evaluate("() => { window.setInterval = () => 0; }")
    one.locator("button.item.session").nth(0).click()
    one.click("text=Cancel the session")
    expect(one.locator("#verdict")).to_contain_text("Cancelled")
    other.locator("button.item.session").nth(1).click()
    other.locator("dialog [data-act=pin]").click()
    expect(other.locator("#verdict")).to_contain_text(re.compile("changed this week|Pinned"))
    assert version(other) >= 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_screen(
    made: Browser, address: str, tmp_path: Path, planned: Planned, scheme: str
) -> None:
    """Whoever sees little, or hears the page, would be shut out of a screen."""
    code = bring(tmp_path, planned)
    found = {}
    page = week_page(made, address, code, "lead", scheme=scheme)
    for path in [
        *(f"/weeks/{code}{each}" for each in (*SCREENS, "?view=day", "?view=rooms")),
        "/weeks",
        "/ledger",
        "/matters",
        "/bring-in",
        "/nothing",
    ]:
        page.goto(address + path)
        found[path] = hands.violations(page)
    for path in [*on_their_way(page, address, whole=True), *lived_in(tmp_path, planned, code)]:
        page.goto(address + path)
        found[path] = hands.violations(page)
    page.goto(f"{address}/weeks/{code}")
    page.wait_for_selector("#week[data-ready]")
    page.locator("button.item.session").first.click()
    page.wait_for_selector("dialog[open]")
    found["dialog"] = hands.violations(page)
    people = (
        ("admin", "/accounts"),
        ("clinician", "/mine"),
        ("clinician", "/mine/measures"),
        ("viewer", "/published"),
    )
    for who, path in people:
        page = hands.person(made, address, who, scheme=scheme)
        page.goto(address + path)
        found[path] = hands.violations(page)
    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize("width", [390, 768, 1400, 2560])
def test_no_screen_is_wider_than_its_window(
    made: Browser, address: str, tmp_path: Path, planned: Planned, width: int
) -> None:
    """A page would have to be pushed to and fro on a phone."""
    code = bring(tmp_path, planned)
    page = week_page(made, address, code, width=width)
    wide = []
    lived = lived_in(tmp_path, planned, code)
    for path in (*(f"/weeks/{code}{each}" for each in SCREENS), *on_their_way(page, address), *lived):
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)
    assert wide == []


@pytest.mark.parametrize("sheet", ["clinician", "day", "room", "wall"])
def test_a_sheet_is_printed_without_what_belongs_to_the_screen(
    made: Browser, address: str, tmp_path: Path, planned: Planned, sheet: str
) -> None:
    """Buttons and menus would be on the wall, or a sheet without its version."""
    page = week_page(made, address, bring(tmp_path, planned), "lead")
    page.goto(f"{page.url}/sheet/{sheet}")
    page.emulate_media(media="print")
    expect(page.locator(".top")).to_be_hidden()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.locator(".sheet-foot").first).to_contain_text("Version 1")
    assert page.pdf().startswith(b"%PDF")


def on_their_way(page: Page, address: str, *, whole: bool = False) -> list[str]:
    """Drop papers with faults and a calendar, and return the addresses of what is to be looked over."""
    page.goto(f"{address}/bring-in")
    papers = Path(__file__).parent / "papers"
    page.set_input_files(
        "#papers", [papers / "staff.csv", papers / "clients.csv", papers / "JM_calendar.ics"]
    )
    page.click("text=Look at them")
    home = page.url.removeprefix(address)
    if whole:
        for _ in range(2):
            page.get_by_role("link", name=re.compile("^Look over")).first.click()
            for choice in page.locator("select[name^=o]").all():
                choice.select_option("keep")
            page.click("text=Take it in so")
    return [home, f"{home}/papers/1", f"{home}/papers/2", f"{home}/rows/Session types"]
