"""``safeschedule rebalance``: who carries too much, and the smallest set of transfers that mends it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from safeschedule.cli.console import complain, console, emit, plain
from safeschedule.cli.inputs import STANDARD, ProblemFile, read_problem
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name, write_entity
from safeschedule.cli.summary import hanging

if TYPE_CHECKING:
    import threading

    from rich.console import Console

    from safeschedule.problem import Problem
    from safeschedule.rebalancing import CarriedLoad, Rebalancing, TransferSet

Most = Annotated[
    int | None, typer.Option("--max-transfers", min=0, metavar="N", help="The most clients who may move.")
]
Spread = Annotated[
    float,
    typer.Option(
        min=0, max=1, metavar="SHARE", help="How much of a cap somebody's share may lie over the team's."
    ),
]
HighSpread = Annotated[
    float | None,
    typer.Option(
        min=0, max=1, metavar="SHARE", help="The same of high-acuity clients; by itself it is only told."
    ),
]
Number = Annotated[
    int, typer.Option("--alternatives", min=0, max=20, metavar="N", help="Other sets, as small.")
]
Keep = Annotated[
    list[str] | None, typer.Option(metavar="CLIENT", help="A client who stays; may be given several times.")
]
Past = Annotated[
    Path | None,
    typer.Option("--actuals", metavar="FOLDER", help="What happened: since when clients have been seen."),
]
Take = Annotated[
    int | None,
    typer.Option("--take", min=1, metavar="K", help="Write the problem with set K made to -o."),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", callback=output_name, help="Where that problem goes."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]


def rebalance(
    problem: ProblemFile,
    max_transfers: Most = None,
    spread: Spread = 0.2,
    high_acuity_spread: HighSpread = None,
    alternatives: Number = 2,
    keep: Keep = None,
    actuals: Past = None,
    take: Take = None,
    output: Output = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Tell who carries too much, and the fewest transfers of clients that bring everyone inside the caps.

    Each transfer is a proposal: two people confirm it. Where not everyone can be brought inside, it says what
    is missing, by skills and FTE.
    """
    if (take is None) != (output is None):
        raise typer.BadParameter("--take and -o belong together")
    if as_json and output == STANDARD:
        raise typer.BadParameter("--json and -o - would both write to standard output")
    check_apart([output], [problem])
    if output is not None:
        check_file(output)
    given = read_problem(problem)
    found = _ask(given, max_transfers, spread, high_acuity_spread, alternatives, keep or [], actuals)
    taken = take is not None and take <= len(found.sets)
    if taken and take is not None and output is not None:
        write_entity(output, found.sets[take - 1].problem, overwrite=overwrite)
    if as_json:
        emit(json.dumps(found.to_dict(brief=True), ensure_ascii=False))
    else:
        to = console(err=output == STANDARD)
        _tell(to, found)
        if taken and output != STANDARD:
            to.print(f"Written: {output}", soft_wrap=True)
    if take is not None and not taken:
        complain(f"There is no set {take}. Nothing was written.")
    if not found.inside or (take is not None and not taken):
        raise typer.Exit(1)


def _ask(
    given: Problem,
    most: int | None,
    spread: float,
    high_spread: float | None,
    alternatives: int,
    keep: list[str],
    folder: Path | None,
) -> Rebalancing:
    from safeschedule.actuals import read_actuals_folder
    from safeschedule.cli.progress import display
    from safeschedule.cli.watching import Words, watched
    from safeschedule.rebalancing import rebalance as ask

    past = () if folder is None else read_actuals_folder(folder)

    def work(_hear: object, stop: threading.Event) -> Rebalancing:
        return ask(
            given,
            spread=spread,
            high_acuity_spread=high_spread,
            max_transfers=most,
            alternatives=alternatives,
            keep=keep,
            actuals=past,
            stop=stop,
        )

    words = Words(stopping="Stopping: what was found so far will be told. Once more to abort.")
    return watched(work, display(quiet=True), words)


def _tell(to: Console, found: Rebalancing) -> None:
    hanging(to, found.rule(), indent=0)
    for load in found.loads:
        if load.over:
            hanging(to, load.sentence, indent=0)
    for number, each in enumerate(found.sets, 1):
        hanging(to, f"{number}. {each.sentence()}", indent=0)
        for transfer in each.transfers:
            hanging(to, f"{transfer}.", indent=3)
    if found.sets:
        to.print(_table(found, found.sets[0]))
    for sentence in found.verdict():
        hanging(to, sentence, indent=0)


def _table(found: Rebalancing, first: TransferSet) -> Table:
    """Return what everybody carries now and with the first set."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for number, name in enumerate(("", "points", "then", "cap", "high", "then", "cap")):
        table.add_column(name, justify="right" if number else "left")
    for now, then in zip(found.loads, first.loads, strict=True):
        if now != then:
            table.add_row(plain(now.clinician), *_cells(now, then))
    return table


def _cells(now: CarriedLoad, then: CarriedLoad) -> list[str]:
    numbers = (now.points, then.points, now.cap, now.high_acuity, then.high_acuity, now.high_acuity_cap)
    return ["-" if number is None else f"{Decimal(number).normalize():f}" for number in numbers]
