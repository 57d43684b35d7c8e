"""Who solves: processes of this machine, of which some are killed, and a cluster of Dask."""

from __future__ import annotations

import os
import signal
from typing import Any

import pandas as pd
import pytest

from safeschedule import Study, StudyProgress, StudyResults
from safeschedule.study import executing
from safeschedule.study.jobs import StudyJob, run_job
from tests.study.weeks import LIMIT, SCENARIOS, run, week


def study() -> Study:
    return Study(week(), SCENARIOS, seeds=[1, 2])


@pytest.fixture(scope="module")
def inline() -> StudyResults:
    """Give the results of the study, solved in this process."""
    return run(study())


def assert_equal_frames(one: StudyResults, other: StudyResults) -> None:
    for name, frame in one.frames().items():
        if name != "timings":
            pd.testing.assert_frame_equal(frame, other.frames()[name])


@pytest.mark.slow
def test_processes_give_the_same_frames(inline: StudyResults) -> None:
    """What a study finds would depend on where it was solved."""
    assert_equal_frames(study().run(limit=LIMIT, processes=2), inline)


@pytest.mark.slow
def test_a_process_that_is_killed_is_begun_anew(
    inline: StudyResults, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One crash of a solver would take the whole study with it."""
    monkeypatch.setattr(executing, "run_job", killing)
    killed = study().run(limit=LIMIT, processes=1)
    statuses = {each.scenario: each.status.value for each in killed.runs}
    assert statuses == {"base": "optimal", "less": "crash", "C2 leaves": "optimal", "no breaks": "optimal"}
    others = [each for each in inline.runs if each.scenario != "less"]
    assert [each for each in killed.runs if each.scenario != "less"] == others


def killing(job: StudyJob) -> Any:
    """Solve a job, but die over those of which half is asked for."""
    if len(job.problem.requests) < 6:
        os.kill(os.getpid(), signal.SIGKILL)
    return run_job(job)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_of_which_a_worker_is_killed_gives_the_same_frames(inline: StudyResults) -> None:
    """A cluster would need other code, lose what a machine was at, or find something else."""
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        pids = sorted(client.run(os.getpid).values())
        killed: list[int] = []

        def kill_one(progress: StudyProgress) -> None:
            if progress.done == 2 and not killed:
                killed.append(pids[0])
                os.kill(pids[0], signal.SIGKILL)

        results = study().run(limit=LIMIT, executor=client, on_progress=kill_one)
    assert killed
    assert results.complete
    assert not results.faults
    assert_equal_frames(results, inline)
