"""Why there is no schedule: cores are what they say, and repairs do what they say."""

from __future__ import annotations

import os
import threading
from datetime import date
from itertools import cycle

import pytest

from safeschedule import Problem, solve
from safeschedule.catalogue import Tier, rules
from safeschedule.explaining.account import NOT_VERIFIED, NoSchedule
from safeschedule.explaining.capacity_exception import CapacityException
from safeschedule.explaining.clashes.oracle import Oracle
from safeschedule.explaining.no_schedule import explain_no_schedule
from safeschedule.explaining.witness import constructed
from safeschedule.problem import RuleSetting
from safeschedule.samples import generate
from safeschedule.solving.budget import Budget
from safeschedule.verifier import verify
from tests.explaining.checking import check_core
from tests.explaining.planted import CAUSES, Planted, planted, planted_twice

LONG = bool(os.environ.get("SAFESCHEDULE_LONG"))
NAMES = sorted(CAUSES)
# Causes of every sort once, on small teams; the long run has fifty weeks of four to nine clinicians.
SLOW = {
    "cap_below_the_panel",
    "no_time_for_documentation",
    "pinned_through_lunch",
    "one_room_for_two",
    "too_many_intense_sessions",
}
WEEKS = [(NAMES[n % len(NAMES)], n) for n in range(50) if LONG or n < len(NAMES)]
WEEKS = WEEKS if LONG else [(name, 0) for name, _ in WEEKS if name not in SLOW]
PAIRS = [
    ("meeting_takes_the_only_hours", "one_room_for_two"),
    ("client_cannot_come", "limit_below_the_pins"),
    ("qualification_nobody_has", "no_recovery"),
    ("cap_below_the_panel", "no_supervisor_hour"),
    ("no_room", "too_many_intense_sessions"),
]
DOUBLES = [(*PAIRS[n % len(PAIRS)], n) for n in (range(20) if LONG else [1])]


def explained(problem: Problem, **options: int) -> NoSchedule:
    """Return the explanation of a week that has no schedule."""
    found = explain_no_schedule(problem, deterministic_limit=200.0, **options)
    assert found.possible is False
    return found


def check_repairs(problem: Problem, found: NoSchedule) -> None:
    """Assert that repairs leave safety rules as they are and make the week feasible."""
    for repair in found.repairs:
        for name, rule in rules().items():
            if rule.tier in (Tier.SAFETY, Tier.PHYSICAL):
                assert repair.problem.rulebook.setting(name) == problem.rulebook.setting(name)
        assert verify(repair.problem, repair.schedule).compliant
    if LONG:
        result = solve(found.repairs[0].problem, deterministic_limit=6.0, workers=1)
        assert result.verified


def check(week: Planted) -> None:
    """Assert all that has to hold of a week with planted causes."""
    found = explained(week.problem, **({} if LONG else {"clashes": 2, "repairs": 1}))
    for cause in range(len(week.causes)):
        assert any(week.found_in(core, cause) for core in found.clashes), found
    for core in found.clashes:
        check_core(week.problem, core)
    check_repairs(week.problem, found)


@pytest.mark.parametrize(("cause", "seed"), WEEKS)
def test_a_planted_cause_is_found_and_mended(cause: str, seed: int) -> None:
    """If it fails, people are told a wrong reason, half of it, too much, or a repair that mends nothing."""
    check(planted(cause, seed))


@pytest.mark.parametrize(("first", "second", "seed"), DOUBLES)
@pytest.mark.slow
def test_two_causes_are_both_found(first: str, second: str, seed: int) -> None:
    """If it fails, somebody mends one cause and finds that there is another."""
    check(planted_twice(first, second, seed))


def test_a_possible_week_is_not_explained_away() -> None:
    """If it fails, a week that has a schedule is said to have none."""
    found = explain_no_schedule(generate(4, 1), deterministic_limit=20.0)
    assert found.possible
    assert found.clashes == ()
    assert "plan the week" in str(found)


@pytest.mark.parametrize("cause", ["no_recovery"])
@pytest.mark.slow
def test_no_rulebook_makes_a_safety_rule_give_way(cause: str) -> None:
    """If it fails, a rulebook that calls a safety rule a preference of no weight has it relaxed."""
    week = planted(cause, 0)
    safety = [name for name, rule in rules().items() if rule.tier is Tier.SAFETY and rule.hard]
    own = {name: RuleSetting(tier=Tier.PREFERENCE, weight=0, hard=True) for name in safety}
    problem = week.problem.with_settings(own)
    found = explained(problem, clashes=1, repairs=3)
    assert found.repairs
    assert [s for repair in found.repairs for s in repair.steps if s.kind == "rule"] == []
    for repair in found.repairs:
        assert all(repair.problem.rulebook.setting(n) == problem.rulebook.setting(n) for n in safety)
        mended = {c.id: c for c in repair.problem.clinicians}
        for person in problem.clinicians:
            limits = ("caseload_cap", "high_acuity_cap", "daily_sessions", "weekly_sessions", "new_in_post")
            assert [getattr(mended[person.id], n) for n in limits] == [getattr(person, n) for n in limits]


def test_without_time_nothing_is_claimed() -> None:
    """If it fails, an explanation that nobody verified is given."""
    stopped = threading.Event()
    stopped.set()
    found = explain_no_schedule(planted("no_room", 0).problem, stop=stopped)
    assert found.possible is None
    assert found.clashes == found.repairs == ()
    assert "not decided" in str(found)
    assert not found.complete


LONG_LEAVE = {"start": "2026-10-05T00:00", "end": "2026-10-08T00:00"}


def three_days_off() -> Problem:
    """Return a week in which somebody is back from long leave when the supervisor has fallen ill.

    Too many sessions for the first day back are pinned, but for one that the rule lets through.
    """
    days = [{"day": d, "start": "09:00", "end": "17:00"} for d in ("mon", "tue", "wed", "thu")]
    off = {"enabled": False}
    return Problem.model_validate(
        {
            "week_start": "2026-10-05",
            "grid": 30,
            "clinicians": [
                {"id": "C1", "working": days, "leave": [LONG_LEAVE], "daily_sessions": 5},
                {
                    "id": "S1",
                    "working": days,
                    "is_supervisor": True,
                    "leave": [{"start": "2026-10-08T00:00", "end": "2026-10-12T00:00", "kind": "sick"}],
                },
            ],
            "clients": [{"id": f"P{n}", "clinician": "C1"} for n in range(4)],
            "session_types": [{"id": "talk", "minutes": 60}],
            "requests": [{"id": f"R{n}", "client": f"P{n}", "session_type": "talk"} for n in range(4)],
            "pinned_appointments": [
                {
                    "request": f"R{n}",
                    "clinician": "C1",
                    "start": f"2026-10-08T{9 + n + (n > 1)}:00".replace("T9", "T09"),
                }
                for n in range(4)
            ],
            "rulebook": {"rules": dict.fromkeys(("urgent_slots", "documentation", "cover"), off)},
        }
    )


def test_no_repair_makes_long_leave_short() -> None:
    """If it fails, a repair cuts leave in two, and the rule for the first day back asks for nothing more."""
    problem = three_days_off()
    found = explained(problem)
    for core in found.clashes:
        check_core(problem, core)
    for repair in found.repairs:
        leave = {person.id: person.leave for person in problem.clinicians}
        people = tuple(
            person.model_copy(update={"leave": leave.get(person.id, ())})
            for person in repair.problem.clinicians
        )
        restored = repair.problem.model_copy(update={"clinicians": people})
        findings = verify(restored, repair.schedule).findings
        assert {f.rule for f in findings if f.hard} <= {"leave", "working_hours", "consistency"}, repair


def test_nothing_is_asked_of_hours_that_nobody_has() -> None:
    """If it fails, a rule is named that asks for something only because hours were thought longer."""
    week = planted("no_time_for_documentation", 0)
    person = next(c for c in week.problem.clinicians if len(c.working) == 1)
    short = person.working[0].model_copy(update={"end": person.working[0].start + 60})
    people = tuple(
        c.model_copy(update={"working": (short,), "new_in_post": True}) if c.id == person.id else c
        for c in week.problem.clinicians
    )
    pins = week.problem.pinned_appointments[:1]
    problem = week.problem.model_copy(update={"clinicians": people, "pinned_appointments": pins})
    (core,) = explained(problem, clashes=1, repairs=0).clashes
    check_core(problem, core)


@pytest.mark.slow
def test_sickness_is_never_put_off() -> None:
    """If it fails, somebody who is ill, or mourns, is asked to work."""
    week = planted("no_supervisor_hour", 0)
    kinds = cycle(("Sick leave", "bereavement", "parental"))
    people = tuple(
        c.model_copy(update={"leave": tuple(s.model_copy(update={"kind": next(kinds)}) for s in c.leave)})
        for c in week.problem.clinicians
    )
    problem = week.problem.model_copy(update={"clinicians": people})
    found = explained(problem, clashes=1, repairs=1)
    assert found.clashes
    assert [s for repair in found.repairs for s in repair.steps if s.kind == "leave"] == []


@pytest.mark.slow
def test_one_missing_supervisor_is_missed_once() -> None:
    """If it fails, three clinicians without consultation are said to lack three supervisors."""
    days = [{"day": d, "start": "09:00", "end": "17:00"} for d in ("mon", "tue")]
    # The leader is there for an hour, so that all are asked for what has room for one of them.
    away = [{"start": "2026-10-05T10:00", "end": "2026-10-12T00:00", "kind": "sick"}]
    leader = {"id": "S1", "working": days, "is_supervisor": True, "leave": away}
    team = [{"id": f"C{n}", "working": days, "supervisor": "S1"} for n in range(3)]
    clients = [{"id": f"P{n}", "clinician": f"C{n}", "band": "high"} for n in range(3)]
    rules = {name: {"enabled": False} for name in ("urgent_slots", "cover")}
    rules["consultation"] = {"parameters": {"most": 1}}
    given = {
        "week_start": "2026-10-05",
        "clinicians": [leader, *team],
        "clients": clients,
        "rulebook": {"rules": rules},
    }
    problem = Problem.model_validate(given)
    found = explained(problem, clashes=4)
    (missing,) = [repair for repair in found.repairs if repair.tier == "capacity"]
    assert [step.kind for step in missing.steps] == ["supervisor"]
    assert "Monday or Tuesday" in str(missing)


def test_the_paper_holds_no_line_of_its_own() -> None:
    """If it fails, a service's name writes an owner into the document, or commands a terminal."""
    problem = generate(4, 1).model_copy(update={"name": "x\nOwner: BOSS\x1b[2J"})
    text = str(CapacityException(problem, NoSchedule(False)))
    assert "\x1b" not in text
    assert [line for line in text.splitlines() if line.startswith("Owner:")] == ["Owner: (to be filled in)"]


def test_stopped_on_the_way_says_what_is_known() -> None:
    """If it fails, somebody who stops the search loses what was known, or reads what was not proven."""
    stop = threading.Event()
    week = planted("no_time_for_documentation", 0)

    def hear(progress: object) -> None:
        if getattr(progress, "phase", "").startswith("clash of"):
            stop.set()

    found = explain_no_schedule(week.problem, stop=stop, on_progress=hear)
    assert len(found.clashes) == 1
    assert not found.complete
    check_core(week.problem, found.clashes[0])
    nothing = NoSchedule(False, complete=False)
    assert NOT_VERIFIED in str(nothing)


@pytest.mark.slow
def test_the_same_limits_give_the_same_explanation() -> None:
    """If it fails, two people who ask the same question get different answers."""
    problem = planted("client_cannot_come", 0).problem
    one, other = (explained(problem, repairs=1).to_dict() for _ in range(2))
    assert one | {"seconds": 0} == other | {"seconds": 0}


def test_the_capacity_exception_says_what_how_much_and_what_would_mend_it() -> None:
    """If it fails, the document for the service's leads lacks something, or claims a decision."""
    week = planted("meeting_takes_the_only_hours", 0)
    found = explained(week.problem, clashes=1, repairs=2)
    document = CapacityException(week.problem, found, owner="LEAD-1", review_on=date(2026, 10, 9))
    text, plain = str(document), document.to_dict(brief=True)
    assert {f["rule"] for f in plain["explanation"]["breaches"]} == {"response_reserve"}
    assert all(repair["steps"] for repair in plain["explanation"]["repairs"])
    for line in ("Owner: LEAD-1", "To be reviewed on: 2026-10-09", "Mitigation: (to be filled in)"):
        assert line in text
    assert all(str(repair) in " ".join(text.split()) for repair in found.repairs)


def unlimited() -> Budget:
    """Give a budget that never ends."""
    return Budget(None, None, threading.Event())


def test_a_constructed_week_shows_at_once_that_there_is_one() -> None:
    """If it fails, a team of thirty waits for thirty models to hear that nothing is wrong."""
    problem = generate(6, seed=2)
    found = explain_no_schedule(problem, time_limit=None, deterministic_limit=5.0)
    assert found.possible
    assert found.solved == 0
    schedule = constructed(problem, Oracle(problem, unlimited()).base, unlimited())
    assert schedule is not None
    assert verify(problem, schedule).compliant


def test_no_week_is_constructed_where_there_is_none() -> None:
    """If it fails, a week without a schedule is said to have one."""
    problem = planted("no_room", 0).problem
    assert constructed(problem, Oracle(problem, unlimited()).base, unlimited()) is None
