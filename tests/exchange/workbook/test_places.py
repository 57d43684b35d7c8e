"""Sites that are said by day go into the hours of whose they are."""

from __future__ import annotations

import pytest

from safeschedule.exchange.workbook.meaning import UnreadError
from safeschedule.exchange.workbook.meaning.places import read_places

KNOWN = ("Riverside", "Hilltop", "Riverside 1")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Riverside mon/tue, Hilltop wed", {"mon": "Riverside", "tue": "Riverside", "wed": "Hilltop"}),
        ("Tue+Thu Riverside, Wed Hilltop", {"tue": "Riverside", "thu": "Riverside", "wed": "Hilltop"}),
        ("Mon, Tue at riverside; Fri: Hilltop", {"mon": "Riverside", "tue": "Riverside", "fri": "Hilltop"}),
        (
            "Riverside (Weds Hilltop)",
            {**dict.fromkeys(("mon", "tue", "thu", "fri", "sat", "sun"), "Riverside"), "wed": "Hilltop"},
        ),
    ],
)
def test_sites_are_read_with_their_days(text: str, days: dict[str, str]) -> None:
    """Otherwise whoever is at two sites would have rooms at the wrong one."""
    found = read_places(text, KNOWN)
    assert found is not None
    assert found.on == days
    again = read_places(found.text(), KNOWN)
    assert again is not None
    assert again.on == days


@pytest.mark.parametrize(
    "text", ["Riverside, Hilltop", "Riverside", "Riverside mon, elsewhere wed", "mon", ""]
)
def test_what_names_no_days_or_no_sites_stays_a_list(text: str) -> None:
    """Otherwise an unknown place would be dropped, or a list of sites read as something else."""
    assert read_places(text, KNOWN) is None


def test_a_day_at_two_sites_is_refused() -> None:
    """Otherwise one of the two would be taken by chance."""
    with pytest.raises(UnreadError):
        read_places("Riverside mon, Hilltop mon", KNOWN)
