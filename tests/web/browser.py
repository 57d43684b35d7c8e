"""The whole application as `safeschedule serve` runs it, and a real Chromium before it."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

PASSWORD = "four words are good"


def chromium() -> str | None:
    """Return the browser's program, where one is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path, *more: str) -> Iterator[str]:
    """Run the command on a folder, and give its address."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "safeschedule",
        "serve",
        "--data",
        str(folder),
        "--port",
        str(port),
        *more,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, process)
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            out, _ = process.communicate(timeout=90)
            assert process.returncode == 0, out


def _wait(address: str, process: subprocess.Popen[str]) -> None:
    for _ in range(300):
        assert process.poll() is None, process.stdout and process.stdout.read()
        try:
            with urllib.request.urlopen(f"{address}/healthy", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("it does not answer")


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
