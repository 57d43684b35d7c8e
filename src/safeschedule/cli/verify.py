"""``safeschedule verify``: check a schedule from anywhere."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from safeschedule.cli.console import console, emit
from safeschedule.cli.inputs import ProblemFile, ScheduleFile, read_both
from safeschedule.cli.ledger.options import FromLedger, On, overrides_of
from safeschedule.cli.summary import print_provenance, print_urgent, print_verification, print_warnings


def verify(
    problem: ProblemFile,
    schedule: ScheduleFile,
    ledger: FromLedger = None,
    on: On = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")] = False,
) -> None:
    """Check a schedule, from whatever source, against every rule.

    The verifier shares no code with the optimiser and needs no solver.
    """
    from safeschedule.verifier import verify

    given, week = read_both(problem, schedule)
    account = verify(given, week, overrides=overrides_of(ledger, on))
    if as_json:
        emit(json.dumps(account.to_dict(brief=True), ensure_ascii=False))
    else:
        print_verification(console(), account)
        print_urgent(console(), given, week)
        print_provenance(console(), given, week)
        print_warnings(console(), account.warnings)
    if not account.compliant:
        raise typer.Exit(1)
