"""What no rule can judge is said all the same."""

from datetime import date, datetime
from typing import Any

import pytest

from safeschedule.problem import Problem, Rulebook, RuleSetting
from safeschedule.schedule import Schedule
from safeschedule.verifier import Finding, examine

MONDAY = date(2026, 10, 5)
GOOD = {
    "request": "R1",
    "session_type": "therapy",
    "clients": ["K1"],
    "clinicians": ["C1"],
    "start": datetime(2026, 10, 6, 10),
    "minutes": 60,
}
BLOCK = {"kind": "documentation", "clinicians": ["C1"], "start": datetime(2026, 10, 6, 11), "minutes": 30}
OFF = {"access", "documentation", "urgent_slots", "breaks", "fair_load"}


def problem(**changes: Any) -> Problem:
    return Problem.model_validate(
        {
            "week_start": MONDAY,
            "clinicians": [{"id": "C1", "working": [{"day": "tue", "start": "09:00", "end": "17:00"}]}],
            "clients": [{"id": "K1", "clinician": "C1"}, {"id": "K2", "clinician": "C1"}],
            "session_types": [
                {"id": "therapy", "minutes": 60},
                {"id": "intake", "minutes": 60, "kind": "intake"},
            ],
            "requests": [{"id": "R1", "client": "K1", "session_type": "therapy"}],
            "sites": [{"id": "north"}],
            "rulebook": Rulebook(rules={name: RuleSetting(enabled=False) for name in OFF}),
            **changes,
        }
    )


def found(given: Problem, planned: dict[str, Any]) -> list[Finding]:
    schedule = Schedule.model_validate({"week_start": MONDAY, **planned})
    return [finding for finding in examine(given, schedule).findings if finding.rule == "consistency"]


def test_good_schedule_is_consistent() -> None:
    """Every schedule would be refused."""
    assert not found(problem(), {"appointments": [{**GOOD, "site": "north"}], "blocks": [BLOCK]})


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"clinicians": ["C9"]}, "unknown clinician C9"),
        ({"clinicians": ["C1", "C1"]}, "names the clinician C1 more than once"),
        ({"clients": ["K1", "K9"]}, "unknown client K9"),
        ({"clients": ["K2"]}, "which is K1's"),
        ({"clients": ["K1", "K2"]}, "takes only one"),
        ({"session_type": "yoga"}, "unknown type yoga"),
        ({"session_type": "intake"}, "asks for therapy"),
        ({"request": "R9"}, "unknown request R9"),
        ({"minutes": 45}, "takes 45 minutes, but its type therapy takes 60"),
        ({"room": "r9"}, "unknown room r9"),
        ({"site": "moon"}, "unknown site moon"),
        ({"start": datetime(2026, 10, 12, 10)}, "Monday 12 October, 10:00 lies outside the week"),
        ({"start": datetime(2026, 10, 4, 10)}, "Sunday 4 October, 10:00 lies outside the week"),
    ],
)
def test_appointment(change: dict[str, Any], word: str) -> None:
    """An appointment that nobody can judge would pass in silence."""
    findings = found(problem(), {"appointments": [{**GOOD, **change}]})
    assert [finding for finding in findings if word in finding.sentence], findings
    assert all(finding.hard and finding.tier == "physical" for finding in findings)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (
            {"clinicians": ["C9"]},
            "The documentation block on Tuesday 6 October, 11:00 names the unknown clinician",
        ),
        ({"supervisor": "S9"}, "unknown supervisor S9"),
        ({"start": datetime(2026, 10, 12, 10)}, "outside the week"),
    ],
)
def test_block(change: dict[str, Any], word: str) -> None:
    """A block of nobody, or of another week, would pass in silence."""
    (finding,) = found(problem(), {"blocks": [{**BLOCK, **change}]})
    assert word in finding.sentence


def test_request_served_too_often() -> None:
    """A client could be planned twice for one need."""
    twice = [GOOD, {**GOOD, "start": datetime(2026, 10, 6, 14)}]
    (finding,) = found(problem(), {"appointments": twice})
    assert "asks for 1 session and is served with 2 sessions" in finding.sentence
    assert finding.who == ("K1", "R1")


@pytest.mark.parametrize(
    ("planned", "word"),
    [
        (
            {"week_start": date(2026, 10, 12)},
            "for the week of 2026-10-12, the problem for that of 2026-10-05",
        ),
        ({"time_zone": "Europe/Paris"}, "time zone is 'Europe/Paris'"),
        ({"left_out": [{"request": "R9"}]}, "unknown request R9 is listed as left out"),
    ],
)
def test_frame(planned: dict[str, Any], word: str) -> None:
    """A schedule of another week or zone would be judged as if it were this one."""
    assert any(word in finding.sentence for finding in found(problem(), planned))


def test_problem_that_cannot_be_read() -> None:
    """A rule would be judged with a value, a band or a zone that makes no sense, and nobody would know."""
    rulebook = Rulebook(rules={"recovery_buffer": RuleSetting(parameters={"minutes": "soon"})})
    clients = [{"id": "K1", "band": "purple"}]
    given = problem(time_zone="Mars/Olympus", rulebook=rulebook, clients=clients)
    sentences = [finding.sentence for finding in found(given, {"time_zone": "UTC"})]
    assert len(sentences) == 4
    assert any(
        "'soon' for the parameter 'minutes' of the rule 'recovery buffer'" in text for text in sentences
    )
    assert any("'purple'" in text for text in sentences)


@pytest.mark.parametrize(
    ("rule", "parameters"),
    [
        ("late_intensity", {"unit": 0}),
        ("supervision", {"share": "1.5"}),
        ("supervision", {"share": "NaN"}),
        ("breaks", {"pause": "noon"}),
        ("caseload_cap", {"points": {"nurse": 5}}),
        ("caseload_cap", {"points": {"default": "1e9999999"}}),
        ("caseload_cap", {"points": 60}),
        ("high_acuity_cap", {"clients": {}}),
        ("session_limits", {"week": 2.5}),
    ],
)
def test_senseless_parameter(rule: str, parameters: dict[str, Any]) -> None:
    """A senseless value would stop the verifier or change what a rule says without a word."""
    rulebook = Rulebook(rules={rule: RuleSetting(parameters=parameters)})
    (finding,) = found(problem(rulebook=rulebook), {})
    assert "makes no sense" in finding.sentence
