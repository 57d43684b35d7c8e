"""Model to result: the search strategy, its back-ends, progress and interruption."""
