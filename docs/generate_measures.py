"""Writes the page of the measures from their definitions: ``python -m docs.generate_measures``."""

from __future__ import annotations

from pathlib import Path

from safeschedule.caseload.measures import TABLE, Area
from safeschedule.caseload.warnings import INDICATORS

PAGE = Path(__file__).parent / "reference" / "measures.md"

_HEAD = """# Measures: the definitions

Written by `python -m docs.generate_measures` from the definitions by which the figures are calculated.
How to get them: [measures and early warnings](../howto/measures-and-warnings.md).

Each measure is its numerator over its denominator, summed over the weeks in which it is known. Shares with
a denominator below 5 are suppressed. *Person* says which can be told of one clinician, to that clinician
and the named supervisor; all others are of the team.
"""

_INDICATORS = """
## Early warnings

| indicator | worse | by default beyond | over weeks | source |
|---|---|---|---|---|
"""


def page() -> str:
    """Return the page."""
    parts = [_HEAD]
    for area in Area:
        parts.append(f"\n## {area.value.capitalize()}\n\n")
        parts.append("| measure | name | numerator | denominator | unit | person | source |\n")
        parts.append("|---|---|---|---|---|---|---|\n")
        for entry in TABLE.values():
            if entry.area is area:
                own = "yes" if entry.personal else ""
                cells = (entry.title, f"`{entry.id}`", entry.numerator, entry.denominator, entry.unit, own)
                parts.append(f"| {' | '.join((*cells, entry.source))} |\n")
    parts.append(_INDICATORS)
    for name, watched in INDICATORS.items():
        bound = watched.threshold.most if watched.rising else watched.threshold.least
        worse = "more" if watched.rising else "less"
        cells = (f"`{name}`", worse, f"{bound}", f"{watched.threshold.weeks}", watched.source)
        parts.append(f"| {' | '.join(cells)} |\n")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
