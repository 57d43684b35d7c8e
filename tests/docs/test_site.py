"""The documentation site as it was built by `make docs`: whole, offline, and readable at three widths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import safeschedule
from benchmarks.browser import chromium
from docs.site.links import faults
from docs.site.stage import adapted
from safeschedule import plots

SITE = Path(__file__).parents[2] / "build" / "site" / "html"
BROWSER = chromium()
PAGES = [
    *("index.html", "howto.html", "notebook.html", "api/index.html", "api/names/safeschedule.solve.html"),
    *("docs/explanation/model.html", "docs/explanation/comparison.html"),
    *("docs/howto/plots.html", "docs/rules/recovery_buffer.html", "docs/reference/cli.html", "search.html"),
]
built = pytest.mark.skipif(not (SITE / "index.html").exists(), reason="the site is not built: make docs")
seen = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium is installed (Debian: apt-get install chromium)"
)


def test_pages_are_read_as_they_are_written() -> None:
    """A link to a folder or a named place would lead nowhere on the site alone."""
    assert (
        adapted("see [all](../decisions/) and [one](a/b.md)")
        == "see [all](../decisions/index.md) and [one](a/b.md)"
    )
    assert adapted('text\n<a id="tests"></a>\n**Tests**') == "text\n(tests)=\n**Tests**"


@built
@pytest.mark.slow
def test_every_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere() -> None:
    """A reader offline would see half a page, and one online be told to another server."""
    assert list(faults(SITE)) == []


@built
def test_every_public_name_has_a_page() -> None:
    """A name would be promised that nobody can look up."""
    names = {path.stem for path in (SITE / "api" / "names").glob("*.html")}
    of_plots = {f"safeschedule.plots.{name}" for name in plots.__all__}
    public = {f"safeschedule.{name}" for name in safeschedule.__all__ if name not in plots.__all__}
    assert public | of_plots <= names


@built
def test_every_page_can_be_reached() -> None:
    """A page would be there, and in no list."""
    staged = {path.relative_to(SITE.parent / "source") for path in (SITE.parent / "source").rglob("*.md")}
    assert [str(page) for page in staged if not (SITE / page).with_suffix(".html").exists()] == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as engine:
        found = engine.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield found
        found.close()


@built
@seen
@pytest.mark.slow
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("width", [390, 768, 1400])
def test_pages_fit_and_fetch_nothing(browser: Any, width: int) -> None:
    """A page could not be read on a telephone, or would call a server."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    tab = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    for page in PAGES:
        tab.goto((SITE / page).as_uri())
        if not tab.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            wrong.append(f"{page} scrolls sideways")
    assert wrong == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()


@built
@seen
@pytest.mark.slow
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, scheme: str) -> None:
    """Somebody with a screen reader, a keyboard or weak sight could not use a page."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe is not installed")
    assert axe is not None
    from tests.web.browser import violations

    found: dict[str, list[str]] = {}
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    tab = context.new_page()
    for page in PAGES:
        tab.goto((SITE / page).as_uri())
        found[page] = violations(tab)
    assert {page: told for page, told in found.items() if told} == {}
    context.close()


@built
@seen
@pytest.mark.slow
@pytest.mark.xdist_group("browser")
def test_the_site_can_be_searched_offline(browser: Any) -> None:
    """Somebody would have to read every page to find a word."""
    tab = browser.new_page()
    tab.goto((SITE / "search.html").as_uri() + "?q=recovery_buffer")
    tab.locator("#search-results li a").first.wait_for(timeout=60_000)
    assert tab.locator("#search-results li a").count() > 0
    tab.close()
