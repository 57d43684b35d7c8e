"""Commands for runs on the stored instances: listing, solving, comparing, reporting."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from benchmarks import compare as comparing
from benchmarks import listing, runner
from benchmarks.cli.options import Fresh, Json, Names, Number, Output, Seed, TimeLimit, Workers
from benchmarks.cli.printing import require_all, show
from benchmarks.instances import Instance, choose
from benchmarks.job import Job
from benchmarks.records import Record
from benchmarks.solvers import OWN
from benchmarks.tables import markdown


def list_() -> None:
    """Show families and instances with size, hash and the best that is known."""
    typer.echo(listing.table())


def run(
    names: Names,
    number: Number = None,
    solver: Annotated[str, typer.Option(metavar="NAME", help="safeschedule, a peer, or installed.")] = OWN,
    time_limit: TimeLimit = None,
    seed: Seed = 0,
    workers: Workers = 8,
    fresh: Fresh = None,
    as_json: Json = False,
    output: Output = None,
) -> None:
    """Solve instances, each in a process of its own; Ctrl-C keeps what is finished."""
    jobs = [_job(i, solver, time_limit, seed, workers) for i in choose(names, number, fresh or ())]
    found = show(runner.run(jobs, output), markdown, listing.sentence, as_json=as_json)
    _leave(found)


def compare(
    names: Names,
    peers: Annotated[str, typer.Option(metavar="A,B,...", help="Who else runs.")] = "flat,greedy",
    number: Number = None,
    time_limit: TimeLimit = None,
    seed: Seed = 0,
    workers: Workers = 8,
    fresh: Fresh = None,
    as_json: Json = False,
    output: Output = None,
) -> None:
    """Solve the same instances with SafeSchedule and its peers in turn, and set them side by side."""
    solvers = list(dict.fromkeys([OWN, *filter(None, (name.strip() for name in peers.split(",")))]))
    jobs = []
    for position, instance in enumerate(choose(names, number, fresh or ())):
        # Whoever runs first finds a cooler machine: everybody does, in turn.
        turn = position % len(solvers)
        order = [*solvers[turn:], *solvers[:turn]]
        jobs += [_job(instance, solver, time_limit, seed, workers) for solver in order]
    found = show(runner.run(jobs, output), markdown, listing.sentence, as_json=as_json)
    if not as_json:
        typer.echo("\n" + comparing.report(found))
    _leave(found)


def report(
    files: Annotated[list[Path] | None, typer.Argument(help="JSON lines; by itself all of results/.")] = None,
    output: Annotated[Path | None, typer.Option(metavar="FOLDER", help="By itself docs/benchmarks.")] = None,
    update_best: Annotated[bool, typer.Option(help="Also write better values into the manifest.")] = False,
) -> None:
    """Write the documentation's tables and plots from stored records."""
    from benchmarks import reporting

    for sentence in reporting.write(files, output, update_best=update_best):
        typer.echo(sentence)


def generate() -> None:
    """Write the stored instances and the manifest again from the generator."""
    from benchmarks import manifest

    changed = manifest.generate()
    typer.echo(f"Changed: {', '.join(changed)}." if changed else "Nothing changed.")


def _job(instance: Instance, solver: str, time_limit: float | None, seed: int, workers: int) -> Job:
    return Job(instance.name, solver, time_limit or instance.family.seconds, seed, workers)


def _leave(found: list[Record]) -> None:
    """End with 2 when nothing could be run, with 1 when a run came without a verified schedule."""
    ran = [record for record in found if record["status"] != "missing"]
    if not ran:
        raise typer.Exit(2)
    require_all(ran, "verified")
