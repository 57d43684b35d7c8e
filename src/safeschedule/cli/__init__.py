"""The command ``safeschedule``: a thin face over the library, one module a command."""

from __future__ import annotations

import io
import os
import sys
import traceback
from typing import Annotated

import typer

from safeschedule import __version__
from safeschedule.cli import (
    actuals,
    bands,
    capacity,
    check_move,
    closures,
    contacts,
    demo,
    evidence,
    explain,
    export,
    generate,
    groups,
    huddle,
    importing,
    intake,
    ledger,
    measures,
    messages,
    migrate,
    panel,
    plot,
    rebalance,
    replan,
    retention,
    roll,
    rules,
    schema,
    serve,
    simulate,
    slots,
    solve,
    solvers,
    stress,
    study,
    suggest,
    verify,
    waitlist,
    work,
    workbook,
)
from safeschedule.cli.console import complain
from safeschedule.cli.watching import AbortedError
from safeschedule.errors import DisagreementError, SafeScheduleError

__all__ = ["app", "main"]

NOT_DONE = 1
BAD_INPUT = 2
ABORTED = 130

app = typer.Typer(
    name="safeschedule",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain text cuts no option names at 80 columns
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=(
        "Exit status: 0 done and compliant; 1 no compliant schedule; 2 bad input or bad use; "
        "130 aborted. FILE may be - for standard input, and -o - writes JSON to standard output."
    ),
)
app.command("serve", short_help="Run the web application.")(serve.serve)
app.command("work", short_help="Plan for the web application, from another machine.")(work.work)
app.command("retention", short_help="Remove old weeks from the web application's data.")(retention.retention)
app.command("demo", short_help="Plan a sample team's week and write all files.")(demo.demo)
app.command("generate", short_help="Make up a team's week.")(generate.generate)
app.add_typer(importing.app, name="import", short_help="Make a problem from another system's export.")
app.add_typer(workbook.app, name="workbook", short_help="Write a workbook to fill in, or of a problem.")
app.add_typer(actuals.app, name="actuals", short_help="Read what really happened in past weeks.")
app.command("solve", short_help="Plan a week.")(solve.solve)
app.command("contacts", short_help="List who is due for contact or review.")(contacts.contacts)
app.command("panel", short_help="Tell who has room for new clients, now and in the weeks ahead.")(panel.panel)
app.command("intake", short_help="Tell who can take a new client.")(intake.intake)
app.command("rebalance", short_help="Tell which transfers bring everyone inside the caps.")(
    rebalance.rebalance
)
app.command("capacity", short_help="Tell what a service can sustain, from explicit assumptions.")(
    capacity.capacity
)
app.command("huddle", short_help="Tell what a huddle speaks of.")(huddle.huddle)
app.command("waitlist", short_help="Tell who waits, and honestly how long.")(waitlist.waitlist)
app.command("groups", short_help="Tell who could come to a group, and what that frees.")(groups.groups)
app.command("messages", short_help="Tell what is answered in which coordination block.")(messages.messages)
app.command("measures", short_help="Tell balanced measures of recorded weeks.")(measures.measures)
app.command("warnings", short_help="Tell what begins to be too much in recorded weeks.")(measures.early)
app.command("migrate", short_help="Bring a problem of an earlier version to the present one.")(
    migrate.migrate
)
app.command("bands", short_help="List proposed acuity bands, or confirm some.")(bands.bands)
app.command("closures", short_help="List or add dates on which the service is closed.")(closures.closures)
app.command("replan", short_help="Plan a week again after a change.")(replan.replan)
app.command("roll", short_help="Plan several weeks in a row.")(roll.roll)
app.command("verify", short_help="Check a schedule, from whatever source.")(verify.verify)
app.command("explain", short_help="Say why there is no schedule, or why requests are left out.")(
    explain.explain
)
app.command("simulate", short_help="Simulate a quarter or a year under several policies.")(simulate.simulate)
app.add_typer(study.app, name="study", short_help="Compare scenarios, price rules, find the least staff.")
app.command("stress", short_help="Test a schedule with urgent cases and absences.")(stress.stress)
app.command("suggest", short_help="List the best slots for one session.")(suggest.suggest)
app.command("slots", short_help="List every free slot for a type of session.")(slots.slots)
app.command("check-move", short_help="Tell what moving one appointment would do.")(check_move.check_move)
app.add_typer(ledger.app, name="ledger", short_help="Keep the record of what was decided.")
app.command("evidence", short_help="Write the folder for a commissioner or an audit.")(evidence.evidence)
app.command("export", short_help="Write a schedule in another format.")(export.export)
app.command("plot", short_help="Draw a week, a load, an exposure or a waitlist.")(plot.plot)
app.add_typer(rules.app, name="rules", short_help="List the rules, or show one.")
app.command("solvers", short_help="List the solvers that are installed.")(solvers.solvers)
app.command("schema", short_help="Print the JSON schema of a format.")(schema.schema)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"safeschedule {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Make safe weekly schedules of mental-health teams, and check them independently."""


def main() -> None:
    """Run the command line; ends the process with its exit status."""
    try:
        _run()
    except SystemExit as end:
        highs = sys.modules.get("safeschedule.solving.relaxation.highs")
        if highs is None or not highs.running():
            raise
        # A run of HiGHS that was left to itself aborts an orderly end, or holds it up.
        if isinstance(end.code, str):
            complain(end.code)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(end.code if isinstance(end.code, int) else int(end.code is not None))


def _run() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that knows only ASCII shows other letters as what they are, and stays alive.
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except AbortedError as error:
        complain(str(error))
        sys.stdout.flush()
        # The solver's threads still run; an orderly end would pull the floor from under them.
        os._exit(ABORTED)
    except SafeScheduleError as error:
        complain(str(error))
        sys.exit(NOT_DONE if isinstance(error, DisagreementError) else BAD_INPUT)
    except OSError as error:
        if os.environ.get("SAFESCHEDULE_TRACEBACK"):
            raise
        complain(f"The system refused: {error.strerror or type(error).__name__}.")
        # What could not be written cannot be flushed at the end either.
        os._exit(BAD_INPUT)
    except Exception as error:
        if os.environ.get("SAFESCHEDULE_TRACEBACK"):
            raise
        # The text of the error is left out: it could hold more of the input than codes.
        frame = traceback.extract_tb(error.__traceback__)[-1]
        complain(
            f"Something went wrong inside safeschedule: {type(error).__name__} in {frame.name}. "
            "Please report it; SAFESCHEDULE_TRACEBACK=1 in the environment shows where."
        )
        sys.exit(BAD_INPUT)
