"""What the theme leaves without a name, or out of the keyboard's reach, in the pages that are built."""

from __future__ import annotations

from pathlib import Path

_INSTEAD = {
    # The arrow that unfolds a part of the menu is a picture alone.
    '<summary><span class="toctree-toggle"': '<summary aria-label="Pages below"><span class="toctree-toggle"',
    # A wide table scrolls by itself: without a place in the order of keys, only a mouse could do that.
    '<table class="table">': '<table class="table" tabindex="0">',
}


def reach(folder: Path) -> None:
    """Give a name to each arrow of the menu, and each table a place in the order of keys."""
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        made = text
        for old, new in _INSTEAD.items():
            made = made.replace(old, new)
        if made != text:
            page.write_text(made, encoding="utf-8")
