"""The story by keys alone: each step is reached by Tab, and done by Enter, Space, arrows and letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")
pytest.importorskip("xlsxwriter", reason="workbooks need xlsxwriter: pip install 'safeschedule[excel]'")

from playwright.sync_api import Browser, Locator, Page, expect

from safeschedule import Problem, Schedule
from safeschedule.exchange.workbook import workbook_of
from safeschedule.web.auth.accounts import add_account
from safeschedule.web.storage import Store
from tests.web import browser as hands

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(hands.chromium() is None, reason="no Chromium: apt-get install chromium"),
]

Planned = tuple[Problem, Schedule]
LONG = 240_000
MOST_TABS = 260


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
        for role in ("scheduler", "lead", "auditor", "clinician"):
            clinician = planned[0].clinicians[0].id if role == "clinician" else None
            add_account(connection, role, role, "test", clinician=clinician, password=hands.PASSWORD)
    store.close()
    with hands.serving(tmp_path / "data", "--search", "6") as found:
        yield found
    assert hands.wrong == []


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus."""
    expect(wanted.first).to_be_visible()
    for _ in range(MOST_TABS):
        if wanted.first.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by Tab")


def press(page: Page, name: str | re.Pattern[str], kind: str = "button", key: str = "Enter") -> None:
    """Reach a button or a link by its name, and press it."""
    reach(page, page.get_by_role(kind, name=name))  # type: ignore[arg-type]
    page.keyboard.press(key)


def write(page: Page, label: str, text: str) -> None:
    """Reach a field by its label, and type."""
    reach(page, page.get_by_label(label))
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def door(made: Browser, address: str, code: str) -> Page:
    """Come in by keys."""
    context = made.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("pageerror", lambda error: hands.wrong.append(f"{code}: {error}"))
    page.goto(f"{address}/sign-in")
    expect(page.locator("#code")).to_be_focused()  # by itself, but later than the page is loaded
    page.keyboard.type(code)
    page.keyboard.press("Tab")
    page.keyboard.type(hands.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def ready(page: Page) -> None:
    """Wait for the board."""
    page.wait_for_selector("#week[data-ready]")


def test_the_story_is_done_by_keys_alone(
    made: Browser, address: str, tmp_path: Path, planned: Planned
) -> None:
    """Whoever uses no pointer would get stuck on one of the steps."""
    (tmp_path / "team.xlsx").write_bytes(workbook_of(planned[0]))
    page = door(made, address, "scheduler")
    press(page, re.compile("Bring in a week"), "link")
    field = page.get_by_label("Your papers")
    reach(page, field)
    with page.expect_file_chooser() as chosen:
        page.keyboard.press("Enter")
    chosen.value.set_files(tmp_path / "team.xlsx")
    press(page, "Look at them")
    press(page, "Make the week")
    ready(page)

    press(page, "Plan anew")
    page.wait_for_url(re.compile("/proposals/"), timeout=LONG)
    press(page, "Take it")
    ready(page)
    expect(page.locator(".strip")).to_contain_text("All hard rules kept")

    first = page.locator("button.item.session").first
    reach(page, first)
    page.keyboard.press("m")
    expect(page.locator("#verdict")).to_contain_text("in your hand")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#verdict.breaks, #verdict.costs, #verdict.fits")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_be_visible()
    press(page, "Cancel the session")
    expect(page.locator("#verdict")).to_contain_text("Cancelled")
    press(page, "Fill the rest")
    page.wait_for_url(re.compile("/proposals/"), timeout=LONG)
    press(page, "Take it")
    ready(page)

    press(page, "Today", "link")
    reach(page, page.get_by_label("Who", exact=True))
    page.keyboard.type(planned[0].clinicians[-1].id)
    press(page, "What changes?")
    page.wait_for_url(re.compile("/proposals/"), timeout=LONG)
    if page.locator(".calls > li").count():
        press(page, re.compile("^Agreed"), key="Space")
        expect(page.locator("#tell h2")).to_contain_text("1 of")
    press(page, "Take it")
    ready(page)
    press(page, "Huddle", "link")
    write(page, "What, without names", "See the one who waits longest")
    press(page, re.compile("Write it down"))
    expect(page.locator("main")).to_contain_text("See the one who waits longest")
    press(page, "Week", "link")
    ready(page)
    press(page, "Propose")
    expect(page.locator(".strip")).to_contain_text("proposed")
    week = page.url

    lead = door(made, address, "lead")
    lead.goto(week)
    ready(lead)
    press(lead, "Approve")
    ready(lead)
    press(lead, "Publish")
    expect(lead.locator(".strip")).to_contain_text("published")

    own = door(made, address, "clinician")
    press(own, "Give me an address")
    expect(own.get_by_label("Address of the calendar")).to_be_visible()
    auditor = door(made, address, "auditor")
    press(auditor, "Ledger", "link")
    expect(auditor.get_by_role("status")).to_contain_text("Sound.")
