"""A study: what is asked of it, what is solved, and what cannot be."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from safeschedule import ArgumentError, InputError, Scenario, Study, StudyProgress, StudyResults
from safeschedule.samples import generate
from safeschedule.study import RunStatus
from safeschedule.study.progress import Counting
from tests.study.weeks import SCENARIOS, Inline, Never, run, week

ROOT = Path(__file__).parents[2]


def test_every_scenario_of_every_problem_is_run_with_every_seed() -> None:
    """A line of the frame would be missing, and a mean one of too few."""
    results = run(Study({"north": week(), "south": week(1)}, SCENARIOS[:1], seeds=[1, 2]))
    assert [(r.problem, r.scenario, r.seed) for r in results.runs] == [
        (problem, scenario, seed)
        for problem in ("north", "south")
        for scenario in ("base", "less")
        for seed in (1, 2)
    ]
    assert results.complete
    assert all(each.solved for each in results.runs)
    assert StudyResults.from_dict(results.to_dict()) == results
    frame = results.frame()
    assert list(frame.scenario) == ["base", "base", "less", "less"] * 2
    assert list(frame.sessions[:4]) == [6, 6, 3, 3]


def test_six_scenarios_over_five_seeds_take_at_most_twenty_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Researchers would write a study of their own again, which took 121 lines."""
    page = (ROOT / "docs" / "tutorials" / "a-study.md").read_text(encoding="utf-8")
    text = page.split("```python\n")[1].split("```")[0]
    assert len(text.splitlines()) <= 20
    monkeypatch.chdir(tmp_path)
    (tmp_path / "team.json").write_text(generate(3, seed=1).model_dump_json(), encoding="utf-8")
    names: dict[str, Any] = {"__name__": "imported"}
    exec(compile(text, "a-study.md", "exec"), names)
    planned = names["study"].planned()
    assert len(planned) == (6 + 1) * 5
    assert [each.run.faults for each in planned if each.job is None] == []


def test_what_makes_the_same_problem_is_solved_once() -> None:
    """A study would take as long as its names are many."""
    executor = Inline()
    results = run(Study(week(), [Scenario("same"), Scenario("alike", demand=1.0)]), executor=executor)
    assert len(executor.jobs) == 1
    assert [each.scenario for each in results.runs] == ["base", "same", "alike"]
    assert {each.key for each in results.runs} == {results.runs[0].key}


def test_a_scenario_that_one_problem_cannot_have_is_a_row() -> None:
    """One team without the colleague would stop the study of all others, or be missing from it silently."""
    small = week().without_clinician("C2").with_changes(name="small")
    results = run(Study([week(), small], [SCENARIOS[1]]))
    (fault,) = results.faults
    assert (fault.problem, fault.scenario, fault.status) == ("small", "C2 leaves", RunStatus.FAULT)
    assert fault.faults[0].code == "unknown_reference"
    assert list(results.frame().status.astype(str)) == ["optimal", "optimal", "optimal", "fault"]
    assert "small, C2 leaves, seed 0: fault" in str(results)


def test_a_scenario_that_no_problem_can_have_is_told_before_any_work() -> None:
    """A slip of the pen would be found after a night of solving."""
    executor = Inline()
    wrong = [Scenario("slip", remove=["C9"], rules_off=["brakes"]), Scenario("other", rooms={"like": "x"})]
    with pytest.raises(InputError) as caught:
        run(Study([week(), week(1, "other")], wrong), executor=executor)
    assert executor.jobs == []
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [
        ("unknown_reference", "scenarios.slip.remove.clinicians[0]"),
        ("unknown_rule", "scenarios.slip.rules_off.rules[0]"),
        ("unknown_reference", "scenarios.other.rooms.like"),
    ]


def test_all_that_is_wrong_with_a_study_is_told_at_once() -> None:
    """Somebody would mend one argument after the other."""
    wrong: list[Any] = [Scenario("twice"), Scenario("twice"), "smaller"]
    with pytest.raises(ArgumentError) as caught:
        Study([week(), week()], wrong, seeds=[-1, 2, 2], base=3)  # type: ignore[arg-type]
    assert [fault.place for fault in caught.value.faults] == [
        "base",
        "problems[1]",
        "scenarios[2]",
        "seeds[0]",
        "scenarios[1]",
        "seeds[2]",
    ]
    with pytest.raises(ArgumentError) as caught:
        Study(week()).run(limit=-1, ceiling=-1, part=(3, 2), workers=0, solver=1)  # type: ignore[arg-type]
    assert [fault.place for fault in caught.value.faults] == ["limit", "ceiling", "workers", "solver", "part"]
    with pytest.raises(ArgumentError, match="an executor of concurrent"):
        Study(week()).run(executor=3)


def test_the_base_can_be_another_scenario() -> None:
    """Two policies could not be compared with each other, only with how it is."""
    policies = [Scenario("five a day", parameters={"session_limits": {"day": 5}}), SCENARIOS[2]]
    results = run(Study(week(), policies, base="five a day"))
    assert [row.scenario for row in results.compare().rows] == ["no breaks"]
    assert [each.scenario for each in results.runs] == ["five a day", "no breaks"]


def test_a_week_is_judged_by_the_rules_of_the_base() -> None:
    """Without a rule nothing would be broken, and every rule would seem to hold nothing off."""
    results = run(Study(week(6), [SCENARIOS[2]]))
    base, without = results.runs
    assert base.figure("broken") == 0
    assert without.rules["breaks"] > 0
    assert without.figure("broken")
    assert "breaks" in base.rules


def test_whoever_loses_every_job_leaves_rows() -> None:
    """A study would hang, or raise what nobody can read, because one machine has too little memory."""
    results = Study(week()).run(executor=Never())
    (crash,) = results.runs
    assert crash.status is RunStatus.CRASH
    assert crash.faults[0].code == "crash"


def test_a_stop_leaves_what_is_done() -> None:
    """Ctrl-C would lose an hour's work, or go on for another."""
    stop = threading.Event()
    told: list[StudyProgress] = []

    def hear(progress: StudyProgress) -> None:
        told.append(progress)
        stop.set()

    with ThreadPoolExecutor(1) as executor:
        results = run(Study(week(), SCENARIOS), on_progress=hear, stop=stop, executor=executor)
    assert 1 <= len(told) == len(results.runs) < 4
    assert not results.complete
    assert results.planned == 4


def test_progress_tells_what_is_left() -> None:
    """Nobody would know whether to wait or to go home."""
    told: list[StudyProgress] = []
    times = iter([0.0, 0.0, 10.0, 30.0])
    counting = Counting(4, told.append, clock=lambda: next(times))
    counting.add(1, kept=True)
    counting.add(1)
    counting.add(1, fault=True)
    assert [progress.left for progress in told] == [None, 20.0, 30.0]
    assert str(told[2]) == "3 of 4 runs, 1 of them kept, 1 without a result, 30 s left"


def test_parts_are_apart_and_whole() -> None:
    """Two machines would solve the same runs, or leave some to each other."""
    study = Study(week(), SCENARIOS, seeds=[1, 2])
    keys: list[str] = []
    for number in (1, 2, 3):
        executor = Inline()
        results = run(study, part=(number, 3), executor=executor)
        assert len(executor.jobs) == len(results.runs)
        keys += [each.key for each in results.runs]
    assert sorted(keys) == sorted(each.run.key for each in study.planned(_limits()))


def _limits() -> Any:
    from safeschedule.study.jobs import StudyLimits
    from tests.study.weeks import LIMIT

    return StudyLimits(LIMIT)
