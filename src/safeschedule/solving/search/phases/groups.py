"""The plan of a large team, made whole group by group."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Ints
from safeschedule.solving.relaxation.partition import groups_of
from safeschedule.solving.relaxation.plan import Plan
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.group_plans import GroupPlanner


class Groups:
    """Makes the pooled plan whole, once the team's blocks have their times."""

    def run(self, search: Search) -> None:
        """Plan each group over its own requests, side by side."""
        plan, state = search.plan, search.current
        if not search.pooled or search.budget.over or plan is None or not plan.found or state is None:
            return
        search.enter("groups")
        planner = GroupPlanner(search.solver, plan, search.parameters.plan)
        groups = groups_of(search.index, search.parameters.size.group)
        rows = search.rows
        home = np.append(search.homes, np.full(len(search.index.groups) + 1, -1))[rows.request]
        limit = search.step(3)

        def work(group: int) -> tuple[Ints, Plan] | None:
            if search.budget.over:
                return None
            people = np.flatnonzero(groups == group).tolist()
            return planner.make(state, people, limit, ~rows.is_session | (home == group))

        count = int(groups.max()) + 1
        for group, made in enumerate(search.pool.map(work, range(count))):
            if made is not None:
                planner.write(np.flatnonzero(groups == group).tolist(), made)
