"""What a capacity exception is about, taken from the panel or from the document that ``explain`` wrote."""

from __future__ import annotations

from typing import Any

from safeschedule.cli.console import console
from safeschedule.cli.inputs import read_problem, read_week, source

_LONGEST = 10_000
"""Characters of a text in the ledger."""

_FIELDS = ("mitigation", "recovery_plan", "owner", "review_on")


def breach_of(problem: str, schedule: str | None, clinician: Any) -> dict[str, str]:
    """Return the breach by the figures of the panel; nothing where no limit is passed."""
    from safeschedule.caseload.panels import panel_status
    from safeschedule.caseload.panels.exceptions import breach_sentence

    given = read_problem(problem)
    found = panel_status(given, None if schedule is None else read_week(given, schedule))
    said = breach_sentence(found, None if clinician is None else str(clinician))
    if not said:
        console(err=True).print(
            "Nobody passes a limit in the panel: the breach has to be said.", soft_wrap=True
        )
    return {"breach": said} if said else {}


def written_exception(name: str) -> dict[str, str]:
    """Return what a capacity exception as JSON says, as far as people have filled it in.

    Raises
    ------
    InputError
        It is no such document.
    """
    from safeschedule.errors import Fault, InputError
    from safeschedule.problem.reading.parsing import parse_json
    from safeschedule.problem.reading.source import read_text

    data = parse_json(read_text(source(name), "capacity exception"), "capacity exception")
    try:
        sentences = [str(each["sentence"]) for each in data["explanation"]["breaches"]]
        said = {field: data[field] for field in _FIELDS if data.get(field)}
    except (KeyError, TypeError, AttributeError):
        fault = Fault("wrong_type", "the file", "", "what explain --exception FILE.json wrote")
        raise InputError("capacity exception", [fault]) from None
    return {"breach": " ".join(sentences or ["Not measured."])[:_LONGEST], **said}
