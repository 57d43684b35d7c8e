"""One family of exceptions; each says what is wrong, where, and a way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from safeschedule.folding import lines


@dataclass(frozen=True)
class Fault:
    """One thing wrong in an input.

    Parameters
    ----------
    code
        A stable word for programs, such as ``unknown_reference``.
    place
        Where it is: a path like ``clinicians[2].supervisor``, or ``visits.csv row 14 employee_id``.
    value
        What was found there, shortened for people.
    expected
        What would have been right.
    of
        The entry in which it is, by its code, such as ``request R014``; empty where it has none.

    Examples
    --------
    >>> from safeschedule import Fault
    >>> print(Fault("out_of_range", "grid", "7", "one of: 5, 10, 15, 20 or 30"))
    grid: found 7; expected one of: 5, 10, 15, 20 or 30 [out_of_range]
    """

    code: str
    place: str
    value: str
    expected: str
    of: str = ""

    def __post_init__(self) -> None:
        """Make signs visible that could command a terminal or turn a line round, whatever the input held."""
        for name in ("place", "value", "expected", "of"):
            text = getattr(self, name)
            if not text.isprintable():
                seen = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
                object.__setattr__(self, name, seen)

    def __str__(self) -> str:
        found = f" found {self.value};" if self.value else ""
        of = f" ({self.of})" if self.of else ""
        return f"{self.place}{of}:{found} expected {self.expected} [{self.code}]"

    def to_dict(self) -> dict[str, str]:
        """Return the fault as plain data."""
        return asdict(self)


class PicklesWhole:
    """For exceptions: each is pickled and copied with all that it holds, and survives a process pool."""

    def __reduce__(self) -> tuple[Any, ...]:
        # By itself an exception is made again from its message, which is not what a class may ask for.
        return _again, (type(self), getattr(self, "args", ()), dict(self.__dict__))


def _again(kind: type[Exception], args: tuple[Any, ...], state: dict[str, Any]) -> Exception:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class SafeScheduleError(PicklesWhole, Exception):
    """Base of every error that this package raises on purpose.

    Examples
    --------
    >>> from safeschedule import ArgumentError, DisagreementError, InputError, SafeScheduleError
    >>> all(issubclass(kind, SafeScheduleError) for kind in (ArgumentError, DisagreementError, InputError))
    True
    """


class InputError(SafeScheduleError):
    """The input has faults; all of them are in ``faults``.

    Parameters
    ----------
    what
        What was being read, in a few words.
    faults
        Every fault found, in the order of the input.

    Examples
    --------
    >>> from safeschedule import InputError, Problem
    >>> try:
    ...     Problem.from_dict({"week_start": "soon", "clinicians": [], "rooms": 3})
    ... except InputError as error:
    ...     sorted(fault.place for fault in error.faults if fault.code == "wrong_type")
    ['rooms', 'week_start']
    """

    def __init__(self, what: str, faults: Sequence[Fault]) -> None:
        self.what = what
        self.faults = tuple(faults)
        super().__init__(self._message())

    def _message(self) -> str:
        count = len(self.faults)
        head = f"{self.what}: {count} fault{'' if count == 1 else 's'}"
        return "\n".join([head, *(f"  {line}" for line in lines(self.faults))])


class ArgumentError(InputError, ValueError):
    """Arguments of a call make no sense; all that is wrong with them is in ``faults``.

    The codes are ``wrong_type``, ``out_of_range``, ``not_finite``, ``unknown_value``, ``unknown_reference``,
    ``unknown_name``, ``missing_argument``, ``with_zone`` (a time that is not local), ``without_zone``
    (one that has to have its zone), ``bad_value``, ``other_week`` (problem
    and schedule do not belong together), ``unknown_rule`` and ``unknown_solver``.

    Examples
    --------
    >>> from safeschedule import ArgumentError, solve
    >>> from safeschedule.samples import sample
    >>> try:
    ...     solve(sample(), time_limit=-1, seed=True)
    ... except ArgumentError as error:
    ...     print([(fault.code, fault.place) for fault in error.faults])
    [('out_of_range', 'time_limit'), ('wrong_type', 'seed')]
    """


class DisagreementError(SafeScheduleError):
    """The model accepted a schedule that the verifier refuses; nothing is returned.

    Parameters
    ----------
    account
        Both sides' accounts, in plain sentences.

    Examples
    --------
    >>> from safeschedule import DisagreementError
    >>> DisagreementError(["verifier: two sessions at once"]).account
    ('verifier: two sessions at once',)
    """

    def __init__(self, account: Sequence[str]) -> None:
        self.account = tuple(account)
        lines = "\n".join(f"  {line}" for line in self.account)
        super().__init__(
            "The optimiser and the verifier disagree, so no schedule is given. "
            f"Please report this with the problem file.\n{lines}"
        )


class UnknownRuleError(ArgumentError):
    """No rule of that name is in the catalogue.

    Examples
    --------
    >>> from safeschedule import ArgumentError, Rulebook
    >>> try:
    ...     Rulebook().setting("siesta")
    ... except ArgumentError as error:
    ...     error.faults[0].code
    'unknown_rule'
    """

    def __init__(self, rule: str, known: Sequence[str]) -> None:
        self.rule, self.known = rule, tuple(known)
        super().__init__("rule", [Fault("unknown_rule", "rule", repr(rule)[:60], "a rule of the catalogue")])

    def _message(self) -> str:
        return f"There is no rule {self.rule!r}. Known rules: {', '.join(self.known)}."


class MissedPlacementError(SafeScheduleError):
    """A request is left out, with rules that are said to stand against it, and yet it fits at no cost.

    Parameters
    ----------
    account
        What was found of all requests that were looked at; it prints itself.
    requests
        The codes of those that fit at no cost.
    """

    def __init__(self, account: object, requests: Sequence[str]) -> None:
        self.account = account
        self.requests = tuple(requests)
        super().__init__(
            f"Left out although it fits at no cost while everything else stays: {', '.join(requests)}. "
            "The schedule names rules that stand against it, which is wrong."
        )
