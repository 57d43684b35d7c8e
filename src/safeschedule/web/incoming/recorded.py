"""Files in which people record how a week went: JSON, or the workbook with a sheet for each list."""

from __future__ import annotations

from safeschedule import Actuals, Fault, InputError, actuals_from_text
from safeschedule.exchange.actuals_workbook import read_actuals_workbook
from safeschedule.web.incoming.files import Incoming, on_disk
from safeschedule.web.incoming.reading import require_small


def actuals_in(file: Incoming) -> Actuals:
    """Return the week that a file records.

    Raises
    ------
    InputError
        It is of another kind, or has faults; with all of them.
    """
    require_small(file)
    if file.ending == ".json":
        return actuals_from_text(file.data.decode(errors="replace"), "the recorded week")
    if file.ending in (".xlsx", ".ods"):
        with on_disk(file) as (path,):
            return read_actuals_workbook(path)
    expected = "a recorded week as JSON or as a workbook"
    raise InputError("the recorded week", [Fault("other_kind", "file", file.ending, expected)])
