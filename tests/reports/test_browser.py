from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from safeschedule.problem import Problem
from safeschedule.reports.html import write_html
from safeschedule.schedule import Schedule
from safeschedule.verifier import Verification

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if BROWSER is None:
    pytest.skip("no Chromium is installed (Debian: apt-get install chromium)", allow_module_level=True)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = pytest.mark.xdist_group("browser")

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

    def page(**options: Any) -> Any:
        context = browser.new_context(**({"viewport": {"width": 1600, "height": 1000}} | options))
        opened.append(context)
        tab = context.new_page()
        tab.seen = []
        tab.on("console", lambda message: tab.seen.append(message.text))
        tab.on("pageerror", lambda error: tab.seen.append(str(error)))
        tab.on("request", lambda request: tab.seen.append(request.url))
        tab.goto(file.as_uri())
        return tab

    yield page
    for context in opened:
        context.close()


def test_nothing_is_fetched_and_nothing_goes_wrong(load: Any, file: Path) -> None:
    """Otherwise the page would need a network, or tell one about its readers."""
    assert load().seen == [file.as_uri()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_have_enough_contrast(load: Any, scheme: str) -> None:
    """Otherwise people with weak sight could not read it in one of the two schemes."""
    page = load(color_scheme=scheme)
    page.click("button[data-open='1']")
    assert page.evaluate(CONTRAST) == []


def test_schemes_differ(load: Any) -> None:
    """Otherwise the dark scheme would never apply."""
    colours = {
        scheme: load(color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert colours["light"] != colours["dark"]


@pytest.mark.parametrize("width", [1600, 1024])
def test_no_text_overlaps_in_the_grids(load: Any, width: int) -> None:
    """Otherwise sessions could not be told apart."""
    page = load(viewport={"width": width, "height": 900})
    assert page.evaluate(OVERLAPS) == []


def test_the_page_itself_never_scrolls_sideways(load: Any) -> None:
    """Otherwise it could not be read on a telephone."""
    page = load(viewport={"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_keyboard_reaches_the_main_parts(load: Any) -> None:
    """Otherwise people without a mouse could not use it."""
    page = load()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.closest('section')?.id"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none" or (
            page.evaluate("document.activeElement === document.body")
        )
    assert {"glance", "rules", "load", "people", "days"} <= reached


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
    # Eight clinicians, five days; before them overview, rules, and load with the legend.
    assert 8 + 5 + 3 <= pages <= 8 + 5 + 10
