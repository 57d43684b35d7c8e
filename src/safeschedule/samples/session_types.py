"""The session types of a generated team, and how often each is asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """A session type with its share of routine therapy.

    Parameters
    ----------
    share
        Weight among the routine types of its intensity; 0 for types drawn otherwise.
    mode
        How its sessions take place, where that is not a matter of who asks.
    """

    id: str
    minutes: int
    intensity: str
    kind: str = "therapy"
    share: float = 0.0
    trauma: bool = False
    skill: str | None = None
    room: str | None = "consulting"
    mode: str | None = None

    def entry(self) -> dict[str, object]:
        """Return the session type as plain data."""
        return {
            "id": self.id,
            "minutes": self.minutes,
            "intensity": self.intensity,
            "kind": self.kind,
            "trauma_processing": self.trauma,
            "skills": [self.skill] if self.skill else [],
            "room_kind": self.room,
        }


# Lengths follow billing bands (A). Shares among low and moderate work follow the therapy mix of NHS Talking
# Therapies (A: CBT 50 %, guided self-help 22, counselling 14); how they part over lengths is an assumption.
TYPES = (
    Sample("guided_self_help_30", 30, "low", share=22),
    Sample("case_management_30", 30, "low", "case_management", share=4),
    Sample("counselling_45", 45, "moderate", share=14),
    Sample("cbt_45", 45, "moderate", share=20),
    Sample("cbt_60", 60, "moderate", share=30),
    Sample("family_60", 60, "moderate", "family", share=4, room="family"),
    Sample("review_45", 45, "low", "review", share=3),
    Sample("high_risk_60", 60, "high", share=7),
    Sample("prolonged_exposure_90", 90, "high", share=3, trauma=True),
    Sample("emdr_60", 60, "high", share=0, trauma=True, skill="emdr"),
    Sample("emdr_90", 90, "high", share=0, trauma=True, skill="emdr"),
    Sample("intake_60", 60, "moderate", "intake"),
    Sample("intake_90", 90, "moderate", "intake"),
    Sample("crisis_60", 60, "high", "crisis"),
    Sample("medication_review_30", 30, "low", "medication", skill="prescribing"),
    Sample("court_60", 60, "high", "court"),
)

# A crisis team's work: calls, visits at home, assessments. The mix is an assumption.
CRISIS_TYPES = (
    Sample("check_in_30", 30, "low", share=30, mode="telehealth"),
    Sample("case_management_30", 30, "low", "case_management", share=10),
    Sample("home_visit_45", 45, "moderate", share=45, room=None, mode="in_person"),
    Sample("family_60", 60, "moderate", "family", share=8, room="family"),
    Sample("review_45", 45, "low", "review", share=7),
    Sample("risk_visit_60", 60, "high", share=1, room=None, mode="in_person"),
    Sample("intake_60", 60, "moderate", "intake"),
    Sample("intake_90", 90, "moderate", "intake"),
    Sample("crisis_60", 60, "high", "crisis"),
    Sample("medication_review_30", 30, "low", "medication", skill="prescribing"),
    Sample("court_60", 60, "high", "court"),
)
