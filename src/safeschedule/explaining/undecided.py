"""What is raised where a question of an explanation stays open."""

from __future__ import annotations

from collections.abc import Collection

from safeschedule.errors import PicklesWhole


class UndecidedError(PicklesWhole, Exception):
    """A question was not answered in its limit, or its answer could not be verified.

    Parameters
    ----------
    reasons
        Why, each in one sentence; none where the time was over or the work was stopped.
    """

    def __init__(self, reasons: Collection[str] = ()) -> None:
        super().__init__(*reasons)
        self.reasons = tuple(dict.fromkeys(reasons))
