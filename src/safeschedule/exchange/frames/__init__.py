"""Data frames: a problem as tidy frames and back, and what came of its week."""
