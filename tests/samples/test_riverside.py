"""The bundled week."""

from __future__ import annotations

from safeschedule.problem import faults
from safeschedule.samples import sample
from safeschedule.samples.riverside import FILE, as_text, make_riverside


def test_the_bundled_week_is_sound_and_of_a_size_to_try() -> None:
    """The first thing that a newcomer runs would fail or take too long."""
    problem = sample()
    assert faults.find(problem) == ()
    assert len(problem.clinicians) == 8
    assert 110 <= sum(request.count for request in problem.requests) <= 140


def test_the_bundled_week_shows_what_there_is() -> None:
    """The demonstration would leave out what makes a week difficult."""
    problem = sample()
    kinds = {entry.id: entry for entry in problem.session_types}
    asked = [kinds[request.session_type] for request in problem.requests]
    assert any(kind.trauma_processing for kind in asked)
    assert {"intake", "crisis", "court", "medication"} <= {str(kind.kind) for kind in asked}
    assert any(person.new_in_post for person in problem.clinicians)
    assert any(person.leave for person in problem.clinicians)
    assert any(person.fte < 1 for person in problem.clinicians)


def test_the_bundled_file_is_what_the_generator_makes() -> None:
    """The file would be a leftover: write it anew with ``python -m safeschedule.samples.riverside``."""
    made = make_riverside()
    assert sample() == made
    assert FILE.read_text(encoding="utf-8") == as_text(made)
