"""What a phase of a search is."""

from __future__ import annotations

from typing import Protocol

from safeschedule.solving.search.context import Search


class SearchPhase(Protocol):
    """One phase: it betters what the search has in hand, and leaves its results there."""

    def run(self, search: Search) -> None:
        """Do its part; nothing where there is nothing for it to do."""
        ...
