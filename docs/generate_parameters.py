"""Writes docs/reference/search-parameters.md from the parameters: python -m docs.generate_parameters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from safeschedule.solving.parameters import SearchParameters

FILE = Path(__file__).parent / "reference" / "search-parameters.md"
INTRO = """# Search parameters

<!-- Made by docs/generate_parameters.py from src/safeschedule/solving/parameters.py. -->

What the search of the package is tuned by. Nobody who plans a week needs them: they are for studies of the
search itself, and for weeks unlike those of the [benchmarks](../benchmarks/index.md), with which the values
were measured.

A TOML file names what is to be otherwise:

```toml
[improvement]
lacking = 0.8
shapes = [[1, 2, false], [2, 2, false]]
```

    safeschedule solve problem.json -o schedule.json --parameters search.toml

In Python it is `solve(problem, parameters=SearchParameters.from_file("search.toml"))`. What was changed
stands in the result, as `result.provenance.search_parameters`. The limit is the time limit, or the
deterministic limit where there is one; a share of it is a fraction. What the phases do is told by
[decision 0005](../decisions/0005-search-in-two-layers.md) and
[decision 0034](../decisions/0034-one-model-of-the-week.md).
"""


def page() -> str:
    """Return the page: one table for each part."""
    return "\n".join([INTRO, *_parts()])


def _parts() -> Iterator[str]:
    for name, field in SearchParameters.model_fields.items():
        kind = field.annotation
        assert isinstance(kind, type)
        assert issubclass(kind, BaseModel)
        yield f"## `[{name}]`\n\n{kind.__doc__}\n\n| name | value | what it means |\n|---|---|---|"
        for key, each in kind.model_fields.items():
            yield f"| `{key}` | `{json.dumps(each.default)}` | {each.description} |"
        yield ""


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
