"""The solver under the contract that every solver keeps, and chosen where it is made for the week."""

from safeschedule import Problem, solve
from safeschedule.samples import sample
from safeschedule.solving.backend import backends, chosen_for, find_backend
from safeschedule.testing import check_backend
from solvers.dayprogramme.tests.programmes import crowded


def test_it_is_found_by_its_name() -> None:
    """If it fails, the package is installed but its solver cannot be asked for."""
    assert "dayprogramme" in backends()
    assert find_backend("dayprogramme").name == "dayprogramme"


def test_it_keeps_the_contract() -> None:
    """If it fails, the solver hands over something that is not so, or does not end when told to."""
    check_backend(find_backend("dayprogramme"))


def few() -> Problem:
    """Return a small week of a day programme."""
    return crowded().model_copy(update={"requests": crowded().requests[:6], "clients": crowded().clients[:2]})


def test_it_is_chosen_where_it_is_made_for_the_week() -> None:
    """If it fails, a day programme is planned by a search that finds no schedule for most of them."""
    assert chosen_for(crowded()) == "dayprogramme"
    assert chosen_for(sample()) == "cpsat"
    result = solve(few(), deterministic_limit=5.0, workers=1)
    assert result.provenance.solver == "dayprogramme"
    assert "dates" in {phase.name for phase in result.phases}


def test_another_solver_may_be_named() -> None:
    """If it fails, nobody can compare the two, as the one that is chosen cannot be declined."""
    result = solve(few(), solver="cpsat", deterministic_limit=5.0, workers=1)
    assert result.provenance.solver == "cpsat"
    assert "dates" not in {phase.name for phase in result.phases}
