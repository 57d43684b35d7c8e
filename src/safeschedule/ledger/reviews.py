"""Reviews that are to be held again, and have not been."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from safeschedule.ledger.contents import Correction, ReviewHeld
from safeschedule.ledger.entry import LedgerEntry
from safeschedule.ledger.matters import OpenMatter


def reviews_ahead(entries: Sequence[LedgerEntry], on: date) -> tuple[OpenMatter, ...]:
    """Return the reviews that somebody has set a next date for, the earliest first.

    The last review about one subject counts; whoever holds it again sets the next date, or none.

    Parameters
    ----------
    entries
        Of a ledger, until the date.
    on
        The date by which they are overdue or not.
    """
    gone = {e.content.entry for e in entries if isinstance(e.content, Correction) and e.content.withdraws}
    last: dict[tuple[str, str | None], tuple[int, ReviewHeld]] = {}
    for entry in entries:
        held = entry.content
        if isinstance(held, ReviewHeld) and entry.number not in gone:
            last[held.about, held.subject] = entry.number, held
    found = [
        OpenMatter(
            entry=number,
            kind="review_held",
            what=f"Review to be held again: {' '.join(filter(None, (held.about, held.subject)))}",
            owner="",
            due=held.next_on,
            overdue=held.next_on < on,
        )
        for number, held in last.values()
        if held.next_on is not None
    ]
    return tuple(sorted(found, key=lambda matter: (matter.due or date.max, matter.entry)))
