"""The R4 models of fhir.resources (those of R4B, which are the same for the resources that are used here)."""

from __future__ import annotations

from functools import cache
from typing import Any

from safeschedule.exchange.workbook.needing import library

EXTRA = "fhir"


def require(what: str) -> None:
    """Do nothing when the library is installed.

    Raises
    ------
    InputError
        It is not; with the command that installs it.
    """
    library("fhir.resources.R4B", what, EXTRA)


@cache
def model(type_: str) -> Any:
    """Return the model of a type of resource."""
    from fhir.resources.R4B import get_fhir_model_class

    return get_fhir_model_class(type_)
