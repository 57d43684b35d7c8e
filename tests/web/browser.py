"""A real Chromium before the application."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browser import chromium
from tests.web.serving import serving

__all__ = ["PASSWORD", "browser", "chromium", "person", "serving", "violations", "wrong"]

PASSWORD = "four words are good"


@contextmanager
def browser() -> Iterator[Browser]:
    """Give a browser."""
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield made
        made.close()


def person(
    made: Browser, address: str, code: str, *, width: int = 1400, height: int = 900, scheme: Any = "light"
) -> Page:
    """Give the page of somebody who has signed in; whatever the page complains about fails the test."""
    context = made.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.on("pageerror", lambda error: wrong.append(f"{code}: {error}"))
    page.on("console", lambda said: wrong.append(f"{code}: {said.text}") if _policy(said.text) else None)
    page.goto(f"{address}/sign-in")
    page.fill("#code", code)
    page.fill("#password", PASSWORD)
    page.click("button.main")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


wrong: list[str] = []
"""What pages complained about."""


def _policy(text: str) -> bool:
    return "Content Security Policy" in text


def violations(page: Page) -> list[str]:
    """Return what axe finds on a page: rules of WCAG 2.2 A and AA, and where."""
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    page.evaluate(script)
    found = page.evaluate(
        """async () => (await axe.run(
            document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}))
        .violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.html.slice(0, 140)}`))"""
    )
    return list(found)
