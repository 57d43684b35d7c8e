"""What happened in past weeks, as an export tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from safeschedule.actuals import Actuals, ActualVisit, Attendance, find_actuals_faults
from safeschedule.arguments import Arguments
from safeschedule.errors import Fault, InputError
from safeschedule.exchange.ehr_csv.checking import check_mapping
from safeschedule.exchange.ehr_csv.export import read_export
from safeschedule.exchange.ehr_csv.mapping import Mapping, read_mapping
from safeschedule.exchange.ehr_csv.records import PastVisit
from safeschedule.exchange.ehr_csv.week import monday_of

MOST_WEEKS = 520
"""Ten years."""

_OUTCOMES = {
    "COMPLETED": Attendance.ATTENDED,
    "NO_SHOW": Attendance.NO_SHOW,
    "CANCELED": Attendance.CANCELLED,
    "RESCHEDULED": Attendance.RESCHEDULED,
}
"""SCHEDULED is not here: what becomes of it is not known yet."""


def import_ehr_actuals(
    folder: str | Path, week: date, weeks: int = 1, mapping: Mapping | str | Path | None = None
) -> tuple[Actuals, ...]:
    """Read what happened from a record system's export: visits with their outcome, real times and notes.

    What the export does not hold stays ``None``: protected blocks, breaks, hours, events, referrals,
    supervision. It does not say when or by whom a visit was cancelled, and neither do the actuals.

    Parameters
    ----------
    folder
        The folder with the export's CSV files (see the reference page on the EHR export).
    week
        Any date of the first week.
    weeks
        How many weeks, 1 to 520.
    mapping
        What the export cannot say, or the TOML file that says it: the kinds of visit types, the time zone
        and the name.

    Returns
    -------
    tuple of Actuals
        One for each week that has visits, the earliest first.

    Raises
    ------
    ArgumentError
        An argument is of another kind.
    InputError
        With every fault of the export and the mapping; or when none of the weeks has visits.

    Examples
    --------
    >>> from datetime import date
    >>> from safeschedule import InputError, import_ehr_actuals
    >>> try:
    ...     import_ehr_actuals(folder, date(2026, 10, 5))
    ... except InputError as error:
    ...     error.faults[0].code
    'missing_file'
    """
    looked = Arguments("import_ehr_actuals").kind("folder", folder, (str, Path), "the name of a folder")
    looked.date("week", week, needed=True).whole("weeks", weeks, 1, MOST_WEEKS)
    if mapping is not None:
        looked.kind("mapping", mapping, (str, Path, Mapping), "a Mapping, or the name of a file")
    looked.done()
    chosen, types, visits = _read(Path(folder), mapping)
    first = monday_of(week)
    mondays = [first + timedelta(weeks=number) for number in range(weeks)]
    found = (_week(visits, monday, types, chosen) for monday in mondays)
    made = tuple(actuals for actuals in found if actuals.visits)
    if not made:
        expected = f"visits from {first} to {mondays[-1] + timedelta(days=6)}"
        raise InputError("EHR export", [Fault("no_visits", PastVisit.file, "none", expected)])
    return made


def _read(
    folder: Path, mapping: Mapping | str | Path | None
) -> tuple[Mapping, dict[str, str], list[PastVisit]]:
    """Return the mapping, the descriptions of visit types by id, and the visits in the order of time."""
    faults: list[Fault] = []
    path = Path(mapping) if isinstance(mapping, str) else mapping
    chosen = read_mapping(path, faults) if isinstance(path, Path) else path or Mapping()
    of_export: list[Fault] = []
    export = read_export(folder, of_export, PastVisit)
    visits = [visit for visit in export.visits if isinstance(visit, PastVisit)]
    types = {entry.visit_type_id: entry.description for entry in export.visit_types}
    if not faults and not of_export:
        check_mapping(export, chosen, path.name if isinstance(path, Path) else "mapping", faults)
        of_export += _of_times(visits, types, chosen)
    if faults or of_export:
        raise InputError("EHR export", [*of_export, *faults])
    return chosen, types, sorted(visits, key=lambda visit: (visit.scheduled_start, visit.visit_id))


def _of_times(visits: Iterable[PastVisit], types: dict[str, str], mapping: Mapping) -> list[Fault]:
    """Return what contradicts itself in a visit, at its place in the file."""
    columns = {"began": "actual_start", "ended": "actual_end", "planned": "scheduled_start"}
    faults: list[Fault] = []
    for visit in visits:
        made = Actuals(
            week_start=monday_of(visit.scheduled_start.date()), visits=(_visit(visit, types, mapping),)
        )
        for fault in find_actuals_faults(made):
            column = fault.place.rpartition(".")[2]
            faults.append(replace(fault, place=visit.place(visit.row, columns.get(column, column))))
    return faults


def _week(visits: Iterable[PastVisit], monday: date, types: dict[str, str], mapping: Mapping) -> Actuals:
    own = (visit for visit in visits if monday_of(visit.scheduled_start.date()) == monday)
    return Actuals(
        name=mapping.name,
        week_start=monday,
        time_zone=mapping.time_zone,
        visits=tuple(_visit(visit, types, mapping) for visit in own),
    )


def _visit(visit: PastVisit, types: dict[str, str], mapping: Mapping) -> ActualVisit:
    description = types[visit.visit_type_id]
    means = mapping.visit_type(description)
    return ActualVisit(
        client=visit.individual_id,
        clinicians=(visit.employee_id,),
        planned=visit.scheduled_start,
        minutes=visit.scheduled_duration_minutes,
        session_type=description,
        kind=None if means is None else means.kind,
        outcome=_OUTCOMES.get(visit.visit_status),
        began=visit.actual_start,
        ended=visit.actual_end,
        documented=visit.documented_at,
    )
