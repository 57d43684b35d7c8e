"""A rubric proposes bands with its sum; only a clinician changes one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeschedule.caseload import confirm_bands
from safeschedule.caseload.rubrics import (
    AcuityRubric,
    RubricAnswers,
    example_rubric,
    example_rubric_text,
    read_rubric,
    rubric_bands,
)
from safeschedule.errors import InputError
from tests.caseload.team import client, problem

RUBRIC = example_rubric()
ANSWERED = st.fixed_dictionaries({item.id: st.sampled_from(list(item.answers)) for item in RUBRIC.items})


@given(ANSWERED)
def test_the_sum_is_what_is_shown_and_the_band_is_the_highest_that_it_reaches(
    answers: dict[str, str],
) -> None:
    """A client would get a band by another sum than the one on record."""
    (found,) = rubric_bands(problem(client()), RUBRIC, RubricAnswers(clients={"K1": answers}))
    points = {item.id: item.weight * item.answers[answers[item.id]] for item in RUBRIC.items}
    assert found.score == sum(points.values()) == sum(term.score for term in found.terms)
    starts = {band.band: band.from_score for band in RUBRIC.bands}
    assert starts[found.proposed] <= found.score
    assert not [band for band, least in starts.items() if starts[found.proposed] < least <= found.score]
    assert f"= {found.score}; {found.proposed} from" in found.sentence


@given(ANSWERED, st.data())
def test_a_worse_answer_never_proposes_a_lower_band(answers: dict[str, str], data: st.DataObject) -> None:
    """Somebody who is worse would be seen less."""
    item = data.draw(st.sampled_from(RUBRIC.items))
    worse = answers | {item.id: max(item.answers, key=lambda answer: item.answers[answer])}
    before, after = (
        rubric_bands(problem(client()), RUBRIC, RubricAnswers(clients={"K1": each}))[0].proposed
        for each in (answers, worse)
    )
    order = [band.band for band in RUBRIC.bands]
    assert order.index(after) >= order.index(before)


def test_a_score_changes_nothing_until_a_clinician_confirms_it() -> None:
    """A band would change by itself, or its record would not say why."""
    week = problem(client(), client("K2"))
    worst = {item.id: list(item.answers)[-1] for item in RUBRIC.items}
    scored = rubric_bands(week, RUBRIC, RubricAnswers(clients={"K1": worst}))
    assert [(s.client, s.direction, s.proposed, s.score) for s in scored] == [("K1", "up", "very_high", 19)]
    assert week.by_code.clients["K1"].band == "moderate"
    after, (record,) = confirm_bands(week, {"K1": "very_high"}, "C2", date(2026, 10, 7), scored)
    assert str(after.by_code.clients["K1"].next_review) == "2026-10-21"
    assert record.reason.startswith("example rubric 1: 3 × 3 (risk: acute) + ")
    _, (other,) = confirm_bands(week, {"K1": "high"}, "C2", date(2026, 10, 7), scored)
    assert other.reason == "Not proposed: the clinician's own judgment."


def test_every_fault_of_rubric_and_answers_is_told_at_once() -> None:
    """An item would count for nothing because its answer is misspelt."""
    broken = RUBRIC.model_dump(mode="json")
    broken["bands"] = [{"band": "low", "from_score": 2}, {"band": "hihg", "from_score": 40}]
    rubric = AcuityRubric.model_validate(broken)
    answers = RubricAnswers(clients={"K1": {"risk": "soem", "mood": "low"}, "K9": {}})
    with pytest.raises(InputError) as caught:
        rubric_bands(problem(client()), rubric, answers)
    places = [fault.place for fault in caught.value.faults]
    assert {"bands[1].band", "bands", "clients.K1.risk", "clients.K1.mood", "clients.K9"} <= set(places)
    assert "did you mean high" in str(caught.value)
    assert "did you mean some" in str(caught.value)


def test_a_rubric_is_read_from_toml_and_refused_whole(tmp_path: Path) -> None:
    """A service would score by half of its rubric."""
    path = tmp_path / "rubric.toml"
    path.write_text(example_rubric_text(), encoding="utf-8")
    assert read_rubric(path) == RUBRIC
    path.write_text('name = "x"\n[[items]]\nid = "a"\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_rubric(path)
    assert {"items[0].question", "items[0].answers", "bands"} <= {
        fault.place for fault in caught.value.faults
    }
