"""A rule exists four times by the same name: statement, encoder, check, cases."""

from pathlib import Path

import pytest

from safeschedule.catalogue import rules

TESTS = Path(__file__).parents[1]
PACKAGE = TESTS.parent / "src" / "safeschedule"
PLACES = {
    "encoders": (PACKAGE / "model" / "encoders", "*.py"),
    "checks": (PACKAGE / "verifier" / "checks", "*.py"),
    "cases": (TESTS / "cases", "*.yaml"),
}


@pytest.mark.parametrize("place", PLACES)
def test_each_rule_is_there_and_nothing_else(place: str) -> None:
    """A rule has a statement that one side does not know, or a side has something without a statement."""
    folder, pattern = PLACES[place]
    names = {path.stem for path in folder.glob(pattern) if not path.stem.startswith("_")}
    assert names == set(rules())
