"""The drawing of a case as a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from docs.drawing.layout import sheet
from docs.drawing.rows import rows
from docs.drawing.shapes import LEFT, RIGHT, WIDTH
from docs.drawing.words import in_words
from docs.drawing.wrong import wrong
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier import examine


@dataclass(frozen=True)
class Drawing:
    """A drawn week: the SVG, the same in words, and the sentences of the findings marked in it."""

    svg: str
    words: str
    sentences: tuple[str, ...]


def draw(problem: Problem, schedule: Schedule) -> Drawing:
    """Return the drawing of a week."""
    findings = examine(problem, schedule).findings
    drawn = rows(problem, schedule, findings)
    words = in_words(drawn)
    svg = _template().render(
        sheet=sheet(drawn, wrong(drawn, findings)),
        good=not findings,
        words=words,
        left=LEFT,
        right=RIGHT,
        width=WIDTH,
    )
    return Drawing(svg, words, tuple(finding.sentence for finding in findings))


@cache
def _template() -> Template:
    # Codes are other people's text: everything is escaped.
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["px"] = lambda number: f"{number:g}"
    return environment.get_template("week.svg.j2")
