"""The pack as files: a page, the same on paper, and a table for each question."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from safeschedule.evidence.pack import EvidencePack
from safeschedule.evidence.printing import as_pdf
from safeschedule.evidence.section import EvidenceSection
from safeschedule.exchange.csv_rota.cells import guard
from safeschedule.exchange.writing import Files

PAGE, PAPER = "evidence.html", "evidence.pdf"


def evidence_html(pack: EvidencePack) -> str:
    """Return the page: self-contained, without scripts."""
    return _environment().get_template("evidence.html.j2").render(pack=pack)


def section_csv(section: EvidenceSection) -> str:
    """Return the table of a section, with cells that no spreadsheet runs or alters."""
    stream = io.StringIO(newline="")
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow(section.columns)
    rows.writerows([guard(cell) for cell in row] for row in section.rows)
    return stream.getvalue()


def write_pack(pack: EvidencePack, folder: Path, files: Files, browser: str | None) -> list[str]:
    """Write a pack into a folder, and return the names of its files.

    Parameters
    ----------
    pack
        What is written.
    folder
        Where; made when missing.
    files
        What writes: all of it or nothing.
    browser
        The program that prints the page; ``None``: there is no PDF.
    """
    page = evidence_html(pack)
    made = {PAGE: page.encode()}
    if browser is not None:
        made[PAPER] = as_pdf(page, browser)
    made |= {f"{each.name}.csv": section_csv(each).encode("utf-8-sig") for each in pack.sections}
    files.folder(folder)
    for name, data in made.items():
        files.write(folder / name, data)
    return list(made)


@cache
def _environment() -> Environment:
    # Reasons and outcomes are other people's text: everything is escaped.
    return Environment(
        loader=PackageLoader("safeschedule.evidence", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
