"""The contract of solvers: what every back-end has to keep, whatever engine it drives."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from safeschedule.errors import DisagreementError, PicklesWhole
from safeschedule.judging import objectives, require_agreement
from safeschedule.problem import Problem
from safeschedule.samples import generate
from safeschedule.solving.backend import Backend, Found, Limits
from safeschedule.solving.progress import Progress
from safeschedule.testing.weeks import KnownWeek, known_weeks
from safeschedule.verifier import examine

_TOLERANCE = 1e-6


class ContractError(PicklesWhole, AssertionError):
    """A back-end does not keep the contract; ``breaches`` has a sentence for each way."""

    def __init__(self, solver: str, breaches: tuple[str, ...]) -> None:
        self.solver, self.breaches = solver, breaches
        lines = "\n".join(f"  {breach}" for breach in breaches)
        super().__init__(f"The back-end {solver} breaks the contract {len(breaches)} times:\n{lines}")


def check_backend(backend: Backend, *, time_limit: float = 20.0, patience: float = 30.0) -> None:
    """Try a back-end on small weeks and raise unless all that it hands over is right.

    A schedule has to be accepted by the verifier, an account of penalties to equal the verifier's; no
    bound may lie below what some schedule reaches; a week that has a schedule is never called impossible;
    one that has none comes without; a stop and the time limit end the solve soon; and a back-end that
    says that it can repeat itself does.

    Parameters
    ----------
    time_limit
        Seconds for each of the small weeks; none needs more than a moment.
    patience
        Seconds after a stop, or after the time limit, until the solve must have ended.

    Raises
    ------
    ContractError
        With every breach that was found.
    """
    name = getattr(backend, "name", None)
    if not isinstance(name, str) or not isinstance(backend, Backend):
        raise ContractError(repr(backend), ("It has no name, or no method solve.",))
    found = [*_known(backend, time_limit, patience), *_stopped(backend, patience), *_repeated(backend)]
    if found:
        raise ContractError(name, tuple(found))


def breaches(problem: Problem, found: Found, lead: int | None) -> Iterator[str]:
    """Yield what is wrong with something found.

    Parameters
    ----------
    lead
        What some schedule reaches in the strongest soft tier; ``None``: there is no schedule.
    """
    if found.infeasible and lead is not None:
        yield "it is called impossible, but it has a schedule"
    claims = [bound for bound in found.bounds if bound is not None]
    if any(bound != bound for bound in claims):
        yield "a bound is not a number"
    first = found.bounds[0] if found.bounds else None
    if lead is not None and first is not None and first < lead - _TOLERANCE:
        yield f"its strongest tier is bounded by {first:g}, but {lead} can be reached"
    for phase in found.phases:
        if phase.seconds < 0:
            yield f"the phase {phase.name} took {phase.seconds:g} seconds"
    if found.schedule is None:
        return
    verification = examine(problem, found.schedule)
    try:
        require_agreement("the back-end", found, verification)
    except DisagreementError as error:
        yield from error.account
    for (tier, parts, _), claim in zip(objectives(problem, verification), found.bounds, strict=False):
        reached = sum(parts.values())
        if claim is not None and claim < reached - _TOLERANCE:
            yield f"the tier {tier} is bounded by {claim:g}, but the schedule itself reaches {reached}"


def _known(backend: Backend, time_limit: float, patience: float) -> Iterator[str]:
    for week in known_weeks():
        heard: list[Progress] = []
        limits = Limits(time_limit=time_limit, workers=2, on_progress=heard.append)
        found = _within(backend, week.problem, limits, time_limit + patience)
        if found is None:
            yield f"{week.name}: the solve goes on {patience:g} seconds after its time limit"
            continue
        yield from (f"{week.name}: {breach}" for breach in breaches(week.problem, found, week.lead))
        yield from (f"{week.name}: {breach}" for breach in _told(heard, week))
        if found.schedule is None and week.lead is not None:
            yield f"{week.name}: no schedule is found"


def _told(heard: list[Progress], week: KnownWeek) -> Iterator[str]:
    if any(p.best is not None and p.bound is not None and p.best > p.bound + _TOLERANCE for p in heard):
        yield "the progress tells of a best above its bound"
    if week.lead is None and any(p.best is not None for p in heard):
        yield "the progress tells of a schedule, but there is none"


def _stopped(backend: Backend, patience: float) -> Iterator[str]:
    """Look at a solve of a larger week that is stopped before it begins, and at one stopped soon after."""
    problem = generate(5, 1)
    for seconds in (0.0, 0.5):
        stop = threading.Event()
        timer = threading.Timer(seconds, stop.set)
        if seconds:
            timer.start()
        else:
            stop.set()
        found = _within(backend, problem, Limits(time_limit=None, workers=2, stop=stop), seconds + patience)
        timer.cancel()
        if found is None:
            yield f"stopped: the solve goes on {patience:g} seconds after the stop"
            return
        yield from (f"stopped: {breach}" for breach in breaches(problem, found, 0))


def _repeated(backend: Backend) -> Iterator[str]:
    if not getattr(backend, "repeatable", False):
        return
    week = known_weeks()[0]
    limits = Limits(time_limit=None, deterministic_limit=1.0, seed=3, workers=2)
    first, second = backend.solve(week.problem, limits), backend.solve(week.problem, limits)
    if first.schedule != second.schedule:
        yield f"{week.name}: the same seed, workers and deterministic limit give another schedule"


def _within(backend: Backend, problem: Problem, limits: Limits, seconds: float) -> Found | None:
    """Return what a solve found; ``None``: it did not end within the seconds, and goes on by itself.

    Raises
    ------
    Exception
        Whatever the back-end raised.
    """
    found: list[Found] = []
    faults: list[BaseException] = []

    def work() -> None:
        try:
            found.append(backend.solve(problem, limits))
        except BaseException as fault:
            faults.append(fault)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if faults:
        raise faults[0]
    return found[0] if found else None
