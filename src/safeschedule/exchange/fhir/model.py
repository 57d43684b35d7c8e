"""The R4 models of fhir.resources (those of R4B, which are the same for the resources that are used here)."""

from __future__ import annotations

from functools import cache
from typing import Any

from safeschedule.exchange.fhir.terms import BASE
from safeschedule.needing import library

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


def validate(resource: dict[str, Any]) -> None:
    """Do nothing when a resource is valid, this package's own extensions aside.

    These are looked at by who reads them; the models take ten times as long over a resource with them.

    Raises
    ------
    pydantic.ValidationError
        It is not.
    """
    model(resource["resourceType"]).model_validate(_bare(resource))


def _bare(value: Any) -> Any:
    """Return plain data without the extensions of this package."""
    if isinstance(value, list):
        return [_bare(each) for each in value]
    if not isinstance(value, dict):
        return value
    made = {key: _bare(each) for key, each in value.items() if key != "extension"}
    found = value.get("extension")
    rest = [each for each in found if not _is_own(each)] if isinstance(found, list) else found
    return {**made, "extension": rest} if rest else made


def _is_own(found: Any) -> bool:
    return isinstance(found, dict) and str(found.get("url", "")).startswith(f"{BASE}/")
