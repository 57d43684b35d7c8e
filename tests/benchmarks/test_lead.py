"""The measures by which a clinical lead reads a week, on weeks that are judged by hand."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.lead import figures
from benchmarks.price import AS_IT_IS, CHANGES, changed
from benchmarks.price import table as priced
from benchmarks.weeks import table
from safeschedule import Problem, Schedule, rulebook_hash
from safeschedule.problem import problem_from_text
from safeschedule.samples import generate

SESSIONS = {"A": ("09:00", "R1"), "B": ("10:00", "R2"), "C": ("15:00", "R2")}


def measured(*blocks: tuple[str, str, int], sessions: tuple[str, ...] = ("A", "B", "C")) -> dict[str, Any]:
    """Measure a Monday 09:00-17:00 of one clinician who works on Tuesday, too."""
    problem = Problem.model_validate(
        {
            "week_start": "2026-10-05",
            "clinicians": [
                {
                    "id": "C1",
                    "working": [{"day": day, "start": "09:00", "end": "17:00"} for day in ("mon", "tue")],
                }
            ],
            "rooms": [{"id": "R1", "kind": "consulting"}, {"id": "R2", "kind": "consulting"}],
            "clients": [{"id": code, "band": "low"} for code in SESSIONS],
            "session_types": [{"id": "talk", "minutes": 60, "room_kind": "consulting"}],
            "requests": [{"id": code, "client": code, "session_type": "talk"} for code in SESSIONS],
        }
    )
    schedule = Schedule.model_validate(
        {
            "week_start": "2026-10-05",
            "appointments": [
                {
                    "request": code,
                    "session_type": "talk",
                    "clients": [code],
                    "clinicians": ["C1"],
                    "start": f"2026-10-05T{SESSIONS[code][0]}",
                    "minutes": 60,
                    "mode": "in_person",
                    "room": SESSIONS[code][1],
                }
                for code in sessions
            ],
            "blocks": [
                {"kind": kind, "clinicians": ["C1"], "start": f"2026-10-05T{start}", "minutes": minutes}
                for kind, start, minutes in blocks
            ],
        }
    )
    return figures(problem, schedule)


def test_documentation_before_the_work_is_counted() -> None:
    """If it fails, notes that are written before there is anything to write pass for good."""
    found = measured(("documentation", "09:30", 15), ("documentation", "11:00", 45))
    assert found["documentation_before_work"] == 0.25
    assert found["sessions_without_documentation_after"] == round(1 / 3, 4)
    assert measured(("documentation", "16:00", 15))["sessions_without_documentation_after"] == 0


def test_stretches_end_with_breaks_and_free_time() -> None:
    """If it fails, a long stretch passes for a short one, or a day without a meal for one with it."""
    found = measured(("reset", "11:00", 30), ("break", "12:00", 30))
    assert found["longest_without_pause"] == 150
    assert found["longest_without_meal"] == 270
    assert measured(("break", "12:00", 15))["longest_without_meal"] == 480


def test_days_and_rooms() -> None:
    """If it fails, a full and an empty day look even, or changes of room are not seen."""
    found = measured()
    assert (found["days_apart_median"], found["days_apart_most"]) == (3, 3)
    assert found["rooms_changed"] == 0.5


def test_shares_of_what_was_asked_for() -> None:
    """If it fails, what is left out counts as placed."""
    found = measured(sessions=("A",))
    assert found["placed_by_band"] == {"low": round(1 / 3, 4)}
    assert found["placed_by_length"] == {"31 to 60": round(1 / 3, 4)}


def test_urgent_slots_by_person_and_half_day() -> None:
    """If it fails, slots that all lie in one half-day of one person look spread."""
    found = measured(("urgent_slot", "11:00", 60), ("urgent_slot", "13:00", 60))
    assert (found["urgent_slots"], found["urgent_slots_of_one"], found["urgent_half_days"]) == (2, 1.0, 2)


def test_the_table_has_a_row_for_each_week() -> None:
    """If it fails, the page's tables lose weeks or columns."""
    line = {"instance": "week-1", "placed": 3, **measured()}
    rows = table([line, {"instance": "none", "verified": False}]).splitlines()
    assert [row.split(" | ")[0] for row in rows if "week-1" in row] == ["| week-1", "| week-1"]
    assert not any("none" in row for row in rows)


def test_the_price_of_a_change_is_told_by_what_is_placed_without_it() -> None:
    """If it fails, the page says that a rule costs sessions when it does not, or the other way round."""
    whole = {"instance": "w", "placed": 60, "asked": 80}
    lines = [{**whole, "change": AS_IT_IS}, {**whole, "change": "no urgent slots", "placed": 64}]
    assert priced(lines).splitlines()[2:] == ["| no urgent slots | 1 | +5.0 |"]


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_one_that_a_rulebook_can_say(name: str) -> None:
    """If it fails, a change says nothing, and its price is that of nothing."""
    problem = generate(4, 1)
    other = changed(problem, CHANGES[name])
    assert (rulebook_hash(other.rulebook) == rulebook_hash(problem.rulebook)) == (name == AS_IT_IS)
    problem_from_text(other.model_dump_json(exclude_defaults=True))


def test_notes_after_an_urgent_slot_are_no_early_ones() -> None:
    """If it fails, what is written of an urgent case counts as written before any work."""
    found = measured(("urgent_slot", "09:00", 60), ("documentation", "10:00", 30), sessions=("C",))
    assert found["documentation_before_work"] == 0
