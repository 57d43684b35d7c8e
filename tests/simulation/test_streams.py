"""Random numbers are common to policies, and apart from each other."""

import subprocess
import sys
from pathlib import Path

import pytest

from safeschedule import (
    InputError,
    Scenario,
    Simulation,
    SimulationPolicy,
    SimulationResults,
    read_simulation,
)
from safeschedule.samples import generate
from safeschedule.simulation.results import _paired
from safeschedule.simulation.streams import Purpose, Streams
from tests.study.weeks import Inline

TEXT = """
weeks = 2
warm_up = 0
replications = 1
[team]
clinicians = 1
seed = 1
profile = "solo"
[policies.now]
[policies.lower]
caps = 0.9
"""


def test_a_stream_depends_on_nothing_drawn_before() -> None:
    """The same referral would have another fate under another policy."""
    streams = Streams(1, 0)
    alone = streams.of(Purpose.ATTENDANCE, "P1", 3).random()
    streams.of(Purpose.ATTENDANCE, "P2").random(10)
    assert streams.of(Purpose.ATTENDANCE, "P1", 3).random() == alone
    others = (
        streams.of(Purpose.NOTES, "P1", 3),
        streams.of(Purpose.ATTENDANCE, "P1", 4),
        Streams(1, 1).of(Purpose.ATTENDANCE, "P1", 3),
    )
    assert alone not in [other.random() for other in others]


def test_the_factor_is_that_of_paired_and_independent_intervals() -> None:
    """Somebody would be told that common random numbers help where they do not."""
    low, high, factor = _paired([(1.0, 2.0), (5.0, 6.1), (9.0, 9.9)])
    assert low is not None
    assert high is not None
    assert low < 1.0 < high
    assert factor is not None
    assert factor > 10
    assert _paired([(1.0, 2.0)]) == (None, None, None)


def test_a_simulation_is_kept_and_gone_on_with(tmp_path: Path) -> None:
    """A replication would be simulated twice, or come back from its folder as another one."""
    given = Simulation(
        generate(1, seed=1, profile="solo"),
        [SimulationPolicy("now"), SimulationPolicy("lower", Scenario("lower", caps=0.9))],
        weeks=2,
        warm_up=0,
    )
    first, again = Inline(), Inline()
    results = given.run(replications=1, folder=tmp_path, executor=first)
    assert not results.faulty
    assert given.run(replications=1, folder=tmp_path, executor=again) == results
    assert (len(first.jobs), len(again.jobs)) == (2, 0)
    assert SimulationResults.from_dict(results.to_dict()) == results
    assert set(results.frames()) == {"weeks", "figures", "measures"}


def test_unknown_names_are_faults_with_their_places(tmp_path: Path) -> None:
    """A slip in an assumption or a policy would be simulated as if nothing were said."""
    path = tmp_path / "slips.toml"
    slips = TEXT.replace("caps", "cups") + "[assumptions]\nreferals = 1\n"
    path.write_text(slips, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_simulation(path)
    assert {fault.place for fault in caught.value.faults} == {"assumptions.referals", "policies.lower.cups"}


@pytest.mark.slow
def test_the_command_simulates_and_goes_on(tmp_path: Path) -> None:
    """Whoever stops a long simulation would begin anew, or programs could not read what it found."""
    (tmp_path / "year.toml").write_text(TEXT, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "safeschedule",
        "simulate",
        "year.toml",
        "--quiet",
        "--processes",
        "1",
        "--json",
    ]
    runs = [subprocess.run(command, cwd=tmp_path, capture_output=True, check=False) for _ in range(2)]
    assert [run.returncode for run in runs] == [0, 0]
    assert runs[0].stdout == runs[1].stdout
    assert b'"differences"' in runs[0].stdout
