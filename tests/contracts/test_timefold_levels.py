"""What the Timefold solver is configured with, where there is no Java to tell."""

import pytest

from safeschedule.catalogue import Tier

phases = pytest.importorskip("safeschedule_timefold.phases", reason="safeschedule-timefold is not installed")


@pytest.mark.parametrize("phase", ["blocks", "sessions", "improve"])
def test_a_phase_ends_at_a_score_with_a_level_for_each_tier(phase: str) -> None:
    """With one more tier the solver would refuse its own configuration, seen only where there is Java."""
    text = phases.configuration(phase)
    assert "NOTHING_LOST" not in text
    assert ("bestScoreLimit" in text) == (phase == "blocks")
    if phase == "blocks":
        soft = text.split("hard/[")[1].split("]soft")[0]
        assert soft.split("/") == ["0"] * len(Tier)
