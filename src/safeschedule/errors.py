"""One family of exceptions; each says what is wrong, where, and a way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

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

    def as_dict(self) -> dict[str, str]:
        """Return the fault as plain data."""
        return asdict(self)


class SafeScheduleError(Exception):
    """Base of every error that this package raises on purpose."""


class InputError(SafeScheduleError):
    """The input has faults; all of them are in ``faults``.

    Parameters
    ----------
    what
        What was being read, in a few words.
    faults
        Every fault found, in the order of the input.
    """

    def __init__(self, what: str, faults: Sequence[Fault]) -> None:
        self.what = what
        self.faults = tuple(faults)
        super().__init__(self._message())

    def _message(self) -> str:
        count = len(self.faults)
        head = f"{self.what}: {count} fault{'' if count == 1 else 's'}"
        return "\n".join([head, *(f"  {line}" for line in lines(self.faults))])


class DisagreementError(SafeScheduleError):
    """The model accepted a schedule that the verifier refuses; nothing is returned.

    Parameters
    ----------
    account
        Both sides' accounts, in plain sentences.
    """

    def __init__(self, account: Sequence[str]) -> None:
        self.account = tuple(account)
        lines = "\n".join(f"  {line}" for line in self.account)
        super().__init__(
            "The optimiser and the verifier disagree, so no schedule is given. "
            f"Please report this with the problem file.\n{lines}"
        )


class UnknownRuleError(SafeScheduleError):
    """No rule of that name is in the catalogue."""

    def __init__(self, rule: str, known: Sequence[str]) -> None:
        self.rule = rule
        super().__init__(f"There is no rule {rule!r}. Known rules: {', '.join(known)}.")


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
