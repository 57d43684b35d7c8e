"""What every solver offers, and how those that are installed are found."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import ClassVar, Protocol, runtime_checkable

from safeschedule.errors import ArgumentError, Fault, SafeScheduleError
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.solving.outcome import Ended, Phase
from safeschedule.solving.parameters import SearchParameters
from safeschedule.solving.progress import OnProgress

GROUP = "safeschedule.solvers"
"""The entry-point group in which a distribution names its solvers."""


SPECIALISTS = "safeschedule.specialists"
"""The group in which a distribution names, under its solver's name, a function that takes a problem and tells
whether the solver is made for such weeks: it then plans those for which nobody names a solver."""

DEFAULT, AUTO = "cpsat", "auto"
"""The solver that is always there, and the word for whichever suits a problem."""


@dataclass(frozen=True)
class Limits:
    """How far a solve may go. A back-end keeps what it can and says in its README what it cannot.

    Parameters
    ----------
    time_limit
        Wall-clock seconds; ``None``: none.
    deterministic_limit
        Limit in the engine's own units of work; ``None``: none. With it a back-end whose ``repeatable`` is
        true gives the same schedule each time, unless ``time_limit``, which is a ceiling then, ends it.
    seed
        Of everything that is drawn; 0 or more.
    workers
        Search workers; at least 1.
    gap_limit
        Leave a tier when its distance to its bound is at most this fraction of the whole objective.
    stop
        When set, the solve ends soon, with the best schedule so far.
    on_progress
        Called with phase, best and bound as the search goes on.
    parameters
        What the search of the package is tuned by; others have their own.
    """

    time_limit: float | None = 60.0
    deterministic_limit: float | None = None
    seed: int = 0
    workers: int = 8
    gap_limit: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)
    on_progress: OnProgress | None = None
    parameters: SearchParameters = field(default_factory=SearchParameters)


@dataclass(frozen=True)
class Found:
    """What a back-end hands over. It is verified before anybody sees it.

    Parameters
    ----------
    schedule
        The best schedule, which the engine holds to keep every hard rule; ``None`` without one.
    bounds
        By soft tier, strongest first (see `safeschedule.solving.objective.soft_tiers`): what no schedule
        can exceed that keeps the stronger tiers at the level reached. The value of a tier is that of its
        placed sessions less its penalties. ``None``, or a tuple that ends early: nothing proven.
    infeasible
        Whether it is proven that no schedule keeps the hard rules.
    phases
        What was done, in order.
    account
        The engine's own penalties by soft rule (amount times weight), compared with the verifier's.
    explanation
        Plain sentences: without a schedule about why, with one about what the reader should know.
    ended
        What ended the search; ``None``: not known.
    most_sessions
        The number of sessions that no schedule exceeds, as far as it is proven; ``None``: not known.
    """

    schedule: Schedule | None
    bounds: tuple[float | None, ...] = ()
    infeasible: bool = False
    phases: tuple[Phase, ...] = ()
    account: Mapping[str, int] | None = None
    explanation: tuple[str, ...] = ()
    ended: Ended | None = None
    most_sessions: int | None = None


@runtime_checkable
class Backend(Protocol):
    """A solver. A class of this shape, made without arguments, is what an entry point names.

    A back-end may also have class variables: ``repeatable``, whether seed, workers and deterministic limit
    together fix the schedule, and ``fills``, whether nothing that its schedules leave out fits any more, so
    that nobody needs to look; each is false when it is missing. It raises `SolverUnavailableError` when it
    is made without its engine, or asked for a problem that the engine cannot take.
    """

    name: ClassVar[str]

    def solve(self, problem: Problem, limits: Limits) -> Found:
        """Return the best schedule found within the limits; the problem has no faults."""


class UnknownSolverError(ArgumentError):
    """No solver of that name is installed.

    Parameters
    ----------
    solver
        The name asked for.
    installed
        The names that would do.

    Examples
    --------
    >>> from safeschedule import UnknownSolverError, solve
    >>> try:
    ...     solve(problem, solver="nope")
    ... except UnknownSolverError as error:
    ...     error.solver
    'nope'
    """

    def __init__(self, solver: str, installed: tuple[str, ...]) -> None:
        self.solver, self.installed = solver, installed
        expected = f"one of: {', '.join(installed) or 'none'}"
        super().__init__("solve", [Fault("unknown_solver", "solver", repr(solver)[:60], expected)])

    def _message(self) -> str:
        return (
            f"No solver {self.solver!r} is installed. Installed: {', '.join(self.installed) or 'none'}. "
            # No package is named: whoever owns a name like the one asked for need not be a friend.
            "Others are packages of their own; from a checkout: pip install ./solvers/NAME."
        )


class SolverUnavailableError(SafeScheduleError):
    """A solver is installed, but its engine is missing, or cannot take the problem.

    Parameters
    ----------
    solver
        Its name.
    reason
        What is missing and how to get it, in plain sentences.
    """

    def __init__(self, solver: str, reason: str) -> None:
        self.solver, self.reason = solver, reason
        super().__init__(f"The solver {solver!r} cannot be used here: {reason}")


def backends() -> tuple[str, ...]:
    """Return the names of the installed solvers, sorted; whether their engines are there is not looked at.

    Examples
    --------
    >>> from safeschedule import backends
    >>> "cpsat" in backends()
    True
    """
    return tuple(sorted({entry.name for entry in entry_points(group=GROUP)}))


def chosen_for(problem: Problem) -> str:
    """Return the solver for a problem when nobody names one: a specialist that suits, or else ``cpsat``."""
    for entry in sorted(entry_points(group=SPECIALISTS), key=lambda each: each.name):
        try:
            suits = entry.load()(problem) is True
        except Exception:
            # A plug-in is somebody else's code: whatever it breaks on, the week is planned.
            continue
        if suits:
            return entry.name
    return DEFAULT


def find_backend(name: str) -> Backend:
    """Return a solver by name.

    Raises
    ------
    UnknownSolverError
        No installed package offers it.
    SolverUnavailableError
        It is installed but cannot be loaded, or its engine is missing.
    """
    found = entry_points(group=GROUP, name=name)
    if not found:
        raise UnknownSolverError(name, backends())
    return _load(next(iter(found)))


def package_of(name: str) -> str:
    """Return the package that offers a solver, with its version; nothing when that is not known."""
    found = next(iter(entry_points(group=GROUP, name=name)), None)
    return "" if found is None or found.dist is None else f"{found.dist.name} {found.dist.version}"


def _load(entry: EntryPoint) -> Backend:
    try:
        backend = entry.load()()
    except SolverUnavailableError:
        raise
    except Exception as error:
        # A plug-in is somebody else's code: whatever it breaks on, the others stay usable.
        reason = f"{entry.value} cannot be loaded ({type(error).__name__}: {error})."
        raise SolverUnavailableError(entry.name, reason) from error
    if not isinstance(backend, Backend):
        raise SolverUnavailableError(entry.name, f"{entry.value} has no name, or no method solve.")
    return backend
