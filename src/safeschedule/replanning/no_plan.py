"""Why planning again has no plan, and what helps, in plain words."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeschedule.explaining.no_schedule import explain_no_schedule
from safeschedule.problem import Problem
from safeschedule.replanning.changes import Change, ChangedHours, SickCall

_FINDINGS = 12
"""Sentences of what stands open that are told one by one."""
_LEAST, _MOST = 0.5, 10.0
"""Seconds that looking for a clash may take."""


@dataclass(frozen=True)
class Ending:
    """How a search without a plan ended.

    Parameters
    ----------
    past
        Whether what has begun already cannot stay.
    proven
        Whether it is proven that there is none, whatever moves.
    stopped
        Whether somebody stopped it.
    most
        The most people that it could disturb; ``None``: no limit.
    frozen
        Whether a part of the week had to stay as it is.
    left
        Seconds of the time limit that are left; ``None``: no limit.
    deterministic
        Limit in the solver's deterministic time; ``None``: none.
    """

    past: bool
    proven: bool
    stopped: bool
    most: int | None
    frozen: bool
    left: float | None
    deterministic: float | None


def why_no_plan(
    problem: Problem,
    changes: Sequence[Change],
    ending: Ending,
    still_open: Sequence[str],
    stop: threading.Event,
) -> Iterator[str]:
    """Yield why there is no plan, and then what helps.

    Parameters
    ----------
    problem
        The changed problem.
    still_open
        What the verifier finds against what is left of the old schedule.
    stop
        Ends the search for a clash.
    """
    yield _headline(ending)
    yield from still_open[:_FINDINGS]
    if len(still_open) > _FINDINGS:
        yield f"And {len(still_open) - _FINDINGS} more of this kind."
    if ending.proven and not ending.past:
        yield from _clash(problem, ending, stop)
    yield from _stand_ins(problem, changes)
    if ending.most is not None and not ending.proven:
        yield f"At most {ending.most} others could be disturbed; a larger budget may allow a plan."
    if not ending.proven and not ending.past:
        yield "A longer time limit may find a plan."


def _headline(ending: Ending) -> str:
    if ending.past:
        return "What has begun already cannot be kept as the changed problem stands."
    if ending.proven:
        return "No schedule keeps all hard rules, whatever moves after the changes."
    if ending.stopped:
        return "Stopped before any schedule was found."
    return "No schedule was found in the time, or with so few people disturbed."


def _clash(problem: Problem, ending: Ending, stop: threading.Event) -> Iterator[str]:
    """Yield what clashes in the changed week, as if all of it were planned anew."""
    seconds = _MOST if ending.left is None else min(_MOST, max(_LEAST, ending.left))
    found = explain_no_schedule(
        problem,
        time_limit=None if ending.deterministic is not None and ending.left is None else seconds,
        deterministic_limit=ending.deterministic,
        clashes=1,
        repairs=2,
        measured=False,
        stop=stop,
    )
    if found.possible and ending.frozen:
        yield (
            "The whole week planned anew would keep them: what stays as it is, because it has begun, stands "
            "against it."
        )
    elif found.verified:
        yield from (s for s in found.sentences if not s.startswith("No schedule keeps all hard rules"))


def _stand_ins(problem: Problem, changes: Sequence[Change]) -> Iterator[str]:
    """Yield who has lost a supervisor, and who could stand in."""
    away = {c.clinician: c for c in changes if isinstance(c, SickCall | ChangedHours)}
    leads = [c.id for c in problem.clinicians if c.is_supervisor and c.id not in away]
    for person in problem.clinicians:
        change = away.get(person.id)
        if change is None or not person.is_supervisor or getattr(change, "supervisor", None) is not None:
            continue
        theirs = [c.id for c in problem.clinicians if c.supervisor == person.id]
        whose = f" and supervises {_listed(theirs)}" if theirs else ""
        if leads:
            yield (
                f"{person.id} is away{whose}. Name who stands in: supervisor in the change, --supervisor on "
                f"the command line ({_listed(leads, 'or')})."
            )
        else:
            yield (
                f"{person.id} is away{whose}, and nobody else of the team is a supervisor: enter somebody "
                "who stands in (is_supervisor), and name them as supervisor in the change."
            )


def _listed(codes: Sequence[str], word: str = "and") -> str:
    shown = list(codes[:8])
    if len(codes) > len(shown):
        return f"{', '.join(shown)} and {len(codes) - len(shown)} more"
    return f" {word} ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]
