"""A page on paper: printed by a browser of the Chromium family without a window, where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from safeschedule.errors import Fault, InputError

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_LONGEST = 120
"""Seconds."""


def browser() -> str | None:
    """Return the program that prints pages, where one is installed."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def as_pdf(page: str, program: str) -> bytes:
    """Return a page as PDF; the browser gets no network address and keeps nothing.

    Raises
    ------
    InputError
        The browser does not print it.
    """
    with tempfile.TemporaryDirectory(prefix="safeschedule-") as folder:
        source, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        command = [program, "--headless", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={made}"]
        # Its own sandbox refuses to run as root; the page has no scripts and nothing to fetch.
        command += ["--no-sandbox"] if hasattr(os, "getuid") and os.getuid() == 0 else []
        try:
            subprocess.run(
                [*command, source.as_uri()], capture_output=True, timeout=_LONGEST, check=False, cwd=folder
            )
            return made.read_bytes()
        except (OSError, subprocess.TimeoutExpired) as error:
            expected = "a browser that prints pages without a window, or --no-pdf"
            raise InputError("evidence", [Fault("not_printed", program, "", expected)]) from error
