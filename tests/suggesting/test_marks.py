"""What a client would notice first about a slot is said first."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from safeschedule.problem import Client, Clinician, Mode, Problem
from safeschedule.replanning.telling import moved_sentence
from safeschedule.schedule import Appointment, Moved
from safeschedule.suggesting.changed import marks

PROBLEM = Problem(
    week_start=date(2026, 10, 5),
    clinicians=(Clinician(id="C1", working=()), Clinician(id="C2", working=())),
    clients=(Client(id="K1", clinician="C1"), Client(id="new")),
)
BEFORE = Appointment(
    session_type="talk",
    clients=("K1",),
    clinicians=("C1",),
    start=datetime(2026, 10, 6, 9),
    minutes=60,
    site="north",
)


@pytest.mark.parametrize(
    ("change", "said", "changed"),
    [
        ({"start": datetime(2026, 10, 6, 11)}, (), ("time",)),
        ({"clinicians": ("C2",)}, ("Another clinician: C2 instead of C1.",), ("clinician",)),
        ({"site": "south"}, ("Another site: south instead of north.",), ("site",)),
        (
            {"mode": Mode.TELEHEALTH, "site": None},
            ("Another way of meeting: telehealth instead of in person.",),
            ("mode", "site"),
        ),
        ({"room": "R2"}, (), ("room",)),
    ],
)
def test_moved_session_says_what_is_another(
    change: dict[str, Any], said: tuple[str, ...], changed: tuple[str, ...]
) -> None:
    """A client would learn of another clinician or site at the door."""
    after = BEFORE.model_copy(update=change)
    assert marks(PROBLEM, after, BEFORE) == said
    assert Moved(BEFORE, after).changed == changed
    if "clinician" in changed:
        assert "with C2 instead of C1" in moved_sentence(Moved(BEFORE, after))


def test_new_session_is_held_against_the_own_clinician() -> None:
    """A slot with a stranger would look like any other."""
    other = BEFORE.model_copy(update={"clinicians": ("C2",)})
    assert marks(PROBLEM, BEFORE, None) == ()
    assert marks(PROBLEM, other, None) == ("Another clinician: C2; the own clinician of K1 is C1.",)
    assert marks(PROBLEM, other.model_copy(update={"clients": ("new",)}), None) == ()
