from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.browser import chromium
from safeschedule.problem import Problem
from safeschedule.reports.html import write_html
from safeschedule.schedule import Schedule
from safeschedule.verifier import Verification

BROWSER = chromium()
if BROWSER is None:
    pytest.skip("no Chromium is installed (Debian: apt-get install chromium)", allow_module_level=True)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

# A page follows a link to one of its parts after the click has returned: what it then shows is waited for.
expect = playwright.expect

pytestmark = pytest.mark.xdist_group("browser")

VIEWS = ["people", "days", "rooms", "clients"]
SHOWN = "[...document.querySelectorAll('.view:not([hidden])')].map((node) => node.id)"

# Contrast of each text with the colour behind it, by the formula of WCAG 2.
CONTRAST = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const found = rgb(getComputedStyle(node).backgroundColor);
      if (found.length < 4 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility() || node.closest("script,style")) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) poor.push(`${node.className} ${walker.currentNode.data.trim()}: ${ratio}`);
  }
  return [...new Set(poor)];
}"""

# Texts of one lane may not run into each other, nor out of their item.
OVERLAPS = """() => {
  const found = [];
  for (const lane of document.querySelectorAll("ol.lane")) {
    const boxes = [...lane.querySelectorAll("li:not(.off):not(.none)")].map((node) => {
      const box = node.getBoundingClientRect(), text = node.firstElementChild.getBoundingClientRect();
      if (text.bottom > box.bottom + 1 || text.right > box.right + 1) found.push(`out: ${node.textContent}`);
      return [box, node.textContent];
    });
    boxes.forEach(([a, one], i) => boxes.slice(i + 1).forEach(([b, other]) => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 1) found.push(`${one} / ${other}`);
    }));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def file(week: tuple[Problem, Schedule, Verification], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "rota.html"
    write_html(*week, path)
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as engine:
        found = engine.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def load(browser: Any, file: Path) -> Iterator[Any]:
    opened = []

    def page(part: str = "", now: datetime | None = None, **options: Any) -> Any:
        defaults = {"viewport": {"width": 1600, "height": 1000}, "reduced_motion": "reduce"}
        context = browser.new_context(**(defaults | options))
        opened.append(context)
        tab = context.new_page()
        tab.seen = []
        tab.on("console", lambda message: tab.seen.append(message.text))
        tab.on("pageerror", lambda error: tab.seen.append(str(error)))
        tab.on("request", lambda request: tab.seen.append(request.url))
        if now is not None:
            tab.clock.set_fixed_time(now)
        tab.goto(file.as_uri() + part)
        return tab

    yield page
    for context in opened:
        context.close()


def test_nothing_is_fetched_and_nothing_goes_wrong(load: Any, file: Path) -> None:
    """Otherwise the page would need a network, or tell one about its readers."""
    assert load().seen == [file.as_uri()]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.slow
def test_texts_have_enough_contrast(load: Any, scheme: str, view: str) -> None:
    """Otherwise people with weak sight could not read it in one of the two schemes."""
    page = load(f"#{view}", color_scheme=scheme)
    assert page.evaluate(CONTRAST) == []


def test_schemes_differ(load: Any) -> None:
    """Otherwise the dark scheme would never apply."""
    colours = {
        scheme: load(color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert colours["light"] != colours["dark"]


@pytest.mark.parametrize("view", ["people", "days", "rooms"])
@pytest.mark.parametrize("width", [1600, 1024, 390])
@pytest.mark.slow
def test_no_text_overlaps_in_the_grids(load: Any, width: int, view: str) -> None:
    """Otherwise sessions could not be told apart."""
    page = load(f"#{view}", viewport={"width": width, "height": 900})
    assert page.locator(f"#{view} ol.lane:visible").count() > 0
    assert page.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [1400, 390])
def test_neither_the_page_nor_the_load_scrolls_sideways(load: Any, width: int, view: str) -> None:
    """Otherwise it could not be read on a telephone, nor the load at a desk."""
    page = load(f"#{view}", viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    outside = """() => [...document.querySelectorAll("#load *, #unplaced *")]
      .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !node.closest(".vh"))
      .map((node) => node.outerHTML.slice(0, 80))"""
    assert page.evaluate(outside) == []


def test_one_view_is_shown_at_a_time(load: Any) -> None:
    """Otherwise the week by room would stand below twenty screens of the week by clinician."""
    page = load()
    for view in VIEWS:
        page.click(f"a[data-view][href='#{view}']")
        expect(page.locator(f"#{view}")).to_be_visible()
        assert page.evaluate(SHOWN) == [view]
        assert page.locator("a[aria-current]").get_attribute("href") == f"#{view}"


def test_today_leads_to_today(load: Any) -> None:
    """Otherwise the front desk would look for today's column each morning, or land on another day's."""
    page = load(now=datetime(2026, 10, 7, 8, tzinfo=UTC))
    page.click("#today")
    expect(page.locator("#d3")).to_be_visible()
    assert page.evaluate("location.hash") == "#d3"
    assert page.locator("#people .today").count() == 8
    other = load(now=datetime(2026, 10, 14, 8, tzinfo=UTC))
    assert not other.locator("#today").is_visible()


def test_mark_in_the_grid_leads_to_the_rule_and_back(load: Any) -> None:
    """Otherwise a broken rule and the place where it is broken would have to be matched by eye."""
    page = load("#rooms")
    mark = page.locator("#rooms a.broken, #people a.broken").first
    rule = mark.get_attribute("href")
    mark.evaluate("(node) => node.click()")
    where = page.locator(f"{rule} a.where").first
    target = where.get_attribute("href")
    where.click()
    expect(page.locator(target)).to_be_visible()
    assert page.locator(f"{target} a.broken[href='{rule}']").count() > 0


@pytest.mark.slow
def test_keyboard_reaches_the_main_parts(load: Any) -> None:
    """Otherwise people without a mouse could not use it."""
    page = load()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    reached = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.closest('section')?.id"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none" or (
            page.evaluate("document.activeElement === document.body")
        )
    assert {"verdict", "people", "unplaced", "rules", "load"} <= reached


def test_filter_shows_the_clinicians_asked_for(load: Any) -> None:
    """Otherwise finding one of a hundred clinicians would mean scrolling through all."""
    page = load()
    page.fill("#filter", "c03")
    assert page.locator("details.person:visible").count() == 1
    assert page.locator("table.load tbody tr:visible").count() == 1
    assert page.inner_text("#shown") == "1 of 8 shown"


def test_without_script_everything_is_there(load: Any) -> None:
    """Otherwise a clinic that blocks scripts would see half a page."""
    page = load(java_script_enabled=False)
    assert page.locator("details.person:visible").count() == 8
    assert page.locator("section.view:visible").count() == len(VIEWS)
    assert page.locator(".tools:visible").count() == 0


@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_prints_one_clinician_and_one_board_a_page(load: Any, paper: str) -> None:
    """Otherwise a clinician's week would be cut in two on paper."""
    page = load()
    page.click("button[data-open='0']")
    data = page.pdf(format=paper, landscape=True, print_background=True)
    pages = data.count(b"/Type /Page\n") + data.count(b"/Type /Page ")
    if not pages:
        pytest.skip("this Chromium writes page objects in another way")
    # Eight clinicians, five days; around them the verdict, what is left out, rules and load.
    assert 8 + 5 + 2 <= pages <= 8 + 5 + 12


def test_paper_says_where_the_week_comes_from(load: Any) -> None:
    """Otherwise a print on the wall could not be told from last month's."""
    page = load()
    page.emulate_media(media="print")
    assert page.locator("#origin").is_visible()
    stamps = page.locator("details.person summary .printed").all_inner_texts()
    assert len(stamps) == 8
    week = page.inner_text("#origin").split("This is ")[1].split(",")[0]
    assert all(week in stamp for stamp in stamps)
    assert not page.locator("#rooms").is_visible()
