"""Gather the pages of the site where Sphinx reads them, in the folders that they have in the repository.

So a link that leads somewhere in the repository leads there on the site.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from docs.site.api import write_api

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent

BESIDE = (
    "README.md",
    "CHANGELOG.md",
    "benchmarks/README.md",
    "tests/cases/README.md",
    "solvers/*.md",
    "solvers/*/*.md",
)
"""Pages that lie outside of docs/ and belong to the site."""

SHOWN = ("md", "svg", "png", "toml")
"""Endings of what the site shows or gives: pages, pictures, files to take along."""

_FOLDER = re.compile(r"\]\(([\w./-]+)/\)")
_ANCHOR = re.compile(r'^<a id="([\w-]+)"></a>$', re.MULTILINE)


def stage(target: Path) -> None:
    """Copy every page and picture, and write the pages of the library's names."""
    for path in _found():
        place = target / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".md":
            place.write_text(adapted(path.read_text(encoding="utf-8")), encoding="utf-8")
        else:
            shutil.copyfile(path, place)
    for path in (HERE / "pages").iterdir():
        shutil.copyfile(path, target / path.name)
    write_api(target / "api")


def _found() -> list[Path]:
    docs = ROOT / "docs"
    own = [path for ending in SHOWN for path in docs.rglob(f"*.{ending}") if HERE not in path.parents]
    return [*own, *(path for pattern in BESIDE for path in ROOT.glob(pattern))]


def adapted(text: str) -> str:
    """Return a page as Sphinx reads it: a folder is its list of pages, an anchor in HTML one of MyST.

    Examples
    --------
    >>> adapted("[why](decisions/)")
    '[why](decisions/index.md)'
    """
    text = _FOLDER.sub(r"](\1/index.md)", text)
    return _ANCHOR.sub(r"(\1)=", text)
