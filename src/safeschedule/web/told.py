"""How faults are told: one exception, one shape (RFC 9457), for programs and for pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from safeschedule import InputError
from safeschedule.errors import PicklesWhole

MOST = 200
"""Faults that are told of one input."""


class RefusalError(PicklesWhole, Exception):
    """What was asked is not done.

    Parameters
    ----------
    status
        Of HTTP.
    code
        A stable word for programs.
    detail
        One or two sentences for people.
    more
        What else a program can use.
    """

    def __init__(self, status: int, code: str, detail: str, more: Mapping[str, Any] | None = None) -> None:
        self.status, self.code, self.detail, self.more = status, code, detail, dict(more or {})
        super().__init__(detail)

    def problem(self) -> dict[str, Any]:
        """Return it as a problem of RFC 9457."""
        return {
            "type": f"urn:safeschedule:{self.code}",
            "title": TITLES.get(self.status, "Not done"),
            "status": self.status,
            "detail": self.detail,
            **self.more,
        }


TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    409: "Somebody was quicker",
    413: "Too large",
    415: "Another kind of file",
    422: "The input has faults",
    428: "Which version?",
    429: "Too many tries",
    500: "Something went wrong inside",
    503: "Not now",
}


def not_found(what: str) -> RefusalError:
    """Return that there is no such thing."""
    return RefusalError(404, "not_found", f"There is no such {what}.")


def of_input(error: InputError) -> RefusalError:
    """Return the faults of an input."""
    faults = [fault.to_dict() for fault in error.faults[:MOST]]
    return RefusalError(422, "faults", sentences(error)[0], {"what": error.what, "faults": faults})


def sentences(error: InputError) -> Sequence[str]:
    """Return the faults as people read them."""
    return [str(fault) for fault in error.faults[:MOST]] or [str(error)]
