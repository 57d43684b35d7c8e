"""What a format is: how a schedule is written in it and read from it, how a problem is imported from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from safeschedule.actuals import Actuals
    from safeschedule.errors import Fault
    from safeschedule.exchange.fhir.free import Free
    from safeschedule.exchange.writing import Files
    from safeschedule.ledger import OverrideInForce
    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule


@dataclass(frozen=True)
class Export:
    """A schedule that is to be written.

    Parameters
    ----------
    problem, schedule
        The week that was planned, and what came of it.
    path
        The file, or the folder of a format that writes one.
    stamp
        When the schedule counts as made; ``None``: when it says itself.
    files
        What writes: all of an export's files, or none.
    overrides
        Overrides that are in force, for formats that tell what the verifier says.
    free
        What may be booked beside, for formats that tell it.
    """

    problem: Problem
    schedule: Schedule
    path: Path
    stamp: datetime | None
    files: Files
    overrides: tuple[OverrideInForce, ...] = ()
    free: tuple[Free, ...] = ()


@dataclass(frozen=True)
class ProblemExport:
    """A problem that is to be written alone, without a schedule.

    Parameters
    ----------
    problem
        A problem without faults.
    path
        The file, or the folder of a format that writes one.
    files
        What writes: all of an export's files, or none.
    """

    problem: Problem
    path: Path
    files: Files


@dataclass(frozen=True)
class Writer:
    """How a schedule is written.

    Parameters
    ----------
    about
        What comes of it, in a few words.
    write
        Writes it, and returns what people are to be told.
    folder
        Whether it writes a folder, not a file.
    continues
        Whether it can go on from a schedule that people have (``--since``).
    verifies
        Whether it tells what the verifier says, and so heeds overrides (``--ledger``).
    offers
        Whether it tells what may be booked beside (``--free``).
    alone
        Writes a problem without a schedule, and returns what people are to be told; ``None``: it cannot.
    """

    about: str
    write: Callable[[Export], list[str]]
    folder: bool = False
    continues: bool = False
    verifies: bool = False
    offers: bool = False
    alone: Callable[[ProblemExport], list[str]] | None = None


@dataclass(frozen=True)
class Given:
    """A file that is to be read.

    Parameters
    ----------
    source
        Its path, or an open text file.
    name
        What it is called, without folders; empty for a stream.
    beginning
        Its first bytes, by which formats are told apart.
    """

    source: Path | TextIO
    name: str
    beginning: bytes


@dataclass(frozen=True)
class Reader:
    """How a schedule is read.

    Parameters
    ----------
    recognises
        Whether a file looks like one of this format.
    read
        Returns the schedule for the verifier to judge, or raises `InputError` with every fault.
    changes
        Tells what people have changed since it was written, or what was read otherwise than it is written;
        ``None``: a file of this format does not know.
    """

    recognises: Callable[[Given], bool]
    read: Callable[[Problem, Given], Schedule]
    changes: Callable[[Problem, Given], list[str]] | None = None


@dataclass(frozen=True)
class ImportOption:
    """An option of an import.

    Parameters
    ----------
    name
        That of the keyword argument; on the command line with dashes.
    kind
        What it is: text, a number, a date, a file that is read, or a flag.
    metavar, help
        What the command's help says.
    needed
        Whether it has to be given.
    written
        Whether it is a file that is written, not read.
    """

    name: str
    kind: type[str] | type[int] | type[date] | type[Path] | type[bool]
    help: str
    metavar: str = ""
    needed: bool = False
    written: bool = False


@dataclass(frozen=True)
class Imported:
    """What came of an import.

    Parameters
    ----------
    problem
        It has no faults.
    schedule
        The week as it is booked now, for formats that hold it.
    notes
        What people are to be told.
    warnings
        What is hardly meant, by its places in the file; ``None``: the format does not know them.
    """

    problem: Problem
    schedule: Schedule | None = None
    notes: tuple[str, ...] = ()
    warnings: tuple[Fault, ...] | None = None


@dataclass(frozen=True)
class Importer:
    """How a problem is made of another system's files.

    Parameters
    ----------
    about, details
        What it is, in one line without a full stop, and what the command's help says besides.
    source, help
        The word for what is read, and what the command's help says of it.
    read
        Called with the path and the options by name; raises `InputError` with every fault.
    options
        The options beside those that every import has.
    books
        Whether it finds the week as it is booked now (``--bookings``).
    recognises
        Whether a file is a problem in this format, for every command that takes a problem; ``None``: it is
        only imported.
    """

    about: str
    source: str
    help: str
    read: Callable[..., Imported]
    details: str = ""
    options: tuple[ImportOption, ...] = ()
    books: bool = False
    recognises: Callable[[Given], bool] | None = None


@dataclass(frozen=True)
class Recorder:
    """How what happened in a week is read and written.

    Parameters
    ----------
    about
        What it is, in a few words.
    read
        Returns the week of a file, or raises `InputError` with every fault.
    write
        Returns the whole file of a week.
    """

    about: str
    read: Callable[[Path], Actuals]
    write: Callable[[Actuals], bytes]


@dataclass(frozen=True)
class Format:
    """One format.

    Parameters
    ----------
    name
        The word on the command line.
    writes, reads, imports, records
        What it is good for; ``None``: not for this.
    """

    name: str
    writes: Writer | None = None
    reads: Reader | None = None
    imports: Importer | None = None
    records: Recorder | None = None
