"""Stress tests: whether a planned week still holds when urgent cases come and somebody is ill."""

from safeschedule.stressing.outcome import (
    Absence,
    HalfDay,
    Lost,
    Method,
    Obstacle,
    Stress,
    Verdict,
    WorstCase,
)
from safeschedule.stressing.stress import stress
from safeschedule.stressing.urgent import Within

__all__ = [
    "Absence",
    "HalfDay",
    "Lost",
    "Method",
    "Obstacle",
    "Stress",
    "Verdict",
    "Within",
    "WorstCase",
    "stress",
]
