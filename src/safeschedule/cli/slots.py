"""``safeschedule slots``: every free slot in which a session of a type may be booked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from safeschedule.cli.console import console, emit, plain
from safeschedule.cli.inputs import ProblemFile, ScheduleFile, read_both
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name, writing
from safeschedule.cli.summary import hanging

if TYPE_CHECKING:
    import threading

    from rich.console import Console

    from safeschedule.problem import Client, Problem
    from safeschedule.schedule import Appointment, Block, Schedule
    from safeschedule.suggesting import FreeSlots

Type = Annotated[str, typer.Option("--type", metavar="ID", help="The type of session.")]


def _one(weeks: int) -> int:
    # A later week has no schedule yet: nobody could say whose time is free in it, or judge what is offered.
    if weeks > 1:
        raise typer.BadParameter(
            f"{weeks} weeks cannot be judged together: a schedule is of one week, and later ones are not "
            "planned in it; plan these with 'roll', and ask each with its own schedule"
        )
    return weeks


Weeks = Annotated[
    int,
    typer.Option(
        "--weeks", min=1, metavar="N", callback=_one, help="How many weeks: 1, as many as a schedule has."
    ),
]
ClientCode = Annotated[
    str | None, typer.Option("--client", metavar="ID", help="A client of the problem; else somebody new.")
]
Band = Annotated[str | None, typer.Option("--band", metavar="ID", help="The acuity band of somebody new.")]
Way = Annotated[
    str | None,
    typer.Option("--mode", metavar="in_person|telehealth", help="How it is to take place; else either way."),
]
People = Annotated[
    list[str] | None,
    typer.Option("--clinician", metavar="ID", help="One who is asked, instead of everybody; repeatable."),
]
Ics = Annotated[
    str | None,
    typer.Option(
        "--ics", metavar="FILE", callback=output_name, help="Where to write the slots as a calendar, or -."
    ),
]
Fhir = Annotated[
    str | None,
    typer.Option(
        "--fhir",
        metavar="FILE",
        callback=output_name,
        help="Where to write the slots as a FHIR R4 Bundle, or -.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]


def slots(
    problem: ProblemFile,
    schedule: ScheduleFile,
    session_type: Type,
    _weeks: Weeks = 1,
    client: ClientCode = None,
    band: Band = None,
    mode: Way = None,
    clinician: People = None,
    ics: Ics = None,
    fhir: Fhir = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """List every free slot in which a session of a type may be booked without breaking a hard rule.

    Nothing moves for it. The exit status is 1 when no slot is free.
    """
    if client is not None and band is not None:
        raise typer.BadParameter("--band is for somebody new; --client names one of the problem")
    asked = {"--json": as_json, "--ics -": ics == "-", "--fhir -": fhir == "-"}
    piped = [name for name, wanted in asked.items() if wanted]
    if len(piped) > 1:
        raise typer.BadParameter(f"{' and '.join(piped)} would both write to standard output")
    check_apart([ics, fhir], [problem, schedule])
    for name in (ics, fhir):
        if name is not None:
            check_file(name)
    given, week = read_both(problem, schedule)
    found = ask(given, week, session_type, client if band is None else _of(band, given), mode, clinician)
    if as_json:
        emit(json.dumps(found.to_dict(brief=True), ensure_ascii=False))
    elif not piped:
        _tell(console(), found)
    if ics is not None:
        _write(_calendar(found), ics, overwrite=overwrite)
    if fhir is not None:
        _write(_bundle(found), fhir, overwrite=overwrite)
    if not found.slots:
        raise typer.Exit(1)


def _of(band: str, problem: Problem) -> Client:
    from safeschedule.problem import Client
    from safeschedule.suggesting.free.asked import NEW_CLIENT, unused

    return Client(id=unused(NEW_CLIENT, [client.id for client in problem.clients]), band=band)


def ask(
    problem: Problem,
    week: Schedule,
    session_type: str,
    client: Client | str | None,
    mode: str | None,
    clinicians: list[str] | None,
) -> FreeSlots:
    """Return the free slots of a type; the first Ctrl-C ends the search with what was found."""
    from safeschedule.cli.progress import display
    from safeschedule.cli.watching import Words, watched

    def work(_hear: object, stop: threading.Event) -> FreeSlots:
        from safeschedule.suggesting import free_slots

        return free_slots(
            problem, week, session_type, client=client, mode=mode, clinicians=clinicians, stop=stop
        )

    words = Words(stopping="Stopping: what was found so far will be told. Once more to abort.")
    return watched(work, display(quiet=True), words)


def _tell(to: Console, found: FreeSlots) -> None:
    hanging(to, found.head(), indent=0)
    if found.slots:
        to.print(_table(found))
    for line in found.tail():
        hanging(to, line, indent=0)


def _table(found: FreeSlots) -> Table:
    from safeschedule.verifier.wording import weekday_name, words

    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("no", justify="right", no_wrap=True)
    for name in ("with", "when", "where", "brings", "excludes"):
        table.add_column(name)
    for number, slot in enumerate(found.slots):
        given = slot.appointment
        day = f"{weekday_name(given.start.weekday())[:3]} {given.start.day}"
        place = (
            "telehealth" if given.mode == "telehealth" else ", ".join(filter(None, (given.site, given.room)))
        )
        beside = ", ".join(f"{words(block.kind)} {_clock(block)}" for block in slot.blocks)
        gone = spans([other + 1 for other in found.excluded_by(number)])
        cells = (", ".join(given.clinicians), f"{day}, {_clock(given)}", place, beside, gone)
        table.add_row(str(number + 1), *map(plain, cells))
    return table


def _clock(given: Appointment | Block) -> str:
    from safeschedule.verifier.wording import span

    start = given.start.hour * 60 + given.start.minute
    return span(start, start + given.minutes)


def spans(numbers: list[int]) -> str:
    """Return sorted numbers with runs shortened: ``1-3, 7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _calendar(found: FreeSlots) -> bytes:
    from safeschedule.exchange.ics import free_calendar

    return free_calendar(found.problem, found.schedule, [slot.appointment for slot in found.slots])


def _bundle(found: FreeSlots) -> bytes:
    from safeschedule.exchange.fhir import fhir_slots
    from safeschedule.exchange.fhir.bundles import as_bytes

    return as_bytes(fhir_slots(found.problem, [found]))


def _write(data: bytes, name: str, *, overwrite: bool) -> None:
    if name == "-":
        emit(data.decode())
        return
    writing(lambda files: files.write(name, data), overwrite=overwrite)
    console(err=True).print(f"Written: {name}", soft_wrap=True)
