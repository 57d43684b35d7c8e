"""``safeschedule migrate``: a problem of an earlier version in the present one."""

from __future__ import annotations

from typing import Annotated

import typer

from safeschedule.cli.console import console
from safeschedule.cli.inputs import STANDARD, ProblemFile, read_problem
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name, write_entity
from safeschedule.cli.summary import print_warnings

_OF_VERSIONS = ("assumed", "retired_parameter")

Output = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="FILE", callback=output_name, help="Where the problem goes, or -."
    ),
]


def migrate(problem: ProblemFile, output: Output, overwrite: Overwrite = False) -> None:
    """Bring a problem of an earlier version to the present one.

    What is assumed of it is told; in the file that is written, it is meant.
    """
    from safeschedule.problem import migrate as migrated
    from safeschedule.problem import warnings

    check_apart([output], [problem])
    check_file(output)
    given = read_problem(problem)
    full = migrated(given)
    write_entity(output, full, overwrite=overwrite)
    to = console(err=output == STANDARD)
    print_warnings(to, [w for w in warnings.find(given) if w.code in _OF_VERSIONS])
    if given.schema_version == full.schema_version:
        to.print("It was of the present version already.")
    if output != STANDARD:
        to.print(f"Written: {output}", soft_wrap=True)
