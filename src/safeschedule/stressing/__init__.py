"""Stress tests: whether a planned week still holds when urgent cases come and somebody is ill."""

from typing import TYPE_CHECKING

from safeschedule.lazily import loader
from safeschedule.stressing.outcome import HalfDay, Method, Stress, Verdict
from safeschedule.stressing.worst import Absence, Lost, Obstacle, WorstCase

if TYPE_CHECKING:
    from safeschedule.stressing.engine import stress
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

__getattr__ = loader(__name__, {"stress": "engine", "Within": "urgent"})
