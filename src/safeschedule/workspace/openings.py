"""The openings of a request, with the week of those who might take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from safeschedule.model.adopting import Adopted
from safeschedule.model.candidates import unsifted_sessions, unsifted_solo_blocks
from safeschedule.model.gathering import group_parts
from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Role, Rows, join_rows, unhosted
from safeschedule.problem.fixed import OWN
from safeschedule.solving.neighbourhood import Part, part_of
from safeschedule.workspace.workspace import Workspace


@dataclass(frozen=True)
class Near:
    """What is near an opening: the week of those who might take it, as rows, all else kept.

    Parameters
    ----------
    adopted
        Rows with the schedule's chosen.
    part
        The rows that take part: openings and solo blocks may change, appointments and team blocks stay.
    openings
        By row: whether choosing it would give the request one more session.
    staying
        By row: the solo blocks that are there now.
    """

    adopted: Adopted
    part: Part
    openings: Bools
    staying: Bools

    @property
    def outside(self) -> Rows:
        """What the schedule has beside the part."""
        outside = self.adopted.chosen.copy()
        outside[self.part.numbers] = False
        return self.adopted.rows.take(outside)


def near(week: Workspace, request: int, people: Sequence[int]) -> Near:
    """Return what is near the openings of a request with these clinicians."""
    group = bool(week.index.of_groups[request])
    openings = group_rows(week.index, request) if group else _sessions(week.index, request, people)
    adopted = week.among(join_rows([openings, unsifted_solo_blocks(week.index, set(people))]))
    rows, chosen = adopted.rows, adopted.chosen
    solo = own_solo_blocks(rows, people)
    new = ~chosen & (rows.request >= 0)
    if group and all_held(week, request):
        # Nobody leads another session: a client can only join one.
        new &= ~unhosted(rows, chosen, week.index.items) & (rows.role == Role.SEAT)
    part = part_of(week.index, rows, chosen, solo | new, people)
    return Near(adopted, part, new & (rows.request == request), solo & chosen)


def all_held(week: Workspace, request: int) -> bool:
    """Return whether the group that a request asks for has as many sessions as it may have."""
    item = int(week.index.items[request])
    leads = (week.placements.request == item) & (week.placements.role == Role.LEAD)
    return int(leads.sum()) >= int(week.index.counts[item])


def _sessions(index: Index, request: int, people: Sequence[int]) -> Rows:
    offered = np.zeros((len(index.requests), len(index.clinicians)), dtype=bool)
    offered[request, list(people)] = True
    return unsifted_sessions(index, offered)


def group_rows(index: Index, request: int) -> Rows:
    """Return every row of the sessions of a request's group."""
    rows = join_rows(group_parts(index))
    items = np.append(index.items, -1)
    return rows.take(items[rows.request] == index.items[request])


def leaders(index: Index, request: int) -> list[int]:
    """Return who may take part in leading the sessions of a request's group."""
    rows = group_rows(index, request)
    return sorted(set(rows.clinician[rows.role != Role.SEAT].tolist()))


def own_solo_blocks(rows: Rows, people: Sequence[int]) -> Bools:
    """Return the blocks that these clinicians hold alone and may move."""
    found: Bools = rows.of_block(*OWN) & (rows.role == Role.SOLO) & np.isin(rows.clinician, list(people))
    return found
