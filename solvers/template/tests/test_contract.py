"""The solver under the contract that every solver keeps."""

from safeschedule.solving.backend import backends, find_backend
from safeschedule.testing import check_backend


def test_it_is_found_by_its_name() -> None:
    """If it fails, the package is installed but its solver cannot be asked for."""
    assert "template" in backends()
    assert find_backend("template").name == "template"


def test_it_keeps_the_contract() -> None:
    """If it fails, the solver hands over something that is not so, or does not end when told to."""
    check_backend(find_backend("template"))
