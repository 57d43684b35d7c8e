"""What is still open: concerns without an answer, actions, capacity exceptions; and what is overdue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from safeschedule.arguments import Arguments
from safeschedule.ledger.contents import (
    ConcernRaised,
    Correction,
    ExceptionDecided,
    ExceptionOpened,
    HuddleAction,
    PolicySet,
    Resolved,
)
from safeschedule.ledger.entry import LedgerEntry
from safeschedule.ledger.overrides import OverrideInForce, overrides_in_force
from safeschedule.returned import Returned


@dataclass(frozen=True)
class OpenMatter(Returned):
    """Something that waits for somebody.

    Parameters
    ----------
    entry, kind
        The entry that opened it, and its kind.
    what
        What is waited for, in one sentence.
    owner
        Whose it is; empty: nobody's.
    due
        By when; ``None``: no date was set.
    overdue
        Whether that date has passed.
    """

    entry: int
    kind: str
    what: str
    owner: str
    due: date | None
    overdue: bool

    def __str__(self) -> str:
        late = "OVERDUE since" if self.overdue else "due"
        when = "no date" if self.due is None else f"{late} {self.due}"
        return f"entry {self.entry}, {when}, {self.owner or 'NOBODY’S'}: {self.what}"


@dataclass(frozen=True)
class IntakeRestriction(Returned):
    """Leadership's decision that nobody new is taken, or nobody new by one clinician (AB).

    Parameters
    ----------
    entry
        The entry of the capacity exception.
    clinician
        Whose intakes; ``None``: the team's.
    until
        The last date of it.
    """

    entry: int
    clinician: str | None
    until: date

    def __str__(self) -> str:
        whose = "the team" if self.clinician is None else self.clinician
        return f"no intakes for {whose} until {self.until} (capacity exception, entry {self.entry})"


@dataclass(frozen=True)
class LedgerView(Returned):
    """Some entries, and what counts on a date.

    Parameters
    ----------
    entries
        In their order.
    on
        The date of the rest; ``None``: the rest was not asked for.
    in_force
        The overrides that are in force.
    open
        What is open, overdue matters first.
    restricted
        Whose intakes are restricted.

    Examples
    --------
    >>> from datetime import date
    >>> from safeschedule import ledger_view
    >>> ledger_view([], date(2026, 10, 5)).open
    ()
    """

    entries: tuple[LedgerEntry, ...]
    on: date | None = None
    in_force: tuple[OverrideInForce, ...] = ()
    open: tuple[OpenMatter, ...] = ()
    restricted: tuple[IntakeRestriction, ...] = ()

    def closes(self, clinician: str, on: date) -> IntakeRestriction | None:
        """Return what closes somebody's intakes on a date: of several decisions the one that lasts longest.

        Parameters
        ----------
        clinician
            Whose intakes.
        on
            The date; that of the view, or later.

        Examples
        --------
        >>> from datetime import date
        >>> from safeschedule import IntakeRestriction, LedgerView
        >>> view = LedgerView((), restricted=(IntakeRestriction(7, None, date(2026, 10, 20)),))
        >>> str(view.closes("C1", date(2026, 10, 12)))
        'no intakes for the team until 2026-10-20 (capacity exception, entry 7)'
        >>> view.closes("C1", date(2026, 10, 21)) is None
        True
        """
        found = [each for each in self.restricted if each.clinician in (None, clinician) and on <= each.until]
        return max(found, key=lambda each: each.until, default=None)

    @property
    def withdrawn(self) -> frozenset[int]:
        """The numbers of entries that a correction has withdrawn."""
        return frozenset(
            entry.content.entry
            for entry in self.entries
            if isinstance(entry.content, Correction) and entry.content.withdraws
        )

    @property
    def exceptions(self) -> tuple[OpenMatter, ...]:
        """The capacity exceptions that are open, overdue ones first."""
        return tuple(matter for matter in self.open if matter.kind == "exception_opened")

    def __str__(self) -> str:
        lines = [str(entry) for entry in self.entries]
        if self.in_force:
            lines += [f"In force on {self.on}:", *(f"  {override}" for override in self.in_force)]
        lines += [f"On {self.on}: {restriction}" for restriction in self.restricted]
        if self.open:
            lines += [f"Open on {self.on}:", *(f"  {matter}" for matter in self.open)]
        return "\n".join(lines)


def ledger_view(entries: Sequence[LedgerEntry], on: date) -> LedgerView:
    """Return what counts on a date: entries until then, overrides in force, open matters, restrictions.

    Parameters
    ----------
    entries
        Of a ledger; see `read_ledger`.
    on
        The date. Entries of later dates (in UTC) do not count yet.

    Raises
    ------
    ArgumentError
        These are no entries and no date.

    Examples
    --------
    >>> from datetime import date
    >>> from safeschedule import Ledger, ledger_view
    >>> ledger = Ledger(folder / "ledger.db", create=True)
    >>> ledger_view(ledger.entries(), date(2026, 10, 5)).entries
    ()
    """
    looked = Arguments("ledger_view").sequence("entries", entries, LedgerEntry, "entries of a ledger")
    looked.date("on", on, needed=True).done()
    written = tuple(entry for entry in entries if entry.at.date() <= on)
    matters = sorted(_open(written, on), key=lambda m: (not m.overdue, m.due or date.max, m.entry))
    return LedgerView(
        written, on, overrides_in_force(written, on), tuple(matters), tuple(_restrictions(written, on))
    )


def _over(written: Sequence[LedgerEntry]) -> set[int]:
    """Return the numbers of entries that were resolved or withdrawn."""
    return {
        entry.content.entry
        for entry in written
        if isinstance(entry.content, Resolved)
        or (isinstance(entry.content, Correction) and entry.content.withdraws)
    }


def _restrictions(written: Sequence[LedgerEntry], on: date) -> Iterator[IntakeRestriction]:
    """Yield the restrictions in force: an exception's last decision counts, until it ends."""
    over = _over(written)
    opened = {e.number: e.content for e in written if isinstance(e.content, ExceptionOpened)}
    last = {
        e.content.entry: e.content
        for e in written
        if isinstance(e.content, ExceptionDecided) and e.number not in over
    }
    for number, decided in last.items():
        if decided.decision == "restrict_intakes" and on <= decided.until and number not in over:
            yield IntakeRestriction(number, opened[number].clinician, decided.until)


def _open(written: Sequence[LedgerEntry], on: date) -> Iterator[OpenMatter]:
    over = _over(written)
    decided = {
        e.content.entry: e.content
        for e in written
        if isinstance(e.content, ExceptionDecided) and e.number not in over
    }
    policy = PolicySet()
    for entry in written:
        content = entry.content
        if isinstance(content, PolicySet):
            policy = content
        if entry.number in over:
            continue
        if isinstance(content, ConcernRaised):
            yield _matter(entry, f"A concern to be answered: {content.concern}", "", content.answer_by, on)
        elif isinstance(content, HuddleAction):
            yield _matter(entry, content.action, content.owner or "", content.due, on)
        elif isinstance(content, ExceptionOpened):
            yield _exception(entry, content, decided.get(entry.number), policy.decision_days, on)


def _exception(
    entry: LedgerEntry, content: ExceptionOpened, decided: ExceptionDecided | None, days: int, on: date
) -> OpenMatter:
    """Return what a capacity exception waits for: leadership's decision first, then its review."""
    if decided is None:
        due = min(entry.at.date() + timedelta(days=days), content.review_on)
        return _matter(entry, f"Leadership has to decide: {content.breach}", content.owner, due, on)
    if on > decided.until:
        # What leadership decided is over, and the exception is not: somebody has to look before its review.
        due = min(decided.until, content.review_on)
        what = f"To be reviewed ({decided.decision} ended on {decided.until}): {content.breach}"
        return _matter(entry, what, content.owner, due, on)
    what = f"To be reviewed ({decided.decision} until {decided.until}): {content.breach}"
    return _matter(entry, what, content.owner, content.review_on, on)


def _matter(entry: LedgerEntry, what: str, owner: str, due: date | None, on: date) -> OpenMatter:
    return OpenMatter(entry.number, entry.content.kind, what, owner, due, due is not None and due < on)
