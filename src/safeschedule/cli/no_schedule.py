"""``safeschedule explain`` without a schedule: why there is none, and what would mend it."""

from __future__ import annotations

import json
import math
import threading
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import console, emit
from safeschedule.cli.inputs import STANDARD, read_problem
from safeschedule.cli.outputs import check_apart, check_file, output_name, write_all
from safeschedule.cli.progress import display
from safeschedule.cli.summary import hanging
from safeschedule.cli.watching import Words, watched

if TYPE_CHECKING:
    from rich.console import Console

    from safeschedule.explaining.account import NoSchedule
    from safeschedule.problem import Problem
    from safeschedule.solving.progress import OnProgress

Take = Annotated[
    int | None,
    typer.Option(min=1, metavar="K", help="Apply repair K: -o says where the mended problem goes."),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        callback=output_name,
        help="Where the mended problem goes, or -.",
    ),
]
ExceptionFile = Annotated[
    str | None,
    typer.Option(
        "--exception",
        metavar="FILE",
        callback=output_name,
        help="Write the capacity exception: JSON when the name ends in .json, else text.",
    ),
]
Owner = Annotated[str, typer.Option(metavar="CODE", help="Who sees to the capacity exception.")]
ReviewOn = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="When the capacity exception is reviewed."),
]


@dataclass(frozen=True)
class Papers:
    """What is to be written, and what stands in the capacity exception."""

    take: int | None
    output: str | None
    exception: str | None
    owner: str
    review_on: date | None
    overwrite: bool = False

    def check(self, problem: str, *, as_json: bool) -> None:
        """Look at where files go, before the work starts."""
        if (self.take is None) != (self.output is None):
            raise typer.BadParameter("--take K and -o FILE go together")
        if self.exception is None and (self.owner or self.review_on is not None):
            raise typer.BadParameter("--owner and --review-on belong to --exception")
        names = [name for name in (self.output, self.exception) if name is not None]
        if names.count(STANDARD) + as_json > 1:
            raise typer.BadParameter(
                "only one of --json, -o - and --exception - can write to standard output"
            )
        check_apart(names, [problem])
        for name in names:
            check_file(name)


def explain_week(name: str, time_limit: float, papers: Papers, *, as_json: bool, quiet: bool) -> None:
    """Say why a week has no schedule; write the mended problem and the capacity exception."""
    papers.check(name, as_json=as_json)
    problem = read_problem(name)
    measured = as_json or papers.exception is not None
    found = _found(problem, time_limit, measured=measured, quiet=quiet)
    if as_json:
        emit(json.dumps(found.to_dict(brief=True), ensure_ascii=False))
    else:
        _tell(console(err=STANDARD in (papers.output, papers.exception)), found)
    mended = None if papers.take is None else _taken(found, papers.take)
    outputs: list[tuple[str | None, Problem | str]] = []
    if papers.exception is not None and found.possible is False:
        outputs.append((papers.exception, _exception(problem, found, papers)))
    if mended is not None:
        outputs.append((papers.output, mended))
    write_all(outputs, overwrite=papers.overwrite)
    if not found.possible:
        raise typer.Exit(1)


def _taken(found: NoSchedule, number: int) -> Problem:
    if number > len(found.repairs):
        raise typer.BadParameter(f"--take {number}: {len(found.repairs)} repairs were found")
    repair = found.repairs[number - 1]
    if repair.tier == "capacity":
        raise typer.BadParameter(f"--take {number}: that capacity is missing, so that nobody can take it")
    return repair.problem


def _found(problem: Problem, time_limit: float, *, measured: bool, quiet: bool) -> NoSchedule:
    def work(hear: OnProgress, stop: threading.Event) -> NoSchedule:
        from safeschedule.explaining.no_schedule import explain_no_schedule

        limit = time_limit if math.isfinite(time_limit) else None
        return explain_no_schedule(problem, time_limit=limit, measured=measured, stop=stop, on_progress=hear)

    words = Words("Stopping: what is verified so far will be told. Once more to abort.")
    return watched(work, display(quiet), words)


def _exception(problem: Problem, found: NoSchedule, papers: Papers) -> str:
    from safeschedule.explaining.capacity_exception import CapacityException

    document = CapacityException(problem, found, owner=papers.owner, review_on=papers.review_on)
    plain = json.dumps(document.to_dict(brief=True), ensure_ascii=False, indent=2)
    name = papers.exception or STANDARD
    return f"{plain}\n" if name.lower().endswith(".json") else f"{document}\n"


def _tell(to: Console, found: NoSchedule) -> None:
    if found.possible is not False:
        hanging(to, str(found), indent=0)
        return
    hanging(to, found.sentences[0], indent=0)
    for number, core in enumerate(found.clashes, 1):
        to.print(found.title(number))
        for condition in core:
            hanging(to, condition.sentence)
    if found.repairs:
        to.print("What would mend it, the cheapest first; each was tried and verified")
    for number, repair in enumerate(found.repairs, 1):
        hanging(to, f"{number}. ({repair.tier}) {repair}")
    for sentence in found.notes:
        hanging(to, sentence, indent=0)
