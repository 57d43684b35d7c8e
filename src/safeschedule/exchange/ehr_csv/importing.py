"""The import from end to end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from safeschedule.arguments import Arguments
from safeschedule.errors import Fault, InputError
from safeschedule.exchange.ehr_csv.build import build_problem
from safeschedule.exchange.ehr_csv.checking import check_mapping, check_week
from safeschedule.exchange.ehr_csv.export import read_export
from safeschedule.exchange.ehr_csv.mapping import Mapping, read_mapping
from safeschedule.exchange.ehr_csv.week import choose
from safeschedule.problem.clock import FIRST_DATE, LAST_DATE
from safeschedule.problem.faults import find
from safeschedule.problem.problem import Problem
from safeschedule.schedule import Schedule

_SPAN = timedelta(days=4000)
"""What is looked back from the week, and a little more."""

_WAYS_OUT = {
    "no_supervisor": "the mapping file says who is one: is_supervisor = true under clinicians",
    "not_a_supervisor": "the mapping file says who is one: is_supervisor = true under clinicians",
    "session_too_long": "the mapping file has the hours: hours, or hours under clinicians",
    "overlapping_periods": "the mapping file has the hours: hours, or hours under clinicians",
}
"""Where the mapping file mends what is wrong with a problem, by the fault's code."""


def import_ehr_csv(
    folder: str | Path, week: date, mapping: Mapping | str | Path | None = None
) -> tuple[Problem, Schedule]:
    """Read a record system's export: one week to plan, and the same week as it is booked.

    Only ids leave the importer. Names, dates of birth and the like are not even read.

    Parameters
    ----------
    folder
        The folder with the export's CSV files (see the reference page on the EHR export).
    week
        Any date of the week; the week begins on its Monday.
    mapping
        What the export cannot say, or the TOML file that says it; ``None``: the defaults.

    Returns
    -------
    Problem
        The planned visits of the week as requests, with the people and places they need.
    Schedule
        The bookings as they stand, without protected blocks; the verifier will have much to say.

    Raises
    ------
    ArgumentError
        An argument is of another kind.
    InputError
        With every fault of the export and the mapping; or when the week has no planned visits; or with
        every fault of the problem that would come of them.

    Examples
    --------
    >>> from datetime import date
    >>> from safeschedule import InputError, import_ehr_csv
    >>> try:
    ...     import_ehr_csv(folder, date(2026, 10, 5))
    ... except InputError as error:
    ...     error.faults[0].code
    'missing_file'
    """
    looked = Arguments("import_ehr_csv").kind("folder", folder, (str, Path), "the name of a folder")
    looked.date("week", week, needed=True)
    if mapping is not None:
        expected = "a Mapping, or the name of a file"
        looked.kind("mapping", mapping, (str, Path, Mapping), expected)
    looked.done()
    folder = Path(folder)
    mapping = Path(mapping) if isinstance(mapping, str) else mapping
    if not FIRST_DATE + _SPAN <= week <= LAST_DATE - _SPAN:
        raise InputError("EHR export", [Fault("out_of_range", "week", str(week), "a date of our time")])
    faults: list[Fault] = []
    source = mapping.name if isinstance(mapping, Path) else "mapping"
    chosen = read_mapping(mapping, faults) if isinstance(mapping, Path) else mapping or Mapping()
    mapping_read = not faults
    of_export: list[Fault] = []
    export = read_export(folder, of_export)
    if mapping_read and not of_export:
        check_mapping(export, chosen, source, faults)
    if faults or of_export:
        raise InputError("EHR export", [*of_export, *faults])
    planned = choose(export, week)
    check_week(export, planned, chosen, faults)
    if faults:
        raise InputError("EHR export", faults)
    problem, booked = build_problem(export, planned, chosen)
    found = find(problem)
    if found:
        # What the export says cannot be planned, and a file that is refused later helps nobody.
        raise InputError("problem made of the EHR export", [_with_way_out(fault) for fault in found])
    return problem, booked


def _with_way_out(fault: Fault) -> Fault:
    hint = _WAYS_OUT.get(fault.code)
    return fault if hint is None else replace(fault, expected=f"{fault.expected}; {hint}")
