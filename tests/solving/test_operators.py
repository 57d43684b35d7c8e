"""What a search frees: destroy operators, and the choice between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from safeschedule.samples import generate
from safeschedule.solving.neighbourhood import only_of, team_blocks
from safeschedule.solving.parameters import ImprovementParameters
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.search.operators import Adaptive, Freed, Placements, standard_operators
from tests.solving.states import solver_for

SOLVER = solver_for(generate(5, 1))
PLACEMENTS = Placements(SOLVER.index, SOLVER.rows)
EVEN = np.zeros(5)


@given(st.integers(0, 1000), st.sets(st.integers(0, 4), max_size=4))
def test_operators_free_the_placements_of_those_they_name(seed: int, busy: set[int]) -> None:
    """Otherwise two parts would change one week at the same time, or a part what it did not name."""
    random, rows = np.random.default_rng(seed), SOLVER.rows
    day = SOLVER.index.working_half(rows.clinician, rows.start) // 2
    for operator in standard_operators(PLACEMENTS, ImprovementParameters()):
        freed = operator.draw(random, EVEN, busy)
        if freed is None:
            continue
        assert not busy & set(freed.people), operator.name
        mask = PLACEMENTS.mask(freed)
        assert not (mask & ~only_of(rows, freed.people)).any(), operator.name
        assert not (mask & ~np.isin(day, freed.dates)).any(), operator.name
        assert freed.joint or not (mask & team_blocks(rows)).any(), operator.name


@dataclass
class Fixed:
    """An operator that draws the clinicians in turn."""

    name: str
    gain: float
    turn: int = field(default=0)

    def draw(self, random: np.random.Generator, lacking: Floats, busy: Collection[int]) -> Freed | None:
        """Return the next clinician's first day."""
        del random, lacking
        self.turn = (self.turn + 1) % 5
        return None if self.turn in busy else Freed((self.turn,), (0,), self.name == "joint")


def test_what_gains_most_for_its_time_is_drawn_most() -> None:
    """Otherwise the search would spend its time where nothing is to be had."""
    good, poor = Fixed("good", 10.0), Fixed("joint", 1.0)
    adaptive, drawn = Adaptive([good, poor], 5, 1, ImprovementParameters()), Counter[str]()
    for _ in range(200):
        freed = adaptive.draw(EVEN, ())
        assert freed is not None
        one = poor if freed.joint else good
        drawn[one.name] += 1
        adaptive.learn(freed, one.gain, 1.0, better=True)
    assert drawn["good"] > 2 * drawn["joint"] > 0, drawn


def test_the_search_ends_when_all_was_tried_in_vain() -> None:
    """Otherwise a week that is as good as can be would be worked on for ever."""
    adaptive = Adaptive([Fixed("one", 0.0)], 5, 1, ImprovementParameters())
    for _ in range(5):
        freed = adaptive.draw(EVEN, ())
        assert freed is not None
        adaptive.learn(freed, 0.0, 1.0, better=False)
    assert adaptive.draw(EVEN, ()) is None
    assert adaptive.exhausted


def test_a_better_week_is_tried_again() -> None:
    """Otherwise what a change makes possible beside it would not be looked for."""
    adaptive = Adaptive([Fixed("one", 0.0)], 5, 1, ImprovementParameters())
    drawn = [freed for _ in range(5) if (freed := adaptive.draw(EVEN, ())) is not None]
    for freed in drawn:
        adaptive.learn(freed, 0.0, 1.0, better=freed is drawn[2])
    assert adaptive.draw(EVEN, ()) == drawn[2]
