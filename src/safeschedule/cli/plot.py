"""``safeschedule plot``: a week, a load, an exposure or a waitlist as a picture, or in words."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import console, emit, plain
from safeschedule.cli.inputs import STANDARD, ProblemFile, read_both, read_problem
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name, writing

if TYPE_CHECKING:
    from safeschedule.plots import Plot
    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule


class Plotted(StrEnum):
    """What is drawn."""

    WEEK = "week"
    GANTT = "gantt"
    LOAD = "load"
    EXPOSURE = "exposure"
    WAITS = "waits"


MaybeSchedule = Annotated[
    str | None,
    typer.Argument(metavar="[SCHEDULE]", help="Its schedule; only for waits it may be left out."),
]
What = Annotated[Plotted, typer.Option(help="What is drawn.")]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        callback=output_name,
        help="The picture, which ends with .svg, .png or .pdf; - for SVG on standard output.",
    ),
]
Whose = Annotated[str | None, typer.Option(metavar="CODE", help="For gantt: whose week.")]
Past = Annotated[Path | None, typer.Option("--actuals", metavar="FOLDER", help="For waits: what happened.")]
Dots = Annotated[int, typer.Option(min=20, max=1200, metavar="N", help="Dots per inch of a PNG.")]
Words = Annotated[bool, typer.Option("--words", help="Print what the picture shows in words, as a table.")]


def plot(
    problem: ProblemFile,
    schedule: MaybeSchedule = None,
    *,
    what: What,
    output: Output = None,
    clinician: Whose = None,
    actuals: Past = None,
    dpi: Dots = 150,
    words: Words = False,
    overwrite: Overwrite = False,
) -> None:
    """Draw a week, a load, an exposure or a waitlist as SVG, PNG or PDF."""
    from safeschedule.plots.plot import form_of

    if output is None and not words:
        raise typer.BadParameter("name a file with -o, or ask for --words")
    if output == STANDARD and words:
        raise typer.BadParameter("--words and -o - would both write to standard output")
    _require(what, schedule, clinician, actuals)
    if output not in (None, STANDARD):
        form_of(output)
        check_apart([output], [problem, schedule])
        check_file(output)
    given, week = (read_problem(problem), None) if schedule is None else read_both(problem, schedule)
    drawn = _drawn(what, given, week, clinician, actuals)
    if output == STANDARD:
        emit(drawn.image("svg").decode())
    elif output is not None:
        picture = drawn.image(form_of(output), dpi)
        writing(lambda files: files.write(output, picture), overwrite=overwrite)
    if words:
        emit("\n".join(plain(line) for line in drawn.describe().splitlines()))
    if output not in (None, STANDARD):
        console(err=words).print(f"Written: {plain(output)}", soft_wrap=True)


def _require(what: Plotted, schedule: str | None, clinician: str | None, actuals: Path | None) -> None:
    if schedule is None and what is not Plotted.WAITS:
        raise typer.BadParameter(f"{what} needs a schedule")
    if (clinician is None) == (what is Plotted.GANTT):
        raise typer.BadParameter("--clinician belongs to gantt, which needs it")
    if actuals is not None and what is not Plotted.WAITS:
        raise typer.BadParameter("--actuals belongs to waits")


def _drawn(
    what: Plotted, problem: Problem, week: Schedule | None, clinician: str | None, actuals: Path | None
) -> Plot:
    from safeschedule import plots

    if what is Plotted.WAITS or week is None:
        from safeschedule.actuals import read_actuals_folder
        from safeschedule.caseload.waitlist.waiting import waitlist

        past = () if actuals is None else read_actuals_folder(actuals)
        return plots.waits(waitlist(problem, week, actuals=past))
    if what is Plotted.GANTT:
        return plots.gantt(week, clinician or "", problem)
    if what is Plotted.WEEK:
        return plots.week(week, problem)
    return plots.load(week, problem) if what is Plotted.LOAD else plots.exposure(week, problem)
