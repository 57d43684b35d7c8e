"""Problems of an earlier version of the format, brought to the present one."""

from __future__ import annotations

from safeschedule.problem.kinds import require_kind
from safeschedule.problem.problem import Problem


def migrate(problem: Problem) -> Problem:
    """Return a problem of any version in the present one.

    A problem of version 1 is read, planned and verified as it is, by the present rules; warnings tell what
    these assume of it (`safeschedule.problem.warnings`). In the present version that is what it
    says, and nothing is told any more. Parameters that rules no longer have are left out.

    Parameters
    ----------
    problem
        As it is.

    Raises
    ------
    safeschedule.errors.ArgumentError
        The argument is no problem.

    Examples
    --------
    >>> from safeschedule import Problem, migrate
    >>> from safeschedule.samples import sample
    >>> old = Problem.from_dict(sample().to_dict() | {"schema_version": "1"})
    >>> migrate(old) == sample()
    True
    """
    require_kind("migrate", "problem", problem, Problem)
    rulebook = problem.rulebook
    known, rules = rulebook.known(), dict(rulebook.rules)
    for name, own in rulebook.rules.items():
        gone = {parameter for parameter, _ in known[name].retired} if name in known else set()
        kept = {key: value for key, value in own.parameters.items() if key not in gone}
        if len(kept) < len(own.parameters):
            rules[name] = own.model_copy(update={"parameters": kept})
    changed = rulebook if rules == dict(rulebook.rules) else rulebook.model_copy(update={"rules": rules})
    return problem.with_changes(schema_version="2", rulebook=changed)
