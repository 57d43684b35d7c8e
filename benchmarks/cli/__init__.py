"""The command line: ``python -m benchmarks`` with list, run, compare, limits, micro, live and others."""

from __future__ import annotations

import signal
import sys
from types import FrameType

import typer

from benchmarks.cli import plans, runs, searches, times
from benchmarks.instances import ChoiceError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)

app.command(name="list")(runs.list_)
# In the order of the help.
for _command in (
    runs.run,
    runs.compare,
    runs.report,
    times.micro,
    times.frames,
    times.live,
    times.limits,
    searches.settings,
    searches.losses,
    searches.scaling,
    times.users,
    times.browser,
    plans.rehab,
    plans.replan,
    plans.weeks,
    plans.lead,
    plans.price,
    runs.generate,
):
    app.command()(_command)


def main() -> None:
    """Run the command; end with 0, 1 without a verified schedule, 2 for bad input, 130 for Ctrl-C."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        app()
    except ChoiceError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        typer.echo("Interrupted; what is finished is kept.", err=True)
        sys.exit(130)


def _terminate(_signum: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C does: the process that is being measured must not stay behind."""
    raise KeyboardInterrupt
