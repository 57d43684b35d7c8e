"""The terms of the field: what the page says of our modules is so."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "safeschedule"
PAGE = (ROOT / "docs" / "contributing" / "field-terms.md").read_text(encoding="utf-8")
TABLES, SOURCES = PAGE.split("## Sources")
# A DOI ends with what is no punctuation of the sentence around it.
DOI = re.compile(r"doi:(10\.\d{4,}/[^\s\]]*[A-Za-z0-9_])")


def test_named_modules_are_there() -> None:
    """Otherwise somebody who looks a term up is led to a module that has moved."""
    named = re.findall(r"`([a-z_]+(?:/[a-z_]+)*(?:/|\.py))`", TABLES)
    assert len(named) > 40
    places = (PACKAGE, ROOT)
    assert [name for name in named if not any((place / name).exists() for place in places)] == []


def test_each_source_is_cited_and_each_citation_has_its_source() -> None:
    """Otherwise a method is used that nobody can look up, or a source stands there for nothing."""
    citations = re.findall(r"\[([^\]]+) (\d{4})\]\(#sources\)", TABLES)
    cited = {(names.split()[0], year) for names, year in citations}
    there = set()
    for entry in SOURCES.split("\n* ")[1:]:
        # "A. Geoffrion: ..." and "A. Ben-Tal, A. Goryashko: ..."
        surname = re.split("[,:]", entry)[0].split(". ", 1)[1].split()[0]
        years = re.findall(r"\b(?:19|20)\d{2}\b", entry.split("[")[0])
        there.add((surname, years[-1]))
    assert cited == there


def test_dois_of_docstrings_are_on_the_page() -> None:
    """Otherwise the page misses a method that a module says it uses, or one of the two is misspelt."""
    used = {
        doi: path.name
        for path in PACKAGE.rglob("*.py")
        for doi in DOI.findall(path.read_text(encoding="utf-8"))
    }
    assert len(used) > 8
    assert {doi: name for doi, name in used.items() if f"doi:{doi}]" not in SOURCES} == {}
