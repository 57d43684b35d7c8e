"""Writing a schedule that somebody took, after all of it was verified."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from safeschedule.cli.outputs import write_all

if TYPE_CHECKING:
    from safeschedule.ledger import OverrideInForce
    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule


def write_taken(
    by: str,
    name: str,
    problem: Problem,
    before: Schedule,
    after: Schedule,
    beside: Sequence[tuple[str | None, Problem]] = (),
    *,
    overwrite: bool,
    overrides: Sequence[OverrideInForce] = (),
) -> None:
    """Write a schedule in which a little is otherwise than before, and what belongs to it.

    Its appointments keep their ids, so that calendars tell what has moved.

    Parameters
    ----------
    by
        The command that made the change, for the provenance.
    name
        Where the schedule goes.
    problem
        The problem of the schedule.
    before, after
        The schedule without and with the change.
    beside
        Other files, each its name and content.
    overwrite
        Whether files that are replaced are kept no copy of.
    overrides
        Overrides that are in force.

    Raises
    ------
    DisagreementError
        All of it verified, it breaks something that was kept.
    """
    from collections import Counter

    from safeschedule.errors import DisagreementError
    from safeschedule.schedule import following, stated
    from safeschedule.verifier import verify

    was, account = (verify(problem, week, overrides=overrides) for week in (before, after))
    new = Counter(f for f in account.findings if f.hard) - Counter(f for f in was.findings if f.hard)
    if new:
        raise DisagreementError([f"verifier: [{f.rule}] {f.sentence}" for f in new])
    # The provenance has no place for exceptions: a week that needs one does not say that it was accepted.
    sound = account.compliant and not account.excused
    week = stated(by, problem, following(after, before), verified=sound)
    write_all([*beside, (name, week)], overwrite=overwrite)
