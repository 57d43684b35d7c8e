"""Arguments and options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Names = Annotated[list[str], typer.Argument(metavar="NAME...", help="Families or instances; see list.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="An instance; see list.")]
Number = Annotated[int | None, typer.Option("--instance", metavar="K", help="Only the K-th of the family.")]
Fresh = Annotated[
    list[int] | None, typer.Option(metavar="SEED", help="Draw a new week with this seed instead; repeatable.")
]
TimeLimit = Annotated[
    float | None, typer.Option(min=0.1, metavar="SECONDS", help="Of each solve; by itself the family's.")
]
Seed = Annotated[int, typer.Option(min=0, max=2**31 - 1, metavar="N", help="Of the solver.")]
Workers = Annotated[int, typer.Option(min=1, max=256, metavar="N", help="Search workers.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a line instead of a table.")]
Output = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Add the records to this file; skip what it has already.")
]
