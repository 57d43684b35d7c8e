"""Whether a session fits into a clinician's week at all, with nothing else in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from safeschedule.explaining.unplaced.cores import Core, core_with_examples
from safeschedule.explaining.unplaced.facts import Facts
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.explaining.unplaced.rules_apart import RulesApart
from safeschedule.model.candidates import unsifted_solo_blocks
from safeschedule.model.index import Bools
from safeschedule.model.rows import Rows, join_rows
from safeschedule.problem import Setting
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import Part
from safeschedule.verifier.registry import reach_of
from safeschedule.workspace.openings import own_solo_blocks


class AnyWeek:
    """Asks what forbids a request whatever else is planned: in an empty diary, with own blocks anywhere.

    Parameters
    ----------
    week
        The planned week.
    budget
        Ends the asking.
    """

    def __init__(self, week: Ground, budget: Budget) -> None:
        self._week, self._budget = week, budget
        self._due: set[str] = set()
        self._models: dict[tuple[int, int], tuple[RulesApart, Rows]] = {}
        self._held: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for given in week.schedule.appointments:
            for person in given.clinicians:
                self._held[person, given.session_type].add(week.index.minute(given.start))

    def core(self, request: int, clinician: int, facts: Facts) -> Core | None:
        """Return rules that forbid every opening with a clinician in any week.

        ``None``: it fits into some week. None of the rules can be spared.

        Raises
        ------
        UndecidedError
            It was not decided.
        """
        if self._seen(request, clinician, facts):
            return None
        settings = self._week.index.settings
        apart, rows = self._model(request, clinician, facts)
        rules = [name for name in apart.rules if name not in self._due and _personal(settings[name])]
        if apart.fits(0, rules) is not None:
            return None
        if apart.fits(None, rules) is None:
            # What an empty diary cannot keep (a supervision that is due, say) is no matter of the session's.
            self._due |= {name for name in rules if apart.fits(None, [name]) is None}
            rules = [name for name in rules if name not in self._due]
            if apart.fits(0, rules) is not None:
                return None
        return core_with_examples(apart, 0, apart.core_of(0, rules), rows)

    def forbids(self, request: int, clinician: int, facts: Facts, rules: Sequence[str]) -> bool:
        """Return whether rules forbid every opening with a clinician in any week.

        Raises
        ------
        UndecidedError
            It was not decided.
        """
        return self._model(request, clinician, facts)[0].fits(0, rules) is None

    def _model(self, request: int, clinician: int, facts: Facts) -> tuple[RulesApart, Rows]:
        if (request, clinician) not in self._models:
            # Of the last request only: a model is large.
            self._models = {key: made for key, made in self._models.items() if key[0] == request}
            openings = facts.rows.take(facts.rows.clinician == clinician)
            blocks = unsifted_solo_blocks(self._week.index, {clinician})
            rows = join_rows([openings, blocks.take(own_solo_blocks(blocks, [clinician]))])
            nothing = np.zeros(len(rows), dtype=bool)
            wanted: Bools = np.arange(len(rows)) < len(openings)
            part = Part(np.arange(len(rows)), nothing, (clinician,))
            apart = RulesApart(self._week.index, rows, part, [wanted], nothing, self._budget)
            self._models[request, clinician] = apart, rows
        return self._models[request, clinician]

    def _seen(self, request: int, clinician: int, facts: Facts) -> bool:
        """Return whether the clinician has a session of the same kind where this one could be."""
        index = self._week.index
        asked = index.requests[request]
        held = self._held[index.clinicians[clinician].id, asked.session_type]
        mine = facts.allowed & (facts.rows.clinician == clinician)
        return bool(held & set(facts.rows.start[mine].tolist()))


def _personal(setting: Setting) -> bool:
    """Return whether a rule asks of the people of a session alone: what it asks of a team others may do."""
    return setting.rule.id != "pinned" and reach_of(setting).near
