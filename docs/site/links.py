"""What a built site points at: pages, parts of pages, pictures, scripts; and what of it is not there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADED = {
    "script": "src",
    "img": "src",
    "link": "href",
    "iframe": "src",
    "source": "src",
}
_SELF = ("canonical", "search", "next", "prev", "index", "author", "copyright")
"""Links of a page's head that load nothing."""


class _Page(HTMLParser):
    """Collects the ids of a page, what it links to, and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.silent: list[str] = []
        """Pictures without words."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.update(given[name] for name in ("id", "name") if given.get(name))
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "img" and not given.get("alt", "").strip():
            self.silent.append(given.get("src", ""))
        if tag in _LOADED and not (tag == "link" and given.get("rel") in _SELF):
            self.loaded.append(given.get(_LOADED[tag], ""))


@cache
def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def faults(site: Path) -> Iterator[str]:
    """Yield what a reader of a site would miss: a place, and what is wrong there."""
    # What the theme brings for its own use is no page.
    for path in sorted(path for path in site.rglob("*.html") if "_static" not in path.parts):
        page, place = _read(path), path.relative_to(site)
        yield from (f"{place}: a picture without words: {source}" for source in page.silent)
        for target in page.loaded:
            if urlsplit(target).scheme not in ("", "data") or target.startswith("//"):
                yield f"{place}: loaded from elsewhere: {target}"
            elif target and not target.startswith("data:") and not _there(path, target):
                yield f"{place}: not there: {target}"
        yield from (f"{place}: leads nowhere: {link}" for link in page.links if not _leads(path, link))


def _there(path: Path, target: str) -> bool:
    return (path.parent / unquote(urlsplit(target).path)).is_file()


def _leads(path: Path, link: str) -> bool:
    """Return whether a link leads to another site, to a page that is there, or to a part of one."""
    parts = urlsplit(link)
    if parts.scheme or link.startswith("//") or link in ("", "#"):
        return True
    target = (path.parent / unquote(parts.path)) if parts.path else path
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return False
    return (
        not parts.fragment
        or target.suffix != ".html"
        or unquote(parts.fragment) in _read(target.resolve()).ids
    )
