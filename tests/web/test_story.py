"""The whole story in a real Chromium: from a clinic's papers to the phone, the ledger and the call list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")
pytest.importorskip("openpyxl", reason="workbooks need openpyxl: pip install 'safeschedule[excel]'")
pytest.importorskip("icalendar", reason="calendars need icalendar: pip install 'safeschedule[calendars]'")

from playwright.sync_api import Browser, Page, expect

from safeschedule.web.auth.accounts import add_account
from safeschedule.web.storage import Store
from tests.web import browser as hands
from tests.web.clinic import ANSWERS, PAPERS, TYPED, WEEK
from tests.web.pictures import picture

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(hands.chromium() is None, reason="no Chromium: apt-get install chromium"),
]

ROLES = ("scheduler", "lead", "auditor", "clinician")
LONG = 240_000
"""Milliseconds for what takes a search, on a machine that has other things to do."""
WIDE, HIGH = 1180, 800


@pytest.fixture(scope="module")
def made() -> Iterator[Browser]:
    """Give a browser."""
    with hands.browser() as found:
        yield found


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Give a running application with people and without weeks."""
    hands.wrong.clear()
    store = Store(str(tmp_path / "data" / "safeschedule.db"))
    store.make()
    with store.writing() as connection:
        for role in ROLES:
            clinician = "JM" if role == "clinician" else None
            add_account(connection, role, role, "test", clinician=clinician, password=hands.PASSWORD)
    store.close()
    with hands.serving(tmp_path / "data", "--search", "15") as found:
        yield found
    assert hands.wrong == []


def test_from_a_clinics_papers_to_the_phone_and_the_ledger(
    made: Browser, address: str, tmp_path: Path
) -> None:
    """A team that begins with its own lists would get stuck on the way to a published week."""
    page = hands.person(made, address, "scheduler", width=WIDE, height=HIGH)
    page.set_default_timeout(60_000)
    bring_in(page, tmp_path)
    plan(page, tmp_path)
    move_by_pointer(page, tmp_path)
    move_by_keys(page)
    fill_the_rest(page, tmp_path)
    somebody_is_ill(page, tmp_path)
    week = page.url.partition("/today")[0]
    page.goto(week)
    page.click("text=Propose")
    expect(page.locator(".strip")).to_contain_text("proposed")

    lead = hands.person(made, address, "lead", width=WIDE, height=HIGH)
    lead.goto(week)
    picture(lead, "approve", tmp_path)
    lead.click("text=Approve")
    lead.click("text=Publish")
    expect(lead.locator(".strip")).to_contain_text("published")

    phone = hands.person(made, address, "clinician", width=390, height=760)
    expect(phone.locator(".agenda li").first).to_be_visible()
    picture(phone, "phone", tmp_path)
    phone.click("text=Give me an address")
    calendar = phone.get_by_label("Address of the calendar").input_value()
    assert "BEGIN:VEVENT" in phone.request.get(calendar).text()

    auditor = hands.person(made, address, "auditor", width=WIDE, height=HIGH)
    auditor.goto(f"{address}/ledger")
    expect(auditor.get_by_role("status")).to_contain_text("Sound.")
    picture(auditor, "ledger", tmp_path)


def bring_in(page: Page, folder: Path) -> None:
    """Bring the papers in: a workbook, a table in an old encoding, and a calendar of Outlook."""
    page.click("text=Bring in a week")
    names = ("clinic.xlsx", "waiting_list.csv", "JM_calendar.ics")
    page.set_input_files("#papers", [PAPERS / name for name in names])
    page.click("text=Look at them")
    for number, value in enumerate(WEEK.values()):
        field = page.locator(f"#w{number}")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name="Keep", exact=True).click()
    # The waiting list comes as a table of its own, and groups are typed in.
    for sheet in ("Waiting list", "Groups"):
        page.get_by_role("button", name=f"Take out clinic.xlsx, {sheet}").click()
    for title, rows in TYPED.items():
        page.locator(".sheets").get_by_role("link", name=title, exact=True).click()
        while len(rows) > (there := page.locator("tbody tr").count()):
            type_in(page, rows[:there])
            page.click("text=Keep, and more rows")
            expect(page.locator("tbody tr")).not_to_have_count(there)
        type_in(page, rows)
        page.get_by_role("button", name="Keep", exact=True).click()
    for name, answers in (("Staff", "Staff"), ("Clients", "Clients"), ("waiting_list", "waiting_list")):
        page.get_by_role("link", name=re.compile(f"Look over .*{name}")).click()
        if name == "Clients":
            picture(page, "mapping", folder)
        answer(page, ANSWERS[answers])
        page.click("text=Take it in so")
    page.get_by_role("button", name="It is for JM_calendar.ics").click()
    expect(page.locator(".strip")).to_contain_text("No faults")
    first = page.locator("article.odd").first
    first.scroll_into_view_if_needed()
    picture(page, "papers", folder)
    many = page.locator("article.odd").count()
    page.locator("article.odd button.mend").first.click()
    expect(page.locator("#mended")).to_be_visible()
    assert page.locator("article.odd").count() < many
    page.click("text=Make the week")
    page.wait_for_selector("#week[data-ready]")


def type_in(page: Page, rows: list[dict[str, str]]) -> None:
    """Type rows into the page."""
    for number, row in enumerate(rows):
        for heading, text in row.items():
            field = page.locator(f'[name="r{number}.{heading}"]')
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(text)
            else:
                field.fill(text)


def answer(page: Page, answers: dict[str, Any]) -> None:
    """Say where columns go, and what words mean."""
    for heading, target in answers["columns"].items():
        box = page.locator("fieldset", has=page.locator("legend", has_text=re.compile(f"^{heading}$")))
        box.locator("select").first.select_option(target)
    for word, meant in answers["words"].items():
        field = page.get_by_label(word, exact=True)
        if field.count():
            field.fill(meant)
    for heading in answers.get("leave", ()):
        box = page.locator("fieldset", has=page.locator("legend", has_text=re.compile(f"^{heading}$")))
        box.locator("select").last.select_option("leave")


def plan(page: Page, folder: Path) -> None:
    """Plan the week, and take what was found."""
    page.click("text=Plan anew")
    page.wait_for_url(re.compile("/proposals/"), timeout=LONG)
    page.get_by_role("button", name="Take it", exact=True).click()
    page.wait_for_selector("#week[data-ready]")
    expect(page.locator(".strip")).to_contain_text("All hard rules kept")
    picture(page, "week", folder)


def version(page: Page) -> int:
    """Return the version of the week that the page shows."""
    return int(page.locator("#board").get_attribute("data-version") or 0)


FREE = """async () => {
  const { code, version, first, units, unit } = document.getElementById("board").dataset;
  const days = [...new Set([...document.querySelectorAll("td.cell")].map((cell) => cell.dataset.day))];
  const two = (number) => String(number).padStart(2, "0");
  for (const item of document.querySelectorAll("button.item.session")) {
    const who = item.closest("td").dataset.who, home = item.closest("td").dataset.day;
    const last = Number(first) + units * unit;
    for (const day of days) for (let minute = Number(first); minute < last; minute += 30) {
      if (day === home && Math.abs(minute - item.dataset.start) < item.dataset.minutes) continue;
      const answer = await fetch(`/api/v1/weeks/${code}/check`, {
        method: "POST", headers: { "Content-Type": "application/json", "If-Match": `"${version}"` },
        body: JSON.stringify({ item: item.dataset.id, clinician: who,
                               to: `${day}T${two(Math.floor(minute / 60))}:${two(minute % 60)}` }) });
      if ((await answer.json()).allowed) return { name: item.id, who, day, minute };
    }
  }
  return null;
}"""
"""Looks for a session and another time at which it breaks nothing."""


def place_of(page: Page) -> dict[str, Any]:
    """Return a session by the name of its button, its clinician, and a day and a minute that are free."""
    found = page.evaluate(FREE)
    assert found is not None, "no session of the week has another time"
    return dict(found)


def move_by_pointer(page: Page, folder: Path) -> None:
    """Drag a session onto another one and see what it breaks; then drag it where it fits."""
    before = version(page)
    place = place_of(page)
    item = page.locator(f"[id='{place['name']}']")
    other = page.locator("button.item.session").last
    item.scroll_into_view_if_needed()
    grip = lift(page, item.bounding_box())
    target = other.bounding_box()
    assert target is not None
    if not 0 < target["y"] < HIGH:
        other = item.locator("xpath=ancestor::tr").locator("button.item.session").last
        target = other.bounding_box()
        assert target is not None
    page.mouse.move(target["x"] + 8, target["y"] + grip, steps=6)
    expect(page.locator("#verdict.breaks")).to_contain_text("Would break a rule")
    picture(page, "drag", folder)
    page.mouse.up()
    page.get_by_role("button", name="Leave it").click()
    assert version(page) == before

    item.scroll_into_view_if_needed()
    grip = lift(page, item.bounding_box())
    minute = place["minute"]
    lane = page.locator(f'td[data-who="{place["who"]}"][data-day="{place["day"]}"] .lane')
    box = lane.bounding_box()
    assert box is not None
    board = page.locator("#board")
    first, units = (int(board.get_attribute(each) or 0) for each in ("data-first", "data-units"))
    y = box["y"] + box["height"] * (minute - first) / (units * 5) + grip
    page.mouse.move(box["x"] + 30, y + 4, steps=4)
    page.mouse.move(box["x"] + 30, y, steps=2)
    expect(page.locator("#verdict.fits, #verdict.costs")).to_be_visible()
    page.mouse.up()
    expect(page.locator("#verdict")).to_contain_text("Moved:", timeout=30_000)
    assert version(page) == before + 1


def lift(page: Page, box: Any) -> float:
    """Take a session into the hand by its upper edge, and return how far below that it is held."""
    assert box is not None
    grip = min(4.0, box["height"] / 2)
    page.mouse.move(box["x"] + 8, box["y"] + grip)
    page.mouse.down()
    return grip


def move_by_keys(page: Page) -> None:
    """Take a session into the hand by a key, and put it down at another time by arrows."""
    before = version(page)
    place = place_of(page)
    item = page.locator(f"[id='{place['name']}']")
    item.focus()
    page.keyboard.press("m")
    expect(page.locator("#verdict")).to_contain_text("in your hand")
    dates = page.evaluate(
        "() => [...new Set([...document.querySelectorAll('td.cell')].map((cell) => cell.dataset.day))]"
    )
    home = item.locator("xpath=ancestor::td").get_attribute("data-day")
    across = dates.index(place["day"]) - dates.index(home)
    grid = int(page.locator("#board").get_attribute("data-grid") or 5)
    down = (place["minute"] - int(item.get_attribute("data-start") or 0)) // grid
    for key, count in (("ArrowRight" if across > 0 else "ArrowLeft", abs(across)),
                       ("ArrowDown" if down > 0 else "ArrowUp", abs(down))):  # fmt: skip
        for _ in range(count):
            page.keyboard.press(key)
    expect(page.locator("#verdict.fits, #verdict.costs")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_contain_text("Moved:")
    assert version(page) == before + 1


def fill_the_rest(page: Page, folder: Path) -> None:
    """Cancel a session by hand, let what is left out be filled, and take what is ticked."""
    before = version(page)
    page.locator("button.item.session").first.click()
    page.click("text=Cancel the session")
    expect(page.locator("#verdict")).to_contain_text("Cancelled")
    page.click("text=Fill the rest")
    page.wait_for_url(re.compile("/proposals/"), timeout=LONG)
    expect(page.get_by_role("heading", name="What still fits")).to_be_visible()
    picture(page, "fill", folder)
    page.get_by_role("button", name="Take it", exact=True).click()
    page.wait_for_selector("#week[data-ready]")
    assert version(page) == before + 2
    expect(page.locator(".strip")).to_contain_text("All hard rules kept")


def somebody_is_ill(page: Page, folder: Path) -> None:
    """Plan again after a sick call, tick who was called, and take it; the ticks stay."""
    week = page.url.partition("?")[0]
    page.goto(f"{week}/today")
    page.select_option("#clinician", "AO")
    page.fill("#start", "2026-10-05T00:00")
    page.fill("#end", "2026-10-06T00:00")
    page.click("text=What changes?")
    page.wait_for_url(re.compile("/proposals/"), timeout=LONG)
    expect(page.get_by_role("heading", name="Who is told")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Agreed")).first.click()
    expect(page.locator("#tell h2")).to_contain_text("1 of")
    page.locator(".calls > li").nth(1).get_by_role("button", name=re.compile("another time")).click()
    expect(page.locator("#tell h2")).to_contain_text("1 ask for another time")
    page.locator("#tell").scroll_into_view_if_needed()
    picture(page, "call-list", folder)
    page.get_by_role("button", name="Take it", exact=True).click()
    page.wait_for_selector("#week[data-ready]")
    page.goto(f"{week}/today")
    expect(page.locator("main")).to_contain_text("1 ask for another time")
