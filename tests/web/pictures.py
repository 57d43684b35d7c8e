"""Pictures for the tour of the page: small, and taken by the test that walks the whole story."""

from __future__ import annotations

import io
import os
from pathlib import Path

from playwright.sync_api import Page

DOCS = Path(__file__).parents[2] / "docs" / "howto" / "pictures"
NAMES = ("papers", "mapping", "week", "drag", "fill", "call-list", "approve", "phone", "ledger")
_COLOURS = 48


def picture(page: Page, name: str, folder: Path) -> None:
    """Take a picture of what is seen.

    It goes into the test's own folder, or with ``SAFESCHEDULE_PICTURES`` set into that of the documentation.
    """
    assert name in NAMES
    where = DOCS if os.environ.get("SAFESCHEDULE_PICTURES") else folder
    where.mkdir(exist_ok=True)
    (where / f"{name}.png").write_bytes(_small(page.screenshot(animations="disabled", caret="hide")))


def _small(data: bytes) -> bytes:
    """Return a picture in few colours, where the library for it is there."""
    try:
        from PIL import Image
    except ImportError:
        return data
    made = io.BytesIO()
    Image.open(io.BytesIO(data)).convert("RGB").quantize(_COLOURS).save(made, "PNG", optimize=True)
    return made.getvalue()
