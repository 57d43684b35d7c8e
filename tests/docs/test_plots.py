"""The pictures of the page about plots are those that its own lines write."""

import re
from xml.etree import ElementTree

from docs.generate_plots import FOLDER, PAGE


def test_the_page_shows_what_it_writes() -> None:
    """A picture would be missing, or stay behind when the page has changed; `make docs-plots` mends it."""
    text = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]{20,}\]\(plots/([\w-]+\.svg)\)", text)
    written = re.findall(r"(?:-o |save\(\")([\w-]+\.svg)", re.sub(r"`[^`\n]*`", "", text))
    assert sorted(shown) == sorted(written) == sorted(path.name for path in FOLDER.iterdir())


def test_the_pictures_are_whole() -> None:
    """A reader would see a broken image, or a picture of an earlier look."""
    for path in FOLDER.glob("*.svg"):
        root = ElementTree.fromstring(path.read_bytes())
        assert root.get("role") == "img"
        assert root.get("aria-label")
